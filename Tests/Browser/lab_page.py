"""What a visitor sees and does, in the words of the page's ids (listed in Tests/Page/README.md).

Nothing here sleeps and hopes: every wait is for something that can be seen, with a limit that a slow machine keeps.
"""

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

#: Seconds until a test gives up. Nothing waits this long unless it is broken.
PATIENCE = 180

#: Numbers for a canvas: how many of its pixels are painted, and a checksum that changes when any of them does.
INK = """id => {
    const canvas = document.getElementById(id)
    if (canvas.width === 0 || canvas.height === 0) return { painted: 0, checksum: 0 }
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
    """Connected, and arrived at the step that the lab opens with."""
    expect(page.locator("#lab")).to_have_attribute("data-connection", "open")
    expect(page.locator("#step")).not_to_have_attribute("data-seeking", "true")


def eventually(page: Page, holds: Callable[[], object], what: str = "it"):
    """Asks until it holds, and gives what it said."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := holds()):
        assert time.monotonic() < deadline, f"{what} never came"
        page.wait_for_timeout(50)
    return answer


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


#: One number for all that the page shows, after the session's thread has had its turn and the screen was refreshed twice.
PICTURE = """async () => {
    const file = document.querySelector("[href^='api/sessions/']")
    if (file) await fetch(file.href.replace(/[^/]*$/, "recipe"))
    for (let refresh = 0; refresh < 2; refresh++) await new Promise(requestAnimationFrame)
    let checksum = 0
    for (const canvas of document.querySelectorAll("canvas"))
        for (const character of canvas.toDataURL()) checksum = (Math.imul(checksum, 31) + character.charCodeAt(0)) | 0
    return checksum
}"""


def settle(page: Page):
    """Waits until nothing glides any more: the same picture at the same step, three times running.

    Between one look and the next the session itself is asked for something, so that a busy machine, where its last
    picture comes late, makes the looks as late. What is still to be done it cannot know of: wait for that first, by what
    it changes.
    """
    seen: list = []

    def rests():
        seen.append((page.evaluate(PICTURE), step(page)))
        page.wait_for_timeout(200)
        return len(seen) >= 3 and seen[-3] == seen[-2] == seen[-1]

    eventually(page, rests, "rest")


def wait_for_ink(page: Page, canvas: str, before: dict | None = None) -> dict:
    """The picture, once it is there and not (any more) the one before."""

    def changed():
        now = ink(page, canvas)
        return now if now["painted"] > 0 and now != before else None

    return eventually(page, changed, f"a picture on #{canvas}")


def ink(page: Page, canvas: str) -> dict:
    return page.evaluate(INK, canvas)


def number(page: Page, selector: str) -> float:
    """The number, once there is one."""
    locator = page.locator(selector)
    return float(eventually(page, lambda: locator.get_attribute("data-value"), f"the number of {selector}"))


def reset(page: Page):
    page.locator("#reset").click()
    expect(page.locator("#step")).to_have_attribute("data-step", "0")
    expect(page.locator("#step")).to_have_attribute("data-seeking", "false")


def set_field(page: Page, path: str, value: str):
    """Types a value into a setting under its network."""
    field = page.locator("#field-" + path.replace(".", "-"))
    if field.evaluate("node => node.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
        field.press("Enter")


#: The stops of the speed slider that tests use.
SPEEDS = {"200": 7, "unlimited": 16}


def speed(page: Page, wanted: str):
    """Sets the speed slider, in steps a second, and waits until the server says the same."""
    page.locator("#speed").fill(str(SPEEDS[wanted]))
    expect(page.locator("#speed")).to_have_value(str(SPEEDS[wanted]))


def notice(page: Page, kind: str = "info"):
    return page.locator(f"#notices .notice[data-kind={kind}]").last


def copied_link(page: Page) -> str:
    """The link of this very moment, which copying also puts into the address."""
    page.locator("#share").click()
    page.locator("#copy-link").click()
    expect(page.locator("#notices .notice", has_text="link").last).to_be_visible()
    return page.evaluate("location.hash")


def fresh(open_page, path: str = "/", **options) -> Page:
    """An open page with an untrained, paused lab that trains as fast as it can."""
    page = open_page(path, **options)
    expect(page.locator("#lab")).to_have_attribute("data-connection", "open")
    speed(page, "unlimited")
    reset(page)  # Need not wait for the trained first picture.
    pause(page)
    return page
