"""Posting: published, held, refused; never twice."""

from concurrent.futures import wait
from uuid import uuid4

import pytest
from sqlalchemy import select
from tests.makers import NOON, Setting, a_comment, a_commenter, a_story, after

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.post_comment import Post, post_comment
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import (
    Banned,
    BlankText,
    ParentElsewhere,
    Repeated,
    StoryClosed,
    TooFast,
    TooLong,
    UnknownParent,
    UnknownStory,
)
from rejoinder.discussion.stories import Story
from rejoinder.store import cases, commenters, entries, stories
from rejoinder.store.database import Database, Statement, Write
from rejoinder.store.tables import comments as comment_rows


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def test_a_comment_is_published_and_counted(setting: Setting) -> None:
    posted = setting.database.write(lambda w: a_comment(w, setting.story, setting.reader)).result()

    story = setting.database.read(lambda r: stories.by_seq(r, setting.site.seq, setting.story.seq)).result()
    assert posted.comment.status is Status.PUBLISHED
    assert (story.published_count, story.version) == (1, setting.story.version + 1)
    assert posted.version == story.version


def test_a_reply_stands_below_its_root_with_whom_it_answers(setting: Setting) -> None:
    def talk(w: Write) -> tuple[Comment, Comment]:
        root = a_comment(w, setting.story, setting.reader).comment
        other = a_commenter(w, setting.site, "mewanbaker")
        reply = a_comment(w, setting.story, other, parent_id=root.id).comment
        return root, a_comment(w, setting.story, setting.reader, parent_id=reply.id).comment

    root, deepest = setting.database.write(talk).result()

    found = setting.database.read(lambda r: entries.roots(r, setting.site.seq, setting.story.seq)).result()
    below = setting.database.read(lambda r: entries.first_replies(r, setting.site.seq, found)).result()
    assert [entry.comment.id for entry in found] == [root.id]
    assert found[0].replies == 2
    assert [entry.to_name for entry in below] == ["northquay", "mewanbaker"]
    assert below[-1].comment.id == deepest.id
    assert deepest.depth == 2


def test_an_at_name_at_the_head_answers_the_latest_comment_of_that_name(setting: Setting) -> None:
    def talk(w: Write) -> tuple[Comment, Comment]:
        a_comment(w, setting.story, setting.reader)
        latest = a_comment(w, setting.story, setting.reader).comment
        other = a_commenter(w, setting.site, "mewanbaker")
        return latest, a_comment(w, setting.story, other, "@northquay: where is that from?").comment

    latest, reply = setting.database.write(talk).result()

    assert reply.parent_seq == latest.seq


def test_a_newcomer_is_held_and_a_case_opened(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1)

    posted = database.write(lambda w: a_comment(w, setting.story, setting.reader)).result()

    waiting = database.read(lambda r: cases.queue(r, setting.site.seq)).result()
    assert posted.comment.status is Status.PENDING
    assert [case.findings[0].check for case in waiting] == ["newcomer"]


def test_a_double_submit_gets_the_first_back(setting: Setting) -> None:
    first = setting.database.write(lambda w: a_comment(w, setting.story, setting.reader, "The same words.")).result()

    again = setting.database.write(lambda w: a_comment(w, setting.story, setting.reader, "The same words!")).result()

    assert again.again
    assert again.comment.id == first.comment.id


def test_sixteen_submits_at_once_make_one_comment(either_database: Database) -> None:
    setting = Setting(either_database)

    futures = [
        either_database.write(lambda w: a_comment(w, setting.story, setting.reader, "Posted by a nervous finger."))
        for _ in range(16)
    ]
    wait(futures, timeout=30)

    assert len({future.result().comment.id for future in futures}) == 1
    story = either_database.read(lambda r: stories.by_seq(r, setting.site.seq, setting.story.seq)).result()
    assert story.published_count == 1


def test_sixteen_writers_are_all_placed_without_a_gap(either_database: Database) -> None:
    setting = Setting(either_database)
    people = either_database.write(lambda w: [a_commenter(w, setting.site, f"reader {n}") for n in range(16)]).result()

    futures = [
        either_database.write(lambda w, p=p: a_comment(w, setting.story, p))  # type: ignore[misc] # the default binds the loop's value
        for p in people
        for _ in range(5)
    ]
    wait(futures, timeout=60)

    shown = either_database.read(lambda r: entries.flat(r, setting.site.seq, setting.story.seq, most=100)).result()
    assert [entry.comment.publish_seq for entry in shown] == list(range(1, 81))


