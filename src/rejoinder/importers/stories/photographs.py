"""The lead photograph of a page saved as text: a caption, often printed twice, and a credit, often inside it."""

import re
from collections.abc import Sequence

from msgspec import Struct

from rejoinder.discussion.stories import Photo
from rejoinder.importers.stories import phrases

_INSIDE = (
    re.compile(r"(?P<caption>.*[.!?…\"”»)])\s+(?P<credit>[A-Z][\w&.-]*(?: [A-Z]\w*)?/(?=\S)[^/]{2,60})"),
    re.compile(
        r"(?P<caption>.+?)\s*[(\[](?=[^()]*(?:photo|foto|bild|image|picture|crédit|credit|/))"
        r"(?:(?:photo|foto|bild|image|picture|crédit|credit)s?(?: by|\s*:)\s*)?(?P<credit>[^()]{2,60})[)\]]\.?",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<caption>.+[.!?…])\s+(?:Photo|Foto|Bild|Image|Picture|Crédit photo)\s*:\s*(?P<credit>.{2,60})"),
)
"""How a caption ends with its credit: in the agency's own way (AGENCY/Name), in brackets, or behind a label."""


class Found(Struct, frozen=True, kw_only=True):
    """The photograph, the blocks that speak of it, and how many further photographs the blocks speak of."""

    photo: Photo | None = None
    blocks: frozenset[int] = frozenset()
    others: int = 0


def photo_in(blocks: Sequence[str], *, may_be_caption: Sequence[bool]) -> Found:
    """The first photograph the blocks speak of. A credit may stand in a line of its own below the caption, at the
    caption's end, or both; the same caption without its credit counts as the same.
    """
    inside = {i: parts for i, text in enumerate(blocks) if may_be_caption[i] and (parts := _split(text))}
    alone = {i: m["credit"] for i, text in enumerate(blocks) if (m := phrases.PHOTO_CREDIT.fullmatch(text))}
    captions = {i: caption for i, (caption, _) in inside.items()}
    for i in alone:
        if i and may_be_caption[i - 1] and i - 1 not in captions:
            captions[i - 1] = blocks[i - 1]
    if not captions and not alone:
        return Found()
    first = min(captions, default=None)
    caption = captions[first] if first is not None else ""
    same = {i for i, text in enumerate(blocks) if may_be_caption[i] and _folded(text) == _folded(caption)}
    credit = next(iter(alone.values()), "") or next((credit for _, credit in inside.values()), "")
    others = {_folded(text) for text in captions.values()} - {_folded(caption)}
    return Found(
        photo=Photo(caption=caption, credit=credit.strip()),
        blocks=frozenset({*captions, *alone, *same}),
        others=len(others),
    )


def _split(text: str) -> tuple[str, str] | None:
    """The caption and the credit at its end, or None where there is none."""
    found = next((match for shape in _INSIDE if (match := shape.fullmatch(text))), None)
    return (found["caption"].strip(), found["credit"].strip()) if found else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
