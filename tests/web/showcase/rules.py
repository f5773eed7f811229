"""The desk's pages of rules."""

from collections.abc import Iterator
from typing import Any

import msgspec
from tests.web.showcase.desk import at_desk
from tests.web.showcase.makers import ago, an_id

from rejoinder.discussion.rule_places import RulePlace
from rejoinder.discussion.sites import Section, Site, Texts
from rejoinder.discussion.stories import Content, Story
from rejoinder.discussion.trying import Fate, Tally, Verdict
from rejoinder.language import words
from rejoinder.web.asking import Form
from rejoinder.web.pages.rule_forms import fields_of, read_form, shown_groups
from rejoinder.web.shown import rules
from rejoinder.web.shown.desk import pieces
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.record import RuleChange

HEADLINE = "Ferry to run through the winter as council finds the money"
SITE = {
    "banned_words": ["bilgewater", "keelhaul"],
    "suspect_words": [f"word {number}" for number in range(12)],
    "for_tags": [
        {"tag": "sub judice", "rules": {"mode": "pre-moderated"}},
        {"tag": "suicide", "rules": {"mode": "closed"}},
        {"tag": "election", "rules": {"mode": "pre-moderated", "flags_to_hide": 1}},
    ],
    "ladder": {"on": True, "recognised_at": 5},
}
CHANGES = (
    rules.ShownChange(
        at=ago(hours=3),
        rule=RuleChange(label="Suspect words", before=None, after="word 1, word 2"),
        by="R. Teague",
    ),
    rules.ShownChange(
        at=ago(days=2), rule=RuleChange(label="Links before a comment is held", before="3 links", after=None)
    ),
)


def a_site(**own: Any) -> Site:
    return Site(
        seq=1,
        key="courier",
        name="The Harbour Courier",
        language="en",
        zone="Europe/London",
        origin="",
        rules=msgspec.json.encode(own).decode(),
        texts=Texts(),
        policy_version=1,
        epoch=1,
    )


def a_page(place: RulePlace, *, sent: dict[str, str] | None = None, language: str = "en", **known: Any) -> Page:
    form = Form(sent or {})
    typed = read_form(form, fields_of(place)) if sent else None
    values: dict[str, Any] = {
        "kind": "site",
        "key": "",
        "name": place.site.name,
        "seen": "0",
        "changes": CHANGES,
    } | known
    groups = shown_groups(place, form, typed, words(language))
    return rules.RulesPage(chrome=at_desk(language=language), groups=groups, **values)


def a_trial(**known: Any) -> rules.ShownTrial:
    example = rules.TriedComment(
        id=an_id(),
        name="northquay",
        pieces=pieces("The early boat was full, and what a keel that ferry has!", [(36, 40)]),
        before=Fate.PUBLISHED,
        after=Fate.HELD,
        hidden=False,
        whys=("A word from the suspect list: keel",),
        verdict=Verdict.APPROVED,
    )
    values: dict[str, Any] = {
        "days": 7,
        "looked_at": 1204,
        "is_cut": False,
        "held": Tally(count=37, approved=31, rejected=4),
        "refused": Tally(count=1),
        "hidden": Tally(count=5, approved=1, rejected=4),
        "held_today": 12,
        "refused_today": 0,
        "hidden_today": 3,
        "freed": 2,
        "reasons": (("a suspect word", 30), ("links", 7)),
        "examples": (example,),
    } | known
    return rules.ShownTrial(**values)


def rule_pages() -> Iterator[tuple[str, Page]]:
    site = a_site(**SITE)
    section = Section(seq=1, site_seq=1, key="opinion", name="Opinion", rules='{"links":0,"suspect_words":["keel"]}')
    story = Story(
        seq=1,
        id=an_id(),
        site_seq=1,
        slug="ferry",
        content=Content(headline=HEADLINE, topics=("Ferries", "Sub-judice")),
        version=1,
        rules='{"tags":["courts"]}',
        section_key="opinion",
        section_name="Opinion",
        inherited=(site.rules, section.rules),
    )
    opinion: dict[str, Any] = {"kind": "section", "key": "opinion", "name": "Opinion"}
    yield (
        "desk-rules",
        a_page(
            RulePlace(site=site), sections=(("opinion", "Opinion"), ("harbour", "Harbour")), notice="The rules are set."
        ),
    )
    yield "desk-rules-defaults", a_page(RulePlace(site=a_site()), changes=())
    yield "desk-rules-section", a_page(RulePlace(site=site, section=section), **opinion)
    of_story: dict[str, Any] = {
        "kind": "story",
        "key": "ferry",
        "name": HEADLINE,
        "section": "opinion",
        "section_name": "Opinion",
    }
    yield "desk-rules-story", a_page(RulePlace(site=site, story=story), tags=story.tags, **of_story)
    wrong = {"links": "many", "languages": "en tlh", "longest": "0", "suspect_words": "keel", "for_tags": "suicide"}
    yield (
        "desk-rules-wrong",
        a_page(
            RulePlace(site=site),
            sent=wrong,
            problem="Something in the form is missing or cannot be read. Please look at it again.",
        ),
    )
    typed = {"suspect_words": "keel\nnine", "days": "7"}
    yield "desk-rules-tried", a_page(RulePlace(site=site, section=section), sent=typed, trial=a_trial(), **opinion)
    nothing = a_trial(
        looked_at=0, held=Tally(), refused=Tally(), hidden=Tally(), reasons=(), examples=(), freed=0, days=1
    )
    yield "desk-rules-tried-on-nothing", a_page(RulePlace(site=site), sent=typed, trial=nothing, days=1)
