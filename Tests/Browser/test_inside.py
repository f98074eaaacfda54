"""Slow motion, the networks from within, and the article, on the real page with the real server."""

import re

import pytest
from playwright.sync_api import expect

from lab_page import eventually, fresh, pause, play, settle, step, wait_for_open, wait_for_step


def pixels(page, selector):
    """The picture of a canvas, as something that can be compared."""
    return page.locator(selector).evaluate("canvas => canvas.toDataURL()")


@pytest.fixture
def paused(open_page):
    """A page whose experiment has run a little and stands still. Without motion: slow motion goes on only by hand."""
    page = fresh(open_page, reduced_motion="reduce")
    play(page)
    wait_for_step(page, 50)
    pause(page)
    return page


def test_slow_motion_takes_one_step_and_explains_it_part_by_part(paused):
    page = paused
    before = step(page)
    page.keyboard.press("s")
    page.locator("#slowmotion").wait_for()
    page.locator(".phase[aria-current=step]").wait_for()
    wait_for_step(page, before + 1)

    parts = page.locator(".phase")
    assert parts.count() == 10
    captions = []
    for index in range(10):
        parts.nth(index).click()
        assert parts.nth(index).get_attribute("aria-current") == "step"
        assert page.locator("#graph .lit").count() > 0
        assert page.locator("#pseudocode .now:visible").count() > 0
        captions.append(page.locator("#slow-caption").inner_text())
    assert len(set(captions)) == 10
    assert step(page) == before + 1

    page.keyboard.press("ArrowLeft")
    assert parts.nth(8).get_attribute("aria-current") == "step"
    assert step(page) == before + 1, "going back in the explanation takes no step"
    page.keyboard.press("Escape")
    page.locator("#slowmotion").wait_for(state="hidden")
    assert page.locator("#graph .lit").count() == 0


def test_slow_motion_leaves_the_picture_in_sight_on_a_phone(open_page):
    page = fresh(open_page, viewport={"width": 390, "height": 844}, reduced_motion="reduce", has_touch=True, is_mobile=True)
    page.locator("#slow-motion").click()
    page.locator(".phase[aria-current=step]").wait_for()
    expect(page.locator("#picture")).to_be_in_viewport(ratio=0.9)


def test_a_unit_that_is_pointed_at_is_shown_large(paused):
    page = paused
    page.locator("#model-units").click()
    unit = page.locator(".network.generator .unit").first
    unit.wait_for()
    settle(page)
    before = pixels(page, ".network.generator canvas")
    unit.hover()
    eventually(page, lambda: pixels(page, ".network.generator canvas") != before, "another picture")
    page.mouse.move(1, 1)
    eventually(page, lambda: pixels(page, ".network.generator canvas") == before, "the picture as it was")


def test_the_code_forgets_its_numbers_when_the_run_is_reset(paused):
    page = paused
    page.locator("#step-both").click()
    code = page.locator("#pseudocode")
    values = lambda: [text for text in code.locator(".code-value:visible").all_inner_texts() if text]
    eventually(page, values, "numbers beside the lines")
    page.locator("#reset").click()
    expect(page.locator("#step")).to_have_attribute("data-step", "0")
    expect(code).to_be_visible()
    eventually(page, lambda: not values(), "lines without numbers")


def test_the_picture_follows_each_network_only_when_its_update_is_shown(paused):
    page = paused
    page.keyboard.press("s")
    page.locator(".phase[aria-current=step]").wait_for()
    parts = page.locator(".phase")

    def shown(index):
        """The discriminator's picture and the generator's, once they are other ones than before."""
        before = pictures()
        parts.nth(index).click()
        eventually(page, lambda: pictures() != before, f"another picture at part {index}")
        settle(page)
        return pictures()

    pictures = lambda: (pixels(page, "#node-discriminator"), pixels(page, "#node-fake"))
    end, start, learned = shown(9), shown(0), shown(5)
    assert start[0] != learned[0] and start[1] == learned[1], "the discriminator alone has learned"
    assert learned[0] == end[0] and learned[1] != end[1], "then the generator"
    assert shown(9) == end
    assert shown(0) == start


