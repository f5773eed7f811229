"""Who opens a story: a page on an allowed origin, by what its publisher signed or its own page says."""

from datetime import UTC, datetime

import pytest
from tests.cli.web_server import Page, serving
from tests.makers import NOON, a_story
from tests.serving import SECRET, Served

from rejoinder.actions.change_origins import add_origin, remove_origin
from rejoinder.discussion.address_keys import address_key
from rejoinder.discussion.openings import signature_of
from rejoinder.discussion.stories import PublishedAtSource, Story
from rejoinder.identity.tokens import embed_key_of
from rejoinder.importers.fetching import Bounds
from rejoinder.jobs import open_story as job
from rejoinder.store import stories

QUAY = "https://www.courier.example/news/quay"
PAGE = """<!doctype html><html lang="en"><head><title>Quay to be mended</title>
<link rel="canonical" href="{canonical}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Quay to be mended", "description": "Work begins in May.", "identifier": "A-17",
"articleSection": "Harbour", "datePublished": "2026-11-16T09:30:00Z", "author": {{"name": "R. Teague"}}}}</script>
</head><body><h1>Quay to be mended</h1></body></html>"""


@pytest.fixture
def courier(served: Served) -> Served:
    """The server, its site with an origin."""
    served.setting.write(lambda w: add_origin(w, served.setting.site.seq, "https://www.courier.example/"))
    return served


def how_many(served: Served) -> int:
    return served.setting.read(lambda r: stories.how_many(r, served.setting.site.seq))


def found(served: Served, url: str) -> Story | None:
    site = served.setting.site.seq
    return served.setting.read(lambda r: stories.by_identity(r, site, publisher_id=None, keys=[address_key(url)]))


def signed(served: Served, **said: str) -> dict[str, str]:
    """The parameters of an include whose publisher signed these."""
    values = {"url": QUAY, "headline": "Quay to be mended", "published_at": "2026-11-16T10:30:00+01:00"} | said
    site = served.setting.site.key
    return values | {"signature": signature_of(site, values, embed_key_of(site, SECRET))}


# By what the publisher signed


def test_a_signed_story_is_open_at_once(courier: Served) -> None:
    answer = courier.client().get("/include", params=signed(courier, publisher_id="A-17", section="Harbour"))

    story = found(courier, QUAY)
    assert answer.status_code == 200
    assert "Add to the discussion" in answer.text
    assert story is not None
    assert story.content.headline == "Quay to be mended"
    assert story.published_at == datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
    assert story.published_at_source is PublishedAtSource.PUBLISHER
    assert (story.publisher_id, story.section_name) == ("A-17", "Harbour")


def test_closing_counts_from_what_was_signed(courier: Served) -> None:
    answer = courier.client().get("/include", params=signed(courier, published_at="2020-01-01T00:00:00Z"))

    assert "This discussion is closed." in answer.text


@pytest.mark.parametrize(
    ("change", "status", "state"),
    [
        ({"headline": "Quay to be sold"}, 403, "bad-signature"),
        ({"published_at": "2026-11-17T09:30:00Z"}, 403, "bad-signature"),
        ({"url": QUAY + "-2"}, 403, "bad-signature"),
        ({"publisher_id": "A-18"}, 403, "bad-signature"),
        ({"signature": ""}, 403, "bad-signature"),
        ({"signature": "ä" * 64}, 403, "bad-signature"),
        ({"signature": "0" * 64}, 403, "bad-signature"),
        ({"expires": "1"}, 403, "bad-signature"),
    ],
)
def test_what_was_not_signed_opens_nothing(courier: Served, change: dict[str, str], status: int, state: str) -> None:
    before = how_many(courier)

    answer = courier.client().get("/include", params=signed(courier) | change)

    assert answer.status_code == status
    assert f'data-rejoinder-state="{state}"' in answer.text
    assert how_many(courier) == before


