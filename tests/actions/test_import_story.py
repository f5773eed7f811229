"""A story is imported with its comments: once, however often the file is given."""

from concurrent.futures import wait
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from tests.makers import NOON, Setting, after

from rejoinder.actions.import_story import Imported, ImportStory, import_story
from rejoinder.discussion.closing import Phase
from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import BadStory
from rejoinder.discussion.stories import Content, PublishedAtSource
from rejoinder.importers.record import CommentRecord, StoryRecord
from rejoinder.store import commenters, entries
from rejoinder.store.database import Database, Statement
from rejoinder.store.tables import comments as comment_rows

CONTENT = Content(headline="Bridge stays shut until spring", paragraphs=("The crossing is closed to lorries.",))


def said(name: str, text: str, *, hours: float = 1, **known: Any) -> CommentRecord:
    return CommentRecord(name=name, text=text, written_at=after(hours=hours), **known)


TALK = (
    said("Northquay", "Who pays for it?", hours=1),
    said("Mewan Baker", "@Northquay: we do, as always.", hours=2),
    said("Northquay", "Then I want a receipt.", hours=3),
    said("Oldharbour", "@northquay - ask @Mewan Baker for it.", hours=4),
)


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def take(setting: Setting, *comments: CommentRecord, **known: Any) -> Imported:
    values: dict[str, Any] = {
        "content": CONTENT,
        "published_at": NOON,
        "published_at_source": PublishedAtSource.PAGE,
    } | known
    order = ImportStory(site_seq=1, record=StoryRecord(comments=comments, **values), source="saved-page.txt")
    return setting.write(lambda w: import_story(w, order, now=after(days=400)))


def shown(setting: Setting, imported: Imported) -> list[Any]:
    return setting.read(lambda r: entries.flat(r, 1, imported.story.seq, most=1000))


def test_comments_are_published_in_their_order_with_their_times(setting: Setting) -> None:
    imported = take(setting, *TALK)

    found = shown(setting, imported)
    assert [entry.author.name for entry in found] == ["Northquay", "Mewan Baker", "Northquay", "Oldharbour"]
    assert [entry.comment.published_at for entry in found] == [after(hours=n) for n in (1, 2, 3, 4)]
    assert {entry.comment.status for entry in found} == {Status.PUBLISHED}
    assert (imported.comments_added, imported.story.published_count) == (4, 4)


def test_the_same_file_again_changes_nothing(setting: Setting) -> None:
    first = take(setting, *TALK)

    again = take(setting, *TALK)

    assert again == Imported(story=first.story, is_new=False, is_changed=False, comments_added=0, comments_present=4)
    assert len(shown(setting, again)) == 4


def test_a_later_copy_of_the_page_adds_what_came_since(setting: Setting) -> None:
    take(setting, *TALK[:2])

    later = take(setting, *TALK)

    assert (later.comments_added, later.comments_present, later.is_new, later.is_changed) == (2, 2, False, True)
    assert later.story.published_count == 4


def test_the_same_words_twice_on_one_page_are_two_comments(setting: Setting) -> None:
    twice = said("Northquay", "Who pays for it?")

    take(setting, twice, twice)

    assert take(setting, twice, twice).comments_present == 2


def test_an_at_name_at_the_head_answers_the_latest_comment_of_that_name(setting: Setting) -> None:
    imported = take(setting, *TALK)

    first, reply, _third, last = shown(setting, imported)
    assert (reply.to_id, reply.comment.depth) == (first.comment.id, 1)
    assert last.to_id is None  # no colon: spoken to, not answered
    assert len(last.mentions) == 2


def test_an_explicit_parent_wins_over_a_name(setting: Setting) -> None:
    imported = take(
        setting,
        said("Northquay", "One.", key="a"),
        said("Northquay", "Two.", hours=2, key="b"),
        said("Mewan Baker", "@Northquay: about the first.", hours=3, key="c", parent_key="a"),
    )

    found = shown(setting, imported)
    assert found[2].to_id == found[0].comment.id


def test_a_name_that_nobody_has_is_only_text(setting: Setting) -> None:
    imported = take(setting, said("Northquay", "@Nobody: are you there?"))

    (entry,) = shown(setting, imported)
    assert (entry.to_id, entry.mentions) == (None, ())
    assert "@Nobody" in entry.comment.html


