"""The article of a page saved as text: everything above the discussion, each block given its part."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from msgspec import Struct

from rejoinder.discussion.stories import Credits, Photo
from rejoinder.importers.record import NoArticle, Remark
from rejoinder.importers.stamps import Stamp, stamp_in
from rejoinder.importers.stories import phrases
from rejoinder.importers.stories.credits import credits_of, names_in
from rejoinder.importers.stories.datelines import Dateline, dateline_of
from rejoinder.importers.stories.lines import Kind, Line, paragraphs
from rejoinder.importers.stories.notices import is_policy
from rejoinder.importers.stories.photographs import photo_in

_LONGEST_STAMP_LINE = 160  # characters
_LONGEST_PLACE = 6  # words
_LONGEST_TOPIC = (6, 50)  # words, characters
_LONGEST_HEADLINE = 300  # characters
_BLOCKS_ABOVE_BODY = 10  # where no dateline says where the body begins, photographs are looked for so far down
_WRAPPED = range(45, 101)  # the length, in characters, of lines that a program has broken
_SHORTEST_PROSE = 60  # characters; what is shorter and ends without a full stop is a label
_SENTENCE_END = tuple(".!?…\"”»“’'؟。)")
_WORDS_AFTER_CREDITS = 2
_WORDS_WITHOUT_CREDITS = 3  # a last paragraph about commenting needs more to be a notice where no credits end the body


class Part(Enum):
    """What a block of the article is."""

    HEADLINE = auto()
    STAMP = auto()
    BYLINE = auto()
    COUNT = auto()
    TOPICS = auto()
    PHOTO = auto()
    STANDFIRST = auto()
    BODY = auto()
    CREDITS = auto()
    POLICY = auto()
    DISCLAIMER = auto()
    LEFT_OUT = auto()


class Article(Struct, frozen=True, kw_only=True):
    """The article's parts as printed; the stamps are not instants yet."""

    headline: str
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    stamp_place: str = ""
    published: Stamp | None = None
    updated: Stamp | None = None
    photo: Photo | None = None
    topics: tuple[str, ...] = ()
    dateline: Dateline | None = None
    paragraphs: tuple[str, ...] = ()
    credits: Credits = Credits()
    policy_notice: str | None = None
    disclaimer: str | None = None
    stated_count: int | None = None
    remarks: tuple[Remark, ...] = ()


def read_article(lines: Sequence[Line], *, tail: Sequence[Line] = ()) -> Article:
    """The article in the lines above the discussion; `tail` are the lines below it, where some pages have their
    photograph and their notices. Raises NoArticle where there is no headline or no body.
    """
    blocks = list(_blocks(lines))
    parts: dict[int, Part] = {}
    stamps = _mark_stamps(blocks, parts)
    _mark_headline(blocks, parts)
    start = _body_start(blocks, parts)
    _mark_labels(blocks, parts, start)
    topics = _mark_topics(blocks, parts)
    photo, remarks = _mark_photo(blocks, parts, start)
    start = _body_start(blocks, parts)
    found_credits, unknown = _mark_credits(blocks, parts, start)
    _mark_notices(blocks, parts, start)
    remarks += unknown + _mark_rest(blocks, parts, start)
    body = [blocks[i] for i in sorted(parts) if parts[i] is Part.BODY]
    if not body:
        raise NoArticle("The page has a headline and no text below it.")
    dateline = dateline_of(body[0])
    below = _read_below(list(_blocks(tail)), has_photo=photo is not None)
    return Article(
        headline=_joined(blocks, parts, Part.HEADLINE),
        standfirst=_joined(blocks, parts, Part.STANDFIRST),
        byline=_byline(blocks, parts, stamps),
        stamp_place=next((s.place for s in stamps if s.place), ""),
        published=next((s.stamp for s in stamps if not s.updated), None),
        updated=next((s.stamp for s in stamps if s.updated), None),
        photo=photo or below.photo,
        topics=topics,
        dateline=dateline,
        paragraphs=tuple(_unwrapped([dateline.rest, *body[1:]] if dateline else body)),
        credits=found_credits,
        policy_notice=_joined(blocks, parts, Part.POLICY) or below.policy_notice,
        disclaimer=_joined(blocks, parts, Part.DISCLAIMER) or below.disclaimer,
        stated_count=next((line.count for line in lines if line.kind is Kind.COUNT), None),
        remarks=remarks + below.remarks,
    )


class _Below(Struct, frozen=True, kw_only=True):
    photo: Photo | None
    policy_notice: str | None
    disclaimer: str | None
    remarks: tuple[Remark, ...]


