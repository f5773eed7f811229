"""What is kept, for how long, and what leaves first."""

from rejoinder.discussion.editions import Edition
from rejoinder.front.copies import OVERHEAD, REMEMBERED, Copies, Copy

HEADERS = [(b"content-type", b"text/html"), (b"etag", b'W/"one"'), (b"cache-control", b"public, no-cache")]


def a_copy(story: int = 1, version: int = 1, *, epoch: int = 0, body: bytes = b"page") -> Copy:
    edition = Edition(site_seq=1, epoch=epoch, story_seq=story, version=version)
    return Copy(edition, list(HEADERS), body, checked=1.0)


def test_a_newer_version_drops_every_page_of_the_story_and_no_other() -> None:
    copies = Copies(1_000_000)
    for key, story in ((b"/a", 1), (b"/a?view=flat", 1), (b"/b", 2)):
        copies.put(key, a_copy(story))

    copies.raise_story(1, 1, 2)

    assert [copies.get(key) is None for key in (b"/a", b"/a?view=flat", b"/b")] == [True, True, False]


def test_a_slow_render_cannot_bring_an_old_page_back() -> None:
    copies = Copies(1_000_000)
    copies.raise_story(1, 1, 5)

    assert not copies.put(b"/a", a_copy(version=4))
    assert copies.put(b"/a", a_copy(version=5))
    copies.raise_story(1, 1, 3)  # an old notice that comes late
    assert copies.get(b"/a") is not None


def test_a_sites_new_epoch_drops_all_its_pages() -> None:
    copies = Copies(1_000_000)
    copies.put(b"/a", a_copy(1))
    copies.put(b"/b", a_copy(2))
    other = Copy(Edition(site_seq=2, epoch=0), list(HEADERS), b"", checked=0)
    copies.put(b"/other", other)

    copies.raise_site(1, 1)

    assert len(copies) == 1
    assert copies.get(b"/other") is other
    assert not copies.put(b"/a", a_copy(epoch=0))
    assert copies.put(b"/a", a_copy(epoch=1))


def test_the_least_recently_used_leaves_first_and_the_bytes_are_bounded() -> None:
    weight = a_copy(body=b"x" * 10_000).size
    copies = Copies(3 * weight)
    for name in (b"/a", b"/b", b"/c"):
        copies.put(name, a_copy(body=b"x" * 10_000))
    copies.get(b"/a")

    copies.put(b"/d", a_copy(body=b"x" * 10_000))

    assert copies.get(b"/b") is None
    assert copies.get(b"/a") is not None
    assert copies.size <= 3 * weight


def test_an_encoding_that_is_added_weighs_too() -> None:
    copies = Copies(1_000_000)
    copy = a_copy()
    copies.put(b"/a", copy)
    before = copies.size

    copy.add(b"gzip", b"z" * 1000)
    copies.weighed(b"/a")

    assert copies.size >= before + 1000
    copies.drop(b"/a")
    assert (copies.size, len(copies)) == (0, 0)


def test_what_is_too_large_is_not_kept() -> None:
    copies = Copies(OVERHEAD + 1000)

    assert not copies.put(b"/a", a_copy(body=b"x" * 5000))
    assert copies.size == 0


def test_the_versions_that_are_remembered_are_bounded() -> None:
    copies = Copies(1_000_000)
    for story in range(REMEMBERED + 10):
        copies.raise_story(1, story, 1)

    assert len(copies._versions) == REMEMBERED


def test_a_client_that_has_the_page_is_recognised() -> None:
    copy = a_copy()

    has = [b'W/"one"', b'"one"', b'"two", W/"one"', b"*"]
    has_not = [b'"two"', b"", b"one", b'W/"on']
    assert [copy.matches(each) for each in has] == [True] * len(has)
    assert [copy.matches(each) for each in has_not] == [False] * len(has_not)
