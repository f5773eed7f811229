"""Full-text search on both databases: it finds what is there now, never what was erased; nothing typed is syntax."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from tests.makers import Setting, a_comment, a_commenter, a_site, a_story, after

from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.leave import Leaving, Rest, erase_part, leave
from rejoinder.actions.rename import rename
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.searching import search_for
from rejoinder.store import commenters, search, stories
from rejoinder.store.database import SQLITE, Database, Write
from rejoinder.store.narrowing import Narrowed

MANY = 300  # comments: more than are entered into SQLite's index at once, and then some that are not


def found(setting: Setting, typed: str, **known: object) -> list[str]:
    """The texts of what the words are found in, the newest first."""
    from rejoinder.store import comments  # noqa: PLC0415 - of use here alone

    asked = search_for(typed)
    seqs = setting.read(lambda r: search.comments_with(r, setting.site.seq, asked, **known))  # type: ignore[arg-type] # a test's shorthand
    known_texts = setting.read(lambda r: comments.by_seqs(r, setting.site.seq, seqs))
    return [known_texts[seq].text for seq in seqs]


@pytest.fixture
def setting(either_database: Database) -> Setting:
    """A site with a story."""
    return Setting(either_database, edit_window=3600)


def test_words_are_found_wherever_they_stand_without_case_and_accents(setting: Setting) -> None:
    setting.post("The winter ferry was late.")
    setting.post("Die FÄHRE im Winter.")
    setting.post("Nobody said anything.")

    assert found(setting, "winter") == ["Die FÄHRE im Winter.", "The winter ferry was late."]
    assert found(setting, "fahre") == found(setting, "Fähre") == ["Die FÄHRE im Winter."]
    assert found(setting, '"winter ferry"') == ["The winter ferry was late."]
    assert found(setting, "winter -ferry") == ["Die FÄHRE im Winter."]
    assert found(setting, "fer*") == ["The winter ferry was late."]


@pytest.mark.parametrize(
    "text",
    [
        "See https://tyres.example/winter_sale?a=1 now",
        "A well-known e-mail: sales@tyres.example",
        "كل صباح أركب العبّارة من الجزيرة",
        "Ünïted St. John's, 5550134; 3.5%",
        "снег идёт, Йод",
    ],
)
def test_every_word_of_a_text_finds_it(setting: Setting, text: str) -> None:
    setting.post(text)

    words = text.split()

    assert [word for word in words if found(setting, word) != [text]] == []


def test_many_are_found_in_order_a_page_at_a_time(setting: Setting) -> None:
    people = setting.write(lambda w: [a_commenter(w, setting.site, f"reader {n}") for n in range(10)])
    setting.write(
        lambda w: [a_comment(w, setting.story, people[n % 10], f"Remark {n} on the ferry.") for n in range(MANY)]
    )
    pages: list[int] = []
    before = search.END

    while page := setting.read(
        lambda r, b=before: search.comments_with(r, 1, search_for("ferry"), before=b, most=70)  # type: ignore[misc] # binds the loop's value
    ):
        pages += page
        before = page[-1]

    assert len(pages) == MANY
    assert pages == sorted(pages, reverse=True)
    assert found(setting, "remark 7") == ["Remark 7 on the ferry."]
    assert found(setting, "remark 299") == ["Remark 299 on the ferry."]


@pytest.mark.parametrize("later", [0, MANY])
def test_a_changed_text_is_found_by_its_new_words_alone(setting: Setting, later: int) -> None:
    comment = setting.post("The old walrus sings.")
    _many(setting, later)

    edit = Edit(
        site_seq=1,
        comment_id=comment.id,
        commenter_seq=setting.reader.seq,
        text="The new heron sings.",
        seen_revision=1,
    )
    setting.write(lambda w: edit_comment(w, edit, now=after(hours=1, minutes=1)))

    assert found(setting, "walrus") == []
    assert found(setting, "heron") == ["The new heron sings."]


@pytest.mark.parametrize("later", [0, MANY])
def test_what_was_erased_is_in_no_index(setting: Setting, later: int) -> None:
    leaver = setting.write(lambda w: a_commenter(w, setting.site, "walrusfriend"))
    setting.post("The walrus sings.", by=leaver)
    _many(setting, later)
    assert found(setting, "walrus") == ["The walrus sings."]

    setting.write(lambda w: _left(w, leaver))

    assert found(setting, "walrus") == []
    assert setting.read(lambda r: search.people_called(r, 1, search_for("walrusfriend"))) == []
    if setting.database.dialect is SQLITE:
        assert _entries_of("walrus", setting.database.path) == 0  # type: ignore[attr-defined] # SQLite's
        assert _entries_of("walrusfriend", setting.database.path) == 0  # type: ignore[attr-defined] # likewise


def test_people_are_found_by_the_name_they_have_now(setting: Setting) -> None:
    person = setting.write(lambda w: a_commenter(w, setting.site, "Ruth Ebbing"))
    assert _people(setting, "ebb*") == [person.seq]

    setting.write(lambda w: rename(w, person, name="Ruth Tiede", now=after(hours=2)))

    assert _people(setting, "ebbing") == []
    assert _people(setting, "tiede ruth") == [person.seq]


def test_stories_are_found_by_headline_and_standfirst(setting: Setting) -> None:
    other = setting.write(lambda w: a_story(w, setting.site, headline="A lamp for the quay"))

    def told(w: Write) -> None:
        story = stories.lock(w, 1, other.seq)
        content = type(story.content)(headline="A bell for the quay", standfirst="It rings at noon.")
        stories.set_content(w, story, content, now=after(hours=1))

    setting.write(told)

    assert _stories(setting, "lamp") == []
    assert _stories(setting, "bell noon") == [other.seq]
    assert _stories(setting, "ferry") == [setting.story.seq]


def test_another_site_is_not_looked_into(setting: Setting) -> None:
    other = setting.write(lambda w: a_site(w, key="gazette"))
    story = setting.write(lambda w: a_story(w, other))
    setting.write(lambda w: a_comment(w, story, a_commenter(w, other, "elsewhere"), "The walrus sings."))

    assert found(setting, "walrus") == []


def test_a_search_can_be_narrowed(setting: Setting) -> None:
    other = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    setting.post("The walrus sings here.")
    setting.post("The walrus sings there.", by=other)

    assert found(setting, "walrus", narrowed=Narrowed(commenter=other.id)) == ["The walrus sings there."]
    assert found(setting, "walrus", narrowed=Narrowed(story=setting.story.slug)) != []
    assert found(setting, "walrus", narrowed=Narrowed(section="sport")) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "'; DROP TABLE comments; --",
        '" OR rowid > 0 --',
        "text:secret* NEAR(a b, 2)",
        "a AND OR NOT",
        "NOT",
        '"""',
        "(((",
        "a' & !'b",
        "':* <-> |",
        "\\' \\x00 %s %(words)s :words",
        "ﷺ 𝔘𝔫𝔦 \u202e \ufeff",
        "{a b}: x + y ^z",
        "-" * 50,
        "*",
    ],
)
def test_whatever_is_typed_is_looked_for_and_nothing_else_happens(setting: Setting, hostile: str) -> None:
    setting.post("Nothing of the kind.")

    assert found(setting, hostile) == []
    assert _people(setting, hostile) == _stories(setting, hostile) == []
    assert found(setting, f"{hostile} zzz") == []
    assert found(setting, "kind") == ["Nothing of the kind."]


