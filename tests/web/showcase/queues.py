"""The desk's lists: narrowed, looked back at, kept; and what is found."""

from collections.abc import Iterator

from msgspec.structs import replace
from tests.web.showcase.desk import at_desk, cards
from tests.web.showcase.makers import NOW, ago, an_id

from rejoinder.discussion.appeals import Appellant
from rejoinder.discussion.comments import Status
from rejoinder.discussion.policy import REASONS
from rejoinder.discussion.searching import around, search_for
from rejoinder.web.pages.narrowing import LOOKS, WAITING
from rejoinder.web.shown.desk import CardAppeal, Piece, QueuePage, pieces
from rejoinder.web.shown.page import Page
from rejoinder.web.shown.queues import Chip, Choice, KeptView, Narrowing, PlainCase, Queue, QueueCount
from rejoinder.web.shown.searching import Among, Found, SearchPage

COUNTS = tuple(
    QueueCount(queue=queue, count=count, more=count == 10_000)
    for queue, count in zip(WAITING, (10_000, 12, 19, 1207, 2, 1, 1, 0), strict=True)
)
LOOK_COUNTS = tuple(
    QueueCount(queue=queue, count=count, more=count == 1000)
    for queue, count in zip(LOOKS, (212, 1000, 1000, 31, 4), strict=True)
)
KEPT = (
    KeptView(id=an_id(), name="Council, German", address="#", count=3, may_go=True, is_here=True),
    KeptView(id=an_id(), name="Sport, more than a day", address="#", count=0, is_everybodys=True),
    KeptView(id=an_id(), name="What the system did to letters about the harbour", address="#"),
)
SECTIONS = (Choice("council", "Council"), Choice("sport", "Sport"))
CHECKS = (Choice("held:links", "Links"), Choice("held:newcomer", "A new writer"))
REASON_CHOICES = tuple(Choice(reason.code, reason.label) for reason in REASONS)

CALLED = {"council": "Council", "ferry": "Ferry to run through the winter as council finds the money"}


def a_narrowing(**given: str) -> Narrowing:
    return Narrowing(
        given=given,
        sections=SECTIONS,
        checks=CHECKS,
        reasons=REASON_CHOICES,
        has_scores=True,
        ages=(Choice("under-1h", "less than an hour"), Choice("over-1d", "more than a day")),
        chips=tuple(Chip(name=name, said=CALLED.get(value, value), without="") for name, value in given.items()),
    )


def marked(text: str, typed: str) -> tuple[Piece, ...]:
    return pieces(*around(text, search_for(typed), size=160))


def queue_pages() -> Iterator[tuple[str, Page]]:
    chrome = at_desk()
    yield (
        "desk-queue-narrowed",
        QueuePage(
            chrome=chrome,
            queue=Queue.HELD,
            here="held&section=council&language=de",
            counts=COUNTS,
            looks=LOOK_COUNTS,
            kept=KEPT,
            narrowing=a_narrowing(section="council", language="de", story="ferry", score="0.8", commenter="saltmarsh"),
            desks=(Choice("courier", "The Harbour Courier"), Choice("gazette", "The Island Gazette")),
            may_share=True,
            cards=cards()[1:3],
            after="25",
        ),
    )
    yield (
        "desk-queue-corrections",
        QueuePage(
            chrome=chrome,
            queue=Queue.ALL,
            counts=COUNTS,
            looks=LOOK_COUNTS,
            narrowing=Narrowing(given={}, sections=SECTIONS, checks=CHECKS, reasons=REASON_CHOICES),
            cards=(
                PlainCase(
                    kind="correction",
                    address="#",
                    headline="Ferry to run through the winter as council finds the money",
                    since=ago(hours=2),
                    due=NOW,
                ),
                replace(cards()[1], appeal=CardAppeal(an_id(), Appellant.WRITER), whys=()),
                *cards()[:1],
            ),
        ),
    )
    yield (
        "desk-queue-looked-back-empty",
        QueuePage(
            chrome=chrome,
            queue=Queue.REJECTED,
            here="rejected&age=under-1h",
            counts=COUNTS,
            looks=LOOK_COUNTS,
            narrowing=a_narrowing(age="under-1h"),
            cards=(),
        ),
    )
    yield from search_pages()


def a_search_narrowing(**given: str) -> Narrowing:
    return Narrowing(given=given, sections=SECTIONS, checks=CHECKS, reasons=REASON_CHOICES, takes_score=False)


def search_pages() -> Iterator[tuple[str, Page]]:
    chrome = at_desk()
    long = (
        "I have taken that boat for thirty years. " * 6 + "Nobody <b>ever</b> asked about the winter ferry before. " * 3
    )
    found = (
        Found(
            address="#",
            said=marked(long, '"winter ferry" boat'),
            more="saltmarsh",
            about="Ferry to run through the winter as council finds the money",
            at=ago(hours=3),
            status=Status.REMOVED,
        ),
        Found(
            address="#",
            said=marked("كل صباح أركب العبّارة من الجزيرة.", "العبارة"),
            more="ليلى حداد",
            about="Ferry to run through the winter as council finds the money",
            at=ago(days=3),
            status=Status.PUBLISHED,
        ),
    )
    yield (
        "desk-search",
        SearchPage(
            chrome=chrome,
            typed='"winter ferry" boat',
            found=found,
            narrowing=a_search_narrowing(section="council"),
            after="9",
        ),
    )
    people = tuple(
        Found(address="#", said=marked(name, "ruth*"), at=ago(days=9), published=12, rejected=1)
        for name in ("Ruth Ebbing", "ruth_t")
    )
    yield "desk-search-people", SearchPage(chrome=chrome, typed="ruth*", among=Among.PEOPLE, found=people)
    story = Found(
        address="#",
        said=marked("Ferry to run through the winter as council finds the money", "ferry"),
        more="The boat sails four times a day until March.",
        at=ago(hours=6),
        published=214,
    )
    yield "desk-search-stories", SearchPage(chrome=chrome, typed="ferry", among=Among.STORIES, found=(story,))
    yield "desk-search-nothing", SearchPage(chrome=chrome, typed="walrus", narrowing=a_search_narrowing())
    yield (
        "desk-search-no-word",
        SearchPage(chrome=chrome, typed="-", asks_too_little=True, narrowing=a_search_narrowing()),
    )
