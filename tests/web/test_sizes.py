"""What a reader on a train has to wait for: bytes and requests, which can be held; seconds are for bench/."""

import gzip
import re
from functools import partial
from uuid import UUID

import pytest
from tests.front.wire import Wire
from tests.makers import a_comment, a_commenter
from tests.serving import Served

from rejoinder.discussion.commenters import Commenter
from rejoinder.store.database import Write

PAGE = 30_000  # bytes of a story page with fifty comments, as it travels
BESIDE = 10_000  # bytes of all styles and scripts beside it, as they travel, which a browser keeps


TEXT = (
    "On {0} of {1} mornings I was on the quay by half past five. The boat left at six and {2} minutes, the cafe opened "
    "when it liked, and the wind was in the {3}; who says otherwise was not there on day {0}, or not before the bell. "
    "Ask the harbour office: they write it down, and they wrote it down on day {1} as well."
)


def _a_comment(served: Served, by: Commenter, text: str, parent_id: UUID | None, w: Write) -> UUID:
    return a_comment(w, served.setting.story, by, text, parent_id=parent_id).comment.id


@pytest.fixture
def fifty(served: Served) -> Served:
    """A server whose story has fifty comments of about three hundred characters, in threads."""
    setting = served.setting
    people = [setting.write(lambda w, n=n: a_commenter(w, setting.site, f"reader {n}")) for n in range(12)]  # type: ignore[misc] # binds the loop's value
    roots: list[UUID] = []
    for number in range(50):
        text = TEXT.format(number, number + 7, number % 9, ("north", "east", "south", "west")[number % 4])
        parent_id = roots[-1] if number % 3 else None
        comment = setting.write(partial(_a_comment, served, people[number % 12], text, parent_id))
        if parent_id is None:
            roots.append(comment)
    return served


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_story_with_fifty_comments_is_one_small_answer(fifty: Served, encoding: str) -> None:
    with Wire(fifty.url) as wire:
        answer = wire.get(fifty.story, f"Accept-Encoding: {encoding}")
        plain = wire.get(fifty.story)

    assert plain.text.count('<article class="c"') == 50
    assert answer.headers["content-encoding"] == encoding
    assert len(answer.body) < PAGE


def test_nothing_on_it_holds_the_words_up(fifty: Served) -> None:
    """No script is waited for, no other host is asked, and what is beside the page is small and kept for good."""
    with Wire(fifty.url) as wire:
        text = wire.get(fifty.story).text
        scripts = re.findall(r"<script[^>]*src=[^>]*>", text)
        assert scripts
        assert all(' type="module"' in script or " defer" in script for script in scripts)
        beside = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', text))
        assert not re.search(r'(?:src|href)="(?:https?:)?//[^"]+\.(?:js|css)', text)
        found = [wire.get(path) for path in sorted(beside)]

    assert all("immutable" in each.headers["cache-control"] for each in found)
    assert sum(len(gzip.compress(each.body)) for each in found) < BESIDE
