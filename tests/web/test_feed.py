"""The feed of a discussion, read by a parser as a feed reader does."""

from xml.etree import ElementTree as ET

import pytest
from tests.front.wire import Wire
from tests.serving import Served

from rejoinder.discussion.moderation import Outcome

ATOM = "{http://www.w3.org/2005/Atom}"
THREAD = "{http://purl.org/syndication/thread/1.0}"


def read(served: Served) -> ET.Element:
    """The feed's root element."""
    with Wire(served.url) as wire:
        answer = wire.get(f"{served.story}/comments.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return ET.fromstring(answer.body)


def words(feed: ET.Element) -> list[str]:
    return [found.text or "" for found in feed.iter(f"{ATOM}content")]


def test_the_newest_come_first_with_whom_they_answer(served: Served) -> None:
    first = served.setting.post("The early boat was full.")
    reply = served.setting.post("So was the late one.", by=served.setting.editor, parent_id=first.id)

    feed = read(served)

    entries = feed.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}id") for each in entries] == [f"urn:uuid:{reply.id}", f"urn:uuid:{first.id}"]
    answered = entries[0].find(f"{THREAD}in-reply-to")
    assert answered is not None
    assert answered.get("ref") == f"urn:uuid:{first.id}"
    assert entries[1].find(f"{THREAD}in-reply-to") is None
    assert entries[0].findtext(f"{ATOM}author/{ATOM}name") == served.setting.editor.name
    assert ["So was the late one." in words(feed)[0], "The early boat was full." in words(feed)[1]] == [True, True]


@pytest.mark.parametrize(
    "text", ["a < b && c > d ]]> \"quoted\" 'twice'", "<script>alert(1)</script>", "Å\u0301 🚢 \u202eold"]
)
def test_whatever_is_written_the_feed_is_well_formed(served: Served, text: str) -> None:
    served.setting.post(text)

    assert len(words(read(served))) == 1
    assert "<script" not in words(read(served))[0]


def test_what_is_removed_leaves_the_feed_at_once(served: Served) -> None:
    comment = served.setting.post("It was the pump.")
    assert len(words(read(served))) == 1

    served.setting.decide(comment, Outcome.REJECT)

    assert words(read(served)) == []


def test_who_has_it_is_not_sent_it_again(served: Served) -> None:
    with Wire(served.url) as wire:
        etag = wire.get(f"{served.story}/comments.atom").headers["etag"]
        assert wire.get(f"{served.story}/comments.atom", f"If-None-Match: {etag}").status == 304


def test_the_story_page_leads_to_it(served: Served) -> None:
    with Wire(served.url) as wire:
        assert (
            f'type="application/atom+xml" title="Comments" href="{served.story}/comments.atom"'
            in wire.get(served.story).text
        )


def test_an_unknown_story_has_none(served: Served) -> None:
    with Wire(served.url) as wire:
        assert wire.get(f"{served.site}/stories/nowhere/comments.atom").status == 404
