"""Acts on people and threads: at the desk, and as those see them whom they are about."""

from collections.abc import Iterator
from datetime import timedelta

from tests.web.showcase.desk import a_card, a_person, at_desk, cards
from tests.web.showcase.discussions import a_discussion, conversation
from tests.web.showcase.makers import FORM, NOW, READER, a_chrome, a_comment, ago, an_answer, an_id
from tests.web.showcase.stories import ferry

from rejoinder.discussion.commenters import Act
from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.person_acts import PersonAct
from rejoinder.discussion.policy import reason_of
from rejoinder.discussion.trust import Level
from rejoinder.web.shown import desk
from rejoinder.web.shown.comments import Acts, ShownThread, thread
from rejoinder.web.shown.desk_threads import MoreActs
from rejoinder.web.shown.page import Page, Viewer
from rejoinder.web.shown.person_acts import EraseSpammerPage, FromEditorsPage, ShownAct, TypedAct, WarningPage
from rejoinder.web.shown.queues import Queue
from rejoinder.web.shown.stories import Barred, StoryPage, View

ATTACK = reason_of("personal-attack")
WORDS = "You called the reporter bought and paid for.\n\nArgue with what she wrote; who she is is not the subject."
MODERATOR = Viewer(name="M. Lowen", acts=frozenset({Act.DECIDE, Act.WARN}))
ALL = ("message", "warn", "hold", "ban", "off-ladder", "erase", "everywhere")


def acts(*, told: bool = False) -> tuple[ShownAct, ...]:
    """A history, the newest first. `told`: as its person sees it."""
    by, reason = (None, ATTACK.told) if told else ("R. Teague", ATTACK.label)
    week = NOW + timedelta(days=7)
    return (
        ShownAct(
            id=an_id(),
            act=PersonAct.SUSPEND,
            at=ago(minutes=5),
            by=by,
            reason=reason,
            text=WORDS,
            until=week,
            holds=True,
            may_lift=not told,
            appeal_until=week if told else None,
        ),
        ShownAct(id=an_id(), act=PersonAct.LIFT, lifts=PersonAct.HOLD, at=ago(days=2), by=by),
        ShownAct(id=an_id(), act=PersonAct.HOLD, at=ago(days=9), by=by, reason=reason, until=week, is_lifted=True),
        ShownAct(
            id=an_id(), act=PersonAct.WARN, at=ago(days=12), by=by, reason=reason, text=WORDS, read_at=ago(days=11)
        ),
        ShownAct(
            id=an_id(), act=PersonAct.MESSAGE, at=ago(days=40), by=by, text="Thank you for the figures of November."
        ),
    )


def a_warning() -> ShownAct:
    return ShownAct(id=an_id(), act=PersonAct.WARN, at=ago(minutes=20), reason=ATTACK.told, text=WORDS)


def desk_people_pages() -> Iterator[tuple[str, Page]]:
    written = tuple(
        desk.PersonComment(
            id=an_id(),
            excerpt="Of course she won’t answer. Bought and paid for.",
            headline="Ferry to run through the winter as council finds the money",
            written_at=ago(hours=1),
            status=status,
            reason=ATTACK.label if status is Status.REMOVED else "",
        )
        for status in (Status.REMOVED, Status.PUBLISHED)
    )
    yield (
        "desk-person-history",
        desk.PersonPage(
            chrome=at_desk(),
            person=a_person("saltmarsh", is_held=True, leaves_ladder=True, is_banned=True, is_banned_everywhere=True),
            comments=written,
            acts=acts(),
            able=ALL,
            levels=tuple(Level),
            done="ban",
        ),
    )
    yield (
        "desk-person-refused",
        desk.PersonPage(
            chrome=at_desk(),
            person=a_person("saltmarsh"),
            comments=written,
            able=ALL,
            levels=tuple(Level),
            typed=TypedAct(act="ban", reason="hate", text=WORDS, days="30"),
            problem="A colleague has done something about this person since you looked. Please look again first.",
        ),
    )
    yield (
        "desk-person-moderator",
        desk.PersonPage(
            chrome=a_chrome(MODERATOR, open_cases=3, canonical=""),
            person=a_person("saltmarsh"),
            able=ALL[:3],
            typed=TypedAct(act="warn"),
            status=Status.SPAM,
        ),
    )
    yield (
        "desk-erase",
        EraseSpammerPage(chrome=at_desk(), id=an_id(), name="tyres_now", comments=1207, stories=86, seen=4, seconds=10),
    )
    yield (
        "desk-erase-none",
        EraseSpammerPage(chrome=at_desk(), id=an_id(), name="tyres_now", comments=0, stories=0, seen=4, seconds=10),
    )


