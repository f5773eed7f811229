"""What the editors did about somebody, as that person sees it; and the warnings that stand before what they write."""

from collections.abc import Sequence

from rejoinder.actions.read_policy import rule_told
from rejoinder.discussion.appeals import Appeal, act_holds, act_stands, ends
from rejoinder.discussion.person_acts import OnPerson
from rejoinder.discussion.refusals import Refusal
from rejoinder.store import person_acts
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer
from rejoinder.web.decided import LAST_DAY, shown_appeal
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.person_acts import ShownAct, WarningPage
from rejoinder.web.statuses import status_of
from rejoinder.web.visits import Visit


def unread(r: Read, visit: Visit) -> tuple[ShownAct, ...]:
    """The warnings that keep the viewer from writing. One query, none where there is none."""
    if visit.viewer is None or visit.viewer.warned_at is None:
        return ()
    return tuple(told(r, visit, each) for each in person_acts.unread(r, visit.viewer))


def told(
    r: Read,
    visit: Visit,
    each: OnPerson,
    *,
    record: Sequence[OnPerson] = (),
    appeal: Appeal | None = None,
) -> ShownAct:
    """The act as its person sees it: not by whom. `record` is all that was done about them, where it matters whether
    the act holds and can be appealed.
    """
    ended = ends(each.created_at)
    can_appeal = act_stands(each, record) and appeal is None and visit.asked.now < ended
    return ShownAct(
        id=each.id,
        act=each.act,
        at=each.created_at,
        reason=rule_told(r, visit.site, each.reason, visit.words.gettext),
        text=each.text,
        until=each.until,
        lifts=each.lifted,
        is_lifted=each.reversed_by is not None,
        read_at=each.acknowledged_at,
        holds=act_holds(each, record, now=visit.asked.now),
        appeal_until=ended - LAST_DAY if can_appeal else None,
        appeal=shown_appeal(appeal, now=visit.asked.now),
    )


def warned(r: Read, visit: Visit, refusal: Refusal) -> Answer:
    """The warnings to read before the text that was sent can be sent again."""
    site, parts = visit.site.key, visit.asked.parts
    if "slug" in parts:
        to = addresses.discussion(site, parts["slug"])
    elif visit.asked.path.endswith("/edit"):
        to = addresses.edit(site, visit.asked.id())
    else:
        to = addresses.reply(site, visit.asked.id())
    page = WarningPage(chrome=chrome(r, visit), warnings=unread(r, visit), to=to, text=visit.asked.form.text("text"))
    return show(visit, page, status=status_of(refusal))
