"""Stories with their discussions in every state, and lists of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace
from tests.web.showcase.discussions import a_discussion, a_long_thread, conversation, own, strange
from tests.web.showcase.makers import (
    CLOSED,
    EDITOR,
    FORM,
    NOW,
    OPEN,
    OPEN_THEN_REPLIES,
    REACTIONS,
    READER,
    REPLIES,
    REST_NEXT,
    RESTING,
    UNDATED,
    a_chrome,
    a_held,
    ago,
    an_answer,
)

from rejoinder.discussion.sites import Texts
from rejoinder.discussion.stories import Content, Credits, Photo
from rejoinder.web.shown.comments import ShownThread
from rejoinder.web.shown.page import Chrome, Page, Viewer
from rejoinder.web.shown.stories import (
    Barred,
    FrontPage,
    Publication,
    PublicationsPage,
    ShownDiscussion,
    ShownStory,
    StoryLine,
    StoryPage,
    Tally,
    ThreadPage,
    View,
)

DRAWING = """<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1200 800'><defs><linearGradient id='s' x2='0' y2='1'>
<stop stop-color='#5d7f8c'/><stop offset='.55' stop-color='#e7c9a2'/><stop offset='.56' stop-color='#4d6b74'/>
<stop offset='1' stop-color='#22343b'/></linearGradient></defs><path fill='url(#s)' d='M0 0h1200v800H0z'/>
<circle cx='860' cy='420' r='46' fill='#fbe7c3'/><path d='M0 450l180-60 160 40 210-70 190 90z' fill='#34494f'/>
<path d='M330 500h420l-50 70H390z' fill='#f6f2ea'/><path d='M420 440h210v60H420zM560 390h40v50h-40z' fill='#fffdf9'/>
<path d='M390 570h310l-6 8H396z' fill='#0b5a6b'/></svg>"""

FIRST = (
    "The winter ferry will sail four times a day from December after the council voted late on Monday to cover "
    "a shortfall that had threatened to keep it in port until Easter."
)

SECOND = (
    "Islanders filled the gallery for the debate, the third since the operator said in August that passenger numbers "
    "no longer paid for the crew."
)

THIRD = (
    "“We were promised a lifeline, and a lifeline does not stop for the cold,” said Ruth Easton, who teaches at the "
    "school on Great Mewan and crosses twice a day."
)

LAST = "The council will pay £38,000 towards fuel and wages. A review is due in March."

PICTURE = "data:image/svg+xml," + quote(DRAWING.replace("\n", ""))


def ferry(**changed: Any) -> ShownStory:
    content: dict[str, Any] = {
        "headline": "Ferry to run through the winter as council finds the money",
        "standfirst": "Four sailings a day from December, after a third debate in as many months.",
        "byline": ("Ana Ortolani",),
        "place": "PORT MEWAN",
        "agency": "Harbour Courier",
        "photo": Photo(
            caption="The ferry at the north quay before sunrise.",
            credit="Harbour Courier / L. Pascoe",
            alt="A white ferry at a quay, the sun just above the water behind it",
            url=PICTURE,
            width=1200,
            height=800,
        ),
        "paragraphs": (FIRST, SECOND, THIRD, LAST),
        "credits": Credits(reporting=("Ana Ortolani",), editing=("R. Teague",)),
        "topics": ("Transport", "Council budget", "The islands"),
        "updated_at": ago(hours=2),
    } | changed
    return ShownStory(
        slug="2026-11-17-ferry",
        content=Content(**content),
        section="Town hall",
        published_at=ago(hours=6, minutes=25),
        canonical_url="https://courier.example/town-hall/ferry",
    )


def bare() -> ShownStory:
    """A story that came from a saved page: words about a photograph, no stamps, no names."""
    return ShownStory(
        slug="lighthouse",
        content=Content(
            headline="Lighthouse keepers’ cottages to be let",
            photo=Photo(caption="The cottages on Skarn Head in a picture from the spring.", credit="K. Voss"),
            paragraphs=("The three cottages below the light have stood empty since 1994.",),
        ),
    )


def story_pages() -> Iterator[tuple[str, Page]]:
    def page(story: ShownStory, discussion: ShownDiscussion, viewer: Viewer | None = None) -> StoryPage:
        return StoryPage(chrome=a_chrome(viewer), story=story, discussion=discussion)

    yield "story", page(ferry(), a_discussion(after="20"))
    yield (
        "story-reader",
        page(ferry(), a_discussion(form=FORM, reply_form=FORM, threads=own(), held=(a_held(),)), READER),
    )
    yield "story-editor", page(ferry(), a_discussion(form=FORM, reply_form=FORM), EDITOR)
    flat = (*(t.root for t in conversation()), an_answer(a_held(), "Ruth E.", "Agreed."))
    yield "story-flat", page(ferry(), a_discussion(threads=(), flat=flat, view=View.FLAT, is_first_page=False))
    yield "story-empty", page(ferry(), a_discussion(count=0, threads=(), form=FORM, standing=OPEN_THEN_REPLIES), READER)
    yield "story-one", page(ferry(), a_discussion(count=1, threads=conversation()[1:2]))
    yield "story-bare", page(bare(), a_discussion(count=0, threads=(), standing=UNDATED))
    yield (
        "story-strange",
        page(
            ferry(headline="Donaudampfschifffahrtsgesellschaftskapitän gibt Verspätungen zu", language="de"),
            a_discussion(count=4, threads=strange()),
        ),
    )
    yield "story-long-thread", page(ferry(), a_discussion(count=53, threads=(a_long_thread(),)))
    yield "story-resting", page(ferry(), a_discussion(standing=RESTING), READER)
    yield "story-rest-next", page(ferry(), a_discussion(standing=REST_NEXT, form=FORM), READER)
    yield "story-reactions", page(ferry(), a_discussion(standing=REACTIONS))
    yield "story-replies-only", page(ferry(), a_discussion(standing=REPLIES, reply_form=FORM, form=FORM), READER)
    closed = tuple(ShownThread(root=t.root, replies=t.replies) for t in conversation())
    yield "story-closed", page(ferry(), a_discussion(standing=CLOSED, threads=closed))
    yield "story-closed-empty", page(ferry(), a_discussion(standing=CLOSED, threads=(), count=0))
    before = tuple(replace(t, root=replace(t.root, corrected_at=ago(hours=1))) for t in conversation()[:2])
    yield (
        "story-corrected",
        page(ferry(), a_discussion(corrected_at=ago(hours=1), threads=(*before, *conversation()[2:]))),
    )
    yield "story-withdrawn", page(ferry(), a_discussion(withdrawn=True, threads=()))
    yield (
        "story-unconfirmed",
        page(ferry(), a_discussion(barred=Barred.UNCONFIRMED, threads=conversation()[:1]), READER),
    )
    yield "story-read-first", page(ferry(), a_discussion(reads_first=True, threads=conversation()[:1]), READER)
    yield "story-staff-only", page(ferry(), a_discussion(barred=Barred.NOT_STAFF, threads=conversation()[:1]), READER)
    yield (
        "story-recognised-only",
        page(ferry(), a_discussion(barred=Barred.NOT_RECOGNISED, threads=conversation()[:1]), READER),
    )
    yield "story-nameless", page(ferry(), a_discussion(barred=Barred.NAMELESS, threads=()), Viewer(name=None))
    yield (
        "story-banned",
        page(
            ferry(),
            a_discussion(
                barred=Barred.BANNED,
                ban_reason="Three comments that attacked other readers.",
                ban_until=NOW + timedelta(days=7),
                threads=(),
            ),
            READER,
        ),
    )
    texts = Texts(
        invitation="We welcome comments that advance the story through relevant opinion, anecdotes, links and data.",
        closed="This discussion is now closed.",
        disclaimer="Views expressed here are not those of the Courier.",
    )
    yield "story-own-texts", page(ferry(), a_discussion(standing=CLOSED, texts=texts))
    root = conversation()[0]
    yield (
        "thread",
        ThreadPage(
            chrome=a_chrome(),
            story=ferry(),
            standing=OPEN,
            at=root.replies[0].comment.id,
            name="Ana Ortolani",
            root=root.root,
            replies=root.replies,
            after="100",
        ),
    )
    reasons = (("Attacks a person", 5), ("Advertising or spam", 3), ("Hatred of a group", 1))
    counted = Tally(posted=214, removed=9, reasons=reasons)
    talk = a_discussion(form=FORM, reply_form=FORM, threads=conversation()[:1], tally=counted)
    yield "story-tally", StoryPage(chrome=a_chrome(READER), story=ferry(), discussion=talk)
    rtl = ferry(
        headline="العبّارة تبحر طوال الشتاء بعد أن وجد المجلس المال",
        standfirst="",
        place="بورت ميوان",
        agency="",
        language="ar",
        paragraphs=("ستبحر العبّارة أربع مرات في اليوم ابتداء من كانون الأول.",),
    )
    yield (
        "story-right-to-left",
        StoryPage(
            chrome=a_chrome(READER, language="ar", direction="rtl", site_name="بريد الميناء"),
            story=rtl,
            discussion=a_discussion(form=FORM, reply_form=FORM, threads=(*strange(), *conversation()[:1])),
        ),
    )


def list_pages() -> Iterator[tuple[str, Page]]:
    lines = (
        StoryLine(
            slug="ferry",
            headline="Ferry to run through the winter as council finds the money",
            comments=214,
            standing=OPEN,
            standfirst="Four sailings a day from December, after a third debate in as many months.",
            section="Town hall",
            published_at=ago(hours=6),
        ),
        StoryLine(
            slug="bell",
            headline="The school bell of Great Mewan rings again",
            comments=1,
            standing=REPLIES,
            section="The islands",
            published_at=ago(days=15),
        ),
        StoryLine(slug="light", headline="Lighthouse keepers’ cottages to be let", comments=0, standing=CLOSED),
        StoryLine(
            slug="trial",
            headline="Fish market trial opens",
            comments=12,
            standing=OPEN,
            withdrawn=True,
            published_at=ago(days=2),
        ),
    )
    yield "front", FrontPage(chrome=a_chrome(), stories=lines, after="4")
    yield "front-empty", FrontPage(chrome=a_chrome(), stories=())
    both = (
        Publication(key="courier", name="The Harbour Courier", language="en", stories=214),
        Publication(key="barid", name="بريد الميناء", language="ar", stories=1),
    )
    yield "publications", PublicationsPage(chrome=Chrome(canonical="https://talk.example/"), publications=both)
    yield "publications-none", PublicationsPage(chrome=Chrome(), publications=())