def test_imported_names_are_unclaimed_one_for_each_and_nobody_can_take_them(setting: Setting) -> None:
    take(setting, *TALK)

    person = setting.read(lambda r: commenters.unclaimed(r, 1, "northquay"))
    assert person is not None
    assert (person.account_seq, person.name) == (None, "Northquay")
    assert setting.read(lambda r: commenters.name_is_taken(r, 1, "mewanbaker"))


def test_an_imported_name_is_not_a_reader_of_the_same_name(setting: Setting) -> None:
    reader = setting.read(lambda r: commenters.by_seq(r, 1, setting.reader.seq))

    imported = take(setting, said(reader.name, "From long ago."))

    (entry,) = shown(setting, imported)
    assert entry.author.seq != reader.seq
    assert not entry.author.has_account


def test_what_the_desk_removed_does_not_come_back(setting: Setting) -> None:
    imported = take(setting, *TALK)
    setting.decide(shown(setting, imported)[0].comment, Outcome.REJECT)

    again = take(setting, *TALK)

    assert again.comments_added == 0
    assert again.story.published_count == 3


def test_a_page_that_says_it_is_closed_was_closed_by_its_last_comment(setting: Setting) -> None:
    imported = take(setting, *TALK, closed=True)

    assert imported.story.standing(after(hours=3)).takes_comments
    assert imported.story.standing(after(hours=4)).phase is Phase.READ_ONLY


def test_a_closed_page_without_any_time_is_closed_all_the_same(setting: Setting) -> None:
    imported = take(setting, closed=True, published_at=None, published_at_source=None)

    assert imported.story.standing(after(days=400)).phase is Phase.READ_ONLY


def test_hostile_words_from_a_page_are_cleaned_like_anybodys(setting: Setting) -> None:
    imported = take(setting, said("Bad\u202eActor", "<script>alert(1)</script>\x00\ud800 and more"))

    (entry,) = shown(setting, imported)
    assert entry.author.name == "BadActor"
    assert "<script" not in entry.comment.html
    assert entry.comment.text == "<script>alert(1)</script> and more"


def test_hundreds_of_comments_are_taken_at_once(setting: Setting) -> None:
    imported = take(setting, *(said(f"Reader {n % 40}", f"Remark {n}.", hours=n) for n in range(400)))

    assert imported.comments_added == 400
    assert [entry.comment.publish_seq for entry in shown(setting, imported)] == list(range(1, 401))


def test_a_page_in_which_the_newest_stands_first_is_read_from_its_end(setting: Setting) -> None:
    imported = take(setting, *reversed(TALK))

    found = shown(setting, imported)
    assert [entry.comment.published_at for entry in found] == [after(hours=n) for n in (1, 2, 3, 4)]
    assert found[1].to_id == found[0].comment.id


def test_imported_comments_have_a_language_too(setting: Setting) -> None:
    french = said("Northquay", "Le bateau est plein et il ne part pas avec nous.", hours=5)
    take(setting, *TALK[:1], french, content=replace(CONTENT, language="de"))

    languages = Statement(select(comment_rows.c.language).order_by(comment_rows.c.seq))
    assert [row[0] for row in setting.read(lambda r: r.rows(languages))] == ["de", "fr"]


def test_a_page_without_a_headline_is_refused_and_nothing_kept(setting: Setting) -> None:
    with pytest.raises(BadStory):
        take(setting, *TALK, content=Content(headline=""))

    assert setting.read(lambda r: commenters.unclaimed(r, 1, "oldharbour")) is None


def test_one_file_given_eight_times_at_once_is_taken_once(either_database: Database) -> None:
    Setting(either_database)
    record = StoryRecord(content=CONTENT, published_at=NOON, comments=TALK)
    order = ImportStory(site_seq=1, record=record, source="saved-page.txt")

    futures = [either_database.write(lambda w: import_story(w, order, now=after(days=1))) for _ in range(8)]
    wait(futures, timeout=30)

    assert sorted(future.result().comments_added for future in futures) == [0] * 7 + [4]


def test_a_reply_that_claims_to_be_older_than_its_parent_stands_below_it_all_the_same(setting: Setting) -> None:
    imported = take(
        setting,
        said("Northquay", "Who pays?", hours=2, key="a"),
        said("Mewan Baker", "We do.", hours=1, key="b", parent_key="a"),
    )

    assert [entry.comment.depth for entry in shown(setting, imported)] == [0, 1]
