"""Hostile text posted as comments executes nothing in a real browser, even with our Content-Security-Policy switched
off: the markup alone must hold.
"""

import json

import pytest
from playwright.sync_api import Browser
from tests.makers import a_comment, after
from tests.serving import Served
from tests.shared import shared

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.discussion.refusals import BlankText, Repeated

pytestmark = pytest.mark.browser

OURS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[a link](javascript:alert(1))",
    '[a "link](https://a.example/" onmouseover="alert(1))',
    'https://a.example/"><svg onload=alert(1)>',
    "</p></article></li></ol><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "{{ 7 * 7 }} {% print(1) %}",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "**<b onclick=alert(1)>** _<i>_ > <blockquote>",
    "<!-- --!> <iframe srcdoc='<script>parent.alert(1)</script>'>",
    "\ue0000\ue001 @northquay: \ue000999\ue001",
]
WATCH = """
window.executed = [];
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = said => window.executed.push(name);
"""


def execute_nothing(served: Served, chromium: Browser, vectors: list[str]) -> int:
    """Posts the vectors and opens every page that shows them. How many were shown."""
    wide = {"longest": 1_000_000, "links": 1_000_000}
    served.database.write(
        lambda w: change_site_rules(w, served.setting.site.seq, wide, by_seq=None, now=served.now)
    ).result()
    posted = 0
    for number, text in enumerate(vectors):
        moment = after(hours=1, milliseconds=number)
        try:
            done = served.database.write(
                lambda w, text=text, moment=moment: a_comment(  # type: ignore[misc] # the defaults bind the loop's values
                    w, served.setting.story, served.setting.reader, text, now=moment
                )
            ).result()
        except (BlankText, Repeated):
            continue
        posted += not done.again
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(WATCH)
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    shown = 0
    for view in ("threads", "flat"):
        page.goto(f"{served.url}{served.story}?view={view}")
        while True:
            shown += page.locator("article.c").count() if view == "flat" else 0
            assert page.evaluate("window.executed") == []
            more = page.get_by_role("link", name="More comments")
            if not more.count():
                break
            page.goto(served.url + str(more.get_attribute("href")).partition("#")[0])
    context.close()
    assert [url for url in asked if not url.startswith(served.url)] == []
    assert shown == posted
    return shown


def test_our_own_vectors_execute_nothing(served: Served, chromium: Browser) -> None:
    assert execute_nothing(served, chromium, OURS) == len(OURS)


def test_all_shared_vectors_execute_nothing(served: Served, chromium: Browser) -> None:
    lines = [
        json.loads(line)
        for name in ("xss_dompurify.jsonl", "xss_loofah.jsonl")
        for line in shared("xss", name).read_text().splitlines()
    ]
    vectors = [line.get("payload") or line.get("input") or "" for line in lines]

    assert execute_nothing(served, chromium, vectors) > 250


def test_naughty_strings_execute_nothing(served: Served, chromium: Browser) -> None:
    vectors = json.loads(shared("strings", "blns.json").read_text())

    assert execute_nothing(served, chromium, vectors) > 400
