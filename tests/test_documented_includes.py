"""The worked example of a signature in docs/integrators.md gives what it says, in each language that runs here."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from rejoinder.discussion.openings import SIGNED, signature_of

PAGE = (Path(__file__).parent.parent / "docs" / "integrators.md").read_text(encoding="utf-8")
KEY = "5f1d7c0a" * 8
RUN = {
    "python": ([sys.executable], ".py"),
    "php": (["php"], ".php"),
    "js": (["node"], ".mjs"),
}


def example(language: str) -> str:
    """The code that prints a signed address."""
    [found] = [code for code in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if "rejoinder story 1" in code]
    return str(found)


@pytest.mark.parametrize("language", [each for each, (command, _) in RUN.items() if shutil.which(command[0])])
def test_the_example_signs_as_we_do(language: str, tmp_path: Path) -> None:
    command, ending = RUN[language]
    script = tmp_path / f"example{ending}"
    script.write_text(example(language), encoding="utf-8")

    printed = subprocess.run([*command, str(script)], capture_output=True, check=True, encoding="utf-8").stdout

    said = dict(parse_qsl(urlsplit(printed.strip()).query))
    assert said["signature"] == signature_of("courier", said, KEY)
    assert f"`{said['signature']}`" in PAGE


@pytest.mark.parametrize("language", RUN)
def test_each_example_has_the_same_lines_in_the_same_order(language: str) -> None:
    code = example(language)
    listed = code[code.rindex("url", 0, code.rindex('"expires"' if '"expires"' in code else "'expires'")) :]

    assert re.findall(r"\b(?:url|publisher_id|headline|published_at|section|expires)\b", listed)[:6] == list(SIGNED[1:])
    assert "rejoinder story 1" in code
    assert "courier" in code


def test_the_lines_are_listed_in_the_order_they_are_signed() -> None:
    listed = re.findall(r"^\d\. .*?`(\w+)`", PAGE[PAGE.index("1. `rejoinder story 1`") :], re.MULTILINE)

    assert listed[-6:] == list(SIGNED[1:])
