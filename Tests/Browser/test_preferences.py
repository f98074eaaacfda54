"""What is the visitor's own: language, colours, size, motion; and that the lab fits whatever screen it is on."""

import re

import pytest
from playwright.sync_api import expect

from lab_page import eventually, fresh, ink, set_field, settle, step, wait_for_ink, wait_for_open, wait_for_step


def test_the_address_chooses_the_language(open_page):
    page = open_page("/?lang=zh")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("#model-title")).to_have_text("模型")
    expect(page.locator(".article-text h2").first).to_be_visible()


def test_the_language_can_be_switched_and_is_kept(open_page):
    page = fresh(open_page)
    page.locator("#preferences-open").click()
    page.locator("#language").select_option("zh")
    expect(page.locator("#model-title")).to_have_text("模型")
    expect(page.locator("#step-both")).to_have_text("单步")
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    page.reload()
    expect(page.locator("#model-title")).to_have_text("模型")


def test_no_english_is_left_in_chinese(open_page):
    """Names of people and algorithms aside."""
    names = re.compile("Nesterov|(RMSProp|Adam|R1|R2)（.*）|ε")
    page = open_page("/?lang=zh")
    wait_for_open(page)
    for opener in ("more-game", "more-generator", "more-discriminator"):
        page.locator(f"#{opener}").click()
        labels = page.locator("#settings-sheet .field-label").all_inner_texts()
        assert labels
        assert [label for label in labels if not re.search("[一-鿿]", label) and not names.fullmatch(label)] == []
        page.locator("#sheet-close").click()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_can_be_chosen_against_the_system(open_page, theme):
    page = fresh(open_page, color_scheme="light" if theme == "dark" else "dark")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor"), ink(page, "layered-heatmap")
    page.locator("#preferences-open").click()
    page.locator("#theme").select_option(theme)
    eventually(page, lambda: page.evaluate("getComputedStyle(document.body).backgroundColor") != before[0], "other paper")
    wait_for_ink(page, "layered-heatmap", before[1])


def test_projector_mode_enlarges_everything_and_still_fits_its_width(open_page):
    page = open_page(viewport={"width": 1920, "height": 1080})
    wait_for_open(page)
    size = lambda: page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    before = size()
    page.locator("#preferences-open").click()
    page.locator("#projector").check()
    eventually(page, lambda: size() >= 1.2 * before, "larger letters")
    eventually(page, lambda: page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no wider than the screen")
    expect(page.locator("#play")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1366, 768), (1920, 1080)])
def test_on_a_projector_letters_are_half_as_large_again_and_the_picture_is_seen_whole_with_its_sentence(open_page, width, height):
    page = open_page("/?projector", viewport={"width": width, "height": height})
    wait_for_open(page)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 24
    for part in ("picture", "summary", "legend", "play", "timeline"):
        expect(page.locator(f"#{part}")).to_be_in_viewport(ratio=1)
    assert page.locator("#picture").bounding_box()["height"] > 0.6 * height
    timeline = page.locator("#timeline").bounding_box()
    for part in ("picture", "legend"):
        box = page.locator(f"#{part}").bounding_box()
        assert box["y"] + box["height"] <= timeline["y"], part


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 720, 440), (1280, 800, 440), (1366, 768, 460), (1920, 1080, 700)])
def test_the_picture_is_the_largest_thing_on_the_screen(open_page, width, height, least):
    page = open_page(viewport={"width": width, "height": height})
    wait_for_open(page)
    picture, layered = page.locator("#picture").bounding_box(), page.locator("#layered").bounding_box()
    assert picture["width"] >= least
    assert layered["width"] - picture["width"] < 0.06 * layered["width"] + 20, "it fills its column"
    graph, model = page.locator("#graph").bounding_box(), page.locator("#model").bounding_box()
    assert graph["width"] > 0.9 * model["width"], "the drawing of the model fills its own"


def test_switching_layers_on_does_not_move_the_picture(open_page):
    page = fresh(open_page)
    before = page.locator("#picture").bounding_box()
    for layer in ("manifold", "contour", "pulls", "difference"):
        page.locator(f"#layer-{layer}").click()
        assert page.locator("#picture").bounding_box() == before, layer


