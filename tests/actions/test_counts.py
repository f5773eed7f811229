"""After whatever sequence of acts, the counts that pages show are the counts of what stands there."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from itertools import pairwise

import pytest
from sqlalchemy import bindparam, select
from tests.makers import Setting, a_comment, a_commenter, a_decision, a_flag, after

from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.undo_decision import undo_decision
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import Refusal
from rejoinder.store import cases, comments, decisions, entries, log_pages
from rejoinder.store.database import Database, Read, Statement, Write
from rejoinder.store.tables import comments as rows

ALL = Statement(
    select(rows.c.seq, rows.c.status, rows.c.root_seq, rows.c.replies, rows.c.publish_seq, rows.c.reply_place)
    .where(rows.c.story_seq == bindparam("story"))
    .order_by(rows.c.seq)
)
STEPS = 300


class Walk:
    """Random acts of readers and an editor under one story, each an hour after the last."""

    def __init__(self, setting: Setting, seed: int) -> None:
        self.setting = setting
        self.chance = random.Random(seed)
        self.people = setting.write(lambda w: [a_commenter(w, setting.site, f"reader {n}") for n in range(3)])
        self.hours = 1
        self.versions: list[int] = []

    def step(self) -> None:
        acts: list[Callable[[Write], object]] = [self.post, self.reply, self.flag, self.delete, self.edit, self.undo]
        act = self.chance.choice([*acts, self.post, self.approve, self.approve, self.reject])
        with suppress(Refusal):  # a refusal is an act too: it leaves everything as it was
            self.setting.write(act)
        self.hours += 1
        self.versions.append(self.setting.story_now().version)

    def post(self, w: Write) -> None:
        text = self.chance.choice(["Bilge {}.", "The early boat {}."]).format(self.hours)
        a_comment(w, self.setting.story, self.chance.choice(self.people), text, now=self.now)

    def reply(self, w: Write) -> None:
        parent = self.some(w)
        a_comment(w, self.setting.story, self.chance.choice(self.people), parent_id=parent.id, now=self.now)

    def flag(self, w: Write) -> None:
        a_flag(w, self.some(w), device=self.hours, now=self.now)

    def approve(self, w: Write) -> None:
        a_decision(w, self.some(w), self.setting.editor, Outcome.APPROVE, now=self.now)

    def reject(self, w: Write) -> None:
        reason = self.chance.choice(["hate", "advertising"])
        a_decision(w, self.some(w), self.setting.editor, Outcome.REJECT, reason=reason, now=self.now)

    def undo(self, w: Write) -> None:
        site_seq = self.setting.site.seq
        latest = log_pages.latest(w, site_seq, kind="decision", most=5)
        made = [decisions.of_comment(w, site_seq, each.comment_seq)[-1] for each in latest if each.comment_seq]
        if made:
            chosen = self.chance.choice(made)
            undo_decision(w, self.setting.site.seq, chosen.id, by_seq=self.setting.editor.seq, now=self.now)

    def delete(self, w: Write) -> None:
        comment = self.some(w)
        delete_comment(w, comment.site_seq, comment.id, commenter_seq=comment.commenter_seq, now=self.now)

    def edit(self, w: Write) -> None:
        comment = self.some(w)
        text = self.chance.choice(["Bilge, changed {}.", "Changed {}."]).format(self.hours)
        order = Edit(
            site_seq=comment.site_seq,
            comment_id=comment.id,
            commenter_seq=comment.commenter_seq,
            text=text,
            seen_revision=comment.revision,
        )
        edit_comment(w, order, now=self.now)

    def some(self, w: Write) -> Comment:
        """Any comment of the story, the newest ones more often."""
        every = [row[0] for row in w.rows(ALL, story=self.setting.story.seq)] or [0]
        return comments.by_seq(w, self.setting.site.seq, self.chance.choice(every[-12:]))

    @property
    def now(self) -> datetime:
        return after(hours=self.hours)


def counted(r: Read, setting: Setting) -> None:
    """Compares every kept count with what it counts."""
    found = r.rows(ALL, story=setting.story.seq)
    published = [row for row in found if row[1] == "published"]
    places = [row[4] for row in found if row[4] is not None]
    below: dict[int, list[int]] = {}
    for row in found:
        if row[2] is not None and row[5] is not None:
            below.setdefault(row[2], []).append(row[5])
    replies = {row[0]: sum(1 for each in published if each[2] == row[0]) for row in found if row[2] is None}

    assert setting.story_now().published_count == len(published)
    assert {row[0]: row[3] for row in found if row[2] is None} == replies
    assert sorted(places) == list(range(1, len(places) + 1))
    assert all(sorted(taken) == list(range(1, len(taken) + 1)) for taken in below.values())
    assert all(row[4] is not None for row in published)


@pytest.mark.parametrize("seed", range(4))
def test_counts_and_places_stay_exact(database: Database, seed: int) -> None:
    rules = {"banned_words": ["bilge"], "newcomer_comments": seed % 2, "flags_to_hide": 2, "edit_window": 100_000}
    setting = Setting(database, schedule=[{"phase": "open"}], **rules)
    walk = Walk(setting, seed)

    for _ in range(STEPS):
        walk.step()

    setting.read(lambda r: counted(r, setting))
    assert all(one <= other for one, other in pairwise(walk.versions))
    assert len(setting.read(lambda r: entries.flat(r, setting.site.seq, setting.story.seq, most=1000)))


@pytest.mark.parametrize("seed", range(2))
def test_every_case_that_waits_can_be_decided(database: Database, seed: int) -> None:
    setting = Setting(database, banned_words=["bilge"], flags_to_hide=2, schedule=[{"phase": "open"}])
    walk = Walk(setting, seed)
    for _ in range(STEPS):
        walk.step()

    while waiting := setting.read(lambda r: cases.queue(r, setting.site.seq)):
        comment = setting.read(lambda r, at=waiting[0].comment_seq: comments.by_seq(r, setting.site.seq, at))  # type: ignore[misc] # the default binds the loop's value
        setting.decide(comment, walk.chance.choice([Outcome.APPROVE, Outcome.REJECT]), now=walk.now)

    setting.read(lambda r: counted(r, setting))
