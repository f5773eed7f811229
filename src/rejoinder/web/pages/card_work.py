"""What stands on cards beside the comments: who has them, what colleagues said, what says almost the same, and how this
editor wants to read. A page of cards takes the same few queries, however many there are.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from rejoinder.discussion.care import is_harsh, mixed
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.desk_notes import DeskNote, open_question
from rejoinder.discussion.differences import Piece, differences
from rejoinder.discussion.flags import Flag
from rejoinder.discussion.near_duplicates import alike
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.tree import Entry
from rejoinder.language import Words
from rejoinder.store import claims, comments, desk_news, desk_notes
from rejoinder.store.claims import Work
from rejoinder.store.database import Read
from rejoinder.web.findings import worded
from rejoinder.web.shown.desk import DeskCard
from rejoinder.web.shown.desk_work import CardWork, Care, Checked, ShownNote
from rejoinder.web.visits import Visit

_NUMBER = re.compile(r"[0-9]{1,9}")


def works(
    r: Read, visit: Visit, found: Mapping[int, Entry], reported: Mapping[int, Sequence[Flag]]
) -> dict[int, CardWork]:
    """What stands on each of these comments' cards, by seq. Four queries."""
    site, me, now = visit.site.seq, visit.staff().seq, visit.asked.now
    has = claims.of_comments(r, site, found)
    last = desk_news.last_decisions(r, site, found)
    notes = desk_notes.about(r, site, comment_seqs=found, commenter_seqs={entry.author.seq for entry in found.values()})
    groups = alike_waiting(r, site, found)
    blurs = care_of(visit).blur
    works: dict[int, CardWork] = {}
    for seq, entry in found.items():
        work = has.get(seq, Work())
        claim = work.claim if work.claim and work.claim.holds(now) else None
        said = [note for note in notes if note.comment_seq == seq or note.commenter_seq == entry.author.seq]
        question = open_question(said)
        reasons = [flag.reason for flag in reported.get(seq, ()) if flag.resolution is None]
        works[seq] = CardWork(
            decided=last[seq].seq if seq in last else 0,
            has_cases=bool(work.kinds),
            claimed_by=claim.by_name if claim and claim.by_seq != me else "",
            is_mine=claim is not None and claim.by_seq == me,
            assigned_to=work.assigned_name,
            notes=tuple(shown_note(note) for note in said),
            question=shown_note(question) if question else None,
            may_answer=question is not None and question.by_seq != me,
            alike=max(0, len(groups.get(seq, ())) - 1),
            is_blurred=blurs and is_harsh(entry.findings, reasons),
            checks=tuple(_checked(visit, finding) for finding in entry.findings),
        )
    return works


def alike_waiting(r: Read, site_seq: int, found: Mapping[int, Entry]) -> dict[int, tuple[int, ...]]:
    """For each comment that others are like: all that are alike, by seq, among these and the newest that wait."""
    texts = {each.comment_seq: each.text for each in reversed(desk_news.waiting_texts(r, site_seq))}
    return alike(texts | {seq: entry.comment.text for seq, entry in found.items()})


def care_of(visit: Visit) -> Care:
    """How this editor wants to read, by their browser's cookie."""
    wanted = visit.asked.cookies.get(visit.options.care_cookie, "").split(".")
    return Care(blur="plain" not in wanted, mix="mix" in wanted)


def in_order(visit: Visit, cards: tuple[DeskCard, ...]) -> tuple[DeskCard, ...]:
    """The cards as they come, or hard ones mixed with easier ones where the editor wants that."""
    return mixed(cards, lambda card: card.work.is_blurred) if care_of(visit) == Care(mix=True) else cards


def difference_seen(r: Read, visit: Visit, comment: Comment) -> tuple[Piece, ...]:
    """How the text has changed since the one that was read: the `revision` that was sent, or `seen` in the address.
    Empty where it has not, or nobody says.
    """
    typed = visit.asked.form.text("revision") or visit.asked.query.get("seen", "")
    number = typed.partition(".")[0]
    if not _NUMBER.fullmatch(number) or int(number) == comment.revision:
        return ()
    before = [text for at, text, *_ in comments.revisions_of(r, comment) if at == int(number)]
    return differences(before[0], comment.text) if before else ()


@lru_cache(maxsize=64)
def fresh_sentences(words: Words) -> str:
    """How many cards are new, for any number, as JSON."""
    return msgspec.json.encode(
        words.by_number(lambda n: words.ngettext("%(figure)s new card", "%(figure)s new cards", n))
    ).decode()


def shown_note(note: DeskNote) -> ShownNote:
    """A note as the desk shows it."""
    return ShownNote(
        kind=note.kind,
        text=note.text,
        by=note.by_name,
        at=note.created_at,
        is_about_person=note.commenter_seq is not None,
    )


def _checked(visit: Visit, finding: Finding) -> Checked:
    score = finding.data.get("score")
    return Checked(
        sentence=worded(finding, visit.words, visit.zone),
        score=float(score) if isinstance(score, int | float) else None,
    )
