"""One tour of the page in Firefox and in WebKitGTK: it opens, shows what is trained, obeys, and no script fails."""

import contextlib
import glob
import pathlib
import shutil
import socket
import subprocess
import time

import pytest
from marionette_driver.marionette import Marionette
from selenium import webdriver

from conftest import ROOT, Lab
from lab_page import INK, PATIENCE

#: Loaded before the page's own modules: what fails from then on is in `faults`.
PROBE = """
window.faults = []
const fault = (event) => faults.push(event.message ?? event.reason ?? `${event.target.src ?? event.target.href} is missing`)
addEventListener("error", fault, true)
addEventListener("unhandledrejection", fault)
const { error } = console
console.error = (...words) => { faults.push(words.join(" ")); error(...words) }
// A visitor who has taken the guided tour.
localStorage.setItem("tour", "seen")
"""

ESCAPE = "\ue00c"
ENTER = "\ue007"


@pytest.fixture
def lab(tmp_path):
    public = tmp_path / "Public"
    shutil.copytree(ROOT / "Public", public)
    (public / "probe.js").write_text(PROBE)
    page = public / "index.html"
    page.write_text(page.read_text().replace("<head>", '<head><script src="probe.js"></script>', 1))
    lab = Lab(tmp_path / "data", public=public)
    yield lab
    lab.kill()


class Browser:
    """What both drivers have in common: elements by selector, and scripts."""

    def __init__(self, driver, run):
        self.driver = driver
        self.run = run

    def value(self, expression: str):
        return self.run(f"return {expression}")

    def wait_for(self, expression: str):
        deadline = time.monotonic() + PATIENCE
        while not (value := self.value(expression)):
            assert time.monotonic() < deadline, f"{expression} never came true"
            time.sleep(0.05)
        return value

    def element(self, selector: str):
        return self.driver.find_element("css selector", selector)

    def press(self, key: str):
        self.run("return document.activeElement").send_keys(key)


@contextlib.contextmanager
def firefox(folder: pathlib.Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir()
    (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
    command = ["firefox-esr", "-marionette", "-headless", "-no-remote", "-profile", folder]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        driver = Marionette(port=port, startup_timeout=PATIENCE, socket_timeout=PATIENCE)
        driver.raise_for_port()
        driver.start_session()
        # In the page's own scope, where its faults are.
        yield Browser(driver, lambda script: driver.execute_script(script, sandbox=None)), driver.navigate
        driver.delete_session()
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def screen():
    """The number of a display that nobody sees."""
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def webkit(folder: pathlib.Path):
    options = webdriver.WebKitGTKOptions()
    options.binary_location = glob.glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")[0]
    options.add_argument("--automation")
    with screen() as display:
        environment = {"DISPLAY": display, "HOME": str(folder.parent), "PATH": "/usr/bin:/bin"}
        service = webdriver.WebKitGTKService(executable_path=shutil.which("WebKitWebDriver"), env=environment)
        driver = webdriver.WebKitGTK(options=options, service=service)
        driver.set_window_size(1280, 900)
        try:
            yield Browser(driver, driver.execute_script), driver.get
        finally:
            driver.quit()


@pytest.mark.parametrize("start", [firefox, webkit])
def test_a_tour_of_the_page(lab, tmp_path, start):
    with start(tmp_path / "profile") as (browser, go_to):
        go_to(lab.url)
        step = "Number(document.getElementById('step').dataset.step)"
        browser.wait_for("document.getElementById('lab')?.dataset.connection === 'open'")
        browser.wait_for("document.getElementById('step').dataset.seeking !== 'true'")
        for canvas in ("layered-heatmap", "layered-real", "layered-fake"):
            browser.wait_for(f"({INK})('{canvas}').painted > 0")

        browser.element("#reset").click()
        browser.wait_for(f"{step} === 0")
        if browser.value("document.getElementById('play').dataset.state") != "playing":
            browser.element("#play").click()
        before = browser.value(f"({INK})('layered-fake').checksum")
        browser.wait_for(f"{step} >= 100")
        browser.wait_for(f"({INK})('layered-fake').checksum !== {before}")
        browser.element("#play").click()
        browser.wait_for("document.getElementById('play').dataset.state === 'paused'")

        batch = browser.element("#field-batch")
        batch.clear()
        batch.send_keys("64" + ENTER)
        browser.wait_for("document.querySelectorAll('#ticks .tick').length === 1")
        assert browser.value("document.getElementById('field-batch').value") == "64"

        opened = "document.querySelectorAll(':popover-open, dialog[open]').length"
        menus = ["targets-more", "share", "compare", "seeds", "preferences-open", "help", "numbers-open", "draw-open"]
        for path in [[menu] for menu in menus] + [["share", "save-gallery"], ["open-gallery"]]:
            for opener in path:
                browser.element(f"#{opener}").click()
            browser.wait_for(f"{opened} === 1")
            browser.press(ESCAPE)
            browser.wait_for(f"{opened} === 0")

        assert browser.value("document.documentElement.scrollWidth <= innerWidth"), "no wider than the screen"
        assert browser.value("faults") == []
