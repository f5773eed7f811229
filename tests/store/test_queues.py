"""Queues on both databases: in their turn, counted exactly, narrowed; looking back; and by which indexes."""

from datetime import datetime
from uuid import UUID

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_decision, a_flag, a_story, after

from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.screening import Finding
from rejoinder.store import cases, comments, looking_back, sites, stories
from rejoinder.store.cases import CaseKind, Waiting
from rejoinder.store.database import SQLITE, Database, Read, Statement, Write
from rejoinder.store.looking_back import Look, Unasked
from rejoinder.store.narrowing import Narrowed

NEW, HELD = Waiting(newcomers=True), Waiting(kind=CaseKind.HELD)


@pytest.fixture
def setting(either_database: Database) -> Setting:
    """A site where words and newcomers are held."""
    return Setting(either_database, suspect_words=("walrus",), edit_window=3600)


def waiting(setting: Setting, of: Waiting = cases.EVERYTHING, *, after: int = 0, most: int = 25) -> list[int]:
    """The comments of the queue, in its order."""
    found = setting.read(lambda r: cases.queue(r, 1, waiting=of, after=after, most=most))
    return [case.comment_seq for case in found]


def count(setting: Setting, of: Waiting) -> int:
    return setting.read(lambda r: cases.counted(r, 1, [of]))[0]


def opened(
    setting: Setting, kind: CaseKind, *, at: datetime, due: datetime | None = None, priority: int = 0
) -> Comment:  # fmt: skip
    """A comment with a case."""
    comment = setting.post()
    setting.write(lambda w: cases.open_case(w, comment, kind, due_at=due, priority=priority, now=at))
    return comment


def test_a_higher_priority_comes_first_then_what_is_due_then_what_waits_longest(setting: Setting) -> None:
    longest = opened(setting, CaseKind.REPORTED, at=after(hours=1))
    slowed = opened(setting, CaseKind.REPORTED, at=after(hours=1), priority=-1)
    newest = opened(setting, CaseKind.REPORTED, at=after(hours=3))
    later_due = opened(setting, CaseKind.NOTICE, at=after(hours=4), due=after(days=7))
    soon_due = opened(setting, CaseKind.NOTICE, at=after(hours=5), due=after(days=2))
    trusted = opened(setting, CaseKind.NOTICE, at=after(hours=6), priority=1)

    order = [each.seq for each in (trusted, soon_due, later_due, longest, newest, slowed)]

    assert waiting(setting) == order
    assert waiting(setting, Waiting(kind=CaseKind.NOTICE)) == order[:3]


def test_a_queue_comes_a_page_at_a_time_and_what_was_decided_meanwhile_moves_nothing(setting: Setting) -> None:
    every = [opened(setting, CaseKind.REPORTED, at=after(hours=1), priority=n % 3) for n in range(9)]
    whole = waiting(setting)
    first = setting.read(lambda r: cases.queue(r, 1, most=4))
    decided = next(each for each in every if each.seq == first[-1].comment_seq)

    setting.decide(decided, Outcome.APPROVE)
    rest = waiting(setting, after=first[-1].seq)

    assert [case.comment_seq for case in first] + rest == whole


def test_a_case_about_a_story_has_no_comment(setting: Setting) -> None:
    def correct(w: Write) -> None:
        for number in (1, 2):
            cases.open_about_story(w, 1, setting.story.seq, CaseKind.CORRECTION, subject_seq=number, now=after(hours=1))

    setting.write(correct)

    found = setting.read(lambda r: cases.queue(r, 1))

    assert [(case.comment_seq, case.story_seq, case.subject_seq) for case in found] == [
        (0, setting.story.seq, 1),
        (0, setting.story.seq, 2),
    ]
    assert setting.read(lambda r: cases.counts(r, 1)) == {CaseKind.CORRECTION: 2}


def test_what_holds_a_comment_narrows_the_queue_and_follows_its_text(either_database: Database) -> None:
    setting = Setting(either_database, suspect_words=("walrus",), newcomer_comments=1, edit_window=3600)
    plain = setting.post("I took the boat.")
    marked = setting.post("The walrus took the boat.")
    by_word = Waiting(narrowed=Narrowed(check="suspect-words"))
    assert waiting(setting, NEW) == [plain.seq, marked.seq]
    assert waiting(setting, by_word) == [marked.seq]

    edit = Edit(
        site_seq=1, comment_id=plain.id, commenter_seq=setting.reader.seq, text="A walrus, no boat.", seen_revision=1
    )
    setting.write(lambda w: edit_comment(w, edit, now=after(hours=1, minutes=1)))

    assert waiting(setting, by_word) == [plain.seq, marked.seq]
    assert (count(setting, by_word), count(setting, NEW), count(setting, HELD)) == (2, 2, 2)


