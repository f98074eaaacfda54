"""Taking an experiment out of the lab and bringing it back: links, files, the gallery."""

from playwright.sync_api import expect

from lab_page import copied_link, eventually, fresh, ink, pause, play, reset, set_field, settle, step, wait_for_open, wait_for_step


def share(page, item: str):
    page.locator("#share").click()
    page.locator(f"#{item}").click()


def download(page, item: str):
    page.locator("#share").click()
    with page.expect_download() as download:
        page.locator(f"#{item}").click()
    return download.value.path()


def test_weights_that_were_saved_can_be_loaded_again(open_page, tmp_path):
    page = fresh(open_page)
    play(page)
    wait_for_step(page, 300)
    pause(page)
    at, picture = step(page), ink(page, "layered-heatmap")
    file = tmp_path / "weights.safetensors"
    file.write_bytes(download(page, "export-safetensors").read_bytes())
    reset(page)
    page.locator("#open-file").set_input_files(file)
    expect(page.locator("#step")).to_have_attribute("data-step", str(at))
    eventually(page, lambda: ink(page, "layered-heatmap") == picture, "the picture that was saved")


def test_a_saved_picture_is_large_enough_to_print(open_page):
    page = fresh(open_page)
    header = download(page, "save-picture").read_bytes()[16:24]
    assert [int.from_bytes(header[at : at + 4], "big") for at in (0, 4)] == [1600, 1600]


def test_a_recipe_that_was_saved_opens_at_the_same_step(open_page, tmp_path):
    page = fresh(open_page)
    set_field(page, "batch", "64")
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    file = tmp_path / "recipe.json"
    file.write_bytes(download(page, "save-recipe").read_bytes())
    set_field(page, "batch", "32")
    expect(page.locator("#field-batch")).to_have_value("32")
    page.locator("#open-file").set_input_files(file)
    expect(page.locator("#field-batch")).to_have_value("64")
    expect(page.locator("#step")).to_have_attribute("data-step", "1")


def test_points_in_a_file_become_a_target(open_page, tmp_path):
    page = fresh(open_page)
    file = tmp_path / "points.csv"
    file.write_text("x,y\n" + "\n".join(f"{i % 7},{i % 5}" for i in range(70)))
    page.locator("#open-file").set_input_files(file)
    page.locator("#import-use").click()
    expect(page.locator("#draw-open")).to_have_attribute("aria-pressed", "true")


def test_a_file_that_is_nothing_known_is_refused_in_words(open_page, tmp_path):
    page = fresh(open_page, faults_expected=True)  # The browser reports every refusal.
    file = tmp_path / "letter.txt"
    file.write_text("Dear lab, these are no points.")
    page.locator("#open-file").set_input_files(file)
    expect(page.locator("#import-problem")).to_contain_text("The file holds no points.")


def test_the_address_is_the_experiment(open_page, lab):
    page = fresh(open_page)
    set_field(page, "batch", "64")
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    link = copied_link(page)
    settle(page)
    picture = ink(page, "layered-fake")
    other = open_page("/" + link)
    wait_for_open(other)
    expect(other.locator("#step")).to_have_attribute("data-step", "1")
    expect(other.locator("#field-batch")).to_have_value("64")
    eventually(other, lambda: ink(other, "layered-fake") == picture, "the same picture")


def test_the_gallery_keeps_finds_renames_deletes_and_brings_back(open_page):
    page = fresh(open_page)
    page.locator("#open-gallery").click()
    expect(page.locator("#gallery-dialog .hint").first).to_contain_text("Nothing has been saved")
    page.locator("#gallery-close").click()

    for title in ("A ring", "A line"):
        share(page, "save-gallery")
        expect(page.locator("#save-name")).to_have_value("")
        page.locator("#save-name").fill(title)
        with page.expect_response("**/api/gallery"):
            page.locator("#save-accept").click()
        expect(page.locator("#save-dialog")).to_be_hidden()

    page.locator("#open-gallery").click()
    saved = page.locator(".saved")
    expect(saved).to_have_count(2)
    page.locator("#gallery-search").fill("line")
    expect(saved).to_have_count(1)
    count = page.locator("#gallery-dialog [role=status]")
    saved.locator("button", has_text="Rename").click()
    saved.locator("input").fill("Not this")
    page.keyboard.press("Escape")
    expect(page.locator("#gallery-dialog")).to_be_visible()
    expect(saved.locator("b")).to_have_text("A line")
    saved.locator("button", has_text="Rename").click()
    saved.locator("input").fill("A long line")
    page.keyboard.press("Enter")
    expect(saved.locator("b")).to_have_text("A long line")
    expect(count).to_have_text("1 experiment")
    saved.locator("button", has_text="Delete").click()
    expect(saved.locator("b")).to_have_count(0)
    expect(count).to_have_text("No experiment matches.")
    saved.locator("button", has_text="Undo").click()
    expect(saved.locator("b")).to_have_text("A long line")
    expect(count).to_have_text("1 experiment")
    page.locator("#gallery-search").fill("nowhere")
    expect(saved).to_have_count(0)
    page.locator("#gallery-search").fill("")
    expect(saved).to_have_count(2)
    saved.first.locator(".saved-open").click()
    expect(page.locator("#gallery-dialog")).to_be_hidden()


def test_a_stranger_can_open_what_was_saved_but_not_change_it(open_page):
    page = fresh(open_page)
    share(page, "save-gallery")
    page.locator("#save-name").fill("Mine")
    page.locator("#save-accept").click()
    expect(page.locator("#notices .notice").last).to_be_visible()
    other = fresh(open_page)
    other.locator("#open-gallery").click()
    expect(other.locator(".saved")).to_have_count(1)
    expect(other.locator(".saved-tools")).to_have_count(0)
