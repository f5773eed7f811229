"""Languages: sentences from catalogues, dates and figures by locale, directions."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.pofile import read_po

from rejoinder.discussion.problems import RulesProblem
from rejoinder.discussion.refusals import BadRules, Refusal, TooLong
from rejoinder.language import CATALOGUES, FSI, PDI, Words, is_language, read_words, words

MORNING = datetime(2012, 10, 3, 7, 9, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
SHIPPED = sorted(folder.name.replace("_", "-") for folder in CATALOGUES.iterdir() if folder.is_dir())
# A language whose words are ours and whose three plurals are Polish.
FAKE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "Please log in first."
msgstr "Najpierw »zaloguj« się."

msgid "A comment here has at most %(limit)s characters; yours has %(length)s."
msgstr "%(length)s, a wolno %(limit)s."

#, fuzzy
msgid "Log in"
msgstr "A guess that nobody checked"

msgid "Log out"
msgstr ""

msgid "%(count)s comment"
msgid_plural "%(count)s comments"
msgstr[0] "%(count)s komentarz"
msgstr[1] "%(count)s komentarze"
msgstr[2] "%(count)s komentarzy"
"""


@pytest.fixture
def fake(tmp_path: Path) -> Path:
    folder = tmp_path / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "rejoinder.po").write_text(FAKE, encoding="utf-8")
    return tmp_path


def test_english_is_the_source() -> None:
    assert words("en").gettext("Please log in first.") == "Please log in first."
    assert words("en").ngettext("%(count)s comment", "%(count)s comments", 1) == "%(count)s comment"
    assert words("en").ngettext("%(count)s comment", "%(count)s comments", 0) == "%(count)s comments"


def test_a_catalogue_gives_its_own_sentences(fake: Path) -> None:
    polish = read_words("pl", fake)

    assert polish.gettext("Please log in first.") == "Najpierw »zaloguj« się."


@pytest.mark.parametrize(
    ("number", "form"), [(1, "komentarz"), (2, "komentarze"), (5, "komentarzy"), (12, "komentarzy"), (22, "komentarze")]
)
def test_a_catalogue_has_its_own_plurals(fake: Path, number: int, form: str) -> None:
    said = read_words("pl", fake).ngettext("%(count)s comment", "%(count)s comments", number)

    assert said == f"%(count)s {form}"


@pytest.mark.parametrize("message", ["Log in", "Log out", "Not in the catalogue"])
def test_what_was_not_translated_for_sure_stays_english(fake: Path, message: str) -> None:
    assert read_words("pl", fake).gettext(message) == message


def test_a_country_speaks_its_language(fake: Path) -> None:
    assert read_words("pl-PL", fake).gettext("Please log in first.") == "Najpierw »zaloguj« się."


@pytest.mark.parametrize("tag", ["", "../pl", "pl/../pl", "xx", "nonsense", "pl_PL", "e" * 1000, "en-\x00"])
def test_a_tag_that_is_none_counts_as_english(fake: Path, tag: str) -> None:
    said = read_words(tag, fake)

    assert (said.language, said.direction) == ("en", "ltr")
    assert said.format_day(MORNING, NEW_YORK) == "3 October 2012"


def test_words_are_read_once() -> None:
    assert words("de") is words("de")


def test_a_refusal_is_worded_with_its_figures_as_the_language_writes_them(fake: Path) -> None:
    refusal = TooLong(limit=2000, length=12345)

    assert words("en").sentence(refusal.sentence, refusal.data) == (
        "A comment here has at most 2,000 characters; yours has 12,345."
    )
    assert read_words("pl", fake).sentence(refusal.sentence, refusal.data) == "12\u00a0345, a wolno 2\u00a0000."


@pytest.mark.parametrize("refusal", Refusal.__subclasses__(), ids=lambda refusal: refusal.code)
def test_every_refusal_without_places_is_worded(refusal: type[Refusal]) -> None:
    assert words("en").sentence(refusal.sentence) == refusal.sentence


def test_text_in_a_sentence_moves_nothing_around_it() -> None:
    refusal = BadRules(problem=RulesProblem.NO_HOURS, given="إعداد")

    told = words("en").sentence(refusal.sentence, refusal.data)
    assert told.startswith(f"These rules cannot be used: “{FSI}إعداد{PDI}” are no hours;")


@pytest.mark.parametrize(
    ("language", "text", "isolated"),
    [
        ("en", "northquay", "northquay"),
        ("en", "Zoë, 41", "Zoë, 41"),
        ("en", "نورس", f"{FSI}نورس{PDI}"),
        ("en", "נעמי 7", f"{FSI}נעמי 7{PDI}"),
        ("ar", "northquay", f"{FSI}northquay{PDI}"),
        ("en", "north\u202equay\u2069", "northquay"),
        ("ar", f"{PDI}x", f"{FSI}x{PDI}"),
    ],
)
def test_a_name_is_isolated_where_it_may_run_the_other_way(language: str, text: str, isolated: str) -> None:
    assert words(language).isolate(text) == isolated