def test_queues_are_narrowed_by_all_that_is_asked(setting: Setting) -> None:
    setting.write(lambda w: sites.section_made(w, 1, key="sport", name="Sport"))
    other = setting.write(lambda w: a_story(w, setting.site, section="sport"))
    person = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    here = setting.post("The walrus here.")
    there = setting.write(lambda w: a_comment(w, other, person, "The walrus there.")).comment
    setting.write(lambda w: a_flag(w, there, setting.editor, reason="hate", now=after(hours=5)))

    def of(**narrowed: object) -> list[int]:
        return waiting(setting, Waiting(kind=CaseKind.HELD, narrowed=Narrowed(**narrowed)))  # type: ignore[arg-type] # a test's shorthand

    assert of(section="sport") == of(story=other.slug) == of(commenter=person.id) == of(reason="hate") == [there.seq]
    assert of(story=setting.story.slug, check="suspect-words") == [here.seq]
    assert of(section="sport", story=setting.story.slug) == of(section="none") == of(reason="other") == []
    assert of(before=after(minutes=30)) == of(after=after(hours=2)) == of(language="de") == []
    assert of(before=after(hours=2), after=after(minutes=30)) == [here.seq, there.seq]


def test_a_score_that_a_check_gives_narrows_the_queue(setting: Setting) -> None:
    harsh, mild = setting.post(), setting.post()
    assert not setting.read(lambda r: cases.are_scored(r, 1))

    def hold(w: Write) -> None:
        for comment, score in ((harsh, 0.81), (mild, 0.2)):
            finding = Finding(check="abuse", sentence="It may insult somebody", data={"score": score})
            cases.open_case(w, comment, CaseKind.HELD, findings=(finding,), now=after(hours=1))

    setting.write(hold)

    assert waiting(setting, Waiting(narrowed=Narrowed(score=800))) == [harsh.seq]
    assert waiting(setting, Waiting(narrowed=Narrowed(score=200))) == [harsh.seq, mild.seq]
    assert setting.read(lambda r: cases.are_scored(r, 1))


def test_counts_are_those_of_the_queues_after_everything_that_opens_and_closes(either_database: Database) -> None:
    setting = Setting(either_database, newcomer_comments=1)
    held = [setting.post() for _ in range(5)]
    decision = setting.decide(held[0], Outcome.APPROVE)
    setting.decide(held[1], Outcome.REJECT)
    setting.write(lambda w: a_flag(w, held[2], setting.editor))
    setting.write(lambda w: cases.reopen(w, 1, decision_seq=decision.seq))

    counted = setting.read(lambda r: cases.counted(r, 1, [cases.EVERYTHING, HELD, NEW]))

    assert counted == [len(waiting(setting, each)) for each in (cases.EVERYTHING, HELD, NEW)] == [5, 4, 4]


def test_more_than_can_be_counted_at_once_are_more(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "COUNTED", 3)
    cases._count.cache_clear()
    for _ in range(5):
        opened(setting, CaseKind.REPORTED, at=after(hours=1))

    assert count(setting, cases.EVERYTHING) == 4
    cases._count.cache_clear()


def looked_at(setting: Setting, look: Look, **known: object) -> list[int]:
    found = setting.read(lambda r: looking_back.page(r, 1, look, **known))  # type: ignore[arg-type] # a test's shorthand
    return [comment for _, comment in found]


def test_looking_back_shows_what_holds_now_the_newest_first(either_database: Database) -> None:
    setting = Setting(either_database, newcomer_comments=1)
    approved, rejected, undone, pending = [setting.post() for _ in range(4)]
    setting.decide(approved, Outcome.APPROVE)
    setting.decide(rejected, Outcome.REJECT)
    setting.decide(undone, Outcome.REJECT)
    setting.decide(undone, Outcome.APPROVE)
    published = setting.post()
    for device in range(3):
        setting.write(lambda w, n=device: a_flag(w, published, device=n))  # type: ignore[misc] # binds the loop's value

    counted = setting.read(lambda r: looking_back.counted(r, 1))

    assert looked_at(setting, Look.WRITTEN) == [each.seq for each in (published, pending, undone, rejected, approved)]
    assert looked_at(setting, Look.APPROVED) == [undone.seq, approved.seq]
    assert looked_at(setting, Look.REJECTED) == [rejected.seq]
    assert looked_at(setting, Look.BY_SYSTEM) == [published.seq]
    assert counted == {each: len(looked_at(setting, each)) for each in Look}


def test_what_nobody_has_looked_at_is_read_from_either_end(setting: Setting) -> None:
    first, second, third = [setting.post() for _ in range(3)]
    setting.write(lambda w: a_flag(w, second, setting.editor))
    setting.decide(second, Outcome.APPROVE)

    assert looked_at(setting, Look.UNREVIEWED) == [third.seq, first.seq]
    assert looked_at(setting, Look.UNREVIEWED, oldest_first=True) == [first.seq, third.seq]
    assert looked_at(setting, Look.UNREVIEWED, oldest_first=True, after=first.seq) == [third.seq]


