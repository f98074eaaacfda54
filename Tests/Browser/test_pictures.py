"""Looking closely: layers, links between the pictures, charts; by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from lab_page import eventually, fresh, ink, number, pause, play, settle, wait_for_ink, wait_for_open, wait_for_step


@pytest.fixture
def trained(open_page):
    """A lab that has run a while and stands still, its charts with something on them."""
    page = fresh(open_page)
    play(page)
    wait_for_step(page, 1500)
    pause(page)
    settle(page)
    return page


@pytest.mark.parametrize("layer", ["contour", "optimum", "difference", "pulls"])
def test_the_layers_that_are_off_at_first_show_something_when_switched_on(trained, layer):
    page = trained
    canvas = "layered-fake" if layer == "pulls" else "layered-heatmap"
    before = ink(page, canvas)
    page.locator(f"#layer-{layer}").click()
    expect(page.locator(f"#layer-{layer}")).to_have_attribute("aria-pressed", "true")
    wait_for_ink(page, canvas, before)
    page.locator(f"#layer-{layer}").click()
    settle(page)
    assert ink(page, canvas) == before


def test_three_losses_say_how_hard_each_pulls_and_the_minimax_one_pulls_least_where_d_is_sure(trained):
    page = trained
    page.locator("#layer-pulls").click()
    pulls = {name: page.locator(f"#pull-{name}") for name in ("minimax", "nonSaturating", "wasserstein")}
    for cell in pulls.values():
        eventually(page, lambda cell=cell: cell.inner_text() not in ("", "–"), "a strength")
    strength = {name: float(cell.inner_text()) for name, cell in pulls.items()}
    # With σ = D(fake): σ, 1 − σ and 1 times the same slope.
    assert strength["wasserstein"] >= max(strength["minimax"], strength["nonSaturating"]) > 0


def test_a_sample_is_the_same_in_every_picture_whoever_points_at_it(trained):
    page = trained
    nodes = ("node-noise", "node-fake", "node-gradients", "node-scores-fake")
    before = {node: ink(page, node) for node in nodes}
    readout = page.locator("#readout")
    page.locator("#picture").focus()
    page.keyboard.press(".")
    expect(readout).to_contain_text("noise")
    for node in nodes:
        wait_for_ink(page, node, before[node])
    first = readout.inner_text()
    page.keyboard.press(".")
    expect(readout).not_to_have_text(first)
    page.keyboard.press(",")
    expect(readout).to_have_text(first)
    expect(page.locator("#spoken")).to_have_text(first)
    page.keyboard.press("Escape")
    expect(readout).to_be_hidden()
    for node in nodes:
        eventually(page, lambda node=node: ink(page, node) == before[node], f"{node} without a mark")


def test_the_mouse_reads_the_picture_and_finds_samples_from_the_small_ones(trained):
    page = trained
    readout = page.locator("#readout")
    page.locator("#picture").hover(position={"x": 3, "y": 3})
    expect(readout).to_contain_text("D =")
    page.mouse.move(1, 1)
    expect(readout).to_be_hidden()
    box = page.locator("#node-noise").bounding_box()

    def over_some_point():
        for x in range(8, int(box["width"]) - 8, 3):
            page.mouse.move(box["x"] + x, box["y"] + box["height"] / 2)
            if readout.is_visible() and "noise" in readout.inner_text():
                return True

    eventually(page, over_some_point, "a noise point under the mouse")


def test_a_cell_of_the_noise_is_a_cell_of_the_sheet(trained):
    page = trained
    expect(page.locator("#node-noise")).to_have_attribute("aria-label", "Noise. Arrow keys go from cell to cell.")
    before = ink(page, "layered-hover"), ink(page, "node-noise")
    page.locator("#node-noise").focus()
    page.keyboard.press("ArrowUp")
    wait_for_ink(page, "layered-hover", before[0])
    wait_for_ink(page, "node-noise", before[1])
    expect(page.locator("#readout")).to_contain_text("cell")
    first = page.locator("#readout").inner_text()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#readout")).not_to_have_text(first)


def test_pointing_at_the_generator_warps_the_noise_into_the_samples(trained):
    page = trained
    rest = ink(page, "node-generator")
    page.locator("#node-generator").hover()
    wait_for_ink(page, "node-generator", rest)
    eventually(page, lambda: ink(page, "node-generator") == rest, "the sheet where the generator puts it")


def test_charts_show_values_under_the_pointer_and_zoom_by_dragging(trained):
    page = trained
    latest = number(page, "#metric-slicedWasserstein")
    canvas = page.locator("#chart-slicedWasserstein canvas")
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 10)
    eventually(page, lambda: number(page, "#metric-slicedWasserstein") != latest, "the value at the start of the run")
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 10, steps=5)
    page.mouse.up()
    expect(page.locator("#zoom-out")).to_be_visible()
    canvas.dblclick()
    expect(page.locator("#zoom-out")).to_be_hidden()


def test_charts_can_be_walked_and_zoomed_with_the_keyboard(trained):
    page = trained
    latest = number(page, "#metric-slicedWasserstein")
    page.locator("#charts").focus()
    page.keyboard.press("Home")
    eventually(page, lambda: number(page, "#metric-slicedWasserstein") != latest, "the value at the start of the run")
    expect(page.locator("#spoken")).to_contain_text("Sliced Wasserstein")
    page.keyboard.press("+")
    expect(page.locator("#zoom-out")).to_be_visible()
    page.keyboard.press("-")
    expect(page.locator("#zoom-out")).to_be_hidden()
    page.keyboard.press("+")
    page.keyboard.press("Escape")
    expect(page.locator("#zoom-out")).to_be_hidden()
    eventually(page, lambda: number(page, "#metric-slicedWasserstein") == latest, "the latest value")


def test_every_metric_stands_in_a_table_with_its_noise_floor(trained):
    page = trained
    page.locator("#numbers-open").click()
    eventually(page, lambda: page.locator("#number-slicedWasserstein").inner_text() != "–", "a number")
    assert page.locator("#numbers tbody tr").count() > 10


def test_a_step_by_hand_runs_through_the_pseudo_code_with_its_numbers(open_page):
    page = fresh(open_page, reduced_motion="reduce")
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    code = page.locator("#pseudocode")
    expect(code).to_be_visible()
    expect(code.locator(".code-heading[aria-expanded=true]")).to_have_text("Discriminator")
    values = lambda: [text for text in code.locator(".code-value:visible").all_inner_texts() if text]
    eventually(page, lambda: len(values()) >= 5, "numbers beside the lines")
    code.locator(".code-heading", has_text="Generator").click()
    eventually(page, lambda: 4 <= len(values()) <= 5, "the generator's numbers")

    code.locator(".code-line:visible", has_text="D(f)").hover()
    expect(page.locator("#graph .pointed[data-node=discriminator]")).to_have_count(1)

    page.locator("#model-code").click()
    expect(code).to_be_hidden()
    page.locator("#step-generator").click()
    wait_for_step(page, 2)
    settle(page)
    expect(code).to_be_hidden()  # Whoever closed it does not want it back.
    page.locator("#model-code").click()
    expect(code.locator(".code-heading[aria-expanded=true]")).to_be_visible()


def test_the_line_that_runs_is_lit_while_a_step_is_shown(open_page):
    page = fresh(open_page)
    page.locator("#step-discriminator").click()
    page.locator("#pseudocode .code-line.now").first.wait_for()
    expect(page.locator("#pseudocode .code-heading[aria-expanded=true]")).to_have_text("Discriminator")
    expect(page.locator("#pseudocode .code-line.now").last).to_contain_text("θ ←")


def test_slow_motion_goes_on_by_itself_until_it_is_stopped(open_page):
    page = fresh(open_page)
    page.keyboard.press("s")
    page.locator("#slow-pace").select_option("1")
    expect(page.locator(".phase").nth(2)).to_have_attribute("aria-current", "step")
    page.keyboard.press("Escape")
    page.locator("#slowmotion").wait_for(state="hidden")


def test_the_help_lists_every_key(open_page):
    page = open_page()
    wait_for_open(page)
    page.keyboard.press("?")
    keys = set(page.locator("#help-dialog kbd").all_inner_texts())
    assert {"Space", "→", "G", "D", "S", "R", "Z", "Y", "[", "]", "?", ".", ",", "+", "-"} <= keys
    page.keyboard.press("Escape")
    expect(page.locator("#help-dialog")).to_be_hidden()


@pytest.mark.parametrize("size", [(1024, 768), (1152, 720), (1280, 720)])
def test_the_picture_and_what_is_said_of_it_are_seen_together(open_page, size):
    page = open_page(viewport={"width": size[0], "height": size[1]})
    wait_for_open(page)
    timeline = page.locator("#timeline").bounding_box()
    for part in ("picture", "legend", "summary"):
        box = page.locator(f"#{part}").bounding_box()
        assert box["y"] + box["height"] <= timeline["y"], part
