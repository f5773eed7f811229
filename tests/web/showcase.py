"""Every page in every state, made up: what the look is judged by. `python -m tests.web.showcase FOLDER [PAGE…]` takes
pictures of them, narrow and wide, light and dark.
"""

import itertools
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from rejoinder.discussion.closing import Phase, Standing
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.comments import Status
from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.policy import REASONS
from rejoinder.discussion.sites import Texts
from rejoinder.discussion.stories import Content, Credits, Photo, PublishedAtSource
from rejoinder.language import words
from rejoinder.markup import render as marked_up
from rejoinder.web.rendering import render
from rejoinder.web.shown import account, acts, desk
from rejoinder.web.shown.comments import (
    Acts,
    Answered,
    Gone,
    Mark,
    ShownComment,
    ShownThread,
    thread,
)
from rejoinder.web.shown.page import Chrome, Page, Viewer, Way
from rejoinder.web.shown.refused import RefusedPage
from rejoinder.web.shown.stories import (
    Barred,
    FrontPage,
    Publication,
    PublicationsPage,
    ShownDiscussion,
    ShownStory,
    StoryLine,
    StoryPage,
    ThreadPage,
    View,
    WriteForm,
)

ZONE = ZoneInfo("Europe/London")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 11, 17, 14, 5, tzinfo=UTC)
_numbers = itertools.count(1)

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


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def an_id() -> UUID:
    return UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0000 + next(_numbers))


def a_chrome(viewer: Viewer | None = None, **known: Any) -> Chrome:
    values: dict[str, Any] = {
        "site": "courier",
        "site_name": "The Harbour Courier",
        "here": "/courier/stories/ferry",
        "public_url": "https://talk.courier.example",
        "canonical": "https://talk.courier.example/courier/stories/ferry",
    } | known
    return Chrome(viewer=viewer, **values)


READER = Viewer(name="northquay")
EDITOR = Viewer(name="R. Teague", acts=frozenset(Act))


def at_desk(**known: Any) -> Chrome:
    return a_chrome(EDITOR, open_cases=38, canonical="", **known)


OPEN = Standing(phase=Phase.OPEN, until=NOW + timedelta(days=13, hours=17), then=Phase.READ_ONLY)
OPEN_THEN_REPLIES = Standing(phase=Phase.OPEN, until=NOW + timedelta(days=13), then=Phase.REPLIES)
REPLIES = Standing(phase=Phase.REPLIES, until=NOW + timedelta(days=2), then=Phase.READ_ONLY)
CLOSED = Standing(phase=Phase.READ_ONLY)
UNDATED = Standing(phase=Phase.OPEN)
FORM = WriteForm(key="k1", longest=5000)
MAY = Acts(reply=True, report=True)


def a_comment(name: str, text: str, **known: Any) -> ShownComment:
    values: dict[str, Any] = {"written_at": ago(hours=4), "acts": MAY, "html": said(text)} | known
    return ShownComment(id=an_id(), name=name, **values)


def said(text: str) -> Any:
    from markupsafe import Markup  # noqa: PLC0415 - only here

    return Markup(marked_up(text).html)


def a_gone(why: Gone, **known: Any) -> ShownComment:
    return ShownComment(id=an_id(), name="saltmarsh", written_at=ago(hours=3), gone=why, **known)


def an_answer(to: ShownComment, name: str, text: str, *, depth: int = 1, **known: Any) -> ShownComment:
    return a_comment(name, text, depth=depth, to=Answered(id=to.id, name=to.name), **known)


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


