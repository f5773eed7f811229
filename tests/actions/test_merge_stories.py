"""Two discussions become one and are parted again, exactly, on both stores."""

from concurrent.futures import wait
from typing import Any

import pytest
from sqlalchemy import Table, select, update
from tests.makers import Setting, a_comment, a_commenter, a_flag, a_story, after

from rejoinder.actions.merge_stories import merge_stories, part_stories
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion import merging
from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.merging import Merge
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import (
    AlreadyMerged,
    MergedFurther,
    MergeUndone,
    NotAllowed,
    Refusal,
    SameStory,
    TooManyToMerge,
    UnknownMerge,
)
from rejoinder.discussion.stories import Content, Story
from rejoinder.store import comments as comment_store
from rejoinder.store import entries, soundness, stories, tables
from rejoinder.store.database import Database, Statement, Write
from rejoinder.store.values import new_id

MOVED = ("comments", "story_addresses", "follows", "cases", "notifications", "flags", "decisions", "stories")
FOLLOW = Statement.insert(tables.follows, "site_seq", "commenter_seq", "story_seq", "root_seq", "created_at")
PASSING = {("stories", "version"), ("stories", "publish_seq"), ("follows", "seq")}  # these only rise


class Two(Setting):
    """A setting with a second story, whose discussion is to become part of the first."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.other = self.write(lambda w: a_story(w, self.site, headline="Winter ferry decided"))
        self.friend = self.write(lambda w: a_commenter(w, self.site, "southpier"))

    def add(self, text: str | None = None, *, story: Story | None = None, **known: Any) -> Comment:
        return self.write(lambda w: a_comment(w, story or self.other, self.friend, text, **known)).comment

    def merge(self, one: Story | None = None, into: Story | None = None, *, by: int | None = None) -> Merge:
        one, into = one or self.other, into or self.story
        by_seq = by or self.editor.seq
        return self.write(
            lambda w: merge_stories(w, self.site.seq, one.seq, into.seq, by_seq=by_seq, now=after(hours=3))
        )

    def part(self, merge: Merge) -> Story:
        return self.write(
            lambda w: part_stories(w, self.site.seq, merge.id, by_seq=self.editor.seq, now=after(hours=4))
        )

    def now(self, story: Story) -> Story:
        return self.read(lambda r: stories.by_seq(r, self.site.seq, story.seq))

    def shown(self, story: Story) -> list[str]:
        """The texts of a story's discussion as a flat page has them."""
        return [
            entry.comment.text for entry in self.read(lambda r: entries.flat(r, self.site.seq, story.seq, most=100))
        ]

    def everything(self) -> dict[str, Any]:
        """Every row that a merging touches, but for what only ever rises."""
        return {name: self.rows(tables.metadata.tables[name]) for name in MOVED}

    def rows(self, table: Table) -> Any:
        kept = [column for column in table.c if (table.name, column.name) not in PASSING]
        return sorted(map(tuple, self.read(lambda r: r.rows(Statement(select(*kept))))), key=repr)

    def follow(self, who: int, story: Story, *, root: int = 0) -> None:
        self.write(
            lambda w: w.run(
                FOLLOW, site_seq=self.site.seq, commenter_seq=who, story_seq=story.seq, root_seq=root, created_at=1
            )
        )


@pytest.fixture
def two(either_database: Database) -> Two:
    return Two(either_database)


@pytest.fixture
def quick(database: Database) -> Two:
    """The same on SQLite alone."""
    return Two(database)


def hold(two: Two, story: Story, text: str) -> Comment:
    links = " ".join(f"https://ferry.example/{number}" for number in range(3))
    return two.add(f"{text} {links}", story=story)


def test_comments_stand_after_those_of_the_target_in_their_order(two: Two) -> None:
    two.post("First here.")
    two.add("First there.")
    two.post("Second here.")
    second = two.add("Second there.")
    two.add("Answer there.", parent_id=second.id)

    two.merge()

    assert two.shown(two.story) == ["First here.", "Second here.", "First there.", "Second there.", "Answer there."]
    assert two.shown(two.other) == []
    assert (two.now(two.story).published_count, two.now(two.other).published_count) == (5, 0)
    assert two.now(two.other).merged_into == two.story.seq
    assert two.read(lambda r: soundness.miscounted(r, most=10)) == []


def test_a_cursor_of_the_target_goes_on_where_it_was(two: Two) -> None:
    two.post("First here.")
    before = two.now(two.story).publish_seq
    two.add("First there.")

    two.merge()

    following = two.read(lambda r: entries.flat(r, two.site.seq, two.story.seq, after=before))
    assert [entry.comment.text for entry in following] == ["First there."]


