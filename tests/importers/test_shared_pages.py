"""Other people's pages, read where they lie: figures and hashes are asserted, and none of their text is here."""

import hashlib
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.importers.pages import codes
from tests.shared import shared

from rejoinder.discussion.stories import PublishedAtSource
from rejoinder.importers.detect import read_story
from rejoinder.importers.record import Reading, StoryRecord

FOUND = (135, 141)  # gold's texts that the standfirst and body hold, of so many
KEPT_OUT = (143, 147)  # gold's foreign texts that they do not hold, of so many


@pytest.fixture(scope="module")
def saved() -> Reading:
    """The page the project starts from."""
    return read_story(shared("saved-page", "reuters-2012-lavrov-reset.txt").read_bytes(), name="saved page")


def saved_text() -> str:
    return shared("saved-page", "reuters-2012-lavrov-reset.txt").read_text("utf-8")


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def digest(texts: tuple[str, ...]) -> str:
    return hashlib.sha256("\n\n\n".join(texts).encode()).hexdigest()[:16]


def test_the_saved_page_gives_its_article(saved: Reading) -> None:
    story, content = saved.story, saved.story.content

    assert lines(saved_text())[1].startswith(f"{content.place} ")
    assert f"({content.agency}) - {content.paragraphs[0]}" in saved_text()
    assert f"{story.published_at:%Y-%m-%dT%H:%MZ}" == "2012-10-03T07:09Z"
    assert story.published_at_source is PublishedAtSource.PAGE
    assert len(content.paragraphs) == 9
    assert digest((content.headline, *content.paragraphs)) == "dbbd6944d3ddea3e"
    assert [len(names) for names in (content.credits.reporting, content.credits.writing, content.credits.editing)] == [
        0,
        1,
        1,
    ]


def test_the_saved_page_gives_its_photograph_once(saved: Reading) -> None:
    photo = saved.story.content.photo

    assert photo is not None
    assert (len(photo.caption), photo.url) == (158, None)
    assert f"Credit: {photo.credit}" in lines(saved_text())


def test_the_saved_page_gives_its_comments_exactly(saved: Reading) -> None:
    comments = saved.story.comments

    assert [f"{comment.written_at:%H:%MZ}" for comment in comments] == ["08:12Z", "10:10Z", "11:24Z"]
    assert [comment.text.count("\n\n") + 1 for comment in comments] == [5, 9, 1]
    assert [comment.text.replace("\n\n", "").count("\n") for comment in comments] == [0, 1, 0]
    assert digest(tuple(text for comment in comments for text in (comment.name, comment.text))) == "cdfecb54e30ce4e5"


def test_the_saved_page_says_five_and_holds_three(saved: Reading) -> None:
    assert (saved.story.stated_comment_count, len(saved.story.comments)) == (5, 3)
    assert (saved.story.closed, len(saved.story.closing_notice or "")) == (True, 112)
    assert codes(saved) == ["comment-count-differs", "link-lost"]


def test_what_the_saved_page_does_not_say_stays_absent(saved: Reading) -> None:
    story, content = saved.story, saved.story.content

    assert (story.section, story.canonical_url, story.publisher_id) == (None, None, None)
    assert (content.language, content.updated_at, content.topics, content.byline) == (None, None, (), ())


def plain(text: str) -> str:
    return " ".join(text.split())


def read_gold(gold: dict[str, Any]) -> StoryRecord:
    data = shared("saved-page", "html", gold["file"]).read_bytes()
    return read_story(data, name=gold["file"], site_zone=ZoneInfo("Europe/Berlin")).story


def test_most_of_the_marked_text_of_saved_pages_is_found_and_little_else(capsys: pytest.CaptureFixture[str]) -> None:
    golds = json.loads(shared("saved-page", "html", "gold.json").read_text("utf-8")).values()
    found, kept_out, dated = [], [], []

    for gold in golds:
        story = read_gold(gold)
        text = plain(" ".join((story.content.standfirst, *story.content.paragraphs)))
        found += [plain(wanted) in text for wanted in gold["with"]]
        kept_out += [plain(foreign) not in text for foreign in gold["without"]]
        dated.append(story.published_at is not None)

    with capsys.disabled():
        print(  # noqa: T201 (the figures are what the test is for)
            f"\nsaved pages: {sum(found)} of {len(found)} texts found, {sum(kept_out)} of {len(kept_out)} kept out"
        )
    assert (len(found), len(kept_out)) == (FOUND[1], KEPT_OUT[1])
    assert sum(found) >= FOUND[0]
    assert sum(kept_out) >= KEPT_OUT[0]
    assert sum(dated) >= len(golds) - 1
