"""Deciding at the desk: from a key to the next card painted, over 600 decisions while new cards arrive. A real server
process on SQLite, a real Chromium; two of three decisions approve, every third rejects by a figure. Beside it the
browser's own account (Event Timing, which counts in steps of 8 ms to the next frame), and what failed.

    .venv/bin/python -m bench.desk [DECISIONS]
"""

import json
import sys
import threading
from statistics import median, quantiles
from time import perf_counter
from urllib.request import Request, urlopen

from bench.discussion import texts
from bench.servers.common import Running, new_folder
from bench.servers.rejoinder import Rejoinder
from bench.servers.rejoinder_people import EDITOR
from bench.stories import SITE, Story
from playwright.sync_api import Page, sync_playwright

DECISIONS = 600
STORY = Story("desk", 12_000)
WAITING_EVERY = 10
ARRIVALS = 2  # new cards a second
PAUSE = 120  # milliseconds between two decisions: faster than anybody reads
CHROMIUM = "/usr/bin/chromium"
LINKS = " ".join(f"https://ferry.example/{number}" for number in range(4))

# From the key's own time stamp to the first moment after the frame in which another card is the one being read.
WATCH = """() => {
  window.took = []; window.frames = [];
  new PerformanceObserver((list) => list.getEntries().forEach((each) => {
    if (each.name === "keydown") frames.push(each.duration);
  })).observe({ type: "event", durationThreshold: 16, buffered: true });
  addEventListener("keydown", (event) => {
    if (event.key === "r") return; // opens the reasons; the figure decides
    const before = document.querySelector(".card.now");
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => {
        if (document.querySelector(".card.now") !== before) took.push(performance.now() - event.timeStamp);
      };
      painted.port2.postMessage(0);
    });
  }, true);
}"""


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else DECISIONS
    server, folder = Rejoinder(), new_folder("desk-keys")
    server.seed(folder, [STORY], waiting_every=WAITING_EVERY)
    running = server.start(folder)
    over = threading.Event()
    arrivals = threading.Thread(target=_arrive, args=(server, running, over), daemon=True)
    try:
        arrivals.start()
        _decide(server, running, wanted)
        over.set()
        arrivals.join()
        print(f"decisions in the database   {server.rows(folder, 'decisions'):>8,}")
    finally:
        over.set()
        running.stop()


def _decide(server: Rejoinder, running: Running, wanted: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        name, value = server.cookie(EDITOR)["Cookie"].split("=", 1)
        address = f"http://127.0.0.1:{running.port}"
        tab.context.add_cookies([{"name": name, "value": value, "url": address}])
        requests: list[str] = []
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto(f"{address}/{SITE}/desk")
        tab.evaluate(WATCH)
        begun = perf_counter()
        for number in range(wanted):
            _one(tab, reject=number % 3 == 2)  # noqa: PLR2004 - every third
            tab.wait_for_timeout(PAUSE)
        seconds = perf_counter() - begun
        tab.wait_for_function("() => !document.querySelector('.card.sending')")
        _print(tab, seconds, len(requests))
        browser.close()


def _one(tab: Page, *, reject: bool) -> None:
    if reject:
        tab.keyboard.press("r")
        tab.keyboard.press("2")
    else:
        tab.keyboard.press("a")


def _print(tab: Page, seconds: float, requests: int) -> None:
    took, frames = tab.evaluate("took"), tab.evaluate("frames")
    for name, values in (("key to next card, ms", took), ("Event Timing, ms", frames)):
        if len(values) > 1:
            cut = quantiles(values, n=100)
            figures = f"median {median(values):.1f}, p95 {cut[94]:.1f}, p99 {cut[98]:.1f}, most {max(values):.1f}"
            print(f"{name:<27} {figures} ({len(values)})")
    third = len(took) // 3
    print(f"median of each third, ms    {[round(median(took[at : at + third]), 1) for at in (0, third, 2 * third)]}")
    print(f"seconds                     {seconds:>8.1f}")
    print(f"requests                    {requests:>8,}")
    print(f"cards on the page           {tab.locator('.card').count():>8,}")
    print(f"told as failed              {tab.locator('.card > .failed').count():>8,}")
    print(f"new cards counted           {tab.locator('.arrived').inner_text()!r}")


def _arrive(server: Rejoinder, running: Running, over: threading.Event) -> None:
    """Comments with too many links, each another, which wait for an editor."""
    number = 0
    while not over.wait(1 / ARRIVALS):
        number += 1
        body = json.dumps({"text": f"Boat {number}. {texts()[number % 50]} {LINKS}"}).encode()
        headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/json", **server.cookie(number % 50)}
        address = f"http://127.0.0.1:{running.port}/api/v1/sites{server.page(STORY)}/comments"
        with urlopen(Request(address, data=body, headers=headers)) as answer:
            answer.read()


if __name__ == "__main__":
    main()
