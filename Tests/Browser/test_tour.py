"""The first minute: what the lab is about, in one line, and a tour of its parts."""

import pytest
from playwright.sync_api import expect

from lab_page import wait_for_open


def test_the_first_screen_says_what_a_gan_is_and_leads_to_how_it_works(open_page):
    page = open_page()
    wait_for_open(page)
    expect(page.locator(".tagline")).to_contain_text("One network makes samples")
    address = page.evaluate("location.pathname")
    page.locator(".article h2").first.wait_for()
    page.locator("#how-it-works").click()
    expect(page.locator("#article")).to_be_focused()
    expect(page.locator(".article h2").first).to_be_in_viewport()
    assert page.evaluate("location.pathname") == address


@pytest.mark.parametrize("width, height", [(1280, 720), (360, 800)])
def test_the_tour_points_at_the_parts_of_the_lab_and_is_shown_once(open_page, width, height):
    page = open_page(toured=False, viewport={"width": width, "height": height})
    tour = page.locator("#tour")
    expect(tour).to_be_visible()
    expect(page.locator("#tour-next")).to_be_focused()
    titles = set()
    for _ in range(6):
        titles.add(page.locator("#tour-title").inner_text())
        expect(tour).to_be_in_viewport(ratio=1)
        expect(page.locator(".tour-ring")).to_be_in_viewport()
        page.keyboard.press("Enter")
    assert len(titles) == 6
    expect(tour).to_be_hidden()
    page.reload()
    wait_for_open(page)
    expect(tour).to_be_hidden()


def test_the_tour_can_be_skipped_and_taken_again_from_the_help(open_page):
    page = open_page(toured=False)
    page.locator("#tour-skip").click()
    expect(page.locator("#tour")).to_be_hidden()
    page.locator("#help").click()
    page.locator("#tour-open").click()
    expect(page.locator("#tour-title")).to_have_text("Choose a target")
    page.locator("#tour-next").click()
    expect(page.locator("#tour-title")).to_have_text("Start the training")
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("data-state", "playing")
    page.locator("#tour-back").click()
    expect(page.locator("#tour-title")).to_have_text("Choose a target")
    page.locator("#tour-next").press("Escape")
    expect(page.locator("#tour")).to_be_hidden()


def test_the_tour_speaks_the_language_of_the_page(open_page):
    page = open_page("/?lang=zh", toured=False)
    expect(page.locator("#tour-title")).to_have_text("选择目标")