def _read_below(blocks: Sequence[str], *, has_photo: bool) -> _Below:
    """What the blocks below the discussion hold: a photograph, where there is none above, and notices."""
    parts: dict[int, Part] = {}
    for i, block in enumerate(blocks):
        if phrases.DISCLAIMER.match(block):
            parts[i] = Part.DISCLAIMER
        elif is_policy(block):
            parts[i] = Part.POLICY
    found = photo_in(blocks, may_be_caption=[i not in parts for i in range(len(blocks))])
    parts |= dict.fromkeys(found.blocks, Part.PHOTO)
    others = len(blocks) - len(parts)
    sentence = f"{others} piece(s) of text below the discussion were left out."
    return _Below(
        photo=None if has_photo else found.photo,
        policy_notice=_joined(blocks, parts, Part.POLICY) or None,
        disclaimer=_joined(blocks, parts, Part.DISCLAIMER) or None,
        remarks=(Remark(code="text-below-discussion", text=sentence),) if others else (),
    )


class _Printed(Struct, frozen=True, kw_only=True):
    stamp: Stamp
    updated: bool
    place: str = ""
    byline: str = ""


def _blocks(lines: Sequence[Line]) -> Iterator[str]:
    """The blocks between blank lines; a line that is a part by itself is a block by itself."""
    for paragraph in paragraphs(lines):
        run: list[str] = []
        for line in paragraph:
            if _stands_alone(line):
                if run:
                    yield "\n".join(run)
                yield line.text
                run = []
            else:
                run.append(line.text)
        if run:
            yield "\n".join(run)


def _stands_alone(line: Line) -> bool:
    single = (phrases.PHOTO_CREDIT, phrases.TOPICS, phrases.BYLINE)
    return (
        line.kind in (Kind.COUNT, Kind.ACTIONS, Kind.BARE_FOOT)
        or any(shape.fullmatch(line.text) for shape in single)
        or bool(stamps_printed(line.text))
        or credits_of(line.text) is not None
    )


def stamps_printed(text: str) -> list[_Printed]:
    """The stamps of a line that is made of stamps: "MOSCOW Wed Oct 3, 2012 3:09am EDT", "Published … | Updated …"."""
    found: list[_Printed] = []
    while len(text) <= _LONGEST_STAMP_LINE and (stamp := stamp_in(text)):
        before = stamp.before.strip(" |•·,–—-")
        label = phrases.UPDATED.match(before) or phrases.PUBLISHED.match(before)
        place = before[label.end() :].strip(" :：|•·,") if label else before
        byline = phrases.BYLINE.fullmatch(place)
        separated = not stamp.after or stamp.after[0] in "|•·(–—-"
        if not separated or len(place.split()) > _LONGEST_PLACE or place.endswith(_SENTENCE_END):
            break
        if not stamp.has_time and place and not byline:
            break
        found.append(
            _Printed(
                stamp=stamp,
                updated=phrases.UPDATED.match(before) is not None,
                place="" if byline or phrases.PUBLISHED.fullmatch(place) else place,
                byline=byline["names"] if byline else "",
            )
        )
        text = stamp.after
    return found


def _mark_stamps(blocks: Sequence[str], parts: dict[int, Part]) -> list[_Printed]:
    """The stamps above the body. The first block is the headline, even where it holds a date."""
    stamps: list[_Printed] = []
    for i, block in enumerate(blocks[:_BLOCKS_ABOVE_BODY]):
        if found := stamps_printed(block):
            if i or found[0].stamp.has_time:
                parts[i] = Part.STAMP
                stamps += found
        elif dateline_of(block):
            break
    return stamps


def _mark_headline(blocks: Sequence[str], parts: dict[int, Part]) -> None:
    at = next((i for i in range(len(blocks)) if i not in parts), None)
    if at is None or len(blocks[at]) > _LONGEST_HEADLINE or dateline_of(blocks[at]):
        raise NoArticle("The page has no headline above its text.")
    parts[at] = Part.HEADLINE


def _body_start(blocks: Sequence[str], parts: dict[int, Part]) -> int:
    """The index of the block that begins the body: the one with the dateline, else the first prose."""
    free = [i for i in range(len(blocks)) if i not in parts]
    dated = next((i for i in free if dateline_of(blocks[i])), None)
    if dated is not None:
        return dated
    prose = (i for i in free if len(blocks[i]) >= _SHORTEST_PROSE or blocks[i].endswith(_SENTENCE_END))
    return next((i for i in prose if not phrases.PHOTO_CREDIT.fullmatch(blocks[i])), len(blocks))


def _mark_labels(blocks: Sequence[str], parts: dict[int, Part], start: int) -> None:
    for i, block in enumerate(blocks):
        if i in parts:
            continue
        if phrases.COMMENT_COUNT.fullmatch(block):
            parts[i] = Part.COUNT
        elif i < start and _is_byline(block):
            parts[i] = Part.BYLINE


def _is_byline(block: str) -> bool:
    return phrases.BYLINE.fullmatch(block) is not None and not block.endswith((".", "!", "?"))