def test_nobody_is_asked_to_look_where_the_mode_says_so(setting: Setting) -> None:
    section = setting.write(lambda w: sites.section_made(w, 1, key="sport", name="Sport"))
    # Any mode stands for the one under which nobody is asked.
    own, inherits, other = [
        setting.write(lambda w, s=key: a_story(w, setting.site, section=s))  # type: ignore[misc] # binds the loop's value
        for key in ("sport", "sport", None)
    ]
    setting.write(lambda w: stories.set_rules(w, own, '{"mode":"post-moderated"}'))
    setting.write(lambda w: stories.set_rules(w, other, '{"mode":"pre-moderated"}'))
    posted = setting.write(lambda w: [a_comment(w, each, setting.reader).comment for each in (own, inherits, other)])
    plain = setting.post()
    in_section = Unasked(mode="pre-moderated", sections=frozenset({section.seq}))

    assert looked_at(setting, Look.UNREVIEWED, unasked=in_section) == [plain.seq, posted[0].seq]
    assert looked_at(setting, Look.UNREVIEWED, unasked=Unasked(mode="pre-moderated", elsewhere=True)) == [
        posted[1].seq,
        posted[0].seq,
    ]


def test_looking_back_is_narrowed_too(setting: Setting) -> None:
    other = setting.write(lambda w: a_story(w, setting.site))
    person = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    setting.post()
    there = setting.write(lambda w: a_comment(w, other, person, "The walrus there.")).comment
    setting.decide(there, Outcome.REJECT)

    for look in (Look.WRITTEN, Look.REJECTED):
        for narrowed in (
            Narrowed(story=other.slug),
            Narrowed(commenter=person.id),
            Narrowed(check="suspect-words"),
            Narrowed(reason="inappropriate"),
        ):
            assert looked_at(setting, look, narrowed=narrowed) == [there.seq]
    assert looked_at(setting, Look.WRITTEN, narrowed=Narrowed(language="de")) == []


# By which indexes


def steps(database: Database, statement: Statement, **values: object) -> list[str]:
    """How the database answers: on PostgreSQL, where a few rows are rather read whole, with that forbidden."""
    sql, literals = statement.sql(database.dialect)
    asked = literals | {"most": 25} | values

    def plan(r: Read) -> list[str]:
        if r.dialect is SQLITE:
            r._cursor.execute(f"EXPLAIN QUERY PLAN {sql}", asked)
            return [row[3] for row in r._cursor.fetchall()]
        r._cursor.execute("SET LOCAL enable_seqscan = off")
        r._cursor.execute("SET LOCAL enable_bitmapscan = off")
        r._cursor.execute(f"EXPLAIN {sql}", asked)
        return [row[0].strip() for row in r._cursor.fetchall()]

    return database.read(plan).result()


QUEUES = {
    "ix_cases_open": cases.EVERYTHING,
    "ix_cases_queue": HELD,
    "ix_cases_newcomers": NEW,
    "ix_cases_section": Waiting(narrowed=Narrowed(section="sport")),
    "ix_cases_story": Waiting(narrowed=Narrowed(story="ferry")),
    "ix_cases_commenter": Waiting(narrowed=Narrowed(commenter=UUID(int=1))),
}
LOOKS = {
    Look.UNREVIEWED: "ix_comments_unreviewed",
    Look.APPROVED: "ix_decisions_outcome",
    Look.REJECTED: "ix_decisions_outcome",
    Look.BY_SYSTEM: "ix_decisions_by_system",
}
UNWELCOME = ("TEMP B-TREE", "Sort", "Seq Scan")


@pytest.mark.parametrize("index", QUEUES)
def test_a_queue_is_read_from_an_index_and_nothing_is_sorted(either_database: Database, index: str) -> None:
    Setting(either_database)

    found = steps(either_database, cases._page(1, QUEUES[index]), after=5)

    on_sqlite = either_database.dialect is SQLITE  # PostgreSQL chooses among them by what there is, which is nothing
    assert any((index if on_sqlite else "ix_cases_") in step for step in found)
    assert not [step for step in found if any(each in step for each in UNWELCOME) or step.startswith("SCAN cases")]


@pytest.mark.parametrize("look", Look)
@pytest.mark.parametrize("oldest_first", [False, True])
def test_looking_back_reads_an_index_and_sorts_nothing(
    either_database: Database, look: Look, *, oldest_first: bool
) -> None:
    Setting(either_database)

    page = looking_back._page(1, look, Narrowed(), looking_back.NOWHERE, oldest_first)
    found = steps(either_database, page, beyond=5)

    assert look is Look.WRITTEN or any(LOOKS[look] in step for step in found)
    assert not [step for step in found if any(each in step for each in UNWELCOME) or step.startswith("SCAN")]


def test_texts_of_the_queue_are_those_of_its_comments(setting: Setting) -> None:
    comment = setting.post("The walrus again.")

    [case] = setting.read(lambda r: cases.queue(r, 1))

    assert setting.read(lambda r: comments.by_seq(r, 1, case.comment_seq)).id == comment.id
    assert [finding.check for finding in case.findings] == ["suspect-words"]
    assert setting.write(lambda w: a_decision(w, comment, setting.editor, Outcome.APPROVE)).by_seq == setting.editor.seq
    assert waiting(setting) == []