def test_every_unit_has_a_map_and_a_silenced_one_changes_what_is_seen_but_not_what_is_learned(paused):
    page = paused
    before, at = pixels(page, "#node-fake"), step(page)
    page.locator("#model-units").click()
    units = page.locator(".network.generator .unit")
    units.first.wait_for()
    settle(page)
    units.nth(0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.dataset.layer") == "1"
    page.keyboard.press("Enter")
    restore = page.locator("#inside-restore")
    restore.wait_for()
    expect(page.locator(".unit[aria-pressed=true]")).to_have_count(1)
    page.locator("#model-overview").click()
    page.wait_for_function(
        "before => document.querySelector('#node-fake').toDataURL() !== before", arg=before
    )
    page.locator("#model-units").click()
    restore.click()
    page.locator("#model-overview").click()
    page.wait_for_function(
        "before => document.querySelector('#node-fake').toDataURL() === before", arg=before
    )
    assert step(page) == at


def test_the_generator_layer_by_layer(paused):
    page = paused
    page.locator("#model-stages").click()
    slider = page.locator("#stage")
    page.locator(".stage-names li").nth(2).wait_for()
    pictures = set()
    for stage in range(int(slider.get_attribute("max")) + 1):
        slider.fill(str(stage))
        eventually(page, lambda: pixels(page, ".stage-picture canvas") not in pictures, f"a picture of stage {stage}")
        settle(page)
        pictures.add(pixels(page, ".stage-picture canvas"))
    assert len(pictures) == int(slider.get_attribute("max")) + 1


def test_the_article_offers_only_experiments_that_the_lab_has_and_loads_them(open_page):
    page = open_page()
    wait_for_open(page)
    buttons = page.locator(".article button[data-preset]")
    buttons.first.wait_for()
    assert buttons.count() > 3
    assert all(buttons.nth(index).is_visible() for index in range(buttons.count()))
    page.locator(".article button[data-preset=dirac]").click()
    page.locator("#play[data-state=playing]").wait_for()
    expect(page.locator("#speed-text")).to_have_text("50 steps/s")
    page.wait_for_function("() => scrollY === 0")


def test_space_stops_slow_motion_and_goes_on_however_it_was_opened(open_page):
    page = fresh(open_page)
    page.locator("#slow-motion").click()
    toggle = page.locator("#slow-play")
    expect(toggle).to_have_attribute("aria-label", "Stop here (Space)")
    page.keyboard.press("Space")
    expect(toggle).to_have_attribute("aria-label", "Go on by itself (Space)")
    expect(page.locator("#slowmotion")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#slowmotion")).to_be_hidden()
    expect(page.locator("#slow-motion")).to_be_focused()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_symbol_of_a_formula_lights_its_part_of_the_model(open_page, language):
    page = open_page(f"/?lang={language}")
    symbol = page.locator(".article math [data-part=noise]").first
    symbol.scroll_into_view_if_needed()
    symbol.hover()
    page.locator(".article-diagram .part.lit[data-part=noise]").wait_for()
    page.locator(".article-diagram [data-part=generator]").hover()
    eventually(page, lambda: page.locator(".article-text math [data-part=generator].lit").count() > 5, "lit symbols")


def test_the_code_of_a_step_covers_no_picture_of_the_model(open_page):
    page = fresh(open_page, viewport={"width": 1280, "height": 800})
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    expect(page.locator("#pseudocode")).to_be_visible()
    code = page.locator("#pseudocode .code").bounding_box()
    pictures = page.locator("#graph canvas")
    assert pictures.count() == 8
    for picture in pictures.all():
        box = picture.bounding_box()
        apart = box["y"] + box["height"] <= code["y"] or box["x"] + box["width"] <= code["x"] or code["x"] + code["width"] <= box["x"]
        assert apart, picture.evaluate("canvas => canvas.closest('.node').dataset.node")


def test_on_a_phone_a_step_opens_nothing_out_of_sight_and_the_code_stands_below_the_drawing(open_page):
    page = fresh(open_page, viewport={"width": 390, "height": 844})
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    code = page.locator("#pseudocode")
    expect(page.locator("#graph")).not_to_be_in_viewport()
    expect(code).to_be_hidden()
    page.locator("#model-code").click()
    drawing, lines = page.locator("#graph .edges").bounding_box(), code.locator(".code").bounding_box()
    assert 0 <= lines["y"] - drawing["y"] - drawing["height"] < 100
    page.locator("#step-both").click()
    wait_for_step(page, 2)
    # Of the last line that has a number: averaging weights has none.
    expect(code.locator(".code-value", has_text=re.compile(r"\S")).last).to_be_visible()