def _many(setting: Setting, number: int) -> None:
    setting.write(lambda w: [a_comment(w, setting.story, setting.editor, f"Remark {n}.") for n in range(number)])


def _left(w: Write, leaver: Commenter) -> None:
    assert leaver.account_seq is not None
    leave(w, Leaving(account_seq=leaver.account_seq, erase=True, called={1: "Former reader"}), now=after(hours=2))
    gone = commenters.by_seq(w, 1, leaver.seq)
    rest = Rest(site_seq=1, commenter_seq=leaver.seq, name=leaver.name, called=gone.name, erase=True)
    erase_part(w, rest, now=after(hours=2))


def _people(setting: Setting, typed: str) -> list[int]:
    return setting.read(lambda r: search.people_called(r, 1, search_for(typed)))


def _stories(setting: Setting, typed: str) -> list[int]:
    return setting.read(lambda r: search.stories_about(r, 1, search_for(typed)))


def _entries_of(word: str, path: Path) -> int:
    """In how many places a word stands in the indexes themselves (sqlite.org/fts5.html, the fts5vocab tables)."""
    connection = sqlite3.connect(path)
    try:
        counts = []
        for table in ("comments_words", "memberships_words", "stories_words"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.{table}_vocab USING fts5vocab(main, {table}, instance)")
            (count,) = connection.execute(f"SELECT count(*) FROM {table}_vocab WHERE term = ?", (word,)).fetchone()
            counts.append(count)
        return sum(counts)
    finally:
        connection.close()


def test_postgresql_knows_what_it_costs_to_take_a_text_apart(postgres_url: str) -> None:
    """A function that is put into the query has no cost of its own, and then a word that hardly any comment has is
    looked for in all of them, from the newest on.
    """
    asked = "SELECT seq FROM comments WHERE rejoinder_words(text) @@ to_tsquery('simple', 'walrus') ORDER BY seq DESC"
    with psycopg.connect(postgres_url) as connection:
        plan = "\n".join(row[0] for row in connection.execute(f"EXPLAIN {asked} LIMIT 26"))
        costs = connection.execute("SELECT procost FROM pg_proc WHERE proname LIKE 'rejoinder%words'").fetchall()
        [counted] = connection.execute(
            "SELECT attstattarget FROM pg_attribute WHERE attrelid = 'ix_search_comments'::regclass"
        ).fetchall()

    assert "rejoinder_words(text) @@" in plan
    assert costs == [(2000,), (2000,)]
    assert counted == (500,)
