"""Under which key a page is kept, as a table."""

import re

import pytest

from rejoinder.front.keys import Shared, wanted

SHARED = Shared(
    paths=re.compile(r"/[^/]+(?:/stories/[^/]+)?|/counts"),
    parameters=frozenset({"after", "view", "url"}),
    repeated=frozenset({"url"}),
)


@pytest.mark.parametrize(
    ("path", "query", "key", "version"),
    [
        (b"/courier", b"", b"/courier", 0),
        (b"/courier/stories/ferry", b"", b"/courier/stories/ferry", 0),
        (b"/courier/stories/ferry", b"utm_source=mail&fbclid=1", b"/courier/stories/ferry", 0),
        (b"/courier/stories/ferry", b"view=flat&after=20", b"/courier/stories/ferry?after=20&view=flat", 0),
        (b"/courier/stories/ferry", b"after=20&view=flat", b"/courier/stories/ferry?after=20&view=flat", 0),
        (b"/courier/stories/ferry", b"v=12", b"/courier/stories/ferry", 12),
        (b"/courier/stories/ferry", b"v=12&after=20", b"/courier/stories/ferry?after=20", 12),
        (b"/%63ourier/stories/ferry", b"", b"/courier/stories/ferry", 0),
        (b"/courier/stories/caf\xc3\xa9", b"", b"/courier/stories/caf%C3%A9", 0),
        (b"/courier/stories/caf%c3%a9", b"", b"/courier/stories/caf%C3%A9", 0),
        (b"/counts", b"url=b&url=a", b"/counts?url=a&url=b", 0),
    ],
)
def test_a_page_has_one_key_however_it_is_asked_for(path: bytes, query: bytes, key: bytes, version: int) -> None:
    found = wanted(path, query, SHARED)

    assert found is not None
    assert (found.key, found.version) == (key, version)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        (b"/courier/desk", b""),  # not a shared page
        (b"/courier/stories/a%2Fb", b""),  # a slash that is none
        (b"/courier/stories/ferry", b"after=1&after=2"),  # which one counts is the application's question
        (b"/courier/stories/ferry", b"v=-1"),
        (b"/courier/stories/ferry", b"v=1e9"),
        (b"/courier/stories/ferry", b"v=" + b"9" * 30),
        (b"/courier/stories/ferry", "after=é".encode()),
        (b"/courier/stories/ferry", b"after=%ff"),
        (b"/courier/stories/ferry", b"x=" + b"y" * 20_000),
        (b"/courier/stories/ferry", b"&".join(b"a%d=1" % number for number in range(300))),
    ],
)
def test_what_only_the_application_can_judge_has_no_key(path: bytes, query: bytes) -> None:
    assert wanted(path, query, SHARED) is None
