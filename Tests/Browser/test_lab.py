"""The lab as a visitor meets it: draw, play, edit, step, lose the server and find it again."""

from playwright.sync_api import expect

from lab_page import (
    eventually,
    fresh,
    ink,
    notice,
    number,
    pause,
    play,
    reset,
    set_field,
    settle,
    step,
    wait_for_ink,
    wait_for_open,
    wait_for_step,
)


def test_the_first_visit_shows_a_whole_lab(open_page):
    page = open_page()
    wait_for_open(page)
    for name in ("line", "gaussians", "ring", "disjoint"):
        expect(page.locator(f"#target-{name}")).to_be_visible()
    expect(page.locator("#draw-open")).to_be_visible()
    for control in ("play", "reset", "step-both", "step-generator", "step-discriminator", "slow-motion", "speed"):
        expect(page.locator(f"#{control}")).to_be_visible()
    for canvas in ("layered-heatmap", "layered-real", "layered-fake"):
        wait_for_ink(page, canvas)
    expect(page.locator("#summary")).not_to_be_empty()
    bottom = page.evaluate("document.getElementById('lab').getBoundingClientRect().bottom")
    assert bottom <= 720, "at 1280 × 720 the lab is seen whole"


def test_playing_moves_the_fakes_and_the_heatmap_and_the_ring_is_learned(open_page):
    page = fresh(open_page)
    page.locator("#target-ring").click()
    expect(page.locator("#target-ring")).to_have_attribute("aria-pressed", "true")
    pause(page)
    reset(page)
    pause(page)
    before = ink(page, "layered-fake"), ink(page, "layered-heatmap")
    divergence = number(page, "#metric-js")
    play(page)
    wait_for_step(page, 3000)
    pause(page)
    assert ink(page, "layered-fake") != before[0]
    assert ink(page, "layered-heatmap") != before[1]
    eventually(page, lambda: number(page, "#metric-js") < 0.6 * divergence, "a smaller divergence")
    assert number(page, "#metric-kl") >= 0


def test_every_layer_can_be_switched(open_page):
    page = fresh(open_page)
    for layer in ("real", "fake", "heatmap", "gradients", "manifold"):
        switch = page.locator(f"#layer-{layer}")
        before = [ink(page, f"layered-{canvas}") for canvas in ("heatmap", "real", "fake")], switch.get_attribute(
            "aria-pressed"
        )
        switch.click()
        expect(switch).not_to_have_attribute("aria-pressed", before[1])
        pictures = lambda: [ink(page, f"layered-{canvas}") for canvas in ("heatmap", "real", "fake")]
        eventually(page, lambda: pictures() != before[0], f"another picture with the other state of {layer}")
        settle(page)


def test_drawing_a_shape_starts_training_on_it(open_page):
    page = fresh(open_page)
    page.locator("#draw-open").click()
    canvas = page.locator("#drawing-canvas")
    box = canvas.bounding_box()
    place = lambda x, y: (box["x"] + x * box["width"], box["y"] + y * box["height"])
    for y in (0.3, 0.7):
        page.mouse.move(*place(0.2, y))
        page.mouse.down()
        page.mouse.move(*place(0.8, y), steps=12)
        page.mouse.up()
    settle(page)
    two = ink(page, "drawing-canvas")
    page.locator("#drawing-undo").click()
    assert wait_for_ink(page, "drawing-canvas", two)["painted"] < two["painted"], "undo takes the last stroke back"
    page.locator("#drawing-apply").click()
    expect(page.locator("#drawing-dialog")).to_be_hidden()
    expect(page.locator("#play")).to_have_attribute("data-state", "playing")
    wait_for_step(page, 200)
    pause(page)
    # One horizontal stroke at 30% from the top: real samples there, none in the lower half.
    halves = """() => {
        const canvas = document.getElementById("layered-real")
        const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
        let upper = 0, lower = 0
        for (let i = 3, p = 0; i < data.length; i += 4, p++)
            if (data[i] > 8) (p / width < height / 2) ? upper++ : lower++
        return upper > 100 && lower === 0
    }"""
    eventually(page, lambda: page.evaluate(halves), "a row of real samples in the upper half alone")


