"""What a visitor sees and does, in the words of the page's ids (listed in Tests/Page/README.md)."""

from playwright.sync_api import Page, expect

#: Numbers for a canvas: how many of its pixels are painted, and a checksum that changes when any of them does.
INK = """id => {
    const canvas = document.getElementById(id)
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
    let painted = 0, checksum = 0
    for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] > 8) painted++
        checksum = (Math.imul(checksum, 31) + data[i] + (data[i + 1] << 8) + (data[i + 2] << 16) + (data[i + 3] << 24)) | 0
    }
    return { painted, checksum }
}"""


def step(page: Page) -> int:
    return int(page.locator("#step").get_attribute("data-step"))


def wait_for_step(page: Page, least: int):
    page.wait_for_function("least => Number(document.getElementById('step').dataset.step) >= least", arg=least)


def wait_for_open(page: Page):
    expect(page.locator("#lab")).to_have_attribute("data-connection", "open")


def play(page: Page):
    if page.locator("#play").get_attribute("data-state") != "playing":
        page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("data-state", "playing")


def pause(page: Page):
    """Pauses, and waits until the picture has come to rest."""
    if page.locator("#play").get_attribute("data-state") == "playing":
        page.locator("#play").click()
    expect(page.locator("#play")).to_have_attribute("data-state", "paused")
    settle(page)


#: One number for all that the page shows, after two refreshes of the screen.
PICTURE = """async () => {
    for (let refresh = 0; refresh < 2; refresh++) await new Promise(requestAnimationFrame)
    let checksum = 0
    for (const canvas of document.querySelectorAll("canvas"))
        for (const character of canvas.toDataURL()) checksum = (Math.imul(checksum, 31) + character.charCodeAt(0)) | 0
    return checksum
}"""


def settle(page: Page):
    """Waits until nothing glides and no frame is under way: the same picture at the same step, three times running."""
    seen = []
    for _ in range(100):
        seen.append((page.evaluate(PICTURE), step(page)))
        if len(seen) >= 3 and seen[-3] == seen[-2] == seen[-1]:
            return
        page.wait_for_timeout(200)
    raise AssertionError("the picture never came to rest")


def ink(page: Page, canvas: str) -> dict:
    return page.evaluate(INK, canvas)


def number(page: Page, selector: str) -> float:
    return float(page.locator(selector).get_attribute("data-value"))


def reset(page: Page):
    page.locator("#reset").click()
    page.wait_for_function("() => Number(document.getElementById('step').dataset.step) < 50")


def set_field(page: Page, path: str, value: str):
    """Types a value into a setting under its network."""
    field = page.locator("#field-" + path.replace(".", "-"))
    if field.evaluate("node => node.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
        field.press("Enter")


def notice(page: Page, kind: str = "info"):
    return page.locator(f"#notices .notice[data-kind={kind}]").last