@pytest.mark.parametrize(
    ("language", "zone", "said"),
    [
        ("en", "America/New_York", "Wed 3 Oct 2012, 3:09 am EDT"),
        ("en", "Europe/London", "Wed 3 Oct 2012, 8:09 am BST"),
        ("en", "America/Sao_Paulo", "Wed 3 Oct 2012, 4:09 am UTC−3"),
        ("en", "Asia/Kathmandu", "Wed 3 Oct 2012, 12:54 pm UTC+5:45"),
        ("en", "UTC", "Wed 3 Oct 2012, 7:09 am UTC"),
        ("en-GB", "Europe/London", "Wed, 3 Oct 2012, 08:09 BST"),
        ("en-US", "America/New_York", "Wed, Oct 3, 2012, 3:09 AM EDT"),
        ("de", "Europe/Berlin", "Mi., 3. Okt. 2012, 09:09 MESZ"),
        ("de", "America/New_York", "Mi., 3. Okt. 2012, 03:09 UTC−4"),
        ("ar", "Asia/Beirut", "الأربعاء، 3 أكتوبر 2012، 10:09 ص UTC+3"),
    ],
)
def test_a_moment_is_said_in_full(language: str, zone: str, said: str) -> None:
    assert words(language).format_moment(MORNING, ZoneInfo(zone)).replace("\u202f", " ") == said


def test_a_day_is_the_one_it_was_in_the_zone() -> None:
    evening = datetime(2012, 10, 3, 2, 0, tzinfo=UTC)

    assert words("en").format_day(evening, NEW_YORK) == "2 October 2012"
    assert words("en").format_day(evening, ZoneInfo("UTC")) == "3 October 2012"
    assert words("de").format_day(date(2012, 10, 3)) == "3. Oktober 2012"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(), "1 minute ago"),
        (timedelta(seconds=-20), "1 minute ago"),
        (timedelta(minutes=-5), "5 minutes ago"),
        (timedelta(minutes=-75), "75 minutes ago"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(days=9), "in 9 days"),
    ],
)
def test_a_span_is_said_in_one_unit(span: timedelta, said: str) -> None:
    assert words("en").format_relative(MORNING + span, MORNING) == said


@pytest.mark.parametrize(("language", "said"), [("en", "12,345"), ("de", "12.345"), ("de-CH", "12’345")])
def test_a_figure_is_grouped_as_the_language_does(language: str, said: str) -> None:
    assert words(language).format_number(12345) == said


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("de-AT", "ltr"), ("ar", "rtl"), ("he-IL", "rtl")])
def test_a_language_has_its_direction(language: str, direction: str) -> None:
    assert words(language).direction == direction


@pytest.mark.parametrize(
    ("tag", "known"), [("en", True), ("de-AT", True), ("zh-Hant-TW", True), ("", False), ("nonsense", False)]
)
def test_a_tag_names_a_language_or_not(tag: str, *, known: bool) -> None:
    assert is_language(tag) is known


def test_every_catalogue_that_is_shipped_can_be_read() -> None:
    assert "en" in SHIPPED
    assert all(isinstance(read_words(tag, CATALOGUES), Words) for tag in SHIPPED)


def test_translated_sentences_have_the_places_of_the_english_ones() -> None:
    for tag in SHIPPED:
        path = CATALOGUES / tag.replace("-", "_") / "LC_MESSAGES" / "rejoinder.po"
        with path.open("rb") as source:
            catalogue = read_po(source, locale=tag.replace("-", "_"))

        assert [message.id for message, faults in catalogue.check() if faults] == []


def test_sentences_are_found_where_they_are_marked(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent
    marked = tmp_path / "marked.py"
    marked.write_text('words.gettext("One")\nsay("Two")\n_("Three")\nngettext("Four", "Fours", n)\ntold("Five")\n')
    (tmp_path / "web" / "templates").mkdir(parents=True)
    (tmp_path / "web" / "templates" / "page.html").write_text("{{ _('Six') }}{% trans %}Seven{% endtrans %}Eight")

    extract = [str(Path(sys.executable).with_name("pybabel")), "-q", "extract", "-F", str(root / "babel.cfg")]
    subprocess.run([*extract, "-k", "say", "-o", "found.pot", "."], cwd=tmp_path, check=True)

    catalogue = (tmp_path / "found.pot").read_text(encoding="utf-8")
    assert all(f'"{each}"' in catalogue for each in ("One", "Two", "Three", "Four", "Fours", "Six", "Seven"))
    assert not any(each in catalogue for each in ("Five", "Eight"))


@pytest.mark.parametrize(
    ("language", "kinds"),
    [
        ("en", {"one", "other"}),
        ("ar", {"zero", "one", "two", "few", "many", "other"}),
        ("fr", {"one", "many", "other"}),
    ],
)
def test_a_sentence_has_a_form_for_each_kind_of_number(language: str, kinds: set[str]) -> None:
    found = words(language).by_number(lambda n: "%(figure)s comment" if n == 1 else "%(figure)s comments")

    assert set(found) == kinds
    assert found["one"].startswith("{n} comment")
    assert found["other"] == "{n} comments"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(20, "1 minute"), (700, "12 minutes"), (3600, "1 hour"), (5400, "90 minutes"), (90000, "25 hours")],
)
def test_a_span_is_told_in_one_unit(seconds: float, told: str) -> None:
    assert words("en").format_span(seconds) == told
