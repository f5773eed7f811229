"""Takes the pictures."""

import itertools
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser import launch, serving
from tests.web.showcase import drawn, pages


def photograph(folder: Path, wanted: list[str]) -> None:
    """Writes a picture of each wanted page (all, if none is named) at two widths in two schemes."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {name: drawn(page) for name, page in pages().items() if not wanted or name in wanted}
    with serving(made) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for (name, _), width, scheme in itertools.product(made.items(), (390, 1280), ("light", "dark")):
            tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type] # one of two
            tab.goto(f"{address}/{name}")
            tab.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
            tab.close()


if __name__ == "__main__":
    photograph(Path(sys.argv[1]), sys.argv[2:])