@pytest.mark.parametrize("width", [1280, 360])
def test_neither_messages_nor_the_invitation_cover_the_picture(open_page, width):
    page = open_page(viewport={"width": width, "height": 740})
    wait_for_open(page)
    picture = page.locator("#picture").bounding_box()
    bottom = picture["y"] + picture["height"]
    assert page.locator("#invitation").bounding_box()["y"] >= bottom
    set_field(page, "batch", "64")
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator("#notices .notice")).to_be_visible()
    assert page.locator("#notices .notice").bounding_box()["y"] >= bottom


def test_on_a_phone_the_sentence_is_seen_without_scrolling(open_page):
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    wait_for_open(page)
    expect(page.locator("#summary b")).to_be_in_viewport(ratio=1)
    sentence, timeline = page.locator("#summary").bounding_box(), page.locator("#timeline").bounding_box()
    assert sentence["y"] + sentence["height"] <= timeline["y"]


def test_letters_work_under_other_layouts_and_can_be_switched_off(open_page):
    page = fresh(open_page)
    press = "init => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }))"
    page.evaluate(press, {"key": "в", "code": "KeyD"})
    wait_for_step(page, 1)
    page.evaluate(press, {"key": "Process", "code": "KeyG"})
    wait_for_step(page, 2)
    page.locator("#preferences-open").click()
    page.locator("#letter-keys").uncheck()
    page.keyboard.press("Escape")
    page.evaluate(press, {"key": "d", "code": "KeyD"})
    page.evaluate(press, {"key": "ArrowRight", "code": "ArrowRight"})
    wait_for_step(page, 3)
    settle(page)
    assert step(page) == 3, "the arrow counts, the letter does not"
    page.reload()
    wait_for_open(page)
    expect(page.locator("#letter-keys")).not_to_be_checked()


def test_nothing_moves_for_whoever_wants_no_motion(open_page):
    page = fresh(open_page, reduced_motion="reduce")
    running = "document.getAnimations().filter(each => each.effect.getComputedTiming().iterations === Infinity).length"
    page.locator("#play").click()
    wait_for_step(page, 50)
    assert page.evaluate(running) == 0
    page.keyboard.press("s")
    page.locator(".phase[aria-current=step]").first.wait_for()
    expect(page.locator("#slow-play")).to_have_attribute("aria-label", "Go on by itself (Space)")
    settle(page)
    before = step(page)
    settle(page)
    assert step(page) == before


def test_dashes_run_while_training_and_rest_when_it_rests(open_page):
    page = fresh(open_page)
    running = "getComputedStyle(document.querySelector('.edge')).animationName !== 'none'"
    assert not page.evaluate(running)
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("data-state", "playing")
    eventually(page, lambda: page.evaluate(running), "dashes that run")


FACES = {
    "overview": lambda page: None,
    "units": lambda page: page.locator("#model-units").click(),
    "stages": lambda page: page.locator("#model-stages").click(),
    "code": lambda page: page.locator("#model-code").click(),
    "slow motion": lambda page: page.keyboard.press("s"),
    "comparing": lambda page: (page.locator("#compare").click(), page.locator("#compare-now").click()),
}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("width", [1280, 768, 360])
def test_no_face_of_the_lab_is_wider_than_the_screen(open_page, width, face):
    phone = {"has_touch": True, "is_mobile": True} if width == 360 else {}
    page = fresh(open_page, viewport={"width": width, "height": 720}, reduced_motion="reduce", **phone)
    FACES[face](page)
    eventually(page, lambda: page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "no wider than the screen")
    expect(page.locator("#play")).to_be_in_viewport()
    if width == 1280:
        bottom = page.evaluate("document.getElementById('lab').getBoundingClientRect().bottom")
        assert bottom <= 720, "at 1280 × 720 the lab is seen whole"


def test_on_a_phone_everything_to_press_is_large_enough(open_page):
    page = fresh(open_page, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    small = page.evaluate("""() => [...document.querySelectorAll(".lab button")].filter((button) => {
        const { width, height } = button.getBoundingClientRect()
        return width > 0 && (width < 24 || height < 24)
    }).map((button) => button.id || button.className)""")
    assert small == []
