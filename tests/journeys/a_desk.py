"""A desk with something of everything on it, for journeys that go all over it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid4

from msgspec import Struct
from playwright.sync_api import Browser, expect
from tests.actions.test_corrections import a_correction
from tests.journeys.test_people_and_threads import as_somebody
from tests.journeys.test_reader_and_editor import a_person
from tests.keyboard import Keyboard
from tests.makers import a_comment, a_commenter, a_decision, a_flag, a_story, after
from tests.serving import Served

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.appeal import AppealDecision, appeal_decision
from rejoinder.actions.appeal_act import AppealAct, appeal_act
from rejoinder.actions.ask_opinion import ask_opinion
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.file_notice import FileNotice, file_notice
from rejoinder.actions.keep_view import keep_view
from rejoinder.actions.note_comment import note_comment
from rejoinder.actions.pick_comment import pick_comment
from rejoinder.discussion.appeals import Appeal
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.discussion.notices import Notice
from rejoinder.discussion.stories import Story
from rejoinder.store import commenters, notices, sites
from rejoinder.store.database import Write

LINKS = " ".join(f"https://ferry.example/{number}" for number in range(3))
TYRES = "Best winter tyres for the islands, free delivery before noon on every day, ask for number"
LONG = "I have counted the boats of every winter since the pier was built, and wrote them down in a blue book. " * 4


class Desk(Struct, frozen=True, kw_only=True):
    """What lies on it."""

    held: Comment
    alike: Comment  # held, as is another that says almost the same
    reported: Comment
    answered: Comment
    reply: Comment
    picked: Comment
    decision: Decision
    appeal: Appeal
    person_appeal: Appeal
    notice: Notice
    correction: UUID
    other: Story
    colleague: Commenter
    banned: Commenter


@contextmanager
def a_keyboard_at_the_desk(served: Served, chromium: Browser, *, script: bool = True) -> Iterator[Keyboard]:
    """An editor at the queue, who has no mouse."""
    with a_person(chromium, script=script, width=1280) as page:
        as_somebody(page, served, served.setting.editor)
        page.goto(f"{served.url}{served.site}/desk")
        yield Keyboard(page)


def to_room(keyboard: Keyboard, name: str) -> None:
    """To another room of the desk, by the bar."""
    rooms = keyboard.page.get_by_role("navigation", name="Desk")
    keyboard.enter(rooms.get_by_role("link", name=name))
    expect(rooms.locator("[aria-current=page]")).to_contain_text(name)


def held(served: Served, text: str, *, by: Commenter | None = None, now: datetime | None = None) -> Comment:
    """A comment with so many links that an editor must read it first."""
    setting = served.setting
    return setting.write(
        lambda w: a_comment(w, setting.story, by or setting.reader, f"{text} {LINKS}", now=now or after(hours=1))
    ).comment


def a_notice(served: Served, about: Comment) -> Notice:
    """A legal notice of the comment, which waits."""
    receipt = str(uuid4())
    sent = FileNotice(
        site_seq=served.setting.site.seq,
        filing=uuid4(),
        receipt=receipt,
        kind="defamation",
        why="I took nothing: see the audit.",
        addresses=f"{served.site}/comments/{about.id}",
        name="Ida Marsh",
        email="ida@reader.example",
        in_good_faith=True,
    )
    served.setting.write(lambda w: file_notice(w, sent, now=after(hours=1, minutes=30)))
    return served.setting.read(lambda r: notices.by_receipt(r, served.setting.site.seq, receipt))[0]


def an_appeal(served: Served, decision: Decision, by: Commenter, text: str = "It was a joke.") -> Appeal:
    """The writer's appeal against what was decided, which waits."""
    order = AppealDecision(site_seq=served.setting.site.seq, decision_id=decision.id, text=text, by_seq=by.seq)
    return served.setting.write(lambda w: appeal_decision(w, order, now=after(hours=2)))


def a_banned_person(served: Served, name: str, by: Commenter) -> tuple[Commenter, Appeal]:
    """Somebody who is kept out for a week, and their appeal."""
    setting = served.setting
    who = setting.write(lambda w: a_commenter(w, setting.site, name))
    order = Order(
        site_seq=1,
        commenter_id=who.id,
        by_seq=by.seq,
        reason="personal-attack",
        text="Twice.",
        until=after(days=7),
    )
    act = setting.write(lambda w: ban_commenter(w, order, now=after(hours=1)))
    appeal = AppealAct(site_seq=1, act_id=act.id, text="I am sorry.", by_seq=who.seq)
    return who, setting.write(lambda w: appeal_act(w, appeal, now=after(hours=2)))


def a_desk(served: Served) -> Desk:
    """Something of everything on the desk of the served site, whose editor is to work at it."""
    setting = served.setting
    colleague = setting.write(lambda w: a_commenter(w, setting.site, "M. Lowen", role=Role.MODERATOR))
    other_editor = setting.write(lambda w: a_commenter(w, setting.site, "A. Nance", role=Role.EDITOR))
    setting.write(lambda w: sites.section_made(w, setting.site.seq, key="sport", name="Sport"))
    waits = held(served, "Nine on Monday.")
    alike = [held(served, f"{TYRES} {number}", by=_somebody(served, f"tyres {number}")) for number in (1, 2)]
    reported, answered, picked = setting.post(), setting.post(), setting.post(LONG, by=_somebody(served, "Ana"))
    rejected = setting.post("Bought and paid for.", by=_somebody(served, "gull"))
    decided = setting.write(
        lambda w: a_decision(w, rejected, colleague, Outcome.REJECT, now=after(hours=1, minutes=10))
    )
    banned, person_appeal = a_banned_person(served, "hale", other_editor)
    desk = Desk(
        held=waits,
        alike=alike[0],
        reported=reported,
        answered=answered,
        reply=setting.post("No, ten.", parent_id=answered.id),
        picked=picked,
        decision=decided,
        appeal=an_appeal(served, decided, _of(served, rejected)),
        person_appeal=person_appeal,
        notice=a_notice(served, setting.post("The harbour master took the money.")),
        correction=a_correction(setting).id,
        other=setting.write(lambda w: a_story(w, setting.site, headline="The ferry sails")),
        colleague=colleague,
        banned=banned,
    )
    setting.write(lambda w: _worked(w, served, desk))
    return desk


def _somebody(served: Served, name: str) -> Commenter:
    return served.setting.write(lambda w: a_commenter(w, served.setting.site, name))


def _of(served: Served, comment: Comment) -> Commenter:
    return served.setting.read(lambda r: commenters.by_seq(r, 1, comment.commenter_seq))


def _worked(w: Write, served: Served, desk: Desk) -> None:
    """What colleagues did with it."""
    site, editor, now = served.setting.site, served.setting.editor, after(hours=2)
    a_flag(w, desk.reported, note="She is nineteen.")
    pick_comment(w, site.seq, desk.picked.id, by_seq=editor.seq, now=now)
    note_comment(w, site.seq, desk.held.id, "I asked the harbour.", by_seq=desk.colleague.seq, now=now)
    ask_opinion(w, site.seq, desk.held.id, "Is this satire?", by_seq=desk.colleague.seq, to=editor.id, now=now)
    query = {"queue": "held", "age": "day"}
    keep_view(w, site.seq, by_seq=editor.seq, name="Links", query=query, for_everybody=False, now=now)
