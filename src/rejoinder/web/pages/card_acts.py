"""What editors do with a card beside deciding: take it, give it, note, ask and answer; and how they want to read."""

from uuid import UUID

from rejoinder.actions.ask_opinion import answer_opinion, ask_opinion
from rejoinder.actions.claim_case import assign_case, claim_case, let_go
from rejoinder.actions.note_comment import note_comment, note_commenter
from rejoinder.discussion.refusals import Invalid
from rejoinder.store.database import Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, cookie, see_other
from rejoinder.web.visits import Visit

_A_YEAR = 365 * 24 * 3600  # seconds


def claim(w: Write, visit: Visit) -> Answer:
    """The comment of the path taken by who asks (with `over`: also from a colleague), or with `let_go` let go again."""
    by_seq, form = visit.staff().seq, visit.asked.form
    if form.text("let_go"):
        let_go(w, visit.site.seq, visit.asked.id(), by_seq=by_seq)
    else:
        over = bool(form.text("over"))
        claim_case(w, visit.site.seq, visit.asked.id(), by_seq=by_seq, now=visit.asked.now, take_over=over)
    return _card(visit)


def assign(w: Write, visit: Visit) -> Answer:
    """What waits about the comment of the path given to the colleague of the form, or to nobody."""
    to = _colleague(visit)
    assign_case(w, visit.site.seq, visit.asked.id(), to=to, by_seq=visit.staff().seq)
    return _card(visit)


def note(w: Write, visit: Visit) -> Answer:
    """A note on the comment of the path."""
    by_seq, text = visit.staff().seq, visit.asked.form.text("text")
    note_comment(w, visit.site.seq, visit.asked.id(), text, by_seq=by_seq, now=visit.asked.now)
    return _card(visit)


def note_person(w: Write, visit: Visit) -> Answer:
    """A note on the commenter of the path."""
    by_seq, text = visit.staff().seq, visit.asked.form.text("text")
    note_commenter(w, visit.site.seq, visit.asked.id(), text, by_seq=by_seq, now=visit.asked.now)
    return see_other(addresses.person(visit.site.key, visit.asked.id()))


def ask(w: Write, visit: Visit) -> Answer:
    """A second opinion on the comment of the path asked for, of one colleague or of all."""
    to, text, by_seq = _colleague(visit), visit.asked.form.text("text"), visit.staff().seq
    ask_opinion(w, visit.site.seq, visit.asked.id(), text, by_seq=by_seq, to=to, now=visit.asked.now)
    return _card(visit)


def answer(w: Write, visit: Visit) -> Answer:
    """The open question about the comment of the path answered."""
    form, by_seq = visit.asked.form, visit.staff().seq
    said = form.text("opinion")
    if said not in ("agree", "otherwise"):
        raise Invalid(field="opinion")
    agrees, words = said == "agree", form.text("text")
    answer_opinion(w, visit.site.seq, visit.asked.id(), words, agrees=agrees, by_seq=by_seq, now=visit.asked.now)
    return _card(visit)


def care(_w: Write, visit: Visit) -> Answer:
    """How this browser's editor wants to read, kept in a cookie."""
    visit.staff()
    form, options = visit.asked.form, visit.options
    wanted = ".".join(
        word for word, is_wanted in (("plain", not form.text("blur")), ("mix", bool(form.text("mix")))) if is_wanted
    )
    kept = cookie(options.care_cookie, wanted or "blur", secure=options.is_https, seconds=_A_YEAR)
    return see_other(addresses.desk(visit.site.key, queue=form.text("queue") or None), cookies=(kept,))


def _card(visit: Visit) -> Answer:
    """The card again; a script that keeps its page is told that it is done, and no more."""
    if visit.asked.form.text("brief"):
        return Answer(status=204)
    queue = visit.asked.form.text("queue") or None
    return see_other(addresses.desk_comment(visit.site.key, visit.asked.id(), queue=queue))


def _colleague(visit: Visit) -> UUID | None:
    """The colleague chosen in the form, or None. Raises Invalid."""
    typed = visit.asked.form.text("to")
    try:
        return UUID(typed) if typed else None
    except ValueError:
        raise Invalid(field="to") from None
