"""Pictures of every screen at five sizes and on a projector, light and dark, for people to look at: `make screenshots`.

    python3 Tests/Browser/screenshots.py FOLDER [SCREEN …]
"""

import pathlib
import sys
import tempfile

from playwright.sync_api import expect, sync_playwright

from conftest import CHROMIUM, Lab
from lab_page import PATIENCE, settle, wait_for_open
from test_accessibility import SCREENS

SIZES = {
    "laptop": (1280, 720), "desktop": (1920, 1080), "small": (1024, 768), "tablet": (768, 1024), "phone": (360, 740),
    "projector": (1280, 720),
}  # fmt: skip


def main(folder: pathlib.Path, screens: list[str]):
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=1000 * PATIENCE)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        lab = Lab(pathlib.Path(data) / "data")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for size, (width, height) in SIZES.items():
            address = lab.url + ("/?projector" if size == "projector" else "/")
            for scheme in ("light", "dark"):
                for screen in screens:
                    page = browser.new_page(
                        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
                    )
                    page.add_init_script("localStorage.setItem('tour', 'seen')")
                    page.goto(address)
                    wait_for_open(page)
                    SCREENS[screen](page)
                    settle(page)
                    page.screenshot(path=folder / f"{size}-{scheme}-{screen.replace(' ', '-')}.png")
                    page.close()
        browser.close()
        lab.stop()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2:] or list(SCREENS))
