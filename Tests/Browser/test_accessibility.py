"""Every screen passes axe, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lab_page import eventually, fresh, set_field, settle, wait_for_open, wait_for_step


def slow_motion(page):
    page.keyboard.press("s")
    page.locator(".phase[aria-current=step]").first.wait_for()
    page.locator(".phase").nth(3).click()


def saved(page):
    page.locator("#share").click()
    page.locator("#save-gallery").click()
    page.locator("#save-name").fill("A ring")
    page.locator("#save-accept").click()
    expect(page.locator("#save-dialog")).to_be_hidden()
    page.locator("#open-gallery").click()
    page.locator(".saved").first.wait_for()


def comparing(page):
    page.locator("#compare").click()
    page.locator("#compare-now").click()
    expect(page.locator("#twin")).to_be_visible()


def seeds(page):
    page.locator("#seeds").click()
    page.locator("#seed-grid button[data-state=done]").first.wait_for()


def step_by_hand(page):
    page.locator("#model-code").click()
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    expect(page.locator("#pseudocode")).to_be_visible()


def press(*ids):
    return lambda page: [page.locator(f"#{each}").click() for each in ids]


SCREENS = {
    "lab": lambda page: None,
    "units": press("model-units"),
    "stages": press("model-stages"),
    "code": step_by_hand,
    "slow motion": slow_motion,
    "article": lambda page: page.locator(".article-text h2").last.scroll_into_view_if_needed(),
    "targets": press("targets-more"),
    "gallery": saved,
    "saving": press("share", "save-gallery"),
    "seeds": seeds,
    "comparing": comparing,
    "futures": press("compare"),
    "share": press("share"),
    "help": press("help"),
    "tour": press("help", "tour-open"),
    "preferences": press("preferences-open"),
    "settings of the game": press("more-game"),
    "settings of the noise": press("more-noise"),
    "settings of the generator": press("more-generator"),
    "settings of the discriminator": press("more-discriminator"),
    "a generator that does not learn": lambda page: set_field(page, "generator.updates", "0"),
    "numbers": press("numbers-open"),
    "drawing": press("draw-open"),
    "every layer": press("layer-manifold", "layer-contour", "layer-pulls", "layer-difference"),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(open_page, screen):
    page = fresh(open_page, color_scheme="light", bypass_csp=True, reduced_motion="reduce")
    page.locator(".article-text h2").first.wait_for()
    SCREENS[screen](page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        settle(page)
        assert_accessible(page)


@pytest.mark.parametrize("width", [768, 360])
def test_axe_finds_nothing_on_smaller_screens_and_in_chinese(open_page, width):
    page = open_page("/?lang=zh", viewport={"width": width, "height": 740}, bypass_csp=True, reduced_motion="reduce")
    wait_for_open(page)
    expect(page.locator("#summary")).not_to_be_empty()
    settle(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", [1280, 768, 390, 360])
def test_every_menu_lies_within_the_screen(open_page, width):
    page = open_page(viewport={"width": width, "height": 844})
    wait_for_open(page)
    for button in ("targets-more", "share", "open-gallery", "compare", "seeds", "preferences-open", "help", "numbers-open", "draw-open"):
        page.locator(f"#{button}").click()
        open_menu = page.locator(":popover-open, dialog[open]")
        expect(open_menu).to_be_visible()
        left, right = open_menu.evaluate("menu => [menu.getBoundingClientRect().left, menu.getBoundingClientRect().right]")
        assert 0 <= left < right <= width, button
        page.keyboard.press("Escape")
        expect(open_menu).to_have_count(0)


def assert_accessible(page):
    violations = eventually(page, lambda: Axe().run(page).response, "axe's report")["violations"]
    found = [f"{v['id']}: {v['help']}\n    {v['nodes'][0]['html'][:160]}\n    {v['nodes'][0].get('failureSummary')}" for v in violations]
    assert not found, "\n".join(found)
