"""Every refusal has a code of its own, a kind, and a sentence whose places are filled by whoever raises it."""

import ast
import re
from pathlib import Path

import pytest

import rejoinder
from rejoinder.discussion import refusals
from rejoinder.discussion.refusals import Kind, Refusal

SOURCE = Path(rejoinder.__file__).parent
ALL = sorted(Refusal.__subclasses__(), key=lambda refusal: refusal.__name__)
PLACE = re.compile(r"%\((\w+)\)s")


def _raised() -> dict[str, list[tuple[str, set[str]]]]:
    """By name of a refusal: every `raise` of it, with the place in the source and the names of its data."""
    found: dict[str, list[tuple[str, set[str]]]] = {refusal.__name__: [] for refusal in ALL}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Raise) or node.exc is None:
                continue
            call = node.exc if isinstance(node.exc, ast.Call) else None
            name = call.func if call else node.exc
            if isinstance(name, ast.Name) and name.id in found:
                given = {keyword.arg or "" for keyword in call.keywords} if call else set()
                found[name.id].append((f"{path.name}:{node.lineno}", given))
    return found


RAISED = _raised()


def test_every_refusal_belongs_to_one_family() -> None:
    named = {name for name, it in vars(refusals).items() if isinstance(it, type) and issubclass(it, Refusal)}

    assert named == {refusal.__name__ for refusal in ALL} | {"Refusal"}


def test_no_two_refusals_share_a_code() -> None:
    assert len({refusal.code for refusal in ALL}) == len(ALL)


@pytest.mark.parametrize("refusal", ALL, ids=lambda refusal: refusal.__name__)
def test_a_refusal_is_told_in_a_plain_sentence(refusal: type[Refusal]) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", refusal.code)
    assert refusal.kind in Kind
    assert refusal.sentence[0].isupper()
    assert refusal.sentence.endswith((".", ")s"))
    assert "!" not in refusal.sentence
    assert not re.search(r"%(?!\(\w+\)s)", refusal.sentence)


@pytest.mark.parametrize("refusal", ALL, ids=lambda refusal: refusal.__name__)
def test_whoever_raises_a_refusal_fills_its_places(refusal: type[Refusal]) -> None:
    places = set(PLACE.findall(refusal.sentence))

    lacking = {where: places - given for where, given in RAISED[refusal.__name__] if places - given}

    assert lacking == {}


@pytest.mark.parametrize("refusal", ALL, ids=lambda refusal: refusal.__name__)
def test_a_refusal_prints_as_its_sentence(refusal: type[Refusal]) -> None:
    data = dict.fromkeys(PLACE.findall(refusal.sentence), "seven")

    assert "%" not in str(refusal(**data))
