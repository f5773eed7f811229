"""The queues: what waits, what can be looked back at, and views of them that were kept. A page of one is the same
number of statements, however much there is.
"""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from rejoinder.actions.keep_view import keep_view, let_view_go
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.refusals import Refusal
from rejoinder.discussion.sites import Section, rules_here
from rejoinder.markup import excerpt
from rejoinder.store import appeals, cases, corrections, decisions, desk_news, looking_back, sites, stories, views
from rejoinder.store.cases import Case, CaseKind
from rejoinder.store.database import Read, Write
from rejoinder.store.looking_back import Unasked
from rejoinder.store.views import View
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.card_work import care_of, fresh_sentences, in_order
from rejoinder.web.pages.cards import cards, desk_done
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.pages.narrowing import FRESH, LOOKS, WAITING, Seen, form, read, seen
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.desk import DeskCard, Done, QueuePage
from rejoinder.web.shown.queues import Choice, KeptView, PlainCase, Queue, QueueCount
from rejoinder.web.visits import Visit

CARDS = 25
LONGEST_SHOWN = 300  # characters of a correction on its card
REACTIVE = "reactive"  # the mode under which nobody is expected to look before somebody reports


def queue(r: Read, visit: Visit) -> Answer:
    """A queue of open cases in their turn, or a list of what was written or decided, the newest first."""
    editor = visit.staff()
    asked = seen(visit)
    kept = views.kept_for(r, visit.site.seq, editor.seq)
    readable = [(view, _readable(view, visit)) for view in kept]
    counting = [*WAITING.values(), *(each.waiting for _, each in readable if each and each.queue in WAITING)]
    counted = cases.counted(r, visit.site.seq, counting)
    sections = sites.sections_of(r, visit.site.seq)
    unasked = _unasked(visit, sections)
    looks = looking_back.counted(r, visit.site.seq, unasked=unasked)
    shown, after = _waiting(r, visit, asked) if asked.queue in WAITING else _looked_at(r, visit, asked, unasked)
    page = QueuePage(
        chrome=chrome(r, visit, open_cases=counted[0]),
        queue=asked.queue,
        here=asked.here,
        counts=tuple(_count(each, counted[at], cases.COUNTED) for at, each in enumerate(WAITING)),
        looks=tuple(_count(each, looks[look], looking_back.COUNTED) for each, look in LOOKS.items()),
        kept=_kept(visit, readable, counted[len(WAITING) :], asked),
        narrowing=form(
            r,
            visit,
            asked.given,
            queue=asked.queue,
            sections=sections,
            has_scores=cases.are_scored(r, visit.site.seq),
        ),
        desks=_desks(r, visit),
        may_share=visit.may(Act.SET_RULES),
        cards=shown,
        after=after,
        is_first_page=not cursor(visit),
        done=_done(r, visit),
        known=_known(r, visit, asked),
        fresh=fresh_sentences(visit.words),
        care=care_of(visit),
    )
    return show(visit, page)


def keep(w: Write, visit: Visit) -> Answer:
    """A view kept under the name that was sent; then to it."""
    editor, sent = visit.staff(), visit.asked.form
    asked = read(sent.text("here"), {}, now=visit.asked.now)
    view = keep_view(
        w,
        visit.site.seq,
        by_seq=editor.seq,
        name=sent.text("name"),
        query={"queue": asked.queue.value} | asked.given,
        for_everybody=bool(sent.text("everybody")),
        now=visit.asked.now,
    )
    return see_other(_leads_to(visit, view))


def let_go(w: Write, visit: Visit) -> Answer:
    """The view of the path kept no more; then to what it showed."""
    view = let_view_go(w, visit.site.seq, visit.asked.id(), by_seq=visit.staff().seq)
    return see_other(addresses.desk(visit.site.key, queue=_value(view)))


def _waiting(
    r: Read, visit: Visit, asked: Seen
) -> tuple[tuple[DeskCard | PlainCase, ...], str | None]:  # fmt: skip
    """The cards of a page, each comment once, and where the next page begins."""
    found = cases.queue(r, visit.site.seq, waiting=asked.waiting, after=cursor(visit), most=CARDS + 1)
    found, more = found[:CARDS], len(found) > CARDS
    about_comments = [case for case in found if case.comment_seq]
    drawn = cards(r, visit, about_comments)
    by_comment = dict(zip(dict.fromkeys(case.comment_seq for case in about_comments), drawn, strict=True))
    plain = _plain_cases(r, visit, [case for case in found if not case.comment_seq])
    shown: list[DeskCard | PlainCase] = []
    for case in found:
        if not case.comment_seq:
            shown.append(plain[case.seq])
        elif case.comment_seq in by_comment:
            shown.append(by_comment.pop(case.comment_seq))
    if all(isinstance(each, DeskCard) for each in shown):
        shown = list(in_order(visit, drawn))
    return tuple(shown), str(found[-1].seq) if more else None


