"""A page worked by its keys alone: no mouse, no `focus()`. Each step says where the keyboard is, and whether that is
seen.
"""

import re
import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

MOST = 900  # presses of Tab before something counts as out of reach

# Where the keyboard is: its place among all elements, its words, and whether a person sees that it is there.
_HERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const style = getComputedStyle(at), box = at.getClientRects()[0] ?? at.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 24) / 2);
  const named = at.getAttribute("aria-label") || [...(at.labels ?? [])].map((each) => each.textContent).join(" ")
    || at.textContent || at.name || "";
  return {
    nth: [...document.querySelectorAll("*")].indexOf(at),
    tag: at.tagName,
    said: `${at.tagName.toLowerCase()} “${named.trim().replace(/\\s+/g, " ").slice(0, 60)}”`,
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.outlineStyle === "auto",
    seen: Boolean(over) && (over.contains(at) || at.contains(over)), // in sight, and not below something that stays
  };
}"""
# Keeps where each Tab led to, in the page itself: asking after each would take several times as long.
_TRAIL = f"""() => {{
  window.trail = [];
  addEventListener("keyup", () => window.trail.push(({_HERE})()));
}}"""
_PATIENCE = 5  # seconds
_AT_ONCE = 25  # presses before the trail is read


class Keyboard:
    """The keys of somebody who has no mouse. What they come to must be seen to have the keyboard: WCAG 2.2, 2.4.7."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """These keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def here(self) -> dict[str, Any] | None:
        """Where the keyboard is; None: nowhere."""
        found: dict[str, Any] | None = self.page.evaluate(_HERE)
        return found

    def is_on(self, target: Locator) -> None:
        """Waits until the keyboard is on this, and it is seen to be; the page may glide there."""
        expect(target).to_be_focused()
        end = time.monotonic() + _PATIENCE
        while (here := self.here()) and not here["seen"] and time.monotonic() < end:
            self.page.wait_for_timeout(20)
        assert here is not None
        assert here["ringed"], f"no ring around {here['said']}"
        assert here["seen"], f"out of sight: {here['said']}"

    def walk(self) -> list[dict[str, Any]]:
        """Every place that Tab comes to, from here to the page's end and on from its beginning until here again."""
        self.page.evaluate(_TRAIL)
        for _ in range(MOST // _AT_ONCE):
            self.press(*["Tab"] * _AT_ONCE)
            trail: list[dict[str, Any]] = [each for each in self.page.evaluate("window.trail") if each]
            order = [each["nth"] for each in trail]
            if len(set(order)) < len(order):
                return trail[: next(n for n, each in enumerate(order) if each in order[:n])]
        raise AssertionError(f"more than {MOST} places")

    def to(self, target: Locator, *, key: str = "Tab") -> None:
        """On with Tab (or back with Shift+Tab) until the keyboard is on this."""
        expect(target).to_be_visible()
        for _ in range(MOST):
            if target.evaluate("(element) => element === document.activeElement"):
                self.is_on(target)
                return
            self.press(key)
        raise AssertionError(f"out of reach by {key}: {target}")

    def enter(self, target: Locator) -> None:
        """To this, and Enter on it."""
        self.to(target)
        self.press("Enter")

    def follow(self, target: Locator, address: str) -> None:
        """To this, Enter, and the page has an address with this in it."""
        self.enter(target)
        expect(self.page).to_have_url(re.compile(address))

    def write(self, target: Locator, text: str) -> None:
        """To this field, and this into it in the place of what is there."""
        self.to(target)
        self.press("Control+a")
        self.page.keyboard.type(text)
        expect(target).to_have_value(text)

    def choose(self, target: Locator, label: str) -> None:
        """To this list, and its choice by typing how it begins."""
        self.to(target)
        self.page.keyboard.type(label)
        expect(target.locator("option:checked")).to_have_text(label)

    def tick(self, target: Locator, *, key: str = "Space") -> None:
        """To this box and Space; or, of several of which one holds, with an arrow from the one before."""
        if key == "Space":
            self.to(target)
        self.press(key)
        expect(target).to_be_checked()
