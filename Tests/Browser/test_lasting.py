"""What lasts: futures as a tree, undo after a crash, a link's own time, the gallery's room and moving thumbnails, a film."""

from playwright.sync_api import expect

from lab_page import copied_link, fresh, set_field, step, wait_for_open, wait_for_step


def steps(page, count):
    for _ in range(count):
        before = step(page)
        page.locator("#step-both").click()
        wait_for_step(page, before + 1)


def go_to(page, earlier):
    page.locator("#timeline-range").fill(str(earlier))
    expect(page.locator("#step")).to_have_attribute("data-step", str(earlier))


def test_futures_are_a_tree_that_survives_a_crash_and_can_be_walked_with_the_keyboard(open_page, lab):
    page = fresh(open_page, faults_expected=True)  # The browser reports the lost server.
    steps(page, 6)
    go_to(page, 3)
    set_field(page, "batch", "64")
    expect(page.locator("#field-batch")).to_have_value("64")
    steps(page, 1)
    lab.kill()
    expect(page.locator("#lab")).to_have_attribute("data-connection", "lost")
    lab.start()
    wait_for_open(page)
    expect(page.locator("#undo")).to_be_enabled()
    page.locator("#compare").click()
    tree = page.locator("#futures-tree > li")
    expect(tree).to_have_count(2)
    expect(page.locator("#future-1")).to_have_attribute("aria-current", "true")
    expect(page.locator("#future-0 svg line").first).to_be_attached()
    # The fork hangs below the first future: a line leads down from it, and into the second.
    assert page.locator("#future-0 svg line").count() == 2 and page.locator("#future-1 svg line").count() == 2
    page.locator("#future-enter-0").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#step")).to_have_attribute("data-step", "3")
    expect(page.locator("#field-batch")).to_have_value("128")
    page.locator("#undo").click()
    expect(page.locator("#field-batch")).to_have_value("64")


def test_a_link_says_how_long_it_took_to_rebuild(open_page, lab):
    page = fresh(open_page)
    steps(page, 3)
    link = copied_link(page)
    other = open_page()
    wait_for_open(other)
    # A notice goes by itself, so what was ever said is written down.
    other.context.add_init_script("""
        window.said = []
        new MutationObserver(() => document.querySelectorAll("#notices .notice").forEach((notice) => said.push(notice.textContent)))
            .observe(document, { childList: true, subtree: true })""")
    other.goto("about:blank")
    other.goto(lab.url + "/" + link)
    wait_for_open(other)
    expect(other.locator("#step")).to_have_attribute("data-step", "3")
    other.wait_for_function("() => said.some((text) => /Step 3 rebuilt.*bit for bit.* s/.test(text))")


def test_a_film_of_the_run_is_downloaded(open_page, tmp_path):
    page = fresh(open_page)
    steps(page, 3)
    page.locator("#share").click()
    with page.expect_download() as download:
        page.locator("#export-film-gif").click()
    assert download.value.suggested_filename.endswith(".gif")
    assert download.value.path().read_bytes().startswith(b"GIF89a")


def test_the_gallery_says_how_much_room_there_is_and_its_thumbnails_move(open_page):
    page = fresh(open_page)
    steps(page, 3)
    page.locator("#share").click()
    page.locator("#save-gallery").click()
    page.locator("#save-name").fill("A start")
    page.locator("#save-accept").click()
    expect(page.locator("#notices .notice").last).to_be_visible()
    page.locator("#share").click()
    page.locator("#open-gallery").click()
    expect(page.locator("#gallery-room")).to_contain_text("1,024 MB")
    expect(page.locator("#gallery-room")).to_contain_text("90 days")
    card = page.locator(".saved-open").first
    image = card.locator("img")
    still = image.get_attribute("src")
    card.hover()
    page.wait_for_function("() => document.querySelector('.saved-open img').src.endsWith('film.gif')")
    page.wait_for_function("() => document.querySelector('.saved-open img').naturalWidth === 160")
    page.locator("#gallery-search").hover()
    expect(image).to_have_attribute("src", still)