def _looked_at(
    r: Read, visit: Visit, asked: Seen, unasked: Unasked
) -> tuple[tuple[DeskCard | PlainCase, ...], str | None]:  # fmt: skip
    found = looking_back.page(
        r,
        visit.site.seq,
        LOOKS[asked.queue],
        narrowed=asked.narrowed,
        unasked=unasked,
        oldest_first=asked.given.get("order") == "oldest",
        after=cursor(visit),
        most=CARDS + 1,
    )
    found, more = found[:CARDS], len(found) > CARDS
    return cards(r, visit, (), also=[comment for _, comment in found]), str(found[-1][0]) if more else None


def _plain_cases(r: Read, visit: Visit, found: Sequence[Case]) -> dict[int, PlainCase]:
    """The cases that are about no comment, by seq: corrections of stories, and appeals of people. One query for each
    kind of what they are about, none for none.
    """
    site = visit.site
    headlines = stories.headlines(r, site.seq, {case.story_seq for case in found if case.story_seq})
    remarks = corrections.by_seqs(r, site.seq, _subjects(found, CaseKind.CORRECTION))
    people = appeals.who_appeals(r, site.seq, _subjects(found, CaseKind.APPEAL))
    shown = {}
    for case in found:
        subject, address, name = case.subject_seq or 0, addresses.desk(site.key), ""
        remark = remarks.get(subject) if case.kind is CaseKind.CORRECTION else None
        if case.kind is CaseKind.APPEAL and subject in people:
            appeal_id, name = people[subject]
            address = addresses.hearing(site.key, appeal_id)
        elif remark:
            address = addresses.desk_correction(site.key, remark.id)
            name = remark.commenter_name or remark.email or ""
        shown[case.seq] = PlainCase(
            kind=case.kind.value,
            address=address,
            headline=headlines.get(case.story_seq, ""),
            name=name,
            quote=excerpt(remark.quote, LONGEST_SHOWN) if remark else "",
            text=excerpt(remark.text, LONGEST_SHOWN) if remark else "",
            since=case.opened_at,
            due=case.due_at,
        )
    return shown


def _subjects(found: Sequence[Case], kind: CaseKind) -> list[int]:
    return [case.subject_seq for case in found if case.kind is kind and case.subject_seq is not None]


def _unasked(visit: Visit, sections: Sequence[Section]) -> Unasked:
    """Where nobody is expected to look at what is published: the reactive mode, as site and sections have it."""
    reactive = {section.seq for section in sections if rules_here(visit.site.rules, section.rules).mode == REACTIVE}
    return Unasked(mode=REACTIVE, sections=frozenset(reactive), elsewhere=rules_here(visit.site.rules).mode == REACTIVE)


def _readable(view: View, visit: Visit) -> Seen | None:
    """What the view shows, or None for one that a later release cannot read any more."""
    query = dict(view.query)
    try:
        return read(query.pop("queue", ""), query, now=visit.asked.now)
    except Refusal:
        return None


def _kept(
    visit: Visit, readable: Sequence[tuple[View, Seen | None]], counted: Sequence[int], asked: Seen
) -> tuple[KeptView, ...]:  # fmt: skip
    found, figures = [], iter(counted)
    for view, each in readable:
        count = next(figures) if each and each.queue in WAITING else None
        found.append(
            KeptView(
                id=view.id,
                name=view.name,
                address=_leads_to(visit, view),
                count=None if count is None else min(count, cases.COUNTED),
                more=count is not None and count > cases.COUNTED,
                is_everybodys=view.owner_seq is None,
                is_here=str(view.id) == asked.view,
                may_go=view.owner_seq is not None or visit.may(Act.SET_RULES),
            )
        )
    return tuple(found)


def _leads_to(visit: Visit, view: View) -> str:
    return addresses.desk(visit.site.key, queue=_value(view), view=str(view.id))


def _value(view: View) -> str:
    """The list it shows, in one value."""
    query = dict(view.query)
    return f"{query.pop('queue', '')}&{urlencode(query)}"


def _desks(r: Read, visit: Visit) -> tuple[Choice, ...]:
    """The viewer's desks, if they have several."""
    viewer = visit.viewer
    if viewer is None or viewer.account_seq is None:
        return ()
    found = views.desks_of(r, viewer.account_seq, everywhere=viewer.is_administrator)
    return tuple(Choice(key, name) for key, name in found) if len(found) > 1 else ()


def _count(queue: Queue, count: int, most: int) -> QueueCount:
    return QueueCount(queue=queue, count=min(count, most), more=count > most)


def _done(r: Read, visit: Visit) -> Done | None:
    """The decision just taken, if the address names one of ours."""
    try:
        decision = decisions.by_id(r, visit.site.seq, UUID(visit.asked.query.get("done", "")))
    except (ValueError, Refusal):
        return None
    return desk_done(r, visit, decision)


def _known(r: Read, visit: Visit, asked: Seen) -> tuple[int, ...] | None:
    """The newest cases of this list, by which an open page finds what has come since; None where it does not look."""
    if asked.queue not in FRESH or asked.given:
        return None
    return tuple(desk_news.newest(r, visit.site.seq, kind=FRESH[asked.queue]))
