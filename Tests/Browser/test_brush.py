"""The brush on the large picture: the target is drawn while it is learned."""

import json

from playwright.sync_api import Page, expect

from lab_page import eventually, fresh, pause, play, settle, step, wait_for_step

#: Painted pixels of the real samples above and below the middle of the picture.
HALVES = """() => {
    const canvas = document.getElementById("layered-real")
    const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
    let upper = 0, lower = 0
    for (let i = 3, p = 0; i < data.length; i += 4, p++)
        if (data[i] > 8) (p / width < height / 2) ? upper++ : lower++
    return { upper, lower }
}"""


def stroke(page: Page, height: float):
    """Draws from left to right; the height is a part of the picture's, from its top."""
    box = page.locator("#picture").bounding_box()
    place = lambda x: (box["x"] + x * box["width"], box["y"] + height * box["height"])
    page.mouse.move(*place(0.2))
    page.mouse.down()
    page.mouse.move(*place(0.8), steps=12)
    page.mouse.up()


def only_the_upper_half(page: Page):
    halves = page.evaluate(HALVES)
    return halves["upper"] > 100 and halves["lower"] == 0


def test_a_stroke_becomes_the_target_of_the_run_that_goes_on(open_page):
    page = fresh(open_page)
    page.locator("#target-ring").click()
    play(page)
    wait_for_step(page, 100)
    page.locator("#brush").click()
    before = step(page)
    stroke(page, 0.3)
    eventually(page, lambda: only_the_upper_half(page), "a row of real samples in the upper half alone")
    expect(page.locator("#play")).to_have_attribute("data-state", "playing")
    assert step(page) >= before, "nothing starts again"
    expect(page.locator("#ticks .tick")).to_have_count(1)
    wait_for_step(page, step(page) + 100)
    stroke(page, 0.7)
    eventually(page, lambda: min(page.evaluate(HALVES).values()) > 100, "a second row below")
    expect(page.locator("#draw-open")).to_have_attribute("aria-pressed", "true")


def test_undo_takes_the_last_stroke_back(open_page):
    page = fresh(open_page)
    page.locator("#brush").click()
    for height in (0.3, 0.7):
        stroke(page, height)
        eventually(page, lambda: page.evaluate(HALVES)["upper" if height < 0.5 else "lower"] > 100, "its samples")
        page.locator("#step-both").click()
        wait_for_step(page, 1 if height < 0.5 else 2)
    page.locator("#brush").press("z")
    eventually(page, lambda: only_the_upper_half(page), "the first row alone")


def test_a_finger_draws_too_and_without_the_brush_the_picture_says_what_it_shows(open_page):
    page = fresh(open_page, has_touch=True)
    box = page.locator("#picture").bounding_box()
    place = (box["x"] + 0.5 * box["width"], box["y"] + 0.25 * box["height"])
    page.touchscreen.tap(*place)
    expect(page.locator("#ticks .tick")).to_have_count(0)
    page.locator("#brush").tap()
    page.touchscreen.tap(*place)
    eventually(page, lambda: only_the_upper_half(page), "a dot of real samples")
    page.locator("#brush").tap()
    expect(page.locator("#layered-brush")).to_be_hidden()
    page.touchscreen.tap(*place)
    settle(page)
    assert page.evaluate(HALVES)["lower"] == 0


def test_a_drawing_that_is_full_says_so_and_stays(open_page):
    page = fresh(open_page)
    dots = [{"width": 0.01, "points": [[0.5, 0.75]]}] * 200
    page.locator("#share").click()
    page.locator("#open-file").set_input_files(
        {
            "name": "full.json",
            "mimeType": "application/json",
            "buffer": json.dumps({"settings": {"target": {"drawing": dots}}}).encode(),
        }
    )
    eventually(page, lambda: only_the_upper_half(page), "the drawing's samples")
    page.keyboard.press("Escape")
    page.locator("#brush").click()
    stroke(page, 0.7)
    expect(page.locator("#notices .notice.error")).to_contain_text("at most 200 strokes")
    expect(page.locator("#ticks .tick")).to_have_count(0)


def test_a_run_stops_at_the_step_that_was_asked_for(open_page):
    page = fresh(open_page)
    page.locator("#stop-open").click()
    page.locator("#stop-step").fill("1234")
    page.locator("#stop-set").click()
    expect(page.locator("#stop-open")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#stop-open")).to_have_attribute("aria-label", "Stops at step 1,234")
    play(page)
    expect(page.locator("#play")).to_have_attribute("data-state", "paused")
    expect(page.locator("#step")).to_have_attribute("data-step", "1234")
    expect(page.locator("#stop-open")).to_have_attribute("aria-pressed", "false")
    page.locator("#stop-open").click()
    page.locator("#stop-learned").click()
    expect(page.locator("#stop-open")).to_have_attribute("aria-label", "Stops when it has learned")
    page.locator("#stop-open").click()
    page.locator("#stop-never").click()
    expect(page.locator("#stop-open")).to_have_attribute("aria-pressed", "false")
    pause(page)
