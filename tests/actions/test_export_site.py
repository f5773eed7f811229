"""A site's export holds what its desk has done: one record of each kind at least, and every field of them."""

from typing import Any, get_args
from uuid import UUID

import msgspec
import pytest
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields
from tests.actions.test_corrections import a_correction, answered, corrected
from tests.actions.test_hear_appeal import Hearings
from tests.actions.test_notices import a_notice
from tests.makers import a_comment, a_commenter, a_story, after

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.answer_notice import AnswerNotice, answer_notice
from rejoinder.actions.appeal import AppealNotice, appeal_notice
from rejoinder.actions.appeal_act import AppealAct, appeal_act
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.change_flaggers import add_flagger, end_flagger
from rejoinder.actions.export_site import export_site
from rejoinder.actions.hold_commenter import hold_commenter
from rejoinder.actions.keep_view import keep_view
from rejoinder.actions.merge_stories import merge_stories, part_stories
from rejoinder.actions.note_comment import note_comment, note_commenter
from rejoinder.actions.pick_comment import pick_comment
from rejoinder.actions.print_consent import answer_consent, ask_consent
from rejoinder.actions.publish_policy import publish_policy
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.actions.set_rules import SetRules, place_of, set_rules
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.actions.warn_commenter import acknowledge_warning, warn_commenter
from rejoinder.discussion.appeals import Hearing
from rejoinder.discussion.corrections import Outcome as CorrectionOutcome
from rejoinder.discussion.desk_records import DeskRecord
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.notices import Outcome as Answered
from rejoinder.discussion.policy import Clause, Content, Wording
from rejoinder.discussion.stories import Content as Words
from rejoinder.exporters.ndjson import lines
from rejoinder.exporters.record import Record
from rejoinder.store.database import Database, Write

KEY = "a key that only the helpline has"
POLICY = Content(clauses=(Clause(reasons=("hate",), words={"en": Wording(sentence="No hatred.")}),))


@pytest.fixture
def desk(either_database: Database) -> Hearings:
    """A site at whose desk everything has happened once."""
    made = Hearings(either_database, replies_of_removed="go")
    for happens in (_of_the_site, _of_comments, _of_people, _of_notices, _of_corrections, _of_policy):
        happens(made)
    return made


def _of_the_site(desk: Hearings) -> None:
    site, by = desk.site, desk.editor.seq
    new = NewStory(content=Words(headline="Pier reopens"), section="town", canonical_url="https://courier.example/pier")
    desk.write(lambda w: publish_story(w, site.seq, new, now=after(minutes=1)))
    desk.write(lambda w: publish_policy(w, site, POLICY, by_seq=by, now=after(minutes=2)))
    desk.write(lambda w: publish_policy(w, site, POLICY, by_seq=by, now=after(minutes=3), section="town"))
    for longest, place in ((900, {"section": "town"}), (901, {"slug": desk.story.slug}), (902, {"section": "town"})):
        desk.write(lambda w, longest=longest, place=place: _set_longest(w, longest, by_seq=by, **place))  # type: ignore[misc] # binds the loop's values
    query = {"queue": "held"}
    desk.write(
        lambda w: keep_view(w, 1, by_seq=by, name="Mine", query=query, for_everybody=False, now=after(minutes=5))
    )
    other = desk.write(lambda w: a_story(w, site, headline="Quay lamps mended"))
    merge = desk.write(lambda w: merge_stories(w, 1, other.seq, desk.story.seq, by_seq=by, now=after(minutes=6)))
    desk.write(lambda w: part_stories(w, 1, merge.id, by_seq=by, now=after(minutes=7)))


def _set_longest(w: Write, longest: int, *, by_seq: int, **place: str) -> None:
    seen = place_of(w, 1, **place).mark
    order = SetRules(site_seq=1, by_seq=by_seq, changes={"longest": longest}, seen=seen, **place)
    set_rules(w, order, now=after(minutes=4))


def _of_comments(desk: Hearings) -> None:
    by = desk.editor.seq
    root = desk.post("Call the harbour office. They are wrong.")
    desk.write(lambda w: a_comment(w, desk.story, desk.other, parent_id=root.id))
    removed = desk.decide(
        root, Outcome.REJECT, reason="hate", also=("irrelevant",), note="No.", words="They are wrong."
    )
    desk.hear(desk.appeal(removed), Hearing.GRANTED)
    refused = desk.decide(desk.post(), Outcome.REJECT)
    desk.hear(desk.appeal(refused), Hearing.REFUSED)
    undone = desk.decide(desk.post(), Outcome.APPROVE)
    desk.write(lambda w: undo_decision(w, 1, undone.id, by_seq=by, now=after(hours=2, seconds=9)))
    picked = desk.post()
    desk.write(lambda w: pick_comment(w, 1, picked.id, by_seq=by, note="The figure we missed.", now=after(hours=3)))
    desk.write(lambda w: ask_consent(w, 1, picked.id, by_seq=by, now=after(hours=3)))
    desk.write(lambda w: answer_consent(w, 1, picked.id, yes=True, signed_as="N. Quay", now=after(hours=4)))
    desk.write(lambda w: note_comment(w, 1, picked.id, "Print this one.", by_seq=by, now=after(hours=4)))


