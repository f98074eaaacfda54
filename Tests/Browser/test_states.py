"""The faces of a lab in which something is not as it should be: each says what happened, and what to do."""

import json

import pytest
from playwright.sync_api import expect

from lab_page import eventually, fresh, notice, play, set_field, settle, step, wait_for_ink, wait_for_open, wait_for_step


def open_recipe(page, tmp_path, settings: dict, at: int = 0):
    """Opens a recipe file, as somebody does who was sent one."""
    file = tmp_path / "recipe.json"
    file.write_text(json.dumps({"recipe": {"version": 1, "settings": settings, "timeline": []}, "step": at}))
    page.locator("#open-file").set_input_files(file)
    wait_for_step(page, at)
    wait_for_open(page)


#: Two layers of sigmoids send all noise to nearly one place, and nothing learns: collapsed at every step.
COLLAPSED = {
    "target": "ring8",
    "generator.activation": "sigmoid",
    "generator.optimizer.learningRate": 1e-6,
    "discriminator.optimizer.learningRate": 1e-6,
    "penalty.r1": 0,
}


def test_a_diverged_run_says_so_and_can_be_undone(open_page):
    page = fresh(open_page)
    for network in ("generator", "discriminator"):
        set_field(page, f"{network}.optimizer.kind", "sgd")
    play(page)
    wait_for_step(page, 100)
    set_field(page, "discriminator.optimizer.learningRate", "10")
    summary = page.locator("#summary")
    expect(summary).to_have_attribute("data-verdict", "diverged")
    expect(page.locator("#play")).to_have_attribute("data-state", "paused")
    expect(summary).to_contain_text("diverged")
    eventually(page, lambda: f"{step(page):,}" in summary.inner_text(), "the same step in the words and on the counter")
    page.locator("#advice-open").click()
    page.locator("#advice-undo").click()
    expect(summary).not_to_have_attribute("data-verdict", "diverged")
    settle(page)
    before = step(page)
    play(page)
    wait_for_step(page, before + 50)


def test_playing_on_from_a_diverged_run_is_refused_with_the_reason(open_page):
    page = fresh(open_page)
    set_field(page, "generator.optimizer.kind", "sgd")
    set_field(page, "discriminator.optimizer.kind", "sgd")
    set_field(page, "discriminator.optimizer.learningRate", "10")
    page.locator("#play").click()
    expect(page.locator("#summary")).to_have_attribute("data-verdict", "diverged")
    page.locator("#play").click()
    expect(notice(page, "error")).to_be_visible()
    expect(page.locator("#play")).to_have_attribute("data-state", "paused")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_collapsed_run_says_why_and_offers_remedies_that_change_the_settings(open_page, tmp_path, language):
    page = fresh(open_page, f"/?lang={language}")
    open_recipe(page, tmp_path, COLLAPSED, at=200)
    expect(page.locator("#summary")).to_have_attribute("data-verdict", "collapsed")
    expect(page.locator("#summary b")).to_have_text({"en": "Mode collapse.", "zh": "模式坍塌。"}[language])
    page.locator("#advice-open").click()
    expect(page.locator("#advice p")).to_have_count(2)
    page.locator("#remedy-1").click()
    page.locator("#more-discriminator").click()
    expect(page.locator("#sheet-field-discriminator-minibatchStandardDeviation")).to_be_checked()


def test_a_remedy_is_compared_with_the_run_without_it_at_one_press(open_page, tmp_path):
    page = fresh(open_page)
    open_recipe(page, tmp_path, {**COLLAPSED, "discriminator.optimizer.beta1": 0.9}, at=200)
    page.locator("#advice-open").click()
    page.locator("#remedy-1-beside").click()
    expect(page.locator("#field-penalty-r1")).to_have_value("0.1")
    expect(page.locator("#twin-difference")).to_contain_text("R1")
    expect(page.locator("#twin-summary")).not_to_be_empty()


