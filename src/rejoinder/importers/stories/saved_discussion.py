"""The discussion of a page saved as text: where it begins, its comments, its notices.

A comment stands between a head ("Ada Lund wrote:") and a foot (its stamp and the link to report it). Words inside a
comment may look like either, so a line counts by where it stands: a head only after the beginning or a foot, and where
the page's feet carry a report link, a bare stamp is somebody's quotation.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from rejoinder.importers.record import BadFile, Remark, Truncated
from rejoinder.importers.stamps import Stamp
from rejoinder.importers.stories.credits import credits_of
from rejoinder.importers.stories.datelines import dateline_of
from rejoinder.importers.stories.lines import Kind, Line, paragraphs
from rejoinder.importers.stories.notices import is_policy

_ENDS = (Kind.HEAD, Kind.CLOSING, Kind.INVITATION, Kind.COUNT)
_LINES_BEFORE_FIRST = 8  # what may stand between the count and the first head: a notice, "Sort by", …


class SavedComment(Struct, frozen=True, kw_only=True):
    """One comment with its stamp as printed."""

    name: str
    text: str
    stamp: Stamp


class Discussion(Struct, frozen=True, kw_only=True):
    """What follows the article. `tail` are the lines after it that belong to no comment and no notice."""

    comments: tuple[SavedComment, ...] = ()
    stated_count: int | None = None
    notices: tuple[str, ...] = ()
    closing_notice: str | None = None
    invites: bool = False
    tail: tuple[Line, ...] = ()
    remarks: tuple[Remark, ...] = ()


class _Foot(Struct, frozen=True, kw_only=True):
    at: int
    end: int  # the index after its last line
    stamp: Stamp


def beginning(lines: Sequence[Line]) -> tuple[int, tuple[Remark, ...]]:
    """The index of the line at which the discussion begins (`len(lines)` where there is none): the first count below
    the article that comments follow; without a count, the head after credits or notice; else the last head there is.
    """
    first = _next_head(lines, 0, len(lines))
    feet = [foot for foot in _feet(lines) if first is not None and foot.at > first]
    end = feet[0].at if feet else len(lines)
    told = max((i for i in range(end) if _is_article(lines[i].text)), default=-1)
    counted = (i for i in range(told + 1, end) if lines[i].kind is Kind.COUNT and _begins(lines, i + 1))
    if (at := next(counted, None)) is not None:
        return at, ()
    heads = [i for i in range(end) if lines[i].kind is Kind.HEAD] if feet else []
    if not heads:
        return _notice_alone(lines), ()
    anchor = max((i for i in range(end) if _ends_article(lines[i].text)), default=-1)
    anchored = [i for i in heads if i > anchor] if anchor >= 0 else []
    if anchored or len(heads) == 1:
        return (anchored or heads)[0], ()
    sentence = (
        "The page does not say where the comments begin; they were taken to begin at the last name before a date."
    )
    return heads[-1], (Remark(code="comments-beginning-unclear", text=sentence),)


def _begins(lines: Sequence[Line], start: int) -> bool:
    """Does a discussion, or nothing, follow at once? Under a headline it is the article that follows."""
    following = [line.kind for line in lines[start:] if line.kind is not Kind.BLANK]
    return not following or any(kind in _ENDS for kind in following[:_LINES_BEFORE_FIRST])


def _notice_alone(lines: Sequence[Line]) -> int:
    """Where a page without comments says that they are closed or open: among its last lines, if anywhere."""
    written = [i for i, line in enumerate(lines) if line.kind is not Kind.BLANK]
    last = written[1:][-_LINES_BEFORE_FIRST:]
    notices = (i for i in last if lines[i].kind in (Kind.CLOSING, Kind.INVITATION, Kind.COUNT))
    return next(notices, len(lines))


def _ends_article(text: str) -> bool:
    return bool(text) and (is_policy(text) or credits_of(text) is not None)


def _is_article(text: str) -> bool:
    return dateline_of(text) is not None or credits_of(text) is not None


def read_discussion(lines: Sequence[Line]) -> Discussion:
    """The discussion that these lines, from its beginning to the page's end, hold. Raises Truncated where they stop
    inside a comment.
    """
    feet = list(_real(_feet(lines), lines))
    comments: list[SavedComment] = []
    between: list[Line] = []
    remarks: list[Remark] = []
    start = 0
    for foot in feet:
        head = _next_head(lines, start, foot.at)
        if head is None:
            remarks.append(Remark(code="comment-without-name", text="A comment without a name was left out."))
            start = foot.end
            continue
        between += lines[start:head]
        text = _text(lines[head + 1 : foot.at])
        if text:
            comments.append(SavedComment(name=lines[head].name, text=text, stamp=foot.stamp))
        else:
            remarks.append(Remark(code="comment-empty", text=f"A comment by {lines[head].name} is empty."))
        start = foot.end
    rest = lines[start:]
    _refuse_undated(rest)
    return _arranged(comments, between=between, rest=rest, remarks=remarks)


def _feet(lines: Sequence[Line]) -> list[_Foot]:
    """The lines that could end a comment. Where any carries a report link, those without one are quotations."""
    linked: list[_Foot] = []
    bare: list[_Foot] = []
    for i, line in enumerate(lines):
        if line.stamp is None:
            continue
        following = next((j for j in range(i + 1, len(lines)) if lines[j].kind is not Kind.BLANK), None)
        if line.kind is Kind.FOOT:
            linked.append(_Foot(at=i, end=i + 1, stamp=line.stamp))
        elif following is not None and lines[following].kind is Kind.ACTIONS:
            linked.append(_Foot(at=i, end=following + 1, stamp=line.stamp))
        else:
            bare.append(_Foot(at=i, end=i + 1, stamp=line.stamp))
    return linked or bare


def _real(feet: list[_Foot], lines: Sequence[Line]) -> Iterator[_Foot]:
    """The feet that end a comment: the last, and each that has a head between it and the next. Any other stands inside
    a comment that goes on after it.
    """
    for i, foot in enumerate(feet):
        until = feet[i + 1].at if i + 1 < len(feet) else len(lines)
        if i + 1 == len(feet) or _next_head(lines, foot.end, until) is not None:
            yield foot


def _next_head(lines: Sequence[Line], start: int, end: int) -> int | None:
    return next((i for i in range(start, end) if lines[i].kind is Kind.HEAD), None)


def _refuse_undated(rest: Sequence[Line]) -> None:
    """After the last foot nobody may begin to speak, except below the closing notice."""
    head = _next_head(rest, 0, len(rest))
    closing = next((i for i, line in enumerate(rest) if line.kind is Kind.CLOSING), len(rest))
    if head is None or closing < head:
        return
    if closing < len(rest):
        raise BadFile(f"The comment by {rest[head].name} has no date.")
    raise Truncated(f"The file stops inside the comment by {rest[head].name}, before its date.")


def _text(lines: Sequence[Line]) -> str:
    """Paragraphs separated by one blank line; a line break inside a paragraph is kept."""
    return "\n\n".join("\n".join(line.text for line in paragraph) for paragraph in paragraphs(lines))


def _arranged(
    comments: list[SavedComment], *, between: list[Line], rest: Sequence[Line], remarks: list[Remark]
) -> Discussion:
    counts = [line.count for line in (*between, *rest) if line.kind is Kind.COUNT]
    closing = [line.text for line in (*between, *rest) if line.kind is Kind.CLOSING]
    before = [line for line in between if line.kind in (Kind.TEXT, Kind.BLANK)]
    notices = [block for block in map(_joined, paragraphs(before)) if is_policy(block)]
    stray = [block for block in map(_joined, paragraphs(before)) if not is_policy(block)]
    if stray:
        sentence = f"{len(stray)} piece(s) of text between the comments belong to none and were left out."
        remarks.append(Remark(code="text-between-comments", text=sentence))
    return Discussion(
        comments=tuple(comments),
        stated_count=counts[0] if counts else None,
        notices=tuple(notices),
        closing_notice=closing[0] if closing else None,
        invites=any(line.kind is Kind.INVITATION for line in (*between, *rest)),
        tail=tuple(line for line in rest if line.kind in (Kind.TEXT, Kind.BLANK, Kind.BARE_FOOT)),
        remarks=tuple(remarks),
    )


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)
