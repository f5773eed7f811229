"""The schema of what the European Commission's transparency database takes, and what of a batch does not fit it."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it has no stubs of its own

_SCHEMA = json.loads((Path(__file__).parent / "schemas" / "statements.json").read_text(encoding="utf-8"))
_validator = Draft202012Validator(_SCHEMA)
KEYWORDS = frozenset(
    _SCHEMA["$defs"]["statement"]["properties"]["category_specification"]["items"]["enum"],
)


def misfits(batch: Any) -> list[str]:
    """What is wrong with a batch, with where: nothing if the database would take it."""
    return [f"{list(each.path)}: {each.message}" for each in _validator.iter_errors(batch)]


def misfits_of(statement: Any) -> list[str]:
    """The same of one statement."""
    return misfits({"statements": [statement]})
