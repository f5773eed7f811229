"""Writes the letters about what editors did about a person."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from rejoinder.discussion.appeals import Hearing
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.person_acts import OnPerson, PersonAct
from rejoinder.jobs.letter_desk import Desk
from rejoinder.mail import editors_letters
from rejoinder.mail.layout import Cover
from rejoinder.mail.message import Letter
from rejoinder.store import appeals, person_acts


def _from_editors(desk: Desk) -> Letter | None:
    """What the editors did about somebody, unless it was taken back before the letter went."""
    reader = desk.reader()
    act = person_acts.by_seq(desk.r, desk.site.seq, desk.payload["act"])
    if reader is None or act.reversed_by is not None:
        return None
    cover, link = desk.cover(reader[1]), desk.link("/account/editors")
    told: dict[str, Any] = {"name": reader[0].name, "link": link}
    if act.act is PersonAct.LIFT:
        return editors_letters.lifted(cover, **told, what=(act.lifted or PersonAct.BAN).value)
    told["words"] = act.text
    if act.act is PersonAct.MESSAGE:
        return editors_letters.written_to(cover, **told)
    told |= {"policy_link": desk.link("/policy"), "reason": desk.rule(act.reason)}
    if act.act is PersonAct.WARN:
        return editors_letters.warned(cover, **told)
    del told["link"]
    return _restricted(desk, act, reader[0], cover, told)


def _restricted(desk: Desk, act: OnPerson, about: Commenter, cover: Cover, told: dict[str, Any]) -> Letter:
    """To somebody who can appeal what was done."""
    told["redress"] = desk.redress_of(act, about)
    if act.act is PersonAct.OFF_LADDER:
        return editors_letters.off_ladder(cover, **told)
    told["until"] = desk.moment(act.until)
    if act.act is PersonAct.HOLD:
        return editors_letters.held(cover, **told)
    return editors_letters.kept_out(cover, **told, everywhere=about.is_banned_everywhere)


def _act_appeal_heard(desk: Desk) -> Letter | None:
    reader = desk.reader()
    act = person_acts.by_seq(desk.r, desk.site.seq, desk.payload["act"])
    appeal = appeals.about_act(desk.r, desk.site.seq, act.seq)
    if reader is None or appeal is None or appeal.outcome not in (Hearing.GRANTED, Hearing.REFUSED):
        return None
    return editors_letters.act_appeal_heard(
        desk.cover(reader[1]),
        name=reader[0].name,
        granted=appeal.outcome is Hearing.GRANTED,
        answer=appeal.answer,
        is_fresh_look=appeal.is_fresh_look,
        redress=replace(desk.redress_of(act, reader[0]), until=""),
    )


WRITERS: dict[str, Callable[[Desk], Letter | None]] = {
    "from-editors": _from_editors,
    "act-appeal-heard": _act_appeal_heard,
}