def test_a_live_edit_takes_effect_at_the_next_step_and_is_confirmed(open_page):
    page = fresh(open_page)
    play(page)
    wait_for_step(page, 100)
    set_field(page, "generator.optimizer.learningRate", "0.0005")
    expect(notice(page)).to_be_visible()
    edited_at = step(page)
    wait_for_step(page, edited_at + 100)
    expect(page.locator("#ticks .tick")).to_have_count(1)
    expect(page.locator("#field-generator-optimizer-learningRate")).to_have_value("0.0005")


def test_an_edit_of_a_networks_shape_restarts_from_the_same_seed_and_says_so(open_page):
    page = fresh(open_page)
    seed = page.locator("#field-seed").input_value() if page.locator("#field-seed").count() else None
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    page.locator("#code-close").click()
    set_field(page, "generator.hidden-layers", "1")
    expect(notice(page)).to_be_visible()
    expect(page.locator("#step")).to_have_attribute("data-step", "0")
    if seed is not None:
        expect(page.locator("#field-seed")).to_have_value(seed)


def test_a_value_out_of_range_is_refused_with_the_reason_and_changes_nothing(open_page):
    page = fresh(open_page)
    field = page.locator("#field-generator-optimizer-learningRate")
    before = field.input_value()
    set_field(page, "generator.optimizer.learningRate", "20")
    expect(notice(page, "error")).to_contain_text("10")
    expect(field).to_have_value(before)
    set_field(page, "generator.optimizer.learningRate", "abc")
    expect(notice(page, "error")).to_contain_text("Learning rate (G) must be a number")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value(before)
    field.fill("0.002")
    field.press("Enter")
    expect(field).to_have_value("0.002")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_stepping_the_discriminator_alone_leaves_the_generator_as_it_was(open_page):
    page = fresh(open_page)
    page.locator("#layer-gradients").click()
    expect(page.locator("#layer-gradients")).to_have_attribute("aria-pressed", "false")
    settle(page)
    fakes, heatmap, before = ink(page, "layered-fake"), ink(page, "layered-heatmap"), step(page)
    page.locator("#step-discriminator").click()
    wait_for_step(page, before + 1)
    wait_for_ink(page, "layered-heatmap", heatmap)  # D learned.
    settle(page)
    assert step(page) == before + 1
    assert ink(page, "layered-fake") == fakes, "G did not learn"
    heatmap = ink(page, "layered-heatmap")
    page.locator("#step-generator").click()
    wait_for_step(page, before + 2)
    wait_for_ink(page, "layered-fake", fakes)  # G learned.
    settle(page)
    assert ink(page, "layered-heatmap") == heatmap, "D did not"


def test_the_page_survives_a_killed_server(open_page, lab):
    page = open_page(faults_expected=True)
    wait_for_open(page)
    play(page)
    wait_for_step(page, 200)
    pause(page)
    fakes, before = ink(page, "layered-fake"), step(page)
    play(page)
    lab.kill()
    expect(page.locator("#connection")).to_be_visible()
    expect(page.locator("#lab")).to_have_attribute("data-connection", "lost")
    lab.start()
    wait_for_open(page)
    expect(page.locator("#connection")).to_be_hidden()
    wait_for_step(page, before + 1)
    wait_for_ink(page, "layered-fake", fakes)


def test_two_visitors_have_a_lab_each(open_page):
    first, second = fresh(open_page), fresh(open_page)
    play(first)
    wait_for_step(first, 500)
    assert step(second) == 0


def test_the_same_recipe_gives_the_same_picture(open_page):
    pictures = []
    for _ in range(2):
        page = fresh(open_page)
        untrained = ink(page, "layered-fake")
        for steps in range(1, 6):
            page.locator("#step-both").click()
            wait_for_step(page, steps)
        wait_for_ink(page, "layered-fake", untrained)
        settle(page)
        pictures.append((step(page), ink(page, "layered-fake"), ink(page, "layered-heatmap")))
    assert pictures[0] == pictures[1]


def test_a_phone_stacks_everything_without_scrolling_sideways(open_page):
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    wait_for_open(page)
    eventually(page, lambda: page.evaluate("document.documentElement.scrollWidth") <= 360, "a page no wider than the phone")
    expect(page.locator("#play")).to_be_in_viewport()
    expect(page.locator("#picture")).to_be_in_viewport()