def test_its_addresses_lead_to_the_target(two: Two) -> None:
    address = two.other.canonical_url or ""

    two.merge()

    def found(publisher_id: str | None, *keys: str) -> int | None:
        story = two.read(lambda r: stories.by_identity(r, two.site.seq, publisher_id=publisher_id, keys=keys))
        return story.seq if story else None

    assert found(None, address_key(address)) == two.story.seq
    again = NewStory(content=Content(headline="Winter ferry decided"), canonical_url=address)
    assert two.write(lambda w: publish_story(w, two.site.seq, again, now=after(hours=4))).story.seq == two.story.seq


def test_the_publisher_s_id_of_a_merged_story_leads_to_the_target(quick: Two) -> None:
    named = quick.write(lambda w: a_story(w, quick.site, publisher_id="A-17"))

    quick.merge(named)

    story = quick.read(lambda r: stories.by_identity(r, quick.site.seq, publisher_id="A-17", keys=()))
    assert story is not None
    assert story.seq == quick.story.seq


def a_discussion(two: Two) -> None:
    """Comments of every kind under both stories, with what is found by them."""
    root = two.post("First here.")
    two.post("Answer here.", parent_id=root.id)
    first = two.add("First there.")
    two.add("Answer there.", parent_id=first.id)
    hold(two, two.other, "Held there.")
    hold(two, two.story, "Held here.")
    removed = two.add("Removed there.")
    two.decide(removed, Outcome.REJECT)
    two.write(lambda w: a_flag(w, first, device=1))
    two.follow(two.reader.seq, two.other)
    two.follow(two.friend.seq, two.other)
    two.follow(two.friend.seq, two.story)
    two.follow(two.editor.seq, two.other, root=first.seq)
    two.write(lambda w: _count_followers(w, two))


def _count_followers(w: Write, two: Two) -> None:
    for story, number in ((two.story, 1), (two.other, 3)):
        w.run(Statement(update(tables.stories).where(tables.stories.c.seq == story.seq).values(followers=number)))


def test_parting_leaves_every_row_as_it_was(two: Two) -> None:
    a_discussion(two)
    before = two.everything()

    merge = two.merge()
    assert two.everything() != before
    two.part(merge)

    assert two.everything() == before
    assert two.read(lambda r: soundness.miscounted(r, most=10)) == []


def test_who_followed_follows_the_target(two: Two) -> None:
    a_discussion(two)

    two.merge()

    def under(story: Story) -> int:
        return sum(row[2] == story.seq for row in two.rows(tables.follows))

    assert (under(two.other), under(two.story)) == (0, 3)


def test_what_came_since_goes_with_its_thread(two: Two) -> None:
    root = two.add("First there.")
    held = hold(two, two.other, "Held there.")
    two.post("First here.")
    merge = two.merge()
    later = two.add("Answer since.", story=two.story, parent_id=root.id)
    two.post("Written here since.")
    two.decide(held, Outcome.APPROVE)

    parted = two.part(merge)

    assert two.shown(two.story) == ["First here.", "Written here since."]
    assert two.shown(parted) == ["First there.", "Answer since.", held.text]
    places = [two.again(each).publish_seq for each in (root, later, held)]
    assert places == [1, 2, 3]
    assert two.now(parted).publish_seq == 3
    assert two.add("After all.").publish_seq == 4
    assert two.read(lambda r: soundness.miscounted(r, most=10)) == []


def test_a_comment_sent_to_the_old_story_stands_under_the_target(two: Two) -> None:
    two.merge()

    sent = two.add("Sent to the old one.", slug=two.other.slug)

    assert sent.story_seq == two.story.seq


def test_the_same_imported_comment_under_both_is_kept_and_known(two: Two) -> None:
    ours, theirs = two.post("From the page."), two.add("From the page.")
    for each in (ours, theirs):
        keyed = update(tables.comments).where(tables.comments.c.seq == each.seq).values(import_key="k")
        two.write(lambda w, keyed=keyed: w.run(Statement(keyed)))  # type: ignore[misc] # binds the loop's value
    before = two.everything()

    merge = two.merge()
    found = two.read(lambda r: comment_store.by_import_key(r, two.site.seq, two.story.seq, "k"))
    two.part(merge)

    assert found is not None
    assert found.seq == ours.seq
    assert two.everything() == before


def test_a_target_without_a_time_takes_the_other_s_until_they_part(two: Two) -> None:
    undated = two.write(lambda w: a_story(w, two.site, published_at=None, published_at_source=None))

    merge = two.merge(into=undated)
    assert two.now(undated).published_at == two.other.published_at
    two.part(merge)

    assert two.now(undated).published_at is None


