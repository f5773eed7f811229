"""`rejoinder import story`: what is taken, what is told, and what bad input gets."""

from pathlib import Path

import pytest
from tests.cli.conftest import Rejoinder
from tests.cli.web_server import Page, serving

PAGE = """\
Ferry to run through the winter

PORT MEWAN Wed Nov 11, 2026 3:09am GMT

PORT MEWAN (Courier) - The ferry to Saint Keld will sail through the winter, the harbour board said.

It will sail four times a day.

(Reporting by Hester Quill; Editing by Rosa Teague)

Comments (3)

This discussion is now closed. We welcome comments on our articles for a limited period after their publication.

northquay wrote:

At last.

Nov 11, 2026 4:12am GMT -- Report as abuse

mudlark wrote:

@northquay: and about time.

Nov 11, 2026 5:30am GMT -- Report as abuse
"""


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "ferry.txt"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


def test_a_saved_page_is_taken_and_what_it_lacks_is_told(courier: Rejoinder, page: str) -> None:
    ran = courier("import", "story", page)
    assert ran.code == 0, ran.err
    assert "Ferry to run through the winter" in ran.out
    assert "2 (the page says 3)" in ran.out
    assert "http://127.0.0.1:8000/courier/stories/" in ran.out


def test_the_same_file_again_changes_nothing(courier: Rejoinder, page: str) -> None:
    first = courier("import", "story", page, "--json").document["stories"][0]
    second = courier("import", "story", page, "--json").document["stories"][0]
    assert (first["status"], first["comments_added"], first["published_count"]) == ("new", 2, 2)
    assert (second["status"], second["comments_added"], second["published_count"]) == ("as before", 0, 2)
    assert second["url"] == first["url"]
    assert first["story"]["comments_stated"] == 3
    assert [remark["code"] for remark in first["remarks"]]


def test_a_correction_is_told_as_a_change(courier: Rejoinder, page: str) -> None:
    courier("import", "story", page)
    Path(page).write_text(PAGE.replace("four times a day", "five times a day"), encoding="utf-8")
    assert courier("import", "story", page, "--json").document["stories"][0]["status"] == "changed"


def test_a_dry_run_stores_nothing_and_needs_no_publication(rejoinder: Rejoinder, page: str) -> None:
    told = rejoinder("import", "story", "--dry-run", page, "--json").document["stories"][0]
    assert (told["status"], told["url"], told["story"]["comments"]) == ("not stored", None, 2)
    assert rejoinder("import", "story", page).code == 4


def test_an_unknown_site_takes_nothing(courier: Rejoinder, page: str) -> None:
    ran = courier("import", "story", page, "--site", "gazette", "--json")
    assert (ran.code, ran.document["error"]["code"]) == (4, "unknown-site")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("spaces.txt", b" \n\t\n "),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8),
        ("nothing.html", b"<!doctype html><html><head><title>x</title></head><body><nav>Home</nav></body></html>"),
        ("cut.json", b'{"format": "rejoinder-story", "version": 1, "story": {"headline": "Fer'),
        ("list.json", b"[1, 2, 3]"),
    ],
)
def test_a_file_that_gives_no_story_is_told_in_one_sentence(
    courier: Rejoinder, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    ran = courier("import", "story", name, "--json")
    assert ran.code == 3
    assert ran.document["error"]["code"]
    assert ran.document["stories"] == []
    assert len(ran.err.strip().splitlines()) == 1
    assert name in ran.err


@pytest.mark.parametrize("source", ["missing.txt", ".", "ftp://courier.example/story", "http://127.0.0.1:1/story"])
def test_a_source_that_is_no_file_or_page_is_told(courier: Rejoinder, source: str) -> None:
    ran = courier("import", "story", source, "--json")
    assert ran.code == 3
    assert source in ran.document["error"]["sentence"]


def test_what_can_be_read_is_taken_beside_what_cannot(courier: Rejoinder, page: str) -> None:
    ran = courier("import", "story", "missing.txt", page, "--json")
    assert ran.code == 3
    assert [story["status"] for story in ran.document["stories"]] == ["new"]
    assert [failed["source"] for failed in ran.document["failed"]] == ["missing.txt"]


def test_a_page_at_an_address_is_fetched_when_that_is_allowed(courier: Rejoinder) -> None:
    text = Page(body=PAGE.encode(), headers={"Content-Type": "text/plain; charset=utf-8"})
    with serving({"/ferry.txt": text}) as host:
        refused = courier("import", "story", f"{host}/ferry.txt", "--json")
        taken = courier("import", "story", f"{host}/ferry.txt", "--allow-private", "--json")
    assert refused.document["error"]["code"] == "private-address"
    assert taken.document["stories"][0]["status"] == "new"


def test_a_headline_cannot_command_the_terminal(courier: Rejoinder, tmp_path: Path) -> None:
    told = PAGE.replace("Ferry to run", "\x1b[31mFerry [bold]to run")
    (tmp_path / "ferry.txt").write_text(told, encoding="utf-8")
    ran = courier("import", "story", "ferry.txt", "--dry-run")
    assert "\x1b" not in ran.out
    assert "[bold]" in ran.out or ran.code == 3
