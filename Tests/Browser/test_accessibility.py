"""Every screen passes axe, in light and dark, on a laptop and a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from lab_page import wait_for_open

SCREENS = {
    "lab": lambda page: None,
    "drawing": lambda page: page.locator("#draw-open").click(),
    "help": lambda page: page.locator("#help").click(),
    "settings": lambda page: page.locator("#more-discriminator").click(),
    "chinese": lambda page: page.goto(page.url.split("#")[0].split("?")[0] + "?lang=zh"),
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, screen, scheme):
    page = open_page(color_scheme=scheme, bypass_csp=True)
    wait_for_open(page)
    SCREENS[screen](page)
    wait_for_open(page)
    expect(page.locator("#summary")).not_to_be_empty()
    violations = Axe().run(page).response["violations"]
    found = [f"{v['id']}: {v['help']}\n    {v['nodes'][0]['html'][:160]}" for v in violations]
    assert not found, "\n".join(found)
