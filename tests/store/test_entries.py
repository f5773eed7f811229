"""What pages show of comments: in the order of publication, a page at a time, nothing skipped and nothing twice."""

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_story, after

from rejoinder.actions.delete_comment import delete_comment
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.tree import Entry, threads
from rejoinder.store import entries
from rejoinder.store.database import Database, Read


@pytest.fixture
def setting(either_database: Database) -> Setting:
    return Setting(either_database)


def ids(found: list[Entry]) -> list[int]:
    return [entry.comment.seq for entry in found]


def seqs(found: list[Comment]) -> list[int]:
    return [comment.seq for comment in found]


def test_roots_come_a_page_at_a_time_and_none_twice(setting: Setting) -> None:
    made = setting.write(lambda w: [a_comment(w, setting.story, setting.reader).comment for _ in range(45)])

    def pages(r: Read) -> list[list[int]]:
        found: list[list[Entry]] = [entries.roots(r, 1, setting.story.seq)]
        while found[-1]:
            last = found[-1][-1].comment.publish_seq or 0
            found.append(entries.roots(r, 1, setting.story.seq, after=last))
        return [ids(page) for page in found]

    walked = setting.read(pages)
    assert [len(page) for page in walked] == [20, 20, 5, 0]
    assert [seq for page in walked for seq in page] == seqs(made)


def test_the_first_replies_stand_below_each_root_and_the_rest_are_counted(setting: Setting) -> None:
    one, two, three = (setting.post() for _ in range(3))
    below_one = [setting.post(parent_id=one.id) for _ in range(12)]
    below_two = [setting.post(parent_id=two.id)]
    below_two.append(setting.post(parent_id=below_two[0].id))

    def page(r: Read) -> list[tuple[int, list[int], int]]:
        roots = entries.roots(r, 1, setting.story.seq)
        made = threads(roots, entries.first_replies(r, 1, roots))
        return [(each.root.comment.seq, ids(list(each.replies)), each.more) for each in made]

    assert setting.read(page) == [
        (one.seq, seqs(below_one[:10]), 2),
        (two.seq, seqs(below_two), 0),
        (three.seq, [], 0),
    ]
    assert ids(setting.read(lambda r: entries.replies_after(r, one, after=10))) == seqs(below_one[10:])


def test_twenty_roots_with_replies_are_one_page(setting: Setting) -> None:
    for root in [setting.post() for _ in range(20)]:
        setting.post(parent_id=root.id)

    roots = setting.read(lambda r: entries.roots(r, 1, setting.story.seq))

    assert len(setting.read(lambda r: entries.first_replies(r, 1, roots))) == 20


def test_no_roots_ask_nothing(setting: Setting) -> None:
    assert setting.read(lambda r: entries.first_replies(r, 1, [])) == []


def test_a_reply_tells_whom_it_answers(setting: Setting) -> None:
    other = setting.write(lambda w: a_commenter(w, setting.site, "mewanbaker"))
    root = setting.post()
    reply = setting.post(by=other, parent_id=root.id)

    entry = setting.read(lambda r: entries.one(r, 1, reply.id))

    assert entry is not None
    assert (entry.author.name, entry.to_name, entry.to_id) == ("mewanbaker", "northquay", root.id)


def test_what_waits_is_seen_by_its_writer_alone(either_database: Database) -> None:
    setting = Setting(either_database, newcomer_comments=1)
    waiting = setting.post()

    assert ids(setting.read(lambda r: entries.held_of(r, 1, setting.story.seq, setting.reader.seq))) == [waiting.seq]
    assert setting.read(lambda r: entries.held_of(r, 1, setting.story.seq, setting.editor.seq)) == []
    assert setting.read(lambda r: entries.flat(r, 1, setting.story.seq)) == []
    assert setting.read(lambda r: entries.roots(r, 1, setting.story.seq)) == []


def test_a_feed_has_no_markers_and_the_page_has(setting: Setting) -> None:
    gone, stays = setting.post(), setting.post()
    setting.decide(gone, Outcome.REJECT)

    assert ids(setting.read(lambda r: entries.flat(r, 1, setting.story.seq))) == seqs([gone, stays])
    assert ids(setting.read(lambda r: entries.published_after(r, 1, setting.story.seq))) == [stays.seq]


def test_a_deleted_root_without_a_marker_stays_for_a_reply_approved_later(either_database: Database) -> None:
    setting = Setting(either_database, newcomer_comments=1)
    root = setting.post(by=setting.editor)
    waiting = setting.post(parent_id=root.id)
    setting.write(lambda w: delete_comment(w, 1, root.id, commenter_seq=setting.editor.seq, now=after(hours=2)))

    setting.decide(waiting, Outcome.APPROVE)

    (entry,) = setting.read(lambda r: entries.roots(r, 1, setting.story.seq))
    assert (entry.comment.seq, entry.replies) == (root.seq, 1)


def test_another_storys_comments_are_not_shown(setting: Setting) -> None:
    other = setting.write(lambda w: a_story(w, setting.site, headline="Another story"))
    setting.write(lambda w: a_comment(w, other, setting.reader))

    assert setting.read(lambda r: entries.flat(r, 1, setting.story.seq)) == []


def test_a_renamed_persons_mention_has_the_name_of_now(setting: Setting) -> None:
    setting.post()
    spoken = setting.post("As @northquay said.", by=setting.editor)

    entry = setting.read(lambda r: entries.one(r, 1, spoken.id))

    assert entry is not None
    assert setting.read(lambda r: entries.mentioned_names(r, 1, [entry])) == {setting.reader.seq: "northquay"}


@pytest.mark.parametrize("number", [1, 20, 21])
def test_whether_a_comment_is_on_the_first_page_is_told(setting: Setting, number: int) -> None:
    made = setting.write(lambda w: [a_comment(w, setting.story, setting.reader).comment for _ in range(number)])

    assert setting.read(lambda r: entries.is_on_first_page(r, made[-1])) is (number <= 20)


def test_the_eleventh_reply_is_not_on_the_first_page(setting: Setting) -> None:
    root = setting.post()
    replies = [setting.post(parent_id=root.id) for _ in range(11)]

    assert [setting.read(lambda r, c=c: entries.is_on_first_page(r, c)) for c in replies[9:]] == [True, False]  # type: ignore[misc] # the default binds the loop's value
