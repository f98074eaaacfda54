"""Pictures of the lab at three widths, light and dark, for people to look at: `make screenshots`."""

import pathlib
import sys
import tempfile

from playwright.sync_api import sync_playwright

from conftest import CHROMIUM, Lab
from lab_page import pause, wait_for_open, wait_for_step

SIZES = {"laptop": (1280, 720), "tablet": (820, 1180), "phone": (360, 740)}


def main(folder: pathlib.Path):
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        lab = Lab(pathlib.Path(data) / "data")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (width, height) in SIZES.items():
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto(lab.url)
                wait_for_open(page)
                page.locator("#invitation").click()
                page.locator("#play[data-state=playing]").wait_for()
                wait_for_step(page, 8000)
                pause(page)
                page.screenshot(path=folder / f"{name}-{scheme}.png")
                page.close()
        browser.close()
        lab.stop()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