def conversation() -> tuple[ShownThread, ...]:
    first = a_comment(
        "northquay",
        "I take the 6:10 every weekday. In October it carried between nine and fourteen of us, I started counting "
        "after the August notice. The council’s own paper says twenty-two. Where is that number from?",
        written_at=ago(hours=5, minutes=53),
    )
    answer = an_answer(
        first,
        "Ana Ortolani",
        "From tickets sold, which counts returns twice on the day they are bought. I have asked for the boarding "
        "counts and will add them to the story.",
        mark=Mark.AUTHOR,
        written_at=ago(hours=5),
    )
    hosking = an_answer(
        first,
        "T. Hosking",
        "> between nine and fourteen of us\n\nSame on the evening boat until half-term, then **forty**.",
    )
    third = an_answer(answer, "northquay", "Thank you. That explains it.", depth=2)
    fourth = an_answer(third, "mewanbaker", "It explains the figure, not the timetable.", depth=3)
    fifth = an_answer(
        fourth,
        "Ruth E.",
        "The timetable is on page 4 of the paper: https://council.example/papers/2026/11/winter-ferry-timetable-and-crewing-plan-final.pdf",
        depth=4,
    )
    sixth = an_answer(fifth, "T. Hosking", "Page 5, but yes.", depth=5)
    baker = a_comment(
        "mewanbaker",
        "We deliver bread by that boat. Two winters ago it stopped for nine weeks and we lost four of our six island "
        "customers for good.\n\n£38,000 is less than what the shops over there paid in freight that year.",
        edited_at=ago(hours=3, minutes=40),
    )
    removed = a_gone(Gone.REMOVED, gone_reason="It attacks a person instead of what they say.")
    ruth = an_answer(
        removed,
        "Ruth E.",
        "Disagree all you like, but she answered the question she was asked.",
        written_at=ago(hours=2),
    )
    editor = a_comment("R. Teague", "The review paper is now linked from the story.", mark=Mark.EDITOR)
    return (
        thread(first, [answer, third, fourth, fifth, sixth, hosking]),
        thread(baker, []),
        thread(removed, [ruth]),
        thread(a_gone(Gone.HIDDEN), []),
        thread(
            a_gone(Gone.DELETED),
            [an_answer(a_gone(Gone.DELETED), "oldpier", "I saw that before it went, and I agree.")],
        ),
        thread(editor, []),
    )


def strange() -> tuple[ShownThread, ...]:
    """Long words, other scripts, long names: nothing may burst."""
    long_name = "Wilhelmina-Konstantina van den Bruggen-X"
    first = a_comment(
        long_name,
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
        "undnochvielmehrohneeineeinzigeluecke and then an address: https://example.org/" + "a" * 120,
        mark=Mark.FORMER,
    )
    arabic = an_answer(first, "ليلى حداد", "كل صباح أركب العبّارة من الجزيرة. لا بديل عنها في الشتاء.\n\nشكرا للمجلس.")
    mixed = an_answer(arabic, long_name, "قالت ليلى: the boat is ours, والقرار قراركم.", depth=2)
    breaking = a_comment(
        "<script>alert(1)</script>", '</script><img src=x onerror="alert(1)"> & "quotes" are only text.'
    )
    return (thread(first, [arabic, mixed]), thread(breaking, []))


def own() -> tuple[ShownThread, ...]:
    mine = a_comment(
        "northquay",
        "I will bring my tally to the March review.",
        is_own=True,
        acts=Acts(reply=True, edit_until=NOW + timedelta(minutes=3), delete=True),
        written_at=ago(minutes=2),
    )
    return (*conversation()[:2], thread(mine, []))


def a_held(**known: Any) -> ShownComment:
    return a_comment(
        "northquay",
        "Here is the count for November, day by day.",
        is_own=True,
        acts=Acts(edit_until=NOW + timedelta(minutes=4), delete=True),
        held="The first comments of a new reader are read before they appear.",
        written_at=ago(minutes=1),
        **known,
    )


def a_long_thread() -> ShownThread:
    root = a_comment("northquay", "Who else would come to the review in March?")
    replies = [an_answer(root, f"islander {number}", f"Number {number} would.") for number in range(1, 11)]
    return thread(root, replies, more=42)