def desk_thread_pages() -> Iterator[tuple[str, Page]]:
    lowered = desk.DeskDecision(
        id=an_id(), outcome=Outcome.LOWER, at=ago(hours=1), by="R. Teague", reason="Written only to provoke"
    )
    locked = desk.DeskDecision(id=an_id(), outcome=Outcome.LOCK, at=NOW, by="R. Teague", may_undo=True)
    moved = desk.DeskDecision(id=an_id(), outcome=Outcome.MOVE, at=NOW, by="R. Teague", may_undo=True)
    more = MoreActs(may_lower=True, may_lock=True, may_move=True, may_pick=True)
    yield (
        "desk-card-more",
        desk.CardPage(
            chrome=at_desk(),
            queue=Queue.ALL,
            card=cards()[0],
            more=more,
            decisions=(lowered, moved),
        ),
    )
    yield (
        "desk-card-locked",
        desk.CardPage(
            chrome=at_desk(),
            queue=Queue.ALL,
            card=a_card("northquay", "Twenty-two, says the council’s own paper.", status=Status.PUBLISHED),
            more=MoreActs(may_move=True, is_locked=True, under="https://talk.courier.example/somewhere"),
            problem="This reply cannot be moved there: that comment stands under another story.",
            decisions=(locked,),
        ),
    )


def reader_pages() -> Iterator[tuple[str, Page]]:
    chrome = a_chrome(READER)
    yield "from-editors", FromEditorsPage(chrome=chrome, acts=(a_warning(), *acts(told=True)))
    yield "from-editors-none", FromEditorsPage(chrome=chrome, acts=(), is_read=True)
    kept = "Where is that number from?\n\nThe council’s own paper says twenty-two."
    to = "/courier/stories/ferry"
    yield "warned", WarningPage(chrome=chrome, warnings=(a_warning(),), to=to, text=kept)
    barred = a_discussion(barred=Barred.WARNED, warnings=(a_warning(),), threads=conversation()[:1])
    yield "story-warned", StoryPage(chrome=chrome, story=ferry(), discussion=barred)
    banned = a_discussion(
        barred=Barred.BANNED,
        ban_reason=WORDS,
        ban_rule=ATTACK.told,
        ban_until=NOW + timedelta(days=7),
        threads=conversation()[:1],
    )
    yield "story-suspended", StoryPage(chrome=chrome, story=ferry(), discussion=banned)


def arranged_pages() -> Iterator[tuple[str, Page]]:
    root = a_comment(
        "northquay",
        "The council’s own paper says twenty-two sailings, not twenty-eight.",
        picked=True,
        pick_note="The figure is right, and we had it wrong; the story is corrected.",
        locked=True,
        acts=Acts(report=True, recommend=True),
        recommended=14,
    )
    answer = an_answer(root, "saltmarsh", "Says who?", acts=Acts(report=True, recommend=True))
    closed = thread(root, (answer,))
    yield (
        "story-arranged",
        StoryPage(
            chrome=a_chrome(READER),
            story=ferry(),
            discussion=a_discussion(threads=(closed, *conversation()[:1]), lowered=3, form=FORM, reply_form=FORM),
        ),
    )
    last = ShownThread(root=a_comment("saltmarsh", "Wake up, all of you.", lowered=True), more=2)
    yield (
        "story-lowered",
        StoryPage(
            chrome=a_chrome(),
            story=ferry(),
            discussion=a_discussion(threads=(last,), view=View.LOWERED, lowered=1),
        ),
    )