@pytest.mark.parametrize(
    ("said", "status", "state"),
    [
        ({"expires": "1700000000"}, 403, "signature-expired"),
        ({"expires": "soon"}, 422, "bad-story"),
        ({"published_at": ""}, 422, "no-publication-time"),
        ({"published_at": "yesterday"}, 422, "bad-story"),
        ({"published_at": "2026-11-16T09:30:00"}, 422, "bad-story"),
        ({"published_at": "0001-01-01T00:00:00+14:00"}, 422, "bad-story"),
        ({"headline": " "}, 422, "bad-story"),
        ({"headline": "x" * 301}, 422, "bad-story"),
        ({"headline": "Quay\nsection"}, 403, "bad-signature"),
        ({"url": "https://elsewhere.example/quay"}, 403, "foreign-address"),
        ({"url": "https://www.courier.example.evil.example/"}, 403, "foreign-address"),
        ({"url": "https://www.courier.example@evil.example/"}, 403, "foreign-address"),
        ({"url": "http://www.courier.example/quay"}, 403, "foreign-address"),
        ({"url": f"{QUAY}?{'x' * 2000}"}, 422, "bad-story"),
        ({"url": "https://www.courier.example/\n/quay"}, 422, "bad-story"),
    ],
)
def test_what_was_signed_and_cannot_be_used_opens_nothing(
    courier: Served, said: dict[str, str], status: int, state: str
) -> None:
    before = how_many(courier)

    answer = courier.client().get("/include", params=signed(courier, **said))

    assert answer.status_code == status
    assert f'data-rejoinder-state="{state}"' in answer.text
    assert how_many(courier) == before


def test_a_signature_that_ran_out_does_not_close_what_it_opened(courier: Served) -> None:
    until = str(int(courier.now.timestamp()) + 60)
    courier.client().get("/include", params=signed(courier, expires=until))
    courier.pass_time(hours=1)

    answer = courier.client().get("/include", params=signed(courier, expires=until))

    assert answer.status_code == 200
    assert "Add to the discussion" in answer.text


def test_a_signature_of_another_site_is_none(courier: Served) -> None:
    values = {"url": QUAY, "headline": "Quay", "published_at": "2026-11-16T09:30:00Z"}
    key = embed_key_of("gazette", SECRET)

    answer = courier.client().get("/include", params=values | {"signature": signature_of("courier", values, key)})

    assert answer.status_code == 403


def test_without_an_origin_nobody_opens_anything(served: Served) -> None:
    assert served.client().get("/include", params=signed(served)).status_code == 403


def test_an_origin_that_was_removed_opens_no_more(courier: Served) -> None:
    courier.setting.write(lambda w: remove_origin(w, courier.setting.site.seq, "https://www.courier.example"))

    assert courier.client().get("/include", params=signed(courier)).status_code == 403


# By what its page says


@pytest.fixture
def publisher(served: Served) -> "Publisher":
    return Publisher(served)


