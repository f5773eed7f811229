"""What a reader's marks become, and what stays as it was typed."""

import re

import pytest

from rejoinder.markup import render, with_names


def drawn(text: str) -> str:
    """The inside of the one paragraph that the text becomes."""
    html = render(text).html
    assert html.startswith('<p dir="auto">')
    assert html.endswith("</p>")
    return html.removeprefix('<p dir="auto">').removesuffix("</p>")


def outline(text: str) -> str:
    """The blocks of a text, without what repeats."""
    return render(text).html.replace('<p dir="auto">', "<p>").replace("blockquote", "q")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("\n\n", ""),
        ("one", "<p>one</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("one\n \n\n\ntwo\n", "<p>one</p><p>two</p>"),
        ("> said", "<q><p>said</p></q>"),
        (">said", "<q><p>said</p></q>"),
        ("> one\n> two\n>\n> three", "<q><p>one<br>two</p><p>three</p></q>"),
        ("> said\nanswered", "<q><p>said</p></q><p>answered</p>"),
        ("before\n> said", "<p>before</p><q><p>said</p></q>"),
        ("> a\n>> b\n> c", "<q><p>a</p><q><p>b</p></q><p>c</p></q>"),
        ("> > > a", "<q><q><q><p>a</p></q></q></q>"),
        (">>>> a", "<q><q><q><p>&gt; a</p></q></q></q>"),
        ("> a\n\n> b", "<q><p>a</p><p>b</p></q>"),
        (">>> a\n\nb", "<q><q><q><p>a</p></q></q></q><p>b</p>"),
        (">50% of them", "<p>&gt;50% of them</p>"),
        (">:(", "<p>&gt;:(</p>"),
        (">= 4", "<p>&gt;= 4</p>"),
        ("a > b", "<p>a &gt; b</p>"),
        (">", "<p>&gt;</p>"),
        ("*a\n\nb*", "<p>*a</p><p>b*</p>"),
    ],
)
def test_lines_become_paragraphs_and_quotes(text: str, html: str) -> None:
    assert outline(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**bold**", "<strong>bold</strong>"),
        ("*italic*", "<em>italic</em>"),
        ("_italic_", "<em>italic</em>"),
        ("***both***", "<strong><em>both</em></strong>"),
        ("**bold *and italic***", "<strong>bold <em>and italic</em></strong>"),
        ("*italic **and bold***", "<em>italic <strong>and bold</strong></em>"),
        ("_a *b* c_", "<em>a <em>b</em> c</em>"),
        ("**over\ntwo lines**", "<strong>over<br>two lines</strong>"),
        ("(*a*), *b*.", "(<em>a</em>), <em>b</em>."),
        ("“**a**”", "“<strong>a</strong>”"),
        ("**Note:** a", "<strong>Note:</strong> a"),
        ("**שלום** *سلام*", "<strong>שלום</strong> <em>سلام</em>"),
        ("中文**粗体**中文", "中文<strong>粗体</strong>中文"),
        ("**a** and **b**", "<strong>a</strong> and <strong>b</strong>"),
    ],
)
def test_emphasis_is_drawn(text: str, html: str) -> None:
    assert drawn(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "2*3*4",
        "2 * 3 * 4",
        "f***k and s**t",
        "snake_case_name",
        "__init__",
        "a_ b_",
        "**open",
        "open**",
        "** spaced **",
        "*",
        "****",
        "*****five*****",
        "# no heading",
        "- no list",
        "`no code`",
        "```",
        "~~no strike~~",
        "www. and http:// and https",
        "[no](link) [no]() []()",
        "[](https:courier)",
        "![",
    ],
)
def test_whatever_else_is_typed_stands_as_typed(text: str) -> None:
    assert drawn(text) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("a & b &amp; c &#60;", "a &amp; b &amp;amp; c &amp;#60;"),
        ("*a **b* c**", "<em>a **b</em> c**"),  # not nested: the inner one stays
        ('"quoted"', '"quoted"'),
        ("![a](https://courier.example)", '!<a href="https://courier.example" rel="ugc nofollow noopener">a</a>'),
    ],
)
def test_html_and_half_marks_are_shown(text: str, html: str) -> None:
    assert drawn(text) == html


def test_a_mention_becomes_a_mark_that_takes_the_present_name() -> None:
    text = "Yes, **@ann** and @Ann Lee: no."
    html = render(text, mentions=[(7, 11), (18, 26)]).html

    shown = with_names(html, [("Bea & Co", "#c-1"), ("[erased]", '/x?a=1&b="')].__getitem__)

    assert "ann" not in html.lower()
    assert shown == (
        '<p dir="auto">Yes, <strong><a class="at" href="#c-1">@Bea &amp; Co</a></strong> and '
        '<a class="at" href="/x?a=1&amp;b=&quot;">@[erased]</a>: no.</p>'
    )


def test_a_mention_inside_a_link_is_its_name_alone() -> None:
    html = render("[as @ann said](https://courier.example)", mentions=[(4, 8)]).html

    assert with_names(html, lambda _: ("<Bea>", "#c-1")).count("<a ") == 1
    assert ">as @&lt;Bea&gt; said</a>" in with_names(html, lambda _: ("<Bea>", "#c-1"))


def test_a_mention_in_a_quote_keeps_its_place() -> None:
    html = render("> @ann said\n\n@ann", mentions=[(2, 6), (13, 17)]).html

    shown = with_names(html, lambda number: (f"n{number}", "#"))

    assert re.sub("<[^>]*>", "|", shown) == "|||@n0| said||||@n1||"


def test_a_text_without_mentions_is_stored_as_it_is_shown() -> None:
    html = render("Plain.").html

    assert with_names(html, lambda _: pytest.fail("asked for a name")) is html


@pytest.mark.parametrize("typed", ["\ue0000\ue001", "\ue0020\ue001", "\ue000\ue0000\ue001\ue001", "@ann \ue0007\ue001"])
def test_a_reader_cannot_type_the_mark_of_a_mention(typed: str) -> None:
    html = render(typed).html

    assert with_names(html, lambda _: pytest.fail("took it for a mention")) == html


@pytest.mark.parametrize("spans", [[(0, 4), (2, 6)], [(5, 9), (0, 4)], [(0, 99)], [(-1, 2)], [(3, 3)]])
def test_spans_out_of_order_are_an_error(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="mention"):
        render("@ann and @bea", mentions=spans)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("none", 0),
        ("https://courier.example", 1),
        ("[a](https://courier.example) https://courier.example https://courier.example", 3),
        ("> https://courier.example\n\nwww.courier.example", 2),
        ("[a](javascript:void)", 0),
    ],
)
def test_links_are_counted(text: str, links: int) -> None:
    assert render(text).links == links


def test_mentions_are_no_links_out() -> None:
    assert render("@ann", mentions=[(0, 4)]).links == 0
