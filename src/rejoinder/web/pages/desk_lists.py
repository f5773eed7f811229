"""Pages of cards beside the queues: what came while an editor read, what says almost the same, what is their own; and
what an open page asks every few seconds.
"""

import re
from collections.abc import Sequence
from uuid import UUID

import msgspec

from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import UnknownComment, UnknownPage, _
from rejoinder.store import claims, comments, decisions, desk_news, entries
from rejoinder.store.claims import Work
from rejoinder.store.database import Read
from rejoinder.store.desk_news import Last
from rejoinder.web.answers import PRIVATE, Answer
from rejoinder.web.pages.card_work import alike_waiting, care_of, fresh_sentences, in_order
from rejoinder.web.pages.cards import cards, desk_done
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.pages.narrowing import FRESH, seen
from rejoinder.web.shown.desk_lists import CardsPage, DecidedPage
from rejoinder.web.visits import Visit

CARDS = 25
ASKED = 60  # comments that an open page asks about at once
_SEQ = re.compile(r"[0-9]{1,18}")


def new(r: Read, visit: Visit) -> Answer:
    """The cards of the cases in the address, as far as they are open: what an open page adds at its end."""
    visit.staff()
    wanted = [int(each) for each in visit.asked.query.get("cases", "").split(",") if _SEQ.fullmatch(each)]
    return _list(r, visit, desk_news.comments_of(r, visit.site.seq, wanted[:CARDS]), kind="new")


def alike(r: Read, visit: Visit) -> Answer:
    """The comment of the path with those that wait and say almost the same, all chosen. Raises UnknownComment."""
    visit.staff()
    entry = entries.one(r, visit.site.seq, visit.asked.id())
    if entry is None:
        raise UnknownComment
    seq = entry.comment.seq
    group = alike_waiting(r, visit.site.seq, {seq: entry}).get(seq, (seq,))
    return _list(r, visit, [seq, *(each for each in group if each != seq)][: 2 * CARDS], kind="alike")


def mine(r: Read, visit: Visit) -> Answer:
    """What was given to who asks, the longest waiting first."""
    found = claims.assigned_to(r, visit.site.seq, visit.staff().seq, most=2 * CARDS)
    return _list(r, visit, found, kind="mine")


def decided(r: Read, visit: Visit) -> Answer:
    """A decision just taken. Raises UnknownDecision."""
    visit.staff()
    decision = decisions.by_id(r, visit.site.seq, visit.asked.id())
    page = DecidedPage(chrome=chrome(r, visit), queue=seen(visit).here, done=desk_done(r, visit, decision))
    return show(visit, page)


def news(r: Read, visit: Visit) -> Answer:
    """What an open page asks: which cases are the newest, and what became of the comments on it."""
    me, site, words = visit.staff().seq, visit.site.seq, visit.words
    kind = FRESH.get(seen(visit).queue)
    known = comments.by_ids(r, site, _ids(visit.asked.query.get("comments", "")))
    has = claims.of_comments(r, site, [comment.seq for comment in known])
    last = desk_news.last_decisions(r, site, [comment.seq for comment in known])
    told = {}
    for comment in known:
        work, decision = has.get(comment.seq, Work()), last.get(comment.seq)
        claim = work.claim
        taken = claim is not None and claim.by_seq != me and claim.holds(visit.asked.now)
        told[str(comment.id)] = {
            "revision": comment.revision,
            "decided": decision.seq if decision else 0,
            "open": bool(work.kinds),
            "said": _said(visit, decision, is_open=bool(work.kinds)),
            "claimed": words.sentence(_("%(name)s has this"), {"name": claim.by_name}) if claim and taken else "",
        }
    answer = {"newest": desk_news.newest(r, site, kind=kind), "comments": told}
    return Answer(body=msgspec.json.encode(answer), media_type="application/json", headers={"Cache-Control": PRIVATE})


def _list(r: Read, visit: Visit, seqs: Sequence[int], *, kind: str) -> Answer:
    asked = seen(visit)
    page = CardsPage(
        chrome=chrome(r, visit),
        kind=kind,
        queue=asked.queue,
        here=asked.here,
        cards=in_order(visit, cards(r, visit, (), also=seqs)) if seqs else (),
        fresh=fresh_sentences(visit.words),
        care=care_of(visit),
        chosen=kind == "alike",
    )
    return show(visit, page)


_SAID = {
    Outcome.APPROVE: _("%(name)s approved it."),
    Outcome.REJECT: _("%(name)s rejected it."),
    Outcome.LOWER: _("%(name)s put it last."),
    Outcome.UNDO: _("%(name)s took a decision on it back."),
    Outcome.EDIT: _("%(name)s changed its text."),
}


def _said(visit: Visit, decision: Last | None, *, is_open: bool) -> str:
    """What became of it, where it no longer waits or somebody decided."""
    if decision is not None and decision.by_name and decision.outcome in _SAID:
        return visit.words.sentence(_SAID[decision.outcome], {"name": decision.by_name})
    return "" if is_open else visit.words.gettext(_("Nothing waits here any more."))


def _ids(typed: str) -> list[UUID]:
    """The comments asked about, at most ASKED. Raises UnknownPage."""
    try:
        return [UUID(each) for each in typed.split(",")[:ASKED] if each]
    except ValueError:
        raise UnknownPage from None