def test_a_run_that_came_apart_says_since_when_and_goes_back_to_its_best_step(open_page):
    page = open_page("/favicon.svg", faults_expected=True)  # A picture by itself has no icon.
    page.add_init_script("""
        const verdict = { name: "hopping", evidence: {}, lost: { since: 4000, best: 300 } }
        const { get } = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data")
        Object.defineProperty(MessageEvent.prototype, "data", { get() {
            const data = get.call(this)
            if (typeof data !== "string" || !data.includes('"event":"state"')) return data
            const state = JSON.parse(data)
            return JSON.stringify(state.step > 300 ? { ...state, verdict } : state)
        } })
    """)
    page.goto(page.url.replace("/favicon.svg", "/"))
    wait_for_open(page)
    expect(page.locator("#summary b")).to_have_text("It had learned, and came apart at step 4,000.")
    expect(page.locator("#summary")).to_contain_text("Hopping")
    expect(page.locator("#back-to-best")).to_have_text("Go back to the best step (300)")
    page.locator("#back-to-best").click()
    expect(page.locator("#step")).to_have_attribute("data-step", "300")
    expect(page.locator("#back-to-best")).to_be_hidden()


def test_advice_stays_until_it_was_read_whatever_becomes_of_the_run(open_page, tmp_path):
    page = fresh(open_page)
    open_recipe(page, tmp_path, COLLAPSED, at=200)
    page.locator("#advice-open").click()
    page.keyboard.press("r")
    expect(page.locator("#summary")).to_have_attribute("data-verdict", "untrained")
    expect(page.locator("#advice-title")).to_have_text("Mode collapse.")
    expect(page.locator("#remedy-1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#advice")).to_be_hidden()
    expect(page.locator("#advice-open")).to_be_hidden()


def test_an_untrained_lab_says_what_to_press(open_page):
    page = fresh(open_page)
    expect(page.locator("#summary")).to_have_attribute("data-verdict", "untrained")
    expect(page.locator("#advice-open")).to_be_hidden()


def test_without_scripts_the_page_says_what_it_needs(open_page):
    page = open_page(java_script_enabled=False)
    expect(page.locator("#unsupported")).to_be_visible()
    expect(page.locator("#unsupported")).to_contain_text("JavaScript")


def test_a_browser_without_popovers_is_told_so(chromium, lab):
    page = chromium.new_context().new_page()
    page.add_init_script("delete HTMLElement.prototype.popover")
    page.goto(lab.url)
    expect(page.locator("#unsupported")).to_be_visible()
    page.context.close()


def test_a_page_that_finds_no_server_says_that_it_connects(open_page, lab):
    page = open_page(faults_expected=True)
    wait_for_open(page)
    page.add_init_script("window.WebSocket = class { readyState = 0 }")
    page.reload()
    expect(page.locator("#connection")).to_have_attribute("data-state", "connecting")
    expect(page.locator("#connection")).to_be_visible()
    expect(page.locator("#connection")).not_to_be_empty()


def test_a_full_session_says_so_and_lets_in_whoever_comes_next(open_page, lab):
    page = fresh(open_page)
    session = page.evaluate("document.querySelector('[href^=\"api/sessions/\"]').href.split('/').at(-2)")
    most = page.request.get(f"{lab.url}/api/schema").json()["limits"]["viewersPerSession"]
    watch = """async ({ session, count }) => {
        window.others = []
        for (let i = 0; i < count; i++) {
            const socket = new WebSocket(`ws://${location.host}/ws`, "ganlab.1")
            await new Promise((resolve, reject) => {
                socket.onopen = () => socket.send(JSON.stringify({ id: 1, do: "open", session }))
                socket.onmessage = resolve
                socket.onerror = reject
            })
            others.push(socket)
        }
    }"""
    page.evaluate(watch, {"session": session, "count": most - 1})

    late = open_page("/favicon.svg", faults_expected=True)
    late.evaluate("session => { sessionStorage.setItem('session', session); sessionStorage.setItem('hash', '') }", session)
    late.goto(lab.url)
    expect(late.locator("#lab")).to_have_attribute("data-connection", "full")
    expect(late.locator("#connection")).to_be_visible()
    expect(late.locator("#connection")).not_to_be_empty()
    page.evaluate("others.forEach(socket => socket.close())")
    wait_for_open(late)