def _of_people(desk: Hearings) -> None:
    person = desk.write(lambda w: a_commenter(w, desk.site, "saltmarsh"))
    order = Order(
        site_seq=1, commenter_id=person.id, by_seq=desk.editor.seq, reason="hate", text="Mind.", until=after(days=9)
    )
    warned = desk.write(lambda w: warn_commenter(w, order, now=after(hours=1)))
    desk.write(lambda w: acknowledge_warning(w, 1, warned.id, by_seq=person.seq, now=after(hours=2)))
    desk.write(lambda w: hold_commenter(w, order, now=after(hours=2)))
    banned = desk.write(lambda w: ban_commenter(w, order, now=after(hours=3)))
    appealed = AppealAct(site_seq=1, act_id=banned.id, text="I was joking.")
    appeal = desk.write(lambda w: appeal_act(w, appealed, now=after(hours=4)))
    desk.hear(appeal, Hearing.GRANTED, seen_revision=0, now=after(hours=5))
    desk.write(lambda w: note_commenter(w, 1, person.id, "Third time.", by_seq=desk.editor.seq, now=after(hours=6)))


def _of_notices(desk: Hearings) -> None:
    desk.write(lambda w: add_flagger(w, 1, "The Helpline", key=KEY, now=after(hours=1)))
    [notice] = a_notice(desk, desk.post(), key=KEY, threatens_life=True, reporter_seq=desk.other.seq)
    order = AnswerNotice(
        site_seq=1, notice_id=notice.id, by_seq=desk.editor.seq, outcome=Answered.LEFT, seen_revision=1, answer="True."
    )
    desk.write(lambda w: answer_notice(w, order, now=after(hours=2)))
    receipt = f"receipt of {notice.filing}"
    appealed = AppealNotice(site_seq=1, receipt=receipt, notice_id=notice.id, text="It is false.")
    desk.write(lambda w: appeal_notice(w, appealed, now=after(hours=3)))
    a_notice(desk, desk.post(), kind="intimate-image")
    desk.write(lambda w: end_flagger(w, 1, "The Helpline", now=after(hours=5)))


def _of_corrections(desk: Hearings) -> None:
    found = a_correction(desk, commenter_seq=desk.reader.seq, source="The timetable")
    corrected(desk, "It sails three times.", hours=2)
    answered(desk, found, CorrectionOutcome.CORRECTED, answer="You are right.", led_to=2, now=after(hours=3))


def _of_policy(desk: Hearings) -> None:
    """Last, since readers are asked to agree before they write on."""
    by, now = desk.editor.seq, after(hours=9)
    desk.write(lambda w: publish_policy(w, desk.site, POLICY, by_seq=by, now=now, is_material=True, note="Shorter."))


def _exported(desk: Hearings, *, with_personal: bool = True) -> list[Any]:
    """The records, as somebody reads them who knows their types."""
    text = desk.read(
        lambda r: b"".join(lines(export_site(r, "courier", with_personal=with_personal, now=after(days=1))))
    )
    return [msgspec.json.decode(line, type=Record) for line in text.splitlines()]


def _tag(kind: type[Struct]) -> str:
    return str(kind.__struct_config__.tag)


def test_there_is_a_record_of_every_kind(desk: Hearings) -> None:
    records = _exported(desk)

    assert {_tag(type(each)) for each in records} == {_tag(kind) for kind in get_args(Record)}
    assert sum(records[-1].counts.values()) == len(records) - 1


def test_every_field_of_the_desks_records_holds_something(desk: Hearings) -> None:
    records = _exported(desk)
    lacking = {
        f"{_tag(kind)}.{field.name}"
        for kind in get_args(DeskRecord)
        for field in fields(kind)
        if all(getattr(each, field.name) == _default(field) for each in records if isinstance(each, kind))
    }

    assert lacking == {"appeal.is_fresh_look"}  # a desk of several editors


def _default(field: Any) -> Any:
    return field.default if field.default is not NODEFAULT else field.default_factory


def test_a_decision_says_by_which_clauses_on_which_words_and_with_what_statement(desk: Hearings) -> None:
    decisions = [each for each in _exported(desk) if _tag(type(each)) == "decision"]

    [removed] = [each for each in decisions if each.reason == "hate"]
    assert (removed.also, removed.clauses, removed.policy_version) == (("irrelevant",), (1,), 2)
    assert removed.cited == ((25, 40),)
    assert removed.statement["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert [each.caused_by for each in decisions if each.caused_by] == [removed.id]


def test_what_refers_to_something_comes_after_it(desk: Hearings) -> None:
    seen: set[Any] = set()
    for each in _exported(desk):
        told = msgspec.structs.asdict(each)
        named = {value for name, value in told.items() if isinstance(value, UUID) and name not in ("id", "filing")}
        assert named <= seen, told
        seen.add(getattr(each, "id", None))


def test_who_gave_notice_is_named_only_where_that_was_asked_for(desk: Hearings) -> None:
    impersonal = msgspec.json.encode(_exported(desk, with_personal=False)).decode()

    assert "Ida Marsh" in msgspec.json.encode(_exported(desk)).decode()
    for word in ("Ida Marsh", "@reader.example"):
        assert word not in impersonal
    assert "I did not; the audit says so." in impersonal
