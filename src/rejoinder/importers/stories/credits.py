"""The credit line under a story: "(Reporting by A and B in Dakar; Writing by C; Editing by D)"."""

import re
from collections.abc import Iterator

from rejoinder.discussion.stories import Credits
from rejoinder.importers.stories.phrases import CREDIT, CREDIT_ROLES, NAMES_JOINED

_WHERE = re.compile(r"\s+(?:in|at|à|en|bei)\s+\S.*$")  # "in Dakar": where a reporter was
_LONGEST = 400


def credits_of(paragraph: str) -> tuple[Credits, tuple[str, ...]] | None:
    """The credits a paragraph consists of, and the parts in it whose role is none of ours; None for any other one."""
    inner = paragraph.strip()
    bracketed = inner.startswith("(") and inner.endswith(")")
    parts = [part.strip() for part in re.split(r"[;؛]", inner[1:-1] if bracketed else inner)]
    found = [CREDIT.fullmatch(part) for part in parts]
    if len(inner) > _LONGEST or found[0] is None or not (bracketed or len(parts) > 1):
        return None
    names = {role: tuple(_named(role, found)) for role in CREDIT_ROLES}
    others = tuple(part for part, match in zip(parts, found, strict=True) if match is None and part)
    return Credits(**names), others


def _named(role: str, found: list[re.Match[str] | None]) -> Iterator[str]:
    for match in found:
        if match and re.search(CREDIT_ROLES[role], match["roles"], re.IGNORECASE):
            yield from names_in(match["names"])


def names_in(printed: str) -> tuple[str, ...]:
    """The names in "A, B and C in Dakar", in the order printed."""
    names = (_WHERE.sub("", name).strip(" .") for name in NAMES_JOINED.split(printed))
    return tuple(name for name in names if name)