def test_the_same_text_under_another_story_is_a_repetition(setting: Setting) -> None:
    other = setting.database.write(lambda w: a_story(w, setting.site, headline="Another story")).result()
    setting.database.write(lambda w: a_comment(w, setting.story, setting.reader, "Winter tyres, see my page")).result()

    with pytest.raises(Repeated):
        setting.database.write(lambda w: a_comment(w, other, setting.reader, "Winter tyres: see my page")).result()


@pytest.mark.parametrize(("rule", "status"), [("held", Status.PENDING), ("taken", Status.PUBLISHED)])
def test_the_same_text_under_another_story_may_be_held_or_taken(database: Database, rule: str, status: Status) -> None:
    setting = Setting(database, same_elsewhere=rule)
    other = setting.write(lambda w: a_story(w, setting.site, headline="Another"))
    setting.post("Nine boats.")

    again = setting.write(lambda w: a_comment(w, other, setting.reader, "Nine boats.")).comment

    assert again.status is status
    with pytest.raises(Repeated):
        setting.write(lambda w: a_comment(w, other, setting.reader, "Nine boats.", now=after(hours=2)))


def test_who_takes_more_than_their_share_of_a_storys_last_comments_is_held(either_database: Database) -> None:
    setting = Setting(either_database, flood_most=2, flood_among=4)
    other = setting.write(lambda w: a_commenter(w, setting.site, "tidewatcher"))

    mine = [setting.post().status for _ in range(3)]
    theirs = [setting.post(by=other).status for _ in range(2)]

    assert mine == [Status.PUBLISHED, Status.PUBLISHED, Status.PENDING]
    assert theirs == [Status.PUBLISHED, Status.PUBLISHED]
    assert setting.post().status is Status.PUBLISHED  # one of the last four, and the new one


PASTED = "The harbour board must publish its figures before it takes the early boat away from those who need it."


def test_what_more_people_post_alike_than_may_is_held_wherever_they_post_it(either_database: Database) -> None:
    setting = Setting(either_database, same_text_people=2, same_text_hours=3)
    other = setting.write(lambda w: a_story(w, setting.site, headline="Another"))
    people = setting.write(lambda w: [a_commenter(w, setting.site, f"reader {number}") for number in range(4)])

    def post(number: int, text: str = PASTED, *, under: Story = other, hours: float = 1) -> Comment:
        return setting.write(lambda w: a_comment(w, under, people[number], text, now=after(hours=hours))).comment

    first, second = post(0), post(1, PASTED.upper())
    third = post(2, f"{PASTED} Please!", under=setting.story, hours=2)
    late = post(3, hours=6)  # the others are too long ago

    assert [each.status for each in (first, second, third, late)] == [Status.PUBLISHED] * 2 + [
        Status.PENDING,
        Status.PUBLISHED,
    ]
    (case,) = setting.read(lambda r: cases.queue(r, setting.site.seq))
    (finding,) = case.findings
    assert (finding.check, finding.rule, finding.set_at) == ("same-text", "same_text_people", "site")
    assert finding.data == {"people": 3, "since": after(hours=1).isoformat(), "limit": 2}


def test_thanks_and_ones_own_words_again_are_nobodys_campaign(database: Database) -> None:
    setting = Setting(database, same_text_people=1, repeat_window=0)
    people = setting.write(lambda w: [a_commenter(w, setting.site, f"reader {number}") for number in range(3)])

    thanks = [setting.post("Thank you for this article!", by=person).status for person in people]
    again = [setting.post(PASTED, now=after(hours=hours)).status for hours in (1, 2, 3)]

    assert {*thanks, *again} == {Status.PUBLISHED}


def test_only_where_editors_read_afterwards_a_comment_is_to_be_looked_at(database: Database) -> None:
    setting = Setting(database)
    seen = Statement(select(comment_rows.c.reviewed_at.is_not(None)).order_by(comment_rows.c.seq))
    setting.post()
    setting.write(
        lambda w: change_site_rules(w, setting.site.seq, {"mode": "reactive", "links": 0}, by_seq=None, now=NOON)
    )
    setting.post()
    held = setting.post("See https://a.example")

    assert held.status is Status.PENDING
    assert [bool(row[0]) for row in setting.read(lambda r: r.rows(seen))] == [False, True, False]


