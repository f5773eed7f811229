"""The rules of the conversation, as this publication has them: for readers, and for machines (Regulation (EU)
2022/2065, Article 14).
"""

import hashlib
from typing import Any

import msgspec
from markupsafe import Markup

from rejoinder.actions.read_policy import policy_here, policy_numbered
from rejoinder.discussion.closing import Phase
from rejoinder.discussion.editions import Edition
from rejoinder.discussion.policy import REASONS, WITH_PARENT, Policy, in_language, reason_of, wording
from rejoinder.discussion.refusals import UnknownPolicy
from rejoinder.discussion.sites import Rules, rules_here
from rejoinder.markup import render
from rejoinder.store import policies
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import HARDENED, SHARED, Answer
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.policy import PolicyPage, Prose, ShownClause, ShownPolicy
from rejoinder.web.visits import Visit

HEADING = "## "


def policy(r: Read, visit: Visit) -> Answer:
    """The policy that holds."""
    return _page(r, visit, policy_here(r, visit.site, visit.words.gettext))


def version(r: Read, visit: Visit) -> Answer:
    """An earlier version, or the one that holds, by its number. Raises UnknownPolicy."""
    typed = visit.asked.part("number")
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 9:  # noqa: PLR2004 - digits of a number that fits
        raise UnknownPolicy
    return _page(r, visit, policy_numbered(r, visit.site, int(typed), visit.words.gettext))


def as_json(r: Read, visit: Visit) -> Answer:
    """The policy for machines: its clauses, reasons and versions, and the tools that are used. With an ETag."""
    holds = policy_here(r, visit.site, visit.words.gettext)
    body = msgspec.json.encode(_document(r, visit, holds))
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if visit.asked.headers.get("if-none-match") == tag:
        return Answer(status=304, headers={"ETag": tag, **SHARED})
    edition = Edition(site_seq=visit.site.seq, epoch=visit.site.epoch) if visit.session is None else None
    headers = HARDENED | SHARED | {"ETag": tag, "Access-Control-Allow-Origin": "*"}
    return Answer(body=body, media_type="application/json", headers=headers, edition=edition)


def shown_policy(found: Policy, *, language: str) -> ShownPolicy:
    """The version in this language."""
    return ShownPolicy(
        number=found.number,
        clauses=tuple(
            ShownClause(
                number=number,
                sentence=wording(clause, language).sentence,
                letter=wording(clause, language).letter,
                reasons=tuple(reason_of(code).label for code in clause.reasons if code != WITH_PARENT.code),
            )
            for number, clause in enumerate(found.content.clauses, 1)
        ),
        introduction=prose(in_language(found.content.introduction, language)),
        closing=prose(in_language(found.content.closing, language)),
        note=found.note,
        since=found.created_at,
        is_material=found.is_material,
        section=found.section_key or "",
        section_name=found.section_name or found.section_key or "",
    )


def prose(text: str) -> tuple[Prose, ...]:
    """The text's parts: a line that begins with "## " stands above what follows."""
    parts: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if line.startswith(HEADING):
            parts.append((line.removeprefix(HEADING).strip(), []))
        elif parts:
            parts[-1][1].append(line)
        else:
            parts.append(("", [line]))
    return tuple(
        Prose(heading, Markup(render("\n".join(lines).strip()).html))  # noqa: S704 - our renderer's own HTML
        for heading, lines in parts
        if heading or "".join(lines).strip()
    )


def _page(r: Read, visit: Visit, found: Policy) -> Answer:
    site, rules = visit.site, rules_here(visit.site.rules)
    is_newest = found.number == policy_here(r, site, visit.words.gettext).number
    addenda = _addenda(r, visit) if is_newest else []
    page = PolicyPage(
        chrome=chrome(r, visit, canonical=addresses.policy(site.key)),
        policy=shown_policy(found, language=site.language),
        newest=site.policy_version,
        addenda=tuple(shown_policy(each, language=site.language) for each in addenda),
        days_open=_days_open(rules),
        ladder=rules.ladder,
        marks=rules.marks if rules.ladder.on else (),
    )
    return show(visit, page)


def _addenda(r: Read, visit: Visit) -> list[Policy]:
    """The newest addendum of each section."""
    newest: dict[str, Policy] = {}
    for each in policies.versions(r, visit.site.seq):
        if each.section_key is not None:
            newest.setdefault(each.section_key, each)
    return [newest[key] for key in sorted(newest)]


def _days_open(rules: Rules) -> int | None:
    schedule = rules.schedule
    lasts = schedule[0].lasts if schedule and schedule[0].phase is Phase.OPEN else None
    return lasts.days if lasts else None


def _document(r: Read, visit: Visit, holds: Policy) -> dict[str, Any]:
    site, rules = visit.site, rules_here(visit.site.rules)
    said = visit.words.gettext
    return {
        "site": site.key,
        "language": site.language,
        "version": holds.number,
        "since": holds.created_at,
        "asks_again_since": site.policy_material or None,
        "address": visit.options.public_url + addresses.policy(site.key),
        "introduction": holds.content.introduction,
        "clauses": [
            {
                "number": number,
                "reasons": list(clause.reasons),
                "sentence": {tag: words.sentence for tag, words in clause.words.items()},
            }
            for number, clause in enumerate(holds.content.clauses, 1)
        ],
        "closing": holds.content.closing,
        "addenda": [
            {"section": each.section_key, "version": each.number, "content": each.content}
            for each in _addenda(r, visit)
        ],
        "reasons": [
            {
                "code": reason.code,
                "theme": reason.theme.value,
                "sentence": said(reason.told),
                "category": f"STATEMENT_CATEGORY_{reason.category}",
                "is_illegal": reason.illegal,
            }
            for reason in (*REASONS, WITH_PARENT)
        ],
        "moderation": {
            "mode": rules.mode.value,
            "tools": ["word lists", "link count", "hiding after reports"],
            "reports_that_hide": rules.flags_to_hide or None,
            "decided_by": "people; the system only holds or hides until an editor has looked",
            "appeal": "once, within six months of being told",
        },
    }
