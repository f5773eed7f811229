"""Our own JSON story: every field comes through, and what is wrong is named with its path."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.importers.pages import SAMPLES, read_sample

from rejoinder.discussion.stories import Photo, PublishedAtSource
from rejoinder.importers.detect import read_story
from rejoinder.importers.record import BadFile, NoArticle, NoZone, Reading, Truncated, UnknownFormat, UnknownVersion


def read_with(**changes: Any) -> Reading:
    document = json.loads((SAMPLES / "story.json").read_text("utf-8")) | changes
    return read_story(json.dumps(document).encode(), name="story.json")


def test_every_field_of_a_story_comes_through() -> None:
    reading = read_sample("story.json")

    story, content = reading.story, reading.story.content
    assert reading.remarks == ()
    assert story.published_at == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
    assert story.published_at_source is PublishedAtSource.FEED
    assert (story.publisher_id, story.section, story.closed) == ("qp-1177", "Railways", True)
    assert (story.policy_notice, story.closing_notice) == ("Be kind to geese.", "Comments closed on Friday.")
    assert (story.disclaimer, story.stated_comment_count) == ("Comments are their writers' own.", 2)
    assert content.photo == Photo(
        caption="The station master at work.",
        credit="Ines Quill",
        alt="A goose in a cap",
        url="https://quillpost.example/img/goose.jpg",
        width=1200,
        height=800,
    )
    assert (content.credits.reporting, content.topics) == (("Ada Lund",), ("Geese", "Railways"))


def test_comments_come_through_with_their_parents() -> None:
    first, second = read_sample("story.json").story.comments

    assert (first.key, first.text) == ("c1", "At last.\n\nOn time, too.")
    assert (second.parent_key, second.written_at) == ("c1", datetime(2026, 3, 2, 9, 20, tzinfo=UTC))


def test_a_story_needs_a_headline_and_a_paragraph_only() -> None:
    short = {"format": "rejoinder-story", "version": 1, "headline": "Owl", "paragraphs": ["It slept."]}

    story = read_story(json.dumps(short).encode(), name="owl").story

    assert (story.published_at, story.published_at_source, story.closed, story.comments) == (None, None, None, ())


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"colour": "blue"}, "colour"),
        ({"paragraphs": "One."}, r"\$\.paragraphs"),
        ({"photo": {"width": "wide"}}, r"\$\.photo\.width"),
        ({"published_at": "yesterday"}, r"\$\.published_at"),
        ({"published_at_source": "hearsay"}, r"\$\.published_at_source"),
        ({"comments": [{"name": "A", "text": "B"}]}, r"\$\.comments\[0\]"),
    ],
)
def test_what_is_wrong_is_named_with_its_path(changes: dict[str, Any], path: str) -> None:
    with pytest.raises(BadFile, match=path):
        read_with(**changes)


def a_comment(**fields: Any) -> dict[str, Any]:
    return {"name": "Ada", "written_at": "2026-03-02T09:00:00Z", "text": "Hoo."} | fields


@pytest.mark.parametrize(
    "comments",
    [
        [a_comment(parent_key="c9")],
        [a_comment(key="c1", parent_key="c1")],
        [a_comment(key="c1"), a_comment(key="c1")],
        [a_comment(name=" ")],
        [a_comment(text="")],
    ],
)
def test_a_comment_that_answers_nobody_says_nothing_or_is_there_twice_is_refused(comments: list[Any]) -> None:
    with pytest.raises(BadFile):
        read_with(comments=comments)


@pytest.mark.parametrize(
    "changes", [{"published_at": "2026-03-02T08:30:00"}, {"comments": [a_comment(written_at="2026-03-02T08:30:00")]}]
)
def test_a_time_without_an_offset_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(NoZone):
        read_with(**changes)


@pytest.mark.parametrize("changes", [{"headline": " "}, {"paragraphs": []}, {"paragraphs": ["", " "]}])
def test_a_story_without_headline_or_text_is_none(changes: dict[str, Any]) -> None:
    with pytest.raises(NoArticle):
        read_with(**changes)


def test_another_version_is_refused_by_its_number() -> None:
    with pytest.raises(UnknownVersion, match="version 2"):
        read_with(version=2)


@pytest.mark.parametrize("text", ['{"headline": "Owl"}', '{"format": "ninjs"}', '{"format": 7}', "{}"])
def test_other_json_is_not_taken_for_ours(text: str) -> None:
    with pytest.raises(UnknownFormat):
        read_story(text.encode(), name="other.json")


def test_json_that_stops_is_truncated_and_json_that_is_none_is_told_where() -> None:
    whole = (SAMPLES / "story.json").read_text("utf-8")
    with pytest.raises(Truncated):
        read_story(whole[:-40].encode(), name="story.json")
    with pytest.raises(BadFile, match="byte"):
        read_story(whole.replace('"version": 1,', '"version": 1;').encode(), name="story.json")