@pytest.mark.parametrize(("article", "language"), [(None, "en"), ("de-AT", "de"), ("FR", "fr")])
def test_a_comments_language_is_what_it_says_or_else_its_storys_or_else_its_sites(
    database: Database, article: str | None, language: str
) -> None:
    setting = Setting(database)
    story = setting.write(lambda w: a_story(w, setting.site, language=article))
    for text in ("Le bateau est plein et il ne part pas avec nous.", "Ok."):
        setting.write(lambda w, text=text: a_comment(w, story, setting.reader, text))  # type: ignore[misc] # the default binds the loop's value

    found = setting.read(lambda r: r.rows(Statement(select(comment_rows.c.language).order_by(comment_rows.c.seq))))

    assert [row[0] for row in found] == ["fr", language]


def test_a_comment_typed_too_long_is_judged_by_its_arrival(setting: Setting) -> None:
    last_moment = after(days=14, seconds=-1)
    setting.database.write(lambda w: a_comment(w, setting.story, setting.reader, now=last_moment)).result()

    with pytest.raises(StoryClosed):
        setting.database.write(lambda w: a_comment(w, setting.story, setting.reader, now=after(days=14))).result()


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u3164", "\u202e\x00"])
def test_a_blank_text_is_refused(setting: Setting, text: str) -> None:
    post = Post(site_seq=1, story_seq=setting.story.seq, commenter_seq=setting.reader.seq, text=text)

    with pytest.raises(BlankText):
        setting.database.write(lambda w: post_comment(w, post, now=NOON)).result()


def test_too_long_a_text_is_refused_with_the_figures(setting: Setting) -> None:
    with pytest.raises(TooLong) as refused:
        setting.database.write(lambda w: a_comment(w, setting.story, setting.reader, "x" * 5001)).result()

    assert refused.value.data == {"limit": 5000, "length": 5001}


def test_an_unknown_parent_is_refused(setting: Setting) -> None:
    with pytest.raises(UnknownParent):
        setting.database.write(lambda w: a_comment(w, setting.story, setting.reader, parent_id=uuid4())).result()


def test_a_parent_under_another_story_is_refused(setting: Setting) -> None:
    def answer_elsewhere(w: Write) -> None:
        root = a_comment(w, a_story(w, setting.site, headline="Another story"), setting.reader).comment
        a_comment(w, setting.story, setting.reader, parent_id=root.id)

    with pytest.raises(ParentElsewhere):
        setting.database.write(answer_elsewhere).result()


def test_a_story_that_vanished_is_refused(setting: Setting) -> None:
    post = Post(site_seq=setting.site.seq, story_seq=999, commenter_seq=setting.reader.seq, text="Hello there.")

    with pytest.raises(UnknownStory):
        setting.database.write(lambda w: post_comment(w, post, now=NOON)).result()


def test_a_banned_commenter_is_told_why(setting: Setting) -> None:
    setting.database.write(
        lambda w: commenters.set_ban(w, setting.reader, since=NOON, why="Advertising, after a warning.")
    ).result()

    with pytest.raises(Banned, match="Advertising"):
        setting.database.write(lambda w: a_comment(w, setting.story, setting.reader)).result()


def test_too_many_in_a_minute_are_told_how_long_to_wait(database: Database) -> None:
    setting = Setting(database, posts_per_minute=2)
    for seconds in (0, 10):
        moment = after(hours=1, seconds=seconds)
        database.write(lambda w, m=moment: a_comment(w, setting.story, setting.reader, now=m)).result()  # type: ignore[misc] # the default binds the loop's value

    moment = after(hours=1, seconds=20)
    with pytest.raises(TooFast) as refused:
        database.write(lambda w: a_comment(w, setting.story, setting.reader, now=moment)).result()

    assert refused.value.data == {"seconds": 40}


def test_what_is_given_back_is_what_is_stored(setting: Setting) -> None:
    root = setting.post()
    reply = setting.post(parent_id=root.id)

    assert (setting.again(root), setting.again(reply)) == (root, reply)


def test_an_at_name_whose_comment_was_removed_is_only_spoken_to(setting: Setting) -> None:
    setting.decide(setting.post(), Outcome.REJECT)

    comment = setting.post("@northquay: I saw that.", by=setting.editor)

    assert comment.parent_seq is None


@pytest.mark.parametrize("text", ["@a1 " * 1200, " ".join(f"@{n} b c d" for n in range(20_000))])
def test_a_text_of_nothing_but_at_names_breaks_nothing(either_database: Database, text: str) -> None:
    setting = Setting(either_database, longest=1_000_000)

    hostile = either_database.write(lambda w: a_comment(w, setting.story, setting.reader, text))
    neighbour = either_database.write(lambda w: a_comment(w, setting.story, setting.editor))

    assert hostile.result().comment.text == text.strip()
    assert neighbour.result().comment.publish_seq is not None