def test_what_a_first_visitor_draws_is_learned_at_a_pace_to_be_watched(open_page):
    page = open_page()
    wait_for_open(page)
    expect(page.locator("#invitation")).to_be_visible()
    page.locator("#draw-open").click()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.locator("#drawing-apply").click()
    expect(page.locator("#speed-text")).to_have_text("200 steps/s")
    expect(page.locator("#invitation")).to_be_hidden()
    expect(page.locator("#play")).to_have_attribute("data-state", "playing")


def test_an_empty_drawing_cannot_be_trained_on_and_the_keyboard_can_draw(open_page):
    page = fresh(open_page)
    page.locator("#draw-open").click()
    expect(page.locator("#drawing-apply")).to_be_disabled()
    expect(page.locator("#drawing-hint")).to_contain_text("keyboard")
    expect(page.locator("#drawing-canvas")).to_be_focused()
    page.keyboard.press("Space")
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    wait_for_ink(page, "drawing-canvas")
    page.locator("#drawing-clear").click()
    expect(page.locator("#drawing-apply")).to_be_disabled()
    page.locator("#drawing-undo").click()
    page.locator("#drawing-apply").click()
    expect(page.locator("#drawing-dialog")).to_be_hidden()
    expect(page.locator("#draw-open")).to_have_attribute("aria-pressed", "true")
    wait_for_step(page, 50)


def test_a_cancelled_drawing_changes_nothing(open_page):
    page = fresh(open_page)
    page.locator("#draw-open").click()
    page.locator("#drawing-cancel").click()
    expect(page.locator("#drawing-dialog")).to_be_hidden()
    expect(page.locator("#target-ring")).to_have_attribute("aria-pressed", "true")
    settle(page)
    assert step(page) == 0


def test_what_was_refused_shows_what_is_and_the_refusal_goes_with_the_next_success(open_page):
    page = fresh(open_page)
    page.locator("#more-discriminator").click()
    unrolling = page.locator("#sheet-field-discriminator-unrolling")
    unrolling.fill("3")
    unrolling.press("Enter")
    expect(notice(page)).to_be_visible()
    spectral = page.locator("#sheet-field-discriminator-spectralNormalization")
    spectral.click()
    expect(notice(page, "error")).to_be_visible()
    expect(spectral).not_to_be_checked()
    set_field(page, "batch", "64")
    expect(notice(page)).to_contain_text("64")
    expect(page.locator("#notices .notice[data-kind=error]")).to_have_count(0)


def test_a_network_that_does_not_learn_has_no_loss(open_page):
    page = fresh(open_page)
    set_field(page, "generator.updates", "0")
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    expect(page.locator("#loss-discriminator")).not_to_have_text("–")
    expect(page.locator("#loss-generator")).to_have_text("–")
    expect(page.locator("#metric-gLoss")).to_have_text("–")


def test_the_drawing_board_stays_where_it_is_at_the_first_stroke(open_page):
    page = fresh(open_page)
    page.locator("#draw-open").click()
    board = page.locator("#drawing-canvas")
    before = board.bounding_box()
    hint = page.locator("#drawing-hint").inner_text()
    page.mouse.move(before["x"] + 50, before["y"] + 50)
    page.mouse.down()
    page.mouse.move(before["x"] + 90, before["y"] + 90)
    page.mouse.up()
    expect(page.locator("#drawing-hint")).not_to_have_text(hint)
    assert board.bounding_box() == before