class Publisher:
    """A publisher on loopback, whose origin is allowed and may be private."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.pages: dict[str, Page] = {}

    def allow(self, host: str, *, is_private: bool = True) -> None:
        served = self.served
        served.setting.write(lambda w: add_origin(w, served.setting.site.seq, host, is_private=is_private))

    def ask(self, url: str) -> str:
        answer = self.served.client().get("/include", params={"url": url})
        assert answer.status_code == 200
        return answer.text


def test_a_story_is_opened_by_what_its_page_says(publisher: Publisher) -> None:
    served = publisher.served
    with serving(publisher.pages) as host:
        publisher.pages["/quay?from=home"] = Page(body=PAGE.format(canonical=f"{host}/news/quay").encode())
        publisher.allow(host)
        first = publisher.ask(f"{host}/quay?from=home")
        again = publisher.ask(f"{host}/quay?from=home")
        assert served.worker.run_due() == 1
        opened = publisher.ask(f"{host}/quay?from=home")
        story = found(served, f"{host}/news/quay")

    assert 'data-rejoinder-state="opening"' in first
    assert 'data-rejoinder-state="opening"' in again
    assert "Add to the discussion" in opened
    assert story is not None
    assert story == found(served, f"{host}/quay?from=home")
    assert story.published_at == datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
    assert story.published_at_source is PublishedAtSource.PUBLISHER
    assert (story.publisher_id, story.section_name) == ("A-17", "Harbour")
    assert (story.content.standfirst, story.content.paragraphs) == ("Work begins in May.", ())


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(body=b"<html><head><title>Quay to be mended</title></head><body>Long ago.</body></html>"),
         "no-publication-time"),
        (Page(body=b"<html><body>Nothing.</body></html>"), "no-article"),
        (Page(body=b"%PDF-1.7 " + b"\x00" * 100), "not-text"),
        (Page(status=404), "cannot-fetch"),
        (Page(status=500), "cannot-fetch"),
        (Page(status=302, headers={"Location": "https://elsewhere.example/quay"}), "leads-elsewhere"),
        (Page(status=302, headers={"Location": "http://169.254.169.254/latest"}), "leads-elsewhere"),
        (Page(status=302, headers={"Location": "file:///etc/passwd"}), "leads-elsewhere"),
        (Page(status=302, headers={"Location": "/quay"}), "cannot-fetch"),
        (Page(body=b"<p>" + b"x" * 20_000, times=2), "too-large-to-read"),
    ],
)  # fmt: skip
def test_a_page_that_says_too_little_opens_nothing_for_a_while(
    publisher: Publisher, page: Page, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    served, before = publisher.served, how_many(publisher.served)
    monkeypatch.setattr(job, "BOUNDS", Bounds(largest=30_000, seconds=5))
    publisher.pages["/quay"] = page
    with serving(publisher.pages) as host:
        publisher.allow(host)
        publisher.ask(f"{host}/quay")
        served.worker.run_due()
        told = publisher.ask(f"{host}/quay")
        assert served.worker.run_due() == 0
        publisher.pages["/quay"] = Page(body=PAGE.format(canonical=f"{host}/quay").encode())
        served.pass_time(minutes=11)
        publisher.ask(f"{host}/quay")
        served.worker.run_due()
        later = publisher.ask(f"{host}/quay")

    assert f'data-rejoinder-state="{why}"' in told
    assert "Add to the discussion" in later
    assert how_many(served) == before + 1


@pytest.mark.parametrize("host", ["http://127.0.0.1:9", "http://localhost:9", "http://10.0.0.1", "http://[::1]:9"])
def test_an_inner_address_is_fetched_only_where_the_operator_says_so(publisher: Publisher, host: str) -> None:
    publisher.allow(host, is_private=False)
    publisher.ask(f"{host}/quay")

    publisher.served.worker.run_due()

    assert 'data-rejoinder-state="private-address"' in publisher.ask(f"{host}/quay")


def test_a_front_page_called_canonical_is_no_story_of_all_stories(publisher: Publisher) -> None:
    served = publisher.served
    with serving(publisher.pages) as host:
        publisher.allow(host)
        for name in ("one", "two"):
            body = PAGE.format(canonical=f"{host}/").replace("A-17", name)
            publisher.pages[f"/{name}"] = Page(body=body.encode())
            publisher.ask(f"{host}/{name}")
        served.worker.run_due()
        one, two = found(served, f"{host}/one"), found(served, f"{host}/two")

    assert one is not None
    assert two is not None
    assert one.seq != two.seq


def test_the_address_of_a_known_story_is_learnt_and_its_words_stay(publisher: Publisher) -> None:
    served, setting = publisher.served, publisher.served.setting
    known = setting.write(lambda w: a_story(w, setting.site, publisher_id="A-17", headline="The quay"))
    with serving(publisher.pages) as host:
        publisher.pages["/quay"] = Page(body=PAGE.format(canonical=f"{host}/quay").encode())
        publisher.allow(host)
        publisher.ask(f"{host}/quay")
        served.worker.run_due()
        story = found(served, f"{host}/quay")

    assert story is not None
    assert (story.seq, story.content, story.published_at) == (known.seq, known.content, NOON)


def test_a_foreign_address_is_not_fetched(publisher: Publisher) -> None:
    publisher.allow("https://www.courier.example", is_private=False)

    answer = publisher.served.client().get("/include", params={"url": "http://elsewhere.example/quay"})

    assert answer.status_code == 403
    assert publisher.served.worker.run_due() == 0


def test_only_so_many_unknown_addresses_are_read_in_a_minute(publisher: Publisher) -> None:
    publisher.allow("http://127.0.0.1:9", is_private=False)

    for number in range(70):
        assert 'data-rejoinder-state="opening"' in publisher.ask(f"http://127.0.0.1:9/{number}")

    assert publisher.served.worker.run_due() == 60