def test_mergings_are_undone_in_any_order_that_can_be(two: Two) -> None:
    third = two.write(lambda w: a_story(w, two.site, headline="A third"))
    two.add("Of the second.")
    two.add("Of the third.", story=third)
    before = two.everything()

    first = two.merge()
    second = two.merge(third)
    two.part(first)
    two.part(second)

    assert two.everything() == before


def test_a_story_that_was_merged_is_a_way_to_where_it_went(two: Two) -> None:
    third = two.write(lambda w: a_story(w, two.site, headline="A third"))
    two.merge()

    merge = two.merge(third, two.other)

    assert merge.into_seq == two.story.seq


def test_what_was_merged_further_is_parted_from_the_outside(quick: Two) -> None:
    third = quick.write(lambda w: a_story(w, quick.site, headline="A third"))
    quick.add("Of the second.")
    before = quick.everything()
    inner = quick.merge()
    outer = quick.merge(quick.story, third)

    with pytest.raises(MergedFurther):
        quick.part(inner)
    quick.part(outer)
    quick.part(inner)

    assert quick.everything() == before


def test_what_cannot_be_merged_is_refused_and_nothing_changes(quick: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        quick.add()
    before = quick.everything()

    with pytest.raises(SameStory):
        quick.merge(quick.story)
    with pytest.raises(NotAllowed):
        quick.merge(by=quick.reader.seq)
    monkeypatch.setattr(merging, "MOST", 2)
    with pytest.raises(TooManyToMerge):
        quick.merge()
    assert quick.everything() == before

    monkeypatch.setattr(merging, "MOST", 3)
    merge = quick.merge()
    with pytest.raises(AlreadyMerged):
        quick.merge()
    with pytest.raises(SameStory):
        quick.merge(quick.story, quick.other)
    quick.part(merge)
    with pytest.raises(MergeUndone):
        quick.part(merge)
    with pytest.raises(UnknownMerge):
        quick.write(lambda w: part_stories(w, quick.site.seq, new_id(), by_seq=quick.editor.seq, now=after(hours=5)))


def test_both_stories_have_a_new_version(quick: Two) -> None:
    quick.merge()

    assert quick.now(quick.story).version == quick.story.version + 1
    assert quick.now(quick.other).version == quick.other.version + 1


def test_two_who_merge_at_once_do_it_once(two: Two) -> None:
    """Each the other way round: one is first, and the second finds that it is one discussion now."""
    two.add("There.")
    two.post("Here.")
    ways = [(two.other, two.story), (two.story, two.other)] * 4

    def merge(one: Story, into: Story) -> Any:
        return two.database.write(
            lambda w: merge_stories(w, two.site.seq, one.seq, into.seq, by_seq=two.editor.seq, now=after(hours=3))
        )

    running = [merge(*way) for way in ways]
    wait(running)

    done = [each for each in running if each.exception() is None]
    assert len(done) == 1
    assert all(isinstance(each.exception(), Refusal) for each in running if each not in done)
    assert sum(two.now(each).published_count for each in (two.story, two.other)) == 2


def test_who_posts_while_stories_are_merged_is_counted_where_they_stand(two: Two) -> None:
    people = [two.write(lambda w, n=n: a_commenter(w, two.site, f"reader {n}")) for n in range(8)]  # type: ignore[misc] # binds the loop's value
    running: list[Any] = []
    for number, reader in enumerate(people):
        story = two.other if number % 2 else two.story
        running.append(two.database.write(lambda w, s=story, r=reader: a_comment(w, s, r)))  # type: ignore[misc] # as above
        if number == 3:
            running.append(
                two.database.write(
                    lambda w: merge_stories(
                        w, two.site.seq, two.other.seq, two.story.seq, by_seq=two.editor.seq, now=after(hours=3)
                    )
                )
            )
    wait(running)

    assert [each.exception() for each in running] == [None] * 9
    assert two.now(two.story).published_count == 8
    assert len(two.shown(two.story)) == 8
    assert two.read(lambda r: soundness.miscounted(r, most=10)) == []


def test_a_decision_taken_while_a_comment_moves_counts_it_once(two: Two) -> None:
    held = hold(two, two.other, "Held there.")
    merging_now = two.database.write(
        lambda w: merge_stories(
            w, two.site.seq, two.other.seq, two.story.seq, by_seq=two.editor.seq, now=after(hours=3)
        )
    )
    two.decide(held, Outcome.APPROVE)
    merging_now.result()

    assert two.again(held).status is Status.PUBLISHED
    assert two.read(lambda r: soundness.miscounted(r, most=10)) == []
