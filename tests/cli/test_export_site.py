"""`rejoinder export site`: everything of a publication, line by line."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Rejoinder


def _records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_an_export_begins_with_the_site_and_ends_with_its_counts(sample: Rejoinder) -> None:
    records = _records(sample("export", "site").out)
    assert records[0]["record"] == "site"
    assert (records[0]["format"], records[0]["version"]) == ("rejoinder-site", 1)
    counts = records[-1]["counts"]
    assert records[-1]["record"] == "end"
    assert (counts["section"], counts["story"], counts["commenter"]) == (3, 7, 17)
    assert sum(counts.values()) == len(records) - 1


def test_what_refers_to_something_comes_after_it(sample: Rejoinder) -> None:
    seen: set[str] = set()
    for record in _records(sample("export", "site").out):
        named = [record.get(name) for name in ("story", "commenter", "parent", "comment", "by", "reverses")]
        assert {each for each in named if each} <= seen
        seen.add(record.get("id", ""))


def test_an_edited_comment_keeps_what_it_said_before(sample: Rejoinder) -> None:
    edited = [each for each in _records(sample("export", "site").out) if each.get("revisions")]
    assert [(each["revision"], len(each["revisions"])) for each in edited] == [(2, 1)]
    assert edited[0]["text"] != edited[0]["revisions"][0]["text"]


def test_mail_addresses_are_in_it_only_when_asked_for(sample: Rejoinder) -> None:
    assert "@courier.example" not in sample("export", "site").out
    emails = {each.get("email") for each in _records(sample("export", "site", "--with-personal").out)}
    assert "editor@courier.example" in emails


def test_a_file_appears_whole_and_json_tells_of_it(sample: Rejoinder, tmp_path: Path) -> None:
    out = tmp_path / "courier.ndjson"
    told = sample("export", "site", "--out", str(out), "--json").document
    records = _records(out.read_text(encoding="utf-8"))
    assert told["records"] == len(records) - 1
    assert not list(tmp_path.glob(".*.part"))


def test_json_without_a_file_is_a_question_back(sample: Rejoinder) -> None:
    assert sample("export", "site", "--json").code == 2


def test_a_folder_that_is_not_there_is_told(sample: Rejoinder, tmp_path: Path) -> None:
    ran = sample("export", "site", "--out", str(tmp_path / "nowhere" / "x.ndjson"))
    assert ran.code == 3
    assert "No such file" in ran.err
