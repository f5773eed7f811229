"""Reading order: each reply after its parent and before its parent's next reply."""

from tests.discussion.nouns import comment, entry

from rejoinder.discussion.comments import Status
from rejoinder.discussion.tree import Entry, in_reading_order, threads


def reply(seq: int, parent: int, *, root: int = 1, status: Status = Status.PUBLISHED) -> Entry:
    return entry(comment(seq, parent_seq=parent, root_seq=root, status=status))


def seqs(entries: list[Entry] | tuple[Entry, ...]) -> list[int]:
    return [each.comment.seq for each in entries]


def test_answers_stand_below_what_they_answer_in_the_order_of_publication() -> None:
    replies = [reply(2, 1), reply(3, 1), reply(4, 2), reply(5, 4), reply(6, 1), reply(7, 2)]

    assert seqs(in_reading_order(replies)) == [2, 4, 5, 7, 3, 6]


def test_a_reply_whose_parent_is_not_on_the_page_begins_a_branch() -> None:
    assert seqs(in_reading_order([reply(5, 4), reply(6, 5), reply(7, 1)])) == [5, 6, 7]


def test_a_chain_of_ten_thousand_is_ordered() -> None:
    chain = [reply(seq, seq - 1) for seq in range(2, 10_002)]

    assert seqs(in_reading_order(chain)) == list(range(2, 10_002))


def test_each_root_has_its_own_replies_and_the_number_of_those_to_come() -> None:
    roots = [entry(comment(1), replies=5), entry(comment(2)), entry(comment(3), replies=1)]
    replies = [reply(4, 1), reply(5, 3, root=3), reply(6, 4), reply(7, 1, status=Status.REMOVED)]

    made = threads(roots, replies)

    assert [seqs(thread.replies) for thread in made] == [[4, 6, 7], [], [5]]
    assert [thread.more for thread in made] == [3, 0, 0]


def test_nothing_gives_nothing() -> None:
    assert threads([], []) == []
