"""Which format a file is in, in which encoding, and what is no story at all: each with its own error."""

import pytest
from tests.importers.pages import SAMPLES, codes

from rejoinder.importers import record
from rejoinder.importers.detect import READERS, read_story
from rejoinder.importers.record import CannotRead, EmptyFile, NotText, Truncated, UnknownFormat

GERMAN = (SAMPLES / "german.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("sample", "format_"),
    [
        ("whole_page.txt", "saved-text"),
        ("arabic.txt", "saved-text"),
        ("graph.html", "saved-html"),
        ("microdata.html", "saved-html"),
        ("story.json", "rejoinder-json"),
    ],
)
def test_a_format_is_recognised_by_its_content_whatever_the_file_is_called(sample: str, format_: str) -> None:
    assert read_story((SAMPLES / sample).read_bytes(), name="upload").format == format_


def test_every_reader_stands_in_the_table_once() -> None:
    assert [reader.format for reader in READERS] == ["rejoinder-json", "saved-html", "saved-text"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_any_unicode_encoding_that_marks_itself_gives_the_same_story(encoding: str) -> None:
    reading = read_story(GERMAN.encode(encoding), name="seite.txt")

    assert reading == read_story(GERMAN.encode(), name="seite.txt")


def test_an_old_encoding_is_guessed_with_a_remark_and_known_where_it_is_said() -> None:
    data = GERMAN.encode("cp1252")

    guessed = read_story(data, name="seite.txt")
    said = read_story(data, name="seite.txt", content_type="text/plain; charset=iso-8859-1")

    assert guessed.story == said.story == read_story(GERMAN.encode(), name="seite.txt").story
    assert codes(guessed) == ["encoding-guessed"]
    assert codes(said) == []


def test_one_damaged_character_does_not_spoil_the_page() -> None:
    reading = read_story(GERMAN.encode().replace("Groß und".encode(), b"Gro\xc3 und"), name="seite.txt")

    assert codes(reading) == ["characters-damaged"]
    assert reading.story.comments[0].name == "Käthe aus Tal"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028"])
def test_lines_may_end_in_any_way(ending: str) -> None:
    reading = read_story(GERMAN.replace("\n", ending).encode(), name="seite.txt")

    assert reading == read_story(GERMAN.encode(), name="seite.txt")


@pytest.mark.parametrize(
    "data", [b"", b"   \n\t \r\n", "\ufeff \n".encode(), "\u00a0\u2003".encode(), " ".encode("utf-16")]
)
def test_nothing_and_nothing_but_spaces_are_empty(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read_story(data, name="page.txt")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n", b"%PDF-1.7 text", b"PK\x03\x04zip", b"\x1f\x8bgzip", b"text\x00text", bytes(range(1, 256))],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        read_story(data, name="page.txt")


@pytest.mark.parametrize("data", [b"Wei" + b"\xc3", "Wei".encode("utf-16") + b"\x41"])
def test_a_file_that_stops_inside_a_character_is_truncated(data: bytes) -> None:
    with pytest.raises(Truncated):
        read_story(data, name="page.txt")


def test_text_that_is_no_story_is_of_no_known_format() -> None:
    with pytest.raises(UnknownFormat, match=r"list\.txt"):
        read_story(b"turnips\n\nbread for the whole week and a ladder that reaches the roof\n", name="list.txt")


def test_every_error_has_a_code_of_its_own() -> None:
    kinds = [kind for kind in vars(record).values() if isinstance(kind, type) and issubclass(kind, CannotRead)]

    assert len({kind.code for kind in kinds}) == len(kinds)
