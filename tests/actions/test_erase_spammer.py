"""All comments of a spammer go at once, part by part, and can come back."""

from concurrent.futures import wait

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_flag, a_story, after

from rejoinder.actions import erase_spammer as verb
from rejoinder.actions.act_on_person import Order
from rejoinder.actions.erase_spammer import Rest, erase_part, erase_spammer
from rejoinder.actions.lift_act import lift_act
from rejoinder.discussion.comments import Comment, Marker, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.person_acts import OnPerson
from rejoinder.discussion.refusals import AlreadyUndone
from rejoinder.store import cases, entries, jobs, spam
from rejoinder.store.database import Database, Write

LATER = after(hours=2)


class Spam(Setting):
    """A spammer's comments under two stories, one of them answered, one held."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.other = self.write(lambda w: a_story(w, self.site, headline="Harbour dredged"))
        self.neighbour = self.write(lambda w: a_commenter(w, self.site, "saltmarsh"))
        self.first = self.post()
        self.answer = self.post(by=self.neighbour, parent_id=self.first.id)
        self.second = self.write(lambda w: a_comment(w, self.other, self.reader)).comment
        self.reply = self.post(parent_id=self.answer.id)
        self.removed = self.post()
        self.decide(self.removed, Outcome.REJECT)

    def erase(self) -> OnPerson:
        order = Order(site_seq=1, commenter_id=self.reader.id, by_seq=self.editor.seq)
        return self.write(lambda w: erase_spammer(w, order, now=LATER))

    def lift(self, act: OnPerson) -> OnPerson:
        by = self.editor.seq
        return self.write(lambda w: lift_act(w, 1, act.id, by_seq=by, now=after(hours=3)))

    def due(self, **span: float) -> list[dict[str, object]]:
        """The payloads of the erasing jobs that are due so long after LATER; they are taken."""

        def take(w: Write) -> list[dict[str, object]]:
            found = jobs.claim(w, now=after(hours=2, **span), most=100)
            for job in found:
                jobs.done(w, job, now=LATER)
            return [job.payload for job in found if job.kind == verb.KIND]

        return self.write(take)

    def run(self, act: OnPerson, *, back: bool = False) -> int:
        """Does the job. In how many parts."""
        rest: Rest | None = Rest(site_seq=1, act_seq=act.seq, back=back)
        parts = 0
        while rest is not None:
            rest = self.write(lambda w, rest=rest: erase_part(w, rest, now=LATER))  # type: ignore[misc] # binds the loop's value
            parts += 1
        return parts

    def statuses(self, *those: Comment) -> list[Status]:
        return [self.again(each).status for each in those]


@pytest.fixture
def spammer(either_database: Database) -> Spam:
    return Spam(either_database)


def test_it_counts_first_what_would_go(spammer: Spam) -> None:
    assert spammer.read(lambda r: spam.how_many(r, 1, spammer.reader.seq)) == (3, 2)


def test_all_that_stands_or_waits_leaves_as_spam_and_nothing_else(spammer: Spam) -> None:
    spammer.write(lambda w: a_flag(w, spammer.second, spammer.neighbour))

    act = spammer.erase()

    assert spammer.due(seconds=29) == []
    assert spammer.due(seconds=30) == [{"act": act.seq, "back": False}]
    spammer.run(act)
    theirs = (spammer.first, spammer.second, spammer.reply)
    assert spammer.statuses(*theirs) == [Status.SPAM] * 3
    assert {spammer.again(each).marker for each in theirs} == {Marker.NONE}
    assert spammer.statuses(spammer.answer, spammer.removed) == [Status.PUBLISHED, Status.REMOVED]
    assert spammer.story_now().published_count == 1
    assert spammer.read(lambda r: cases.counts(r, 1)) == {}


def test_undone_in_time_nothing_has_gone(spammer: Spam) -> None:
    act = spammer.erase()

    spammer.lift(act)

    assert spammer.due(minutes=5) == []
    assert spammer.run(act) == 1
    assert spammer.statuses(spammer.first, spammer.second) == [Status.PUBLISHED] * 2
    with pytest.raises(AlreadyUndone):
        spammer.lift(act)


def test_afterwards_all_come_back_to_where_they_were(spammer: Spam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verb, "PART", 1)
    before = [spammer.again(each) for each in (spammer.first, spammer.second, spammer.reply)]
    act = spammer.erase()
    spammer.due(minutes=5)
    assert spammer.run(act) == 4

    spammer.lift(act)

    assert spammer.due(minutes=90) == [{"act": act.seq, "back": True}]
    spammer.run(act, back=True)
    assert [spammer.again(each) for each in before] == before
    assert spammer.story_now().published_count == 3
    replies = spammer.read(lambda r: entries.replies_after(r, spammer.first))
    assert [entry.comment.seq for entry in replies] == [spammer.answer.seq, spammer.reply.seq]


def test_what_an_editor_decided_since_does_not_come_back(spammer: Spam) -> None:
    act = spammer.erase()
    spammer.due(minutes=5)
    spammer.run(act)
    spammer.decide(spammer.first, Outcome.APPROVE)
    spammer.decide(spammer.first, Outcome.REJECT, reason="hate")

    spammer.lift(act)
    spammer.run(act, back=True)

    assert spammer.statuses(spammer.first, spammer.second) == [Status.REMOVED, Status.PUBLISHED]


def test_a_job_that_runs_again_changes_nothing(spammer: Spam) -> None:
    act = spammer.erase()
    spammer.run(act)

    assert spammer.run(act) == 1
    assert spammer.story_now().published_count == 1


def test_a_comment_posted_meanwhile_goes_too_or_stays_whole(spammer: Spam) -> None:
    act = spammer.erase()

    posted = spammer.database.write(lambda w: a_comment(w, spammer.story, spammer.reader, now=LATER))
    spammer.run(act)

    last = posted.result().comment
    assert spammer.again(last).status in (Status.PUBLISHED, Status.SPAM)
    standing = 1 + (spammer.again(last).status is Status.PUBLISHED)
    assert spammer.story_now().published_count == standing


def test_two_editors_at_once_erase_once(spammer: Spam) -> None:
    order = Order(site_seq=1, commenter_id=spammer.reader.id, by_seq=spammer.editor.seq, seen=0)

    done = [spammer.database.write(lambda w: erase_spammer(w, order, now=LATER)) for _ in range(2)]
    wait(done)

    assert sorted(type(each.exception()).__name__ for each in done) == ["ActedMeanwhile", "NoneType"]
    assert len(spammer.due(minutes=1)) == 1