def _mark_topics(blocks: Sequence[str], parts: dict[int, Part]) -> tuple[str, ...]:
    """The topics below their heading: the short lines up to the next real block. An empty heading gives none."""
    for i, block in enumerate(blocks):
        heading = phrases.TOPICS.fullmatch(block)
        if i in parts or heading is None:
            continue
        parts[i] = Part.TOPICS
        topics = _listed(heading["inline"] or "")
        for j in range(i + 1, len(blocks)):
            if j in parts or topics_end(blocks[j]):
                break
            parts[j] = Part.TOPICS
            topics += _listed(blocks[j])
        return topics
    return ()


def topics_end(block: str) -> bool:
    """Is a block too long, or too much of a sentence, to be topics?"""
    words, characters = _LONGEST_TOPIC
    return (
        any(len(line.split()) > words or len(line) > characters for line in _listed(block))
        or block.endswith(_SENTENCE_END)
        or phrases.PHOTO_CREDIT.fullmatch(block) is not None
        or dateline_of(block) is not None
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(item for item in (part.strip(" •·-") for part in re.split(r"\n|[,،;|•·]\s*", text)) if item)


def _mark_photo(blocks: Sequence[str], parts: dict[int, Part], start: int) -> tuple[Photo | None, tuple[Remark, ...]]:
    """The photograph above the body, or one inside it that has a credit line of its own."""
    dated = start < len(blocks) and dateline_of(blocks[start]) is not None
    limit = start if dated else min(len(blocks), _BLOCKS_ABOVE_BODY)
    found = photo_in(blocks[:limit], may_be_caption=[i not in parts for i in range(limit)])
    if found.photo is None:
        found = photo_in(blocks, may_be_caption=[False] * len(blocks))
    parts |= dict.fromkeys(found.blocks, Part.PHOTO)
    if not found.others:
        return found.photo, ()
    sentence = f"{found.others} further photograph(s) were left out; a story has one."
    return found.photo, (Remark(code="photographs-left-out", text=sentence),)


def _mark_credits(blocks: Sequence[str], parts: dict[int, Part], start: int) -> tuple[Credits, tuple[Remark, ...]]:
    for i in range(len(blocks) - 1, start, -1):
        found = credits_of(blocks[i]) if i not in parts else None
        if found:
            parts[i] = Part.CREDITS
            credited, others = found
            sentence = f"Credits of another kind were left out: {'; '.join(others)}."
            return credited, (Remark(code="credits-left-out", text=sentence),) if others else ()
    return Credits(), ()


def _mark_notices(blocks: Sequence[str], parts: dict[int, Part], start: int) -> None:
    """The notices at the article's end: after the credits, or, without any, the last blocks that say more of it."""
    ended = next((i for i, part in parts.items() if part is Part.CREDITS), None)
    for i in range(len(blocks) - 1, max(start, ended or 0), -1):
        if i in parts:
            continue
        if phrases.DISCLAIMER.match(blocks[i]):
            parts[i] = Part.DISCLAIMER
        elif is_policy(blocks[i], needed=_WORDS_AFTER_CREDITS if ended else _WORDS_WITHOUT_CREDITS):
            parts[i] = Part.POLICY
        else:
            break


def _mark_rest(blocks: Sequence[str], parts: dict[int, Part], start: int) -> tuple[Remark, ...]:
    """What is left: body from its start on; above it, a standfirst before the first stamp, else nothing we know."""
    stamped = min((i for i, part in parts.items() if part is Part.STAMP), default=start)
    left_out = 0
    for i in range(len(blocks)):
        if i in parts:
            continue
        if i >= start:
            parts[i] = Part.BODY
        elif i < stamped and Part.STANDFIRST not in parts.values():
            parts[i] = Part.STANDFIRST
        else:
            parts[i] = Part.LEFT_OUT
            left_out += 1
    if not left_out:
        return ()
    sentence = f"{left_out} piece(s) of text above the story's first paragraph have no place in it and were left out."
    return (Remark(code="text-above-story", text=sentence),)


def _byline(blocks: Sequence[str], parts: dict[int, Part], stamps: list[_Printed]) -> tuple[str, ...]:
    lines = (blocks[i] for i in sorted(parts) if parts[i] is Part.BYLINE)
    printed = [match["names"] for line in lines if (match := phrases.BYLINE.fullmatch(line))]
    return tuple(name for names in [*printed, *(s.byline for s in stamps)] for name in names_in(names))


def _joined(blocks: Sequence[str], parts: dict[int, Part], part: Part) -> str:
    return "\n\n".join(" ".join(blocks[i].split("\n")) for i in sorted(parts) if parts[i] is part)


def _unwrapped(blocks: Sequence[str]) -> Iterator[str]:
    """Paragraphs; lines that a program broke at a width are joined, others are paragraphs by themselves."""
    for block in blocks:
        lines = block.split("\n")
        if len(lines) > 1 and all(len(line) in _WRAPPED for line in lines[:-1]):
            yield " ".join(lines)
        else:
            yield from lines
