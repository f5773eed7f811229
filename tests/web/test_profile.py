"""A commenter's public page, and the feeds of sites, sections and commenters."""

import json
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from tests.front.wire import Wire
from tests.makers import NOON
from tests.serving import Served

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.change_rules import change_site_rules
from rejoinder.discussion.moderation import Outcome

ATOM = "{http://www.w3.org/2005/Atom}"
THREAD = "{http://purl.org/syndication/thread/1.0}"


def get(served: Served, path: str) -> str:
    with Wire(served.url) as wire:
        answer = wire.get(f"{served.site}{path}")
    assert answer.status == 200, answer.text
    return answer.text


def profile(served: Served) -> str:
    return f"/people/{served.setting.reader.id}"


def test_it_has_what_is_published_and_nothing_that_was_removed(served: Served) -> None:
    served.setting.post("The early boat was full.")
    gone = served.setting.post("Bilge from end to end.")
    served.setting.decide(gone, Outcome.REJECT)

    page = get(served, profile(served))

    assert "The early boat was full." in page
    assert "Bilge" not in page
    assert '<meta name="robots" content="noindex">' in page
    assert "removed" not in page


def test_where_the_site_shows_it_the_record_is_there(served: Served) -> None:
    setting = served.setting
    setting.post()
    setting.decide(setting.post(), Outcome.REJECT)
    setting.write(lambda w: change_site_rules(w, setting.site.seq, {"show_record": True}, by_seq=None, now=NOON))

    page = get(served, profile(served))

    assert "1 comment published" in page
    assert "1 removed" in page


def test_a_ban_is_nobodys_business(served: Served) -> None:
    setting = served.setting
    served.setting.post()
    before = get(served, profile(served))
    setting.write(
        lambda w: ban_commenter(
            w,
            Order(
                site_seq=setting.site.seq,
                commenter_id=setting.reader.id,
                by_seq=setting.editor.seq,
                reason="inappropriate",
                text="Rude.",
            ),
            now=NOON,
        )
    )
    served.now = served.now.replace(second=30)

    assert get(served, profile(served)) == before


def test_it_goes_on_page_by_page_and_skips_none(served: Served) -> None:
    texts = [f"The {number}. boat was late." for number in range(45)]
    for text in texts:
        served.setting.post(text)

    path, seen = profile(served), ""
    while path:
        page = get(served, path)
        seen += page
        path = page.split("after=")[1].split('"')[0] if "after=" in page else ""
        path = f"{profile(served)}?after={path}" if path else ""

    assert [text for text in texts if seen.count(text) != 1] == []


def test_an_unknown_person_has_none(served: Served) -> None:
    with Wire(served.url) as wire:
        assert wire.get(f"{served.site}/people/{uuid4()}").status == 404


def test_a_name_leads_there(served: Served) -> None:
    served.setting.post()

    assert f'href="{served.site}{profile(served)}"' in get(served, f"/stories/{served.setting.story.slug}")


@pytest.mark.parametrize("of", ["", "person", "story"])
def test_every_feed_says_the_same_in_both_forms(served: Served, of: str) -> None:
    first = served.setting.post("The early boat was full.")
    reply = served.setting.post("So was the late one.", parent_id=first.id)
    gone = served.setting.post("Bilge.")
    served.setting.decide(gone, Outcome.REJECT)
    path = {"": "", "person": profile(served), "story": f"/stories/{served.setting.story.slug}"}[of]

    atom = ET.fromstring(get(served, f"{path}/comments.atom"))
    feed = json.loads(get(served, f"{path}/comments.json"))

    ids = [f"urn:uuid:{reply.id}", f"urn:uuid:{first.id}"]
    assert [each.findtext(f"{ATOM}id") for each in atom.findall(f"{ATOM}entry")] == ids
    assert [item["id"] for item in feed["items"]] == ids
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["_rejoinder"]["in_reply_to"]["id"] == ids[1]
    assert feed["items"][1]["_rejoinder"]["replies"] == 1
    link = atom.findall(f"{ATOM}entry")[1].find(f"{ATOM}link[@rel='replies']")
    assert link is not None
    assert link.get(f"{THREAD}count") == "1"


def test_a_feed_that_has_not_changed_is_not_sent_again(served: Served) -> None:
    served.setting.post()
    with Wire(served.url) as wire:
        answer = wire.get(f"{served.site}/comments.json")
        served.pass_time(seconds=10)
        again = wire.get(f"{served.site}/comments.json", f"If-None-Match: {answer.headers['etag']}")
    assert answer.headers["content-type"] == "application/feed+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert again.status == 304
