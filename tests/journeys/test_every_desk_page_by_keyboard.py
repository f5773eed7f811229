"""Every page of the desk, walked with Tab from its first place to its last in a real Chromium: nothing that can be
pressed is out of reach or unseen, nothing holds the keyboard, and what is folded opens by a key.
"""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Browser, Page
from tests.journeys.a_desk import Desk, a_desk
from tests.journeys.test_people_and_threads import as_somebody
from tests.journeys.test_reader_and_editor import a_person
from tests.keyboard import Keyboard
from tests.serving import Served
from tests.web.test_look import TAGS

from rejoinder.web.routes import PAGE_ROUTES

pytestmark = pytest.mark.browser

D = "/{site}/desk"
WALKED: dict[str, Callable[[Served, Desk], tuple[object, ...]]] = {  # what stands in its address, one page each
    D: lambda *_: ("", "?queue=held", "?queue=corrections", "?queue=written", "?queue=rejected", "?queue=opinions"),
    f"{D}/today": lambda *_: ("",),
    f"{D}/search": lambda *_: ("?q=ferry", "?q=gull&in=people", "?q=ferry&in=stories"),
    f"{D}/comments/{{id}}": lambda _, desk: (desk.held.id, desk.reported.id, desk.reply.id, desk.picked.id),
    f"{D}/comments/{{id}}/alike": lambda _, desk: (desk.alike.id,),
    f"{D}/picks": lambda *_: ("",),
    f"{D}/appeals": lambda *_: ("",),
    f"{D}/appeals/{{id}}": lambda _, desk: (desk.appeal.id, desk.person_appeal.id),
    f"{D}/mine": lambda *_: ("",),
    f"{D}/decisions/{{id}}": lambda _, desk: (desk.decision.id,),
    f"{D}/stories": lambda *_: ("",),
    f"{D}/stories/{{slug}}": lambda served, _: (served.setting.story.slug,),
    f"{D}/stories/{{slug}}/merge": lambda served, desk: (f"{desk.other.slug}/merge?into={served.setting.story.slug}",),
    f"{D}/policy": lambda *_: ("", "?section=sport"),
    f"{D}/times": lambda *_: ("",),
    f"{D}/rules": lambda *_: ("",),
    f"{D}/rules/sections/{{key}}": lambda *_: ("sport",),
    f"{D}/rules/stories/{{slug}}": lambda served, _: (served.setting.story.slug,),
    f"{D}/people/{{id}}": lambda served, desk: (served.setting.reader.id, desk.banned.id),
    f"{D}/people/{{id}}/erase": lambda served, _: (served.setting.reader.id,),
    f"{D}/log": lambda *_: ("", "?kind=person"),
    f"{D}/notices/{{id}}": lambda _, desk: (desk.notice.id,),
    f"{D}/corrections/{{id}}": lambda _, desk: (desk.correction,),
}
NOT_WALKED = {
    f"{D}/news.json": "what a script asks; nobody sees it",
    f"{D}/new": "the cards that a script takes into the list that is open",
    f"{D}/letters-page/{{kind}}": "a file to be printed, without anything to press",
}

# What can be pressed or filled in, as a person sees it now; the way past the bar is tried by itself. Of several radio
# buttons one has the keyboard.
PRESSABLE = """() => {
  const all = [...document.querySelectorAll("*")];
  return all.map((each, nth) => [each, nth])
    .filter(([each]) => each.matches("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"))
    .filter(([each]) => !each.matches(".skip"))
    .filter(([each]) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({visibilityProperty: true}))
    .filter(([each]) => each.type !== "radio"
      || each === (document.querySelector(`[name=${each.name}]:checked`) ?? document.querySelector(`[name=${each.name}]`)))
    .map(([each, nth]) => [nth, each.outerHTML.slice(0, 100)]);
}"""  # noqa: E501 - a line of script


def test_every_page_of_the_desk_is_walked_or_is_none_with_a_reason() -> None:
    pages = {each.path for each in PAGE_ROUTES if each.method == "GET" and each.path.startswith(D)}

    assert set(WALKED) | set(NOT_WALKED) == pages
    assert set(WALKED).isdisjoint(NOT_WALKED)


def test_every_page_of_the_desk_is_in_reach_of_the_keyboard(served: Served, chromium: Browser) -> None:
    desk = a_desk(served)
    found: dict[str, list[str]] = {}
    with a_person(chromium, script=True, width=1280) as page:
        as_somebody(page, served, served.setting.editor)
        page.emulate_media(reduced_motion="reduce")  # what gets the keyboard is in sight at once
        for route, values in WALKED.items():
            for value in values(served, desk):
                path = address(route, served, value)
                answer = page.goto(served.url + path)
                assert answer is not None
                assert answer.status == 200, path
                if problems := walked(page):
                    found[path] = problems
    assert found == {}, "\n".join(f"{path}: {each}" for path, problems in found.items() for each in problems)


def address(route: str, served: Served, value: object) -> str:
    """The route's address with this in its part that is open, or behind it."""
    path = route.replace("{site}", served.setting.site.key)
    if isinstance(value, str) and ("?" in value or not value):
        return re.sub(r"{\w+}.*", "", path) + value
    return re.sub(r"{\w+}", str(value), path)


def walked(page: Page) -> list[str]:
    """What is wrong for somebody who goes through the page with Tab, all that is folded being open."""
    keyboard, problems = Keyboard(page), []
    keyboard.press("Tab", "Enter", "Tab")
    if not page.evaluate("document.querySelector('main').contains(document.activeElement)"):
        problems.append("its first place does not skip to the content")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    trail = keyboard.walk()
    order = [here["nth"] for here in trail]
    first = order.index(min(order))
    if order[first:] + order[:first] != sorted(order):
        problems.append(f"not in the order in which it is read: {[here['said'] for here in trail]}")
    problems += [f"not {what}: {here['said']}" for here in trail for what in ("ringed", "seen") if not here[what]]
    problems += [f"out of reach: {said}" for nth, said in page.evaluate(PRESSABLE) if nth not in order]
    axe = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]})
    if axe.response["violations"]:
        problems.append(axe.generate_report())
    return problems