def a_discussion(**known: Any) -> ShownDiscussion:
    values: dict[str, Any] = {
        "count": 13,
        "standing": OPEN,
        "threads": conversation(),
        "barred": None if "form" in known else Barred.LOG_IN,
    } | known
    return ShownDiscussion(**values)


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
    yield "story-replies-only", page(ferry(), a_discussion(standing=REPLIES, reply_form=FORM, form=FORM), READER)
    closed = tuple(ShownThread(root=t.root, replies=t.replies) for t in conversation())
    yield "story-closed", page(ferry(), a_discussion(standing=CLOSED, threads=closed))
    yield "story-closed-empty", page(ferry(), a_discussion(standing=CLOSED, threads=(), count=0))
    yield "story-withdrawn", page(ferry(), a_discussion(withdrawn=True, threads=()))
    yield (
        "story-unconfirmed",
        page(ferry(), a_discussion(barred=Barred.UNCONFIRMED, threads=conversation()[:1]), READER),
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


def act_pages() -> Iterator[tuple[str, Page]]:
    about: dict[str, Any] = {"story_slug": "ferry", "headline": ferry().content.headline}
    comment = conversation()[0].root
    too_long = WriteForm(
        key="k",
        longest=5000,
        text="A long text. " * 30,
        problem="A comment here has at most 5,000 characters; yours has 5,400.",
    )
    yield "reply", acts.ReplyPage(chrome=a_chrome(READER), comment=comment, form=FORM, **about)
    yield "reply-too-long", acts.ReplyPage(chrome=a_chrome(READER), comment=comment, form=too_long, **about)
    yield "reply-logged-out", acts.ReplyPage(chrome=a_chrome(), comment=comment, barred=Barred.LOG_IN, **about)
    yield (
        "edit",
        acts.EditPage(
            chrome=a_chrome(READER),
            comment=a_held(),
            form=WriteForm(key="k", longest=5000, text="Here is the count."),
            revision=1,
            **about,
        ),
    )
    yield "delete", acts.DeletePage(chrome=a_chrome(READER), comment=a_held(), **about)
    yield "delete-answered", acts.DeletePage(chrome=a_chrome(READER), comment=comment, has_replies=True, **about)
    yield "report", acts.ReportPage(chrome=a_chrome(), comment=comment, **about)
    yield (
        "report-problem",
        acts.ReportPage(
            chrome=a_chrome(READER),
            comment=comment,
            reason="defamation",
            problem="Please choose one of the reasons.",
            note="See the second line.",
            **about,
        ),
    )
    receipt: dict[str, Any] = about | {"reason": REASONS[1].label, "reported_at": ago(minutes=1), "comment": comment}
    yield "receipt-new", acts.ReceiptPage(chrome=a_chrome(), is_new=True, note="Goes for the reporter.", **receipt)
    for resolution in Resolution:
        yield (
            f"receipt-{resolution}",
            acts.ReceiptPage(chrome=a_chrome(READER), resolution=resolution, resolved_at=ago(minutes=5), **receipt),
        )
    yield "policy", acts.PolicyPage(chrome=a_chrome(), texts=Texts(), version=1, days_open=14)
    yield "policy-own", acts.PolicyPage(chrome=a_chrome(), texts=Texts(policy="Be kind.\n\nBe brief."), version=3)


def account_pages() -> Iterator[tuple[str, Page]]:
    to = "/courier/stories/ferry#discussion"
    out = a_chrome(canonical="")
    yield "log-in", account.LogInPage(chrome=out, to=to)
    yield (
        "log-in-wrong",
        account.LogInPage(
            chrome=out, to=to, email="ruth@reader.example", problem="The mail address or the password is not right."
        ),
    )
    yield (
        "log-in-confirmed",
        account.LogInPage(chrome=out, to=to, notice="Your address is confirmed. You can log in now."),
    )
    yield "register", account.RegisterPage(chrome=out, to=to)
    yield (
        "register-taken",
        account.RegisterPage(
            chrome=out,
            to=to,
            name="northquay",
            email="r@reader.example",
            problem="Somebody here has this name, or one that looks the same. Please choose another.",
        ),
    )
    yield "register-name", account.RegisterPage(chrome=a_chrome(Viewer(name=None)), to=to, has_account=True)
    for kind in account.Sent:
        yield f"sent-{kind}", account.SentPage(chrome=out, kind=kind)
    yield "confirm", account.ConfirmPage(chrome=out, token="t")
    yield "forgot", account.ForgotPage(chrome=out)
    yield "reset", account.ResetPage(chrome=out, token="t")
    yield (
        "second-factor",
        account.SecondFactorPage(
            chrome=a_chrome(EDITOR, canonical=""),
            to=to,
            problem="This code is not right, or no longer. Please type the one your app shows now.",
        ),
    )
    from rejoinder.identity.totp import provisioning_uri, qr_code  # noqa: PLC0415 - only here

    uri = provisioning_uri(SECRET, account="r@reader.example", issuer="The Harbour Courier")
    yield (
        "set-up",
        account.SetUpPage(
            chrome=a_chrome(EDITOR, canonical=""),
            to=to,
            qr=qr_code(uri),
            secret="JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
        ),
    )
    yield "set-up-begin", account.SetUpPage(chrome=a_chrome(EDITOR, canonical=""), to=to, qr="", secret="")
    record = tuple(
        account.OwnComment(
            id=an_id(),
            excerpt=f"I take the 6:10 every weekday ({status}).",
            headline=ferry().content.headline,
            written_at=ago(hours=3),
            status=status,
            told="It attacks a person instead of what they say." if status in (Status.REJECTED, Status.REMOVED) else "",
        )
        for status in Status
    )
    sessions = (
        account.ShownSession(
            agent="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0",
            seen_at=NOW,
            is_this=True,
        ),
        account.ShownSession(agent="", seen_at=ago(days=3)),
    )
    yield (
        "account",
        account.AccountPage(
            chrome=a_chrome(READER),
            name="northquay",
            email="n@reader.example",
            since=ago(days=400),
            comments=record,
            sessions=sessions,
        ),
    )
    yield (
        "account-new",
        account.AccountPage(
            chrome=a_chrome(READER),
            name="northquay",
            email="n@reader.example",
            since=NOW,
            confirmed=False,
            sessions=sessions[:1],
            is_banned=True,
            ban_reason="Advertising.",
        ),
    )


def refused_pages() -> Iterator[tuple[str, Page]]:
    ways = (Way("Back to the story", "/courier/stories/ferry"), Way("All stories", "/courier/"))
    text = "I was on that boat when it turned back.\n\nNobody told us why, and the kiosk was shut."

    def no(code: str, sentence: str, status: int, given: str | None = None) -> RefusedPage:
        return RefusedPage(
            chrome=a_chrome(READER, canonical=""), code=code, sentence=sentence, status=status, text=given, ways=ways
        )

    yield (
        "refused-closed",
        no(
            "story-closed",
            "This discussion has closed, so your comment could not be taken. Your text is below.",
            409,
            text,
        ),
    )
    yield "refused-fast", no("too-fast", "That was a lot in a short time. Please try again in 40 seconds.", 429, text)
    yield (
        "refused-long",
        no("too-long", "A comment here has at most 5,000 characters; yours has 5,400.", 422, text * 12),
    )
    yield (
        "refused-unavailable",
        no(
            "unavailable",
            "We cannot save anything at the moment. Your text is below; please try again in a minute.",
            503,
            text,
        ),
    )
    yield "not-found", no("unknown-page", "There is no page at this address.", 404)
    yield "refused-stale", no("stale", "The text has changed since you read it. Please read it again.", 409)


def a_card(name: str, text: str, *, weighed: tuple[tuple[int, int], ...] = (), **known: Any) -> desk.DeskCard:
    values: dict[str, Any] = {
        "revision": 1,
        "status": Status.PENDING,
        "written_at": ago(minutes=20),
        "pieces": desk.pieces(text, weighed),
        "person": a_person(name),
        "story": a_desk_story(),
        "waiting_since": ago(minutes=14),
    } | known
    return desk.DeskCard(id=an_id(), **values)


def a_person(name: str, **known: Any) -> desk.DeskPerson:
    values: dict[str, Any] = {
        "since": ago(days=6),
        "published": 7,
        "rejected": 4,
        "reports_made": 3,
        "recent": (True, True, False, True, True, False, True, False, True, True, False),
    } | known
    return desk.DeskPerson(id=an_id(), name=name, **values)


def a_desk_story(**known: Any) -> desk.DeskStory:
    values: dict[str, Any] = {
        "standing": OPEN,
        "comments": 214,
        "removed": 9,
        "waiting": 3,
        "published_at": ago(hours=6),
    } | known
    return desk.DeskStory(slug="ferry", headline="Ferry to run through the winter as council finds the money", **values)


def some_reports() -> tuple[desk.DeskReport, ...]:
    return (
        desk.DeskReport(
            name="Ruth E.",
            id=an_id(),
            reason=REASONS[1].label,
            note="Goes for the reporter, not for what she wrote.",
            at=ago(minutes=14),
            made=10,
            upheld=9,
        ),
        desk.DeskReport(reason=REASONS[1].label, at=ago(minutes=9)),
    )


def cards() -> tuple[desk.DeskCard, ...]:
    insult = "Of course she won’t answer. Bought and paid for, like the whole sorry lot of you people at that desk."
    return (
        a_card(
            "saltmarsh",
            insult,
            weighed=tuple(
                (insult.index(part), insult.index(part) + len(part)) for part in ("Bought and paid for", "you people")
            ),
            status=Status.PUBLISHED,
            whys=(
                desk.Why(sentence="2 reports: inappropriate", is_report=True),
                desk.Why(sentence="A word from the suspect list: bought and paid for"),
            ),
            answers=Answered(
                id=an_id(),
                name="northquay",
                excerpt="… The council’s own paper says twenty-two. Where is that number from?",
            ),
            reports=some_reports(),
        ),
        a_card(
            "J. Rowse",
            "My grandmother took that boat in 1958 and says the fare was a shilling.\n\n"
            "She would like the timetable in large print.",
            whys=(desk.Why(sentence="One of the writer’s first comments"),),
            person=a_person("J. Rowse", since=NOW, published=0, rejected=0, reports_made=0, recent=()),
            waiting_since=ago(minutes=3),
        ),
        a_card(
            "tyres_now",
            "Best winter tyres, free delivery to the islands, see https://tyres.example/" + "x" * 90,
            whys=(desk.Why(sentence="4 links, where 2 are usual"),),
            person=a_person(
                "tyres_now", is_banned=True, banned_until=NOW + timedelta(days=7), ban_reason="Advertising."
            ),
            waiting_since=ago(minutes=1),
        ),
        a_card(
            "ليلى حداد",
            "كل صباح أركب العبّارة من الجزيرة. لا بديل عنها في الشتاء.",
            whys=(desk.Why(sentence="1 report: irrelevant", is_report=True),),
            status=Status.HIDDEN,
            edited_at=ago(minutes=2),
        ),
    )


def desk_pages() -> Iterator[tuple[str, Page]]:
    counts = tuple(
        desk.QueueCount(queue=queue, count=count) for queue, count in zip(desk.Queue, (38, 12, 19, 1207), strict=True)
    )
    rejected = desk.DeskDecision(
        id=an_id(),
        outcome=Outcome.REJECT,
        at=NOW,
        by="R. Teague",
        reason="Attacks a person",
        note="Please argue with what she wrote.",
        may_undo=True,
    )
    done = desk.Done(decision=rejected, comment_id=an_id(), name="saltmarsh")
    yield "desk", desk.QueuePage(chrome=at_desk(), queue=desk.Queue.ALL, counts=counts, cards=cards(), after="25")
    yield (
        "desk-done",
        desk.QueuePage(
            chrome=at_desk(),
            queue=desk.Queue.REPORTED,
            counts=counts,
            cards=cards()[:1],
            done=done,
            is_first_page=False,
        ),
    )
    yield "desk-empty", desk.QueuePage(chrome=at_desk(), queue=desk.Queue.HELD, counts=counts, cards=())
    decisions = (
        desk.DeskDecision(id=an_id(), outcome=Outcome.HIDE, at=ago(minutes=30), rule="flags:3"),
        desk.DeskDecision(id=an_id(), outcome=Outcome.APPROVE, at=ago(minutes=20), by="M. Lowen", is_undone=True),
        rejected,
    )
    revisions = (desk.Revision(number=1, text="Of course she won’t answer.", saved_at=ago(minutes=22)),)
    yield (
        "desk-card",
        desk.CardPage(
            chrome=at_desk(), queue=desk.Queue.ALL, card=cards()[0], decisions=decisions, revisions=revisions
        ),
    )
    yield (
        "desk-card-stale",
        desk.CardPage(
            chrome=at_desk(),
            queue=desk.Queue.ALL,
            card=cards()[1],
            problem="The text has changed since you read it. Please read it again.",
        ),
    )
    stories = (
        a_desk_story(),
        a_desk_story(standing=CLOSED, waiting=0),
        a_desk_story(withdrawn=True, published_at=None),
    )
    yield "desk-stories", desk.DeskStoriesPage(chrome=at_desk(), stories=stories, after="3")
    yield (
        "desk-story",
        desk.DeskStoryPage(
            chrome=at_desk(),
            story=stories[0],
            days_inherited=14,
            source=PublishedAtSource.PUBLISHER,
            notice="The discussion is open again.",
        ),
    )
    yield "desk-story-closed", desk.DeskStoryPage(chrome=at_desk(), story=stories[1], days=2.5, days_inherited=14)
    yield "desk-story-withdrawn", desk.DeskStoryPage(chrome=at_desk(), story=stories[2])
    written = tuple(
        desk.PersonComment(
            id=an_id(),
            excerpt=f"Of course she won’t answer ({status}).",
            headline=stories[0].headline,
            written_at=ago(hours=1),
            status=status,
            reason="Attacks a person" if status is Status.REMOVED else "",
        )
        for status in Status
    )
    yield "desk-person", desk.PersonPage(chrome=at_desk(), person=a_person("saltmarsh"), comments=written)
    yield (
        "desk-person-banned",
        desk.PersonPage(chrome=at_desk(), person=a_person("tyres_now", is_banned=True, ban_reason="Advertising.")),
    )
    entries = tuple(
        desk.LogEntry(
            decision=each,
            comment_id=an_id(),
            name="saltmarsh",
            excerpt="Of course she won’t answer. Bought and paid for, like the whole sorry lot…",
        )
        for each in decisions
    )
    yield "desk-log", desk.LogPage(chrome=at_desk(), entries=entries, after="9")


def pages() -> dict[str, Page]:
    """Every page by its name."""
    everything = (story_pages, list_pages, act_pages, account_pages, refused_pages, desk_pages)
    return {name: page for each in everything for name, page in each()}


def drawn(page: Page) -> str:
    """The page as HTML."""
    return render(page, words=words(page.chrome.language), zone=ZONE, now=NOW)


def photograph(folder: Path, wanted: list[str]) -> None:
    """Writes a picture of each wanted page (all, if none is named) at two widths in two schemes."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only for pictures
    from tests.browser import launch, serving  # noqa: PLC0415 - only for pictures

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
