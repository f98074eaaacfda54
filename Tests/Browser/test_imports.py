"""Other people's files in the import dialog: tables and images, chosen and dropped."""

import struct
import zlib

import pytest
from playwright.sync_api import expect

from lab_page import fresh


def choose(page, path):
    page.locator("#open-file").set_input_files(path)
    expect(page.locator("#import-dialog")).to_be_visible()


def points(page) -> list:
    """The target's points that the session trains on, after Use."""
    recipe = page.evaluate("""async () => {
        const { href } = document.querySelector("[href^='api/sessions/']")
        return (await fetch(href.replace(/[^/]*$/, "recipe"))).json()
    }""")
    edits = [edit["to"] for edit in recipe["timeline"] if edit.get("set") == "target"]
    return (edits[-1] if edits else recipe["settings"]["target"])["points"]


def use(page):
    page.locator("#import-use").click()
    expect(page.locator("#import-dialog")).to_be_hidden()
    expect(page.locator("#draw-open")).to_have_attribute("aria-pressed", "true")


def png(side: int, colour) -> bytes:
    """A picture in RGBA."""
    rows = b"".join(b"\0" + b"".join(bytes(colour(x, y)) for x in range(side)) for y in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_columns_and_scale_are_chosen_and_what_is_left_out_is_said(open_page, tmp_path):
    page = fresh(open_page)
    file = tmp_path / "walk.csv"
    file.write_text(",minutes,metres,pulse\n0,2.0,540,80\n1,2.2,565,90\n2,,700,95\n3,4.1,800,100\n4,4.4,815,120\n")
    choose(page, file)
    report = page.locator("#import-report")
    expect(report).to_contain_text("Taken: minutes as x, metres as y.")
    expect(report).to_contain_text("1 row without one of the two numbers is left out.")
    expect(report).to_contain_text("Column 1 only numbers the rows.")
    expect(page.locator("#import-scaling")).to_have_value("perAxis")
    page.locator("#import-y").select_option(label="pulse")
    expect(report).to_contain_text("Taken: minutes as x, pulse as y.")
    page.locator("#import-scaling").select_option("equal")
    use(page)
    width, height = (max(side) - min(side) for side in zip(*points(page)))
    assert abs(height - 0.8) < 1e-3 and abs(width - 0.8 * 2.4 / 40) < 1e-3


def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(open_page, tmp_path):
    page = fresh(open_page, faults_expected=True)  # The browser reports every refusal.
    file = tmp_path / "bad.csv"
    file.write_text("x,y\n1,2\n3,cow\n")
    choose(page, file)
    expect(page.locator("#import-problem")).to_contain_text("line 3: 'cow' is not a number")
    expect(page.locator("#import-use")).to_be_disabled()
    expect(page.locator("#import-x")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#import-dialog")).to_be_hidden()
    expect(page.locator("#draw-open")).to_have_attribute("aria-pressed", "false")


def test_a_file_is_dropped_on_the_page_and_taken_by_keyboard_alone(open_page):
    page = fresh(open_page)
    page.evaluate("""() => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(["a,b\\n1,2\\n3,4\\n5,9"], "a.csv", { type: "text/csv" }))
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }))
    }""")
    expect(page.locator("#import-report")).to_contain_text("3 points.")
    page.keyboard.press("Tab")
    expect(page.locator("#import-use")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#draw-open")).to_have_attribute("aria-pressed", "true")


DISC = {
    "on paper": lambda inside: (60, 60, 70, 255) if inside else (205, 200, 190, 255),
    "transparent": lambda inside: (255, 255, 255, 255) if inside else (0, 0, 0, 0),
}


@pytest.mark.parametrize("kind", DISC)
def test_an_image_gives_points_where_something_is_drawn(open_page, tmp_path, kind):
    page = fresh(open_page)
    file = tmp_path / "disc.png"
    file.write_bytes(png(200, lambda x, y: DISC[kind]((x - 99.5) ** 2 + (y - 99.5) ** 2 < 40**2)))
    choose(page, file)
    expect(page.locator("#import-report")).to_contain_text("4,000 points")
    use(page)
    placed = points(page)
    assert sum((x - 0.5) ** 2 + (y - 0.5) ** 2 < 0.205**2 for x, y in placed) > 0.99 * len(placed)


def test_an_inverted_image_gives_points_beside_what_is_drawn(open_page, tmp_path):
    page = fresh(open_page)
    file = tmp_path / "disc.png"
    file.write_bytes(png(200, lambda x, y: DISC["on paper"]((x - 99.5) ** 2 + (y - 99.5) ** 2 < 40**2)))
    choose(page, file)
    expect(page.locator("#import-report")).to_contain_text("4,000 points")
    with page.expect_response("**/api/import/density**"):
        page.locator("#import-invert").check()
    expect(page.locator("#import-use")).to_be_enabled()
    use(page)
    placed = points(page)
    assert sum((x - 0.5) ** 2 + (y - 0.5) ** 2 > 0.195**2 for x, y in placed) > 0.99 * len(placed)


def test_an_svg_gives_points_in_its_shapes(open_page, tmp_path):
    page = fresh(open_page)
    file = tmp_path / "triangle.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><path d="M10 80 45 10 80 80Z"/></svg>'
    )
    choose(page, file)
    expect(page.locator("#import-report")).to_contain_text("4,000 points")
    use(page)
    inside = [
        y > 9 / 90 and y - 10 / 90 < 2.02 * min(x - 9 / 90, 81 / 90 - x) for x, y in points(page)
    ]  # The base is at y = 10/90, the sides rise by 2.
    assert sum(inside) > 0.99 * len(inside)


def test_the_labs_own_svg_is_taken(open_page, tmp_path):
    page = fresh(open_page)
    page.locator("#share").click()
    with page.expect_download() as download:
        page.locator("#export-picture-svg").click()
    file = tmp_path / "own.svg"
    file.write_bytes(download.value.path().read_bytes())
    choose(page, file)
    expect(page.locator("#import-report")).to_contain_text("4,000 points")
    use(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_dialog_fits_the_window_in_both_languages(open_page, tmp_path, width):
    page = fresh(open_page)
    page.set_viewport_size({"width": width, "height": 780})
    file = tmp_path / "points.csv"
    file.write_text("x,y\n" + "\n".join(f"{i % 37},{i * i % 41}" for i in range(300)))
    choose(page, file)
    expect(page.locator("#import-report")).to_contain_text("300 points.")
    box = page.locator("#import-dialog").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.locator("#import-dialog").evaluate("node => node.scrollWidth <= node.clientWidth")
    page.evaluate("""() => {
        const language = document.getElementById("language")
        language.value = "zh"
        language.dispatchEvent(new Event("change"))
    }""")
    expect(page.locator("#import-report")).to_contain_text("共 300 个点。")
    expect(page.locator("#import-use")).to_have_text("用它训练")
