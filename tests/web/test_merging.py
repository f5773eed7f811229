"""Merging two discussions at the desk: shown first, done, found at the old addresses, undone."""

import re
from collections.abc import Callable

import pytest
from tests.makers import a_comment, a_story
from tests.serving import Served

from rejoinder.discussion.stories import Story
from rejoinder.live.news import WITHDRAWN
from rejoinder.web.pages import live


@pytest.fixture
def other(served: Served) -> Story:
    """A second story with a comment."""
    setting = served.setting
    story = setting.write(lambda w: a_story(w, setting.site, headline="Winter ferry decided"))
    setting.write(lambda w: a_comment(w, story, setting.reader, "Said under the other."))
    setting.post("Said here.")
    return story


def at(served: Served, story: Story) -> str:
    return f"{served.site}/stories/{story.slug}"


def desk(served: Served, story: Story) -> str:
    return f"{served.site}/desk/stories/{story.slug}"


NAMED: dict[str, Callable[[Served], str]] = {
    "its slug": lambda served: served.setting.story.slug,
    "its address here": lambda served: served.url + served.story + "?view=flat#discussion",
    "its publisher's address": lambda served: (served.setting.story.canonical_url or "") + "?utm_source=x",
}


@pytest.mark.parametrize("way", NAMED)
def test_what_would_move_is_shown_and_nothing_is_done(served: Served, other: Story, way: str) -> None:
    editor = served.client(served.setting.editor)

    page = editor.get(f"{desk(served, other)}/merge", params={"into": NAMED[way](served)})

    assert page.status_code == 200
    assert served.setting.story.content.headline in page.text
    assert "1 now, 2 then" in page.text
    assert other.canonical_url is not None
    assert other.canonical_url in page.text
    assert "Said here." in served.client().get(served.story).text
    assert served.client().get(at(served, other)).status_code == 200


def test_old_addresses_lead_to_the_whole_until_it_is_parted(served: Served, other: Story) -> None:
    editor, reader = served.client(served.setting.editor), served.client()
    before = reader.get(at(served, other)).text

    done = editor.post(f"{desk(served, other)}/merge", data={"into": served.setting.story.slug})
    told = editor.get(done.headers["location"]).text
    old = reader.get(at(served, other))
    whole = reader.get(served.story).text
    included = reader.get("/include", params={"url": other.canonical_url})
    feed = reader.get(at(served, other) + "/comments.atom")

    assert done.status_code == 303
    assert "The discussions are one now." in told
    assert (old.status_code, old.headers["location"]) == (308, served.story)
    assert old.headers["cache-control"] == "no-store"
    assert "Said under the other." in whole
    assert "Said under the other." in included.text
    assert "Said under the other." in feed.text
    assert "Said here." in feed.text
    api = reader.get(f"/api/v1/sites/courier/stories/{other.slug}/comments").json()
    assert [each["text"] for each in api["comments"]] == ["Said here.", "Said under the other."]

    [undo] = re.findall(r'action="([^"]+/merges/[^"]+/undo)"', told)
    parted = editor.post(undo)
    assert "The discussion is its own again." in editor.get(parted.headers["location"]).text
    after = reader.get(at(served, other))
    assert after.status_code == 200
    assert "Said under the other." in after.text
    assert "Said under the other." not in reader.get(served.story).text
    assert len(after.text) == len(before)


def test_a_merged_story_s_controls_offer_only_to_part(served: Served, other: Story) -> None:
    editor = served.client(served.setting.editor)
    editor.post(f"{desk(served, other)}/merge", data={"into": served.setting.story.slug})

    page = editor.get(desk(served, other)).text

    assert "Part the discussions again" in page
    assert "Close the discussion now" not in page


def test_an_open_page_of_the_story_that_went_is_told_to_load_again(served: Served, other: Story) -> None:
    served.client(served.setting.editor).post(f"{desk(served, other)}/merge", data={"into": served.setting.story.slug})

    told = served.setting.read(lambda r: live.news(r, served.options, other.seq, 0, now=served.now))

    assert (told.phase, told.comments) == (WITHDRAWN, ())
    assert told.version > other.version


def test_a_text_sent_to_the_old_address_is_not_lost(served: Served, other: Story) -> None:
    served.client(served.setting.editor).post(f"{desk(served, other)}/merge", data={"into": served.setting.story.slug})

    sent = served.client(served.setting.reader).post(f"{at(served, other)}/comments", data={"text": "Sent too late."})

    assert sent.status_code == 303
    assert "Sent too late." in served.client().get(served.story).text


@pytest.mark.parametrize(
    "into", ["", "nothing-here", "https://elsewhere.example/x", "http://[::1", "\u0000", "x" * 5000]
)
def test_a_story_that_is_not_there_is_refused(served: Served, other: Story, into: str) -> None:
    editor = served.client(served.setting.editor)

    seen = editor.get(f"{desk(served, other)}/merge", params={"into": into})
    done = editor.post(f"{desk(served, other)}/merge", data={"into": into})

    assert (seen.status_code, done.status_code) == (404, 404)


def test_only_who_may_close_may_merge(served: Served, other: Story) -> None:
    reader, anybody = served.client(served.setting.reader), served.client()
    path = f"{desk(served, other)}/merge"

    assert reader.get(path, params={"into": served.setting.story.slug}).status_code == 403
    assert reader.post(path, data={"into": served.setting.story.slug}).status_code == 403
    assert anybody.post(path, data={"into": served.setting.story.slug}).status_code == 401
    foreign = served.client(served.setting.editor)
    foreign.headers["Sec-Fetch-Site"] = "cross-site"
    assert foreign.post(path, data={"into": served.setting.story.slug}).status_code == 403
    assert served.client().get(at(served, other)).status_code == 200


def test_a_discussion_is_not_merged_into_itself(served: Served, other: Story) -> None:
    editor = served.client(served.setting.editor)

    assert editor.get(f"{desk(served, other)}/merge", params={"into": other.slug}).status_code == 409
