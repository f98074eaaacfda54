"""The real server and the real page, in headless Chromium."""

import pathlib
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect, sync_playwright

from lab_page import PATIENCE

expect.set_options(timeout=1000 * PATIENCE)

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)


class Lab:
    """A running `ganlab serve`. The port stays the same across restarts, so that an open page can find it again."""

    def __init__(self, data: pathlib.Path, *flags: str, public: pathlib.Path = ROOT / "Public"):
        self.data = data
        self.public = public
        self.flags = flags
        self.port = 0
        self.process: subprocess.Popen | None = None
        self.start()

    def start(self):
        command = [
            ROOT / ".build/release/ganlab", "serve", "--port", str(self.port), "--public", self.public,
            "--data-dir", self.data, *self.flags,
        ]  # fmt: skip
        log = open(self.data.with_suffix(".log"), "a")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.process.stdout:
            if address := re.search(r"(https?)://[\d.]+:(\d+)", line):
                self.scheme, self.port = address.group(1), int(address.group(2))
                return
        raise RuntimeError(f"the server did not start: {self.data.with_suffix('.log').read_text()}")

    def kill(self):
        """As `kill -9`: no chance to say goodbye."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """As Ctrl-C in a terminal; gives the exit code."""
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE)

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"


@pytest.fixture
def lab(tmp_path):
    lab = Lab(tmp_path / "data")
    yield lab
    if lab.process.poll() is None:
        lab.kill()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, lab):
    """Opens the lab in a fresh browser profile, whose visitor has taken the guided tour, unless told otherwise.

    Fails the test for any script error and any request to another host.
    """
    contexts, faults = [], []

    def open_page(path="/", faults_expected=False, toured=True, **options):
        options = {"viewport": {"width": 1280, "height": 720}, "locale": "en-GB", **options}
        context = chromium.new_context(**options)
        contexts.append(context)
        if toured:
            context.add_init_script("try { localStorage.setItem('tour', 'seen') } catch { /* Cookies are blocked. */ }")
        page = context.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        if not faults_expected:
            page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
            page.on("console", lambda message: message.type == "error" and faults.append(message.text))
        page.on(
            "request",
            lambda request: request.url.startswith(("http", "ws"))
            and f"127.0.0.1:{lab.port}" not in request.url
            and faults.append(f"external request: {request.url}"),
        )
        page.goto(lab.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, faults
