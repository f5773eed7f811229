"""Whatever is sent, what comes out is text in a few harmless elements, and the work grows with its length."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.discussion.text import clean
from rejoinder.markup import excerpt, plain, render, with_names
from rejoinder.markup.wall import walled
from tests.linear import grows_linearly
from tests.shared import shared

ALLOWED = {
    "p": {"dir": "auto"},
    "a": {"href": r"https?://[^\s\"<>]+", "dir": "ltr", "rel": "ugc nofollow noopener"},
    "blockquote": {},
    "ul": {},
    "li": {"dir": "auto"},
    "strong": {},
    "em": {},
    "br": {},
}
SIGNS = [
    "\n- ", "\n- a", "*", "**", "***", "_", "> ", ">>", "\n", "\n\n", "[", "](https://courier.example/a", ")", "https://courier.example",
    "www.", "&", "&lt;", "<", "a", " ", "明", "שלום", "\ue0000\ue001", "\u202e", "\x00", "\ud800", '"', "'", "\\",
]  # fmt: skip
marked = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))

OURS = [
    "<script>document.title = 'taken'</script>",
    "<img src=nowhere onerror=document.title='taken'>",
    '[press here](javascript:document.title="taken")',
    '[press here](https://courier.example/"onmouseover="document.title=1)',
    "https://courier.example/'onfocus='document.title=1'autofocus='",
    "[a](https://courier.example/`style=background:url(//elsewhere.example))",
    "<a href='java\tscript:document.title=1'>press</a>",
    "**<iframe srcdoc='&lt;script&gt;parent.document.title=1&lt;/script&gt;'>**",
    "> <svg><style><img title='</style><img src=x onerror=document.title=1>'></svg>",
    "</p></blockquote><form action=https://elsewhere.example><input name=password>",
    "[x](data:text/html;base64,PHNjcmlwdD4=) and vbscript:msgbox(1)",
    "&#60;script&#62;document.title=1&#60;/script&#62; &lt;script>",
    "<!--><img src=x onerror=document.title=1>-->",
    '\ue0000\ue001" onmouseover="document.title=1\ue0021\ue001',
    "[<b>](https://courier.example/?<script>)[</b>](https://courier.example/</a><script>)",
]


class Elements(HTMLParser):
    """What a parser sees in some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.text += "\n" * (tag in ("p", "br", "li"))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def is_harmless(html: str) -> bool:
    seen = Elements(html)
    return (
        not seen.others
        and all(
            tag in ALLOWED
            and all(
                name in ALLOWED[tag] and re.fullmatch(ALLOWED[tag][name], value or "") for name, value in attrs.items()
            )
            for tag, attrs in seen.tags
        )
        and walled(html) == html
        and "<script" not in html.lower()
    )


@settings(derandomize=True, deadline=None, max_examples=500)
@given(marked)
def test_whatever_is_typed_only_harmless_elements_come_out(text: str) -> None:
    assert is_harmless(render(text).html)
    assert is_harmless(render(clean(text)).html)


@settings(derandomize=True, deadline=None, max_examples=500)
@given(marked.filter(lambda text: "://" not in text and "www." not in text))
def test_every_word_that_is_typed_is_shown(text: str) -> None:
    text = clean(text)

    shown = Elements(render(text).html).text

    assert [word for word in re.findall(r"[^\W_]+", text) if word not in shown] == []
    assert [word for word in re.findall(r"[^\W_]+", text) if word not in plain(text)] == []


@settings(derandomize=True, deadline=None)
@given(marked, st.lists(st.integers(0, 80), max_size=8))
def test_every_mention_takes_one_name_wherever_it_stands(text: str, places: list[int]) -> None:
    text = clean(text)
    edges = sorted({place for place in places if place <= len(text)})
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    asked: list[int] = []

    def link(number: int) -> tuple[str, str]:
        asked.append(number)
        return "Ann", "#c-1"

    shown = with_names(render(text, mentions=spans).html, link)

    assert asked == list(range(len(spans)))
    assert "\ue001" not in shown
    assert re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", shown) is None


@pytest.mark.parametrize("text", OURS)
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    html = render(text).html

    assert is_harmless(html)
    assert [word for word in ("press", "parent", "form", "password") if word in text and word not in html] == []


def vectors(name: str, field: str) -> Iterator[str]:
    for line in shared("xss", name).read_text().splitlines():
        yield json.loads(line)[field]


@pytest.mark.parametrize(("name", "field"), [("xss_dompurify.jsonl", "payload"), ("xss_loofah.jsonl", "input")])
def test_no_shared_vector_leaves_an_element_behind(name: str, field: str) -> None:
    for vector in vectors(name, field):
        for text in (vector, clean(vector), f"[{vector}](https://courier.example)", f"[a](https://a.example/{vector})"):
            assert is_harmless(render(text).html), text


def test_no_naughty_string_is_harmful_or_lost() -> None:
    for text in map(clean, json.loads(shared("strings", "blns.json").read_text())):
        html = render(text).html
        assert is_harmless(html), text
        assert bool(Elements(html).text.strip()) == bool(text.strip()), text


@pytest.mark.parametrize(
    "unit",
    [
        "*", "**", "* ", "*a ", "**a", "a**", "*_", "_a*", "***a", "_", "明**",
        "[", "[a", "[a]", "[a](", "[a](https://a.example", "[a](https://a.example ", "[a](https://a.example/(",
        "[https://b.example](https://a.example)", "]", "(", ").", "https://a.example/" + ")." * 50,
        "https://", "https://a.example", "https://a.example ", "www.", "h", "-", "a.", "&", "<", "<a ", "\ue000",
        ">", "> ", "> a\n", ">\n", ">>> a\n\n", "\n", "\n ", " ", "a\n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("work", [render, lambda text: (plain(text), excerpt(text, 100))])
def test_the_work_grows_with_the_length(work: Callable[[str], object], unit: str) -> None:
    assert grows_linearly(work, lambda size: unit * (size // len(unit)))


@pytest.mark.parametrize("tail", [".", ")", ").", "]", "(", "_", "a", "/", "é", "a."])
def test_the_work_on_one_address_grows_with_its_length(tail: str) -> None:
    assert grows_linearly(render, lambda size: "https://courier.example/" + tail * (size // len(tail)) + "\n")
    assert grows_linearly(render, lambda size: "https://" + tail * (size // len(tail)) + "b")
    assert grows_linearly(render, lambda size: "[a](https://courier.example/" + tail * (size // len(tail)))
