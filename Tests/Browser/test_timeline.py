"""Time: back and forth along the run, undo, two runs beside each other, eight seeds, trained starts."""

import re

import pytest
from playwright.sync_api import expect

from lab_page import eventually, fresh, ink, pause, play, set_field, settle, step, wait_for_ink, wait_for_open, wait_for_step


def test_the_run_can_be_rewound_to_the_very_picture_and_played_again(open_page):
    page = fresh(open_page)
    settle(page)
    beginning = ink(page, "layered-fake")
    play(page)
    wait_for_step(page, 500)
    pause(page)
    page.locator("#timeline-range").focus()
    page.keyboard.press("Home")
    expect(page.locator("#step")).to_have_attribute("data-step", "0")
    eventually(page, lambda: ink(page, "layered-fake") == beginning, "the picture of the beginning")
    page.locator("#timeline-range").press("End")
    wait_for_step(page, 500)
    wait_for_ink(page, "layered-fake", beginning)


def test_an_edit_is_undone_and_done_again(open_page):
    page = fresh(open_page)
    play(page)
    wait_for_step(page, 100)
    pause(page)
    batch = page.locator("#field-batch")
    before = batch.input_value()
    set_field(page, "batch", "64")
    expect(page.locator("#ticks .tick")).to_have_count(1)
    page.locator("#undo").click()
    expect(batch).to_have_value(before)
    expect(page.locator("#ticks .tick")).to_have_count(0)
    page.locator("#redo").click()
    expect(batch).to_have_value("64")
    page.locator(".brand h1").click()
    page.keyboard.press("z")
    expect(batch).to_have_value(before)
    page.keyboard.press("y")
    expect(batch).to_have_value("64")


def test_a_tick_names_its_edit_and_leads_back_to_it(open_page):
    page = fresh(open_page)
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    set_field(page, "batch", "64")
    tick = page.locator("#ticks .tick button")
    expect(tick).to_have_attribute("title", "Step 1: Minibatch 64")
    play(page)
    wait_for_step(page, 200)
    pause(page)
    tick.click()
    expect(page.locator("#step")).to_have_attribute("data-step", "1")


def test_an_edit_in_the_past_leaves_the_other_future_to_go_back_to(open_page):
    page = fresh(open_page)
    play(page)
    wait_for_step(page, 300)
    pause(page)
    page.locator("#timeline-range").focus()
    page.keyboard.press("Home")
    expect(page.locator("#step")).to_have_attribute("data-step", "0")
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    set_field(page, "batch", "64")
    page.locator("#compare").click()
    expect(page.locator(".future.here b")).to_have_text("Minibatch 64")
    enter = page.locator("[id^=future-enter-]").first
    enter.click()
    expect(page.locator("#field-batch")).not_to_have_value("64")
    page.locator("#timeline-range").press("End")
    wait_for_step(page, 300)


def test_a_future_that_is_a_ready_made_experiment_has_its_name(open_page):
    page = fresh(open_page)
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    page.locator("#targets-more").click()
    page.locator("#preset-collapse").click()
    expect(page.locator("#field-generator-optimizer-learningRate")).to_have_value("0.005")
    page.locator("#compare").click()
    expect(page.locator(".future.here b")).to_have_text("Mode collapse")


def test_two_runs_go_on_side_by_side_and_say_in_what_they_differ(open_page):
    page = fresh(open_page)
    page.locator("#compare").click()
    page.locator("#compare-now").click()
    expect(page.locator("#twin")).to_be_visible()
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    set_field(page, "generator.optimizer.learningRate", "0.01")
    expect(page.locator("#twin-difference li")).to_have_count(1)
    expect(page.locator("#twin-difference")).to_contain_text("0.01")
    play(page)
    wait_for_step(page, 200)
    pause(page)
    eventually(page, lambda: ink(page, "twin-fake")["painted"] > 0 and ink(page, "twin-fake") != ink(page, "layered-fake"), "another picture")
    expect(page.locator("#twin-summary")).to_have_attribute("data-verdict", re.compile("."))
    expect(page.locator("#twin-summary b")).not_to_be_empty()
    page.locator("#twin-stop").click()
    expect(page.locator("#twin")).to_be_hidden()


def test_eight_seeds_run_to_the_end_and_on_and_one_can_be_entered(open_page):
    page = fresh(open_page)
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    page.locator("#seeds").click()
    expect(page.locator("#seed-grid button[data-state=done]")).to_have_count(8)
    expect(page.locator("#seeds-headline")).to_contain_text("of 8 learned")
    onward = page.locator("#seeds-continue")
    target = onward.inner_text()
    onward.click()
    expect(onward).to_be_visible()
    expect(onward).not_to_have_text(target)
    expect(page.locator("#seed-grid button[data-state=done]")).to_have_count(8)
    page.locator("#seed-3").click()
    expect(page.locator("#seeds-dialog")).to_be_hidden()
    expect(page.locator("#field-seed")).to_have_value("3")
    page.locator("#compare").click()
    expect(page.locator(".future.here b")).to_have_text("Seed 3")


@pytest.mark.parametrize("name", ["line", "gaussians", "ring", "disjoint"])
def test_gan_labs_distributions_can_start_trained(open_page, name):
    page = fresh(open_page)
    page.locator("#targets-more").click()
    page.locator(f"#preset-ganlab-{name}").click()
    wait_for_step(page, 10_000)
    expect(page.locator("#step")).to_have_attribute("data-seeking", "false")
    expect(page.locator("#play")).to_have_attribute("data-state", "paused")
    assert step(page) == 10_000, "it waits to be looked at"
    expect(page.locator(f"#target-{name}")).to_have_attribute("aria-pressed", "true")


def test_the_invitation_shows_a_trained_lab_and_starts_it_from_the_beginning(open_page):
    page = open_page()
    wait_for_open(page)
    wait_for_step(page, 5000)
    assert step(page) == 5000, "it stands still there"
    expect(page.locator("#summary")).to_have_attribute("data-verdict", re.compile("learned|close|learning"))
    page.locator("#invitation").click()
    expect(page.locator("#invitation")).to_be_hidden()
    expect(page.locator("#play")).to_have_attribute("data-state", "playing")


def test_on_a_phone_the_timeline_is_at_hand_below_the_picture(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    wait_for_open(page)
    wait_for_step(page, 5000)
    timeline = page.locator("#timeline-range")
    expect(timeline).to_be_in_viewport(ratio=1)
    timeline.click(position={"x": 35, "y": 8})
    eventually(page, lambda: 0 < step(page) < 2500, "an earlier step")
    expect(page.locator("#picture")).to_be_in_viewport(ratio=1)
    set_field(page, "batch", "64")
    expect(page.locator("#undo")).to_be_in_viewport(ratio=1)
    page.locator("#undo").click()
    expect(page.locator("#field-batch")).to_have_value("128")
