"""How the page feels, in numbers: frames, script, layouts, first paint, weight, and how soon an edit is seen.

    python3 Benchmarks/Page/measure.py [--seconds 15] [--size 1280x720]

Starts the lab that `make build` made and opens it in a headless Chromium.
"""

import argparse
import pathlib
import statistics
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tests/Browser"))
from conftest import CHROMIUM, Lab  # noqa: E402
from lab_page import play, reset, wait_for_open, wait_for_step  # noqa: E402

#: Counts the refreshes of the screen, and notes how far apart they were.
COUNT_FRAMES = """() => {
    window.gaps = []
    let last = performance.now()
    const tick = (now) => { gaps.push(now - last); last = now; requestAnimationFrame(tick) }
    requestAnimationFrame(tick)
}"""

#: Notes, for every edit: when the pointer moved, when it was sent, confirmed, and when its first frame was on screen.
WATCH_EDITS = """() => {
    window.edits = []
    let moved = 0
    addEventListener("pointermove", (event) => { moved = event.timeStamp }, { capture: true })
    const { send } = WebSocket.prototype
    const listening = new WeakSet()
    WebSocket.prototype.send = function (data) {
        if (!listening.has(this)) {
            listening.add(this)
            this.addEventListener("message", ({ data }) => {
                if (typeof data === "string") {
                    const reply = JSON.parse(data)
                    const edit = edits.find((edit) => edit.id === reply.re)
                    if (edit) Object.assign(edit, { confirmed: performance.now(), revision: reply.revision })
                } else {
                    // Header: see Sources/Lab/Wire/FrameWriter.swift.
                    const revision = new DataView(data).getUint32(16, true)
                    const waiting = edits.filter((edit) => edit.revision !== undefined && revision >= edit.revision && !edit.shown)
                    for (const edit of waiting) edit.shown = true
                    requestAnimationFrame(() => { for (const edit of waiting) edit.drawn = performance.now() })
                }
            })
        }
        const command = JSON.parse(data)
        if (command.do === "set") edits.push({ id: command.id, moved, sent: performance.now() })
        return send.call(this, data)
    }
}"""


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, round(part * (len(values) - 1)))]


def counters(devtools):
    return {metric["name"]: metric["value"] for metric in devtools.send("Performance.getMetrics")["metrics"]}


def loading(browser, lab, size, times=7):
    """First paint, and what came over the wire, in a profile that has seen nothing."""
    paints, ready = [], []
    weight = {}
    for _ in range(times):
        page = browser.new_page(viewport=size)
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        urls, weight = {}, {}
        devtools.on("Network.responseReceived", lambda event: urls.update({event["requestId"]: event["response"]["url"]}))
        devtools.on("Network.loadingFinished", lambda event: weight.update({urls.get(event["requestId"], "?"): event["encodedDataLength"]}))
        start = time.monotonic()
        page.goto(lab.url)
        wait_for_open(page)
        ready.append(1000 * (time.monotonic() - start))
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
        paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        page.locator(".article-text h2").first.wait_for()
        bodies = page.evaluate("""() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
            .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)""")
        page.close()
    schema = sum(size for url, size in weight.items() if "/api/" in url)
    total = sum(weight.values())
    print(f"first paint: median {statistics.median(paints):.0f} ms, worst {max(paints):.0f} ms of {times}")
    print(f"trained lab shown: median {statistics.median(ready):.0f} ms")
    print(f"weight: {bodies / 1000:.1f} kB compressed, {schema / 1000:.1f} of it the schema; with the headers of {len(weight)} answers {total / 1000:.1f} kB")


def far_away(browser, lab, size, times=5):
    """Until the controls work, over a network of 80 ms and 10 Mbit/s: the first time, and again."""
    ready = {"cold": [], "warm": []}
    for _ in range(times):
        context = browser.new_context(viewport=size)
        for visit in ready.values():
            page = context.new_page()
            devtools = context.new_cdp_session(page)
            devtools.send("Network.enable")
            devtools.send(
                "Network.emulateNetworkConditions",
                {"offline": False, "latency": 80, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6},
            )
            start = time.monotonic()
            page.goto(lab.url, wait_until="commit")
            wait_for_open(page)
            visit.append(1000 * (time.monotonic() - start))
            page.close()
        context.close()
    for name, times in ready.items():
        print(f"usable over a network of 80 ms, {name}: median {statistics.median(times):.0f} ms, worst {max(times):.0f}")


def training(browser, lab, size, seconds):
    """At full speed, with everything in view that is in view at first."""
    page = browser.new_page(viewport=size)
    page.goto(lab.url)
    wait_for_open(page)
    reset(page)
    play(page)
    wait_for_step(page, 500)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    page.evaluate(COUNT_FRAMES)
    page.wait_for_timeout(500)
    page.evaluate("() => { gaps.length = 0 }")
    before = counters(devtools)
    page.wait_for_timeout(1000 * seconds)
    gaps = page.evaluate("gaps")
    after = counters(devtools)
    spent = {name: after[name] - before[name] for name in after}
    frames = len(gaps)
    print(f"frames: {1000 * frames / sum(gaps):.1f} a second; gap p50 {percentile(gaps, 0.5):.1f}, p95 {percentile(gaps, 0.95):.1f}, p99 {percentile(gaps, 0.99):.1f} ms")
    per = lambda name: 1000 * spent[name] / frames
    print(f"a frame: script {per('ScriptDuration'):.2f} ms, style {per('RecalcStyleDuration'):.2f} ms, layout {per('LayoutDuration'):.2f} ms, all tasks {per('TaskDuration'):.2f} ms")
    print(f"layouts: {spent['LayoutCount'] / frames:.2f} a frame ({spent['LayoutCount'] / seconds:.1f} a second), styles {spent['RecalcStyleCount'] / frames:.2f} a frame")
    print(f"training meanwhile: {page.locator('#rate').inner_text()}")
    page.close()


def editing(browser, lab, size, drags=8):
    """A learning rate dragged while training: from the pointer's move to the confirmation and to the first picture with it."""
    page = browser.new_page(viewport=size)
    page.add_init_script(f"({WATCH_EDITS})()")
    page.goto(lab.url)
    wait_for_open(page)
    play(page)
    field = page.locator("#field-discriminator-optimizer-learningRate")
    for drag in range(drags):
        box = field.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        for pixel in range(1, 40):
            page.mouse.move(x + (pixel if drag % 2 else -pixel), y)
            page.wait_for_timeout(16)
        page.mouse.up()
        page.wait_for_timeout(300)
    edits = [edit for edit in page.evaluate("edits") if "drawn" in edit]
    confirmed = [edit["confirmed"] - edit["moved"] for edit in edits]
    drawn = [edit["drawn"] - edit["moved"] for edit in edits]
    print(f"edits while dragging: {len(edits)}; confirmed after p50 {percentile(confirmed, 0.5):.0f}, p95 {percentile(confirmed, 0.95):.0f} ms; seen after p50 {percentile(drawn, 0.5):.0f}, p95 {percentile(drawn, 0.95):.0f} ms")
    page.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--size", default="1280x720")
    options = parser.parse_args()
    width, height = map(int, options.size.split("x"))
    size = {"width": width, "height": height}
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        lab = Lab(pathlib.Path(data) / "data")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        loading(browser, lab, size)
        far_away(browser, lab, size)
        training(browser, lab, size, options.seconds)
        editing(browser, lab, size)
        browser.close()
        lab.stop()


if __name__ == "__main__":
    main()