def test_the_keyboard_does_what_the_mouse_does(open_page):
    page = fresh(open_page)
    page.locator("body").press("ArrowRight")
    wait_for_step(page, 1)
    page.locator(".brand h1").click()  # lets go of the button pressed last, which Space would press again
    page.locator("body").press("Space")
    expect(page.locator("#play")).to_have_attribute("data-state", "playing")
    page.locator("body").press("Space")
    expect(page.locator("#play")).to_have_attribute("data-state", "paused")
    page.locator("body").press("r")
    expect(page.locator("#step")).to_have_attribute("data-step", "0")


def test_the_whole_page_weighs_less_than_220_kilobytes(open_page):
    page = open_page()
    wait_for_open(page)
    page.locator(".article-text h2").first.wait_for()
    sizes = page.evaluate("""() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .map(({ encodedBodySize }) => encodedBodySize)""")
    assert len(sizes) > 50
    assert 100_000 < sum(sizes) < 220_000


def test_a_new_session_plays_at_a_pace_to_be_watched_and_an_experiment_lends_its_own(open_page):
    page = open_page()
    wait_for_open(page)
    expect(page.locator("#speed-text")).to_have_text("200 steps/s")
    page.locator("#targets-more").click()
    page.locator("#preset-dirac").click()
    expect(page.locator("#speed-text")).to_have_text("50 steps/s")
    page.locator("#target-ring").click()
    expect(page.locator("#speed-text")).to_have_text("200 steps/s")


def test_all_settings_go_back_to_their_defaults_as_one_change_and_the_target_stays(open_page):
    page = fresh(open_page)
    page.locator("#target-line").click()
    expect(page.locator("#target-line")).to_have_attribute("aria-pressed", "true")
    set_field(page, "batch", "64")
    set_field(page, "generator.updates", "3")
    page.locator("#more-game").click()
    page.locator("#restore-defaults").click()
    expect(page.locator("#field-batch")).to_have_value("128")
    expect(page.locator("#field-generator-updates")).to_have_value("1")
    expect(page.locator("#target-line")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#restore-defaults")).to_be_disabled()
    page.locator("#undo").click()
    expect(page.locator("#field-batch")).to_have_value("64")
    expect(page.locator("#field-generator-updates")).to_have_value("3")


def test_wasserstein_is_named_by_its_limit_and_takes_it_away_when_it_goes(open_page):
    page = fresh(open_page)
    loss = page.locator("#field-loss-kind")
    formula = page.locator("#graph .formula")
    expect(formula).to_contain_text("log D(x)")
    loss.select_option(label="WGAN with clipping")
    expect(page.locator("#field-discriminator-updates")).to_have_value("5")
    expect(formula).to_contain_text("L_G = −mean D(G(z))")
    page.locator("#more-game").click()
    expect(page.locator("#sheet-field-penalty-weightClip")).to_have_value("0.1")
    loss.select_option(label="WGAN-GP")
    expect(page.locator("#sheet-field-penalty-weightClip")).to_have_value("off")
    expect(page.locator("#sheet-field-penalty-gradient")).to_have_value("1")
    loss.select_option(label="Hinge")
    expect(page.locator("#sheet-field-penalty-gradient")).to_have_value("off")
    expect(page.locator("#field-discriminator-updates")).to_have_value("1")


def test_a_network_without_updates_is_marked_and_picking_a_target_says_so(open_page):
    page = fresh(open_page)
    set_field(page, "generator.updates", "0")
    expect(page.locator("#graph .settings.generator .idle-mark")).to_be_visible()
    page.locator("#target-line").click()
    expect(page.locator("#notices")).to_contain_text("the generator does not learn")
    set_field(page, "generator.updates", "1")
    expect(page.locator("#graph .idle-mark")).to_have_count(0)


def test_a_target_picked_after_the_vanishing_gradient_is_learned(open_page):
    page = fresh(open_page)
    page.locator("#targets-more").click()
    page.locator("#preset-vanishing-gradient").click()
    wait_for_step(page, 2000)
    wait_for_open(page)
    expect(page.locator("#field-generator-updates")).to_have_value("1")
    page.locator("#target-line").click()
    expect(page.locator("#step")).to_have_attribute("data-step", "0")
    expect(page.locator("#field-generator-updates")).to_have_value("1")
    expect(page.locator("#graph .idle-mark")).to_have_count(0)
