"""The record, the newest entry first: decisions, rules, people, stories, and whatever else was done."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from rejoinder.discussion.proof import Entry
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import UnknownPage, _
from rejoinder.discussion.sites import NO_RULES
from rejoinder.markup import excerpt
from rejoinder.store import commenters, decisions, entries, log_pages, sites, stories
from rejoinder.store.database import Read
from rejoinder.store.values import instant
from rejoinder.web.answers import Answer
from rejoinder.web.pages.cards import desk_decision
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.pages.rule_changes import changed_rules
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.record import Choice, LogEntry, LogPage, RuleChange
from rejoinder.web.visits import Visit

LINES = 50
KINDS: Mapping[RecordKind, str] = {
    RecordKind.DECISION: _("Decisions on comments"),
    RecordKind.RULES: _("Rules"),
    RecordKind.POLICY: _("Policy"),
    RecordKind.PERSON: _("People"),
    RecordKind.STORY: _("Stories"),
    RecordKind.APPEAL: _("Appeals"),
    RecordKind.NOTICE: _("Legal notices"),
    RecordKind.CORRECTION: _("Corrections"),
    RecordKind.PICK: _("Picks"),
    RecordKind.MERGE: _("Merged discussions"),
    RecordKind.HOOK: _("Hooks"),
    RecordKind.ROLE: _("Roles"),
    RecordKind.ERASURE: _("Erasures"),
}
_WORDS: Mapping[tuple[RecordKind, str], str] = {
    (RecordKind.STORY, "withdraw"): _("Took the discussion out of sight"),
    (RecordKind.STORY, "restore"): _("Put the discussion back"),
    (RecordKind.MERGE, "merge"): _("Made the discussion part of another"),
    (RecordKind.MERGE, "part"): _("Made the discussion its own again"),
    (RecordKind.PICK, "pick"): _("Picked the comment"),
    (RecordKind.PICK, ""): _("Picked the comment"),
    (RecordKind.PICK, "consent asked"): _("Asked the writer whether it may be printed"),
    (RecordKind.PICK, "consent given"): _("The writer lets it be printed"),
    (RecordKind.PICK, "consent refused"): _("The writer does not want it printed"),
    (RecordKind.PICK, "take back"): _("Took the pick back"),
    (RecordKind.PERSON, "level"): _("Set the level: %(from)s to %(to)s"),
    (RecordKind.ROLE, ""): _("Gave another role: %(from)s to %(to)s"),
    (RecordKind.RULES, ""): _("Changed the rules"),
    (RecordKind.RULES, "section"): _("Changed the rules of the section %(section)s"),
    (RecordKind.POLICY, ""): _("Wrote version %(number)s of the policy"),
    (RecordKind.POLICY, "section"): _("Wrote version %(number)s of what the section %(section)s adds to the policy"),
    (RecordKind.PERSON, "message"): _("Wrote a message"),
    (RecordKind.PERSON, "warn"): _("Warned"),
    (RecordKind.PERSON, "hold"): _("Holds their comments for a look"),
    (RecordKind.PERSON, "suspend"): _("Suspended"),
    (RecordKind.PERSON, "ban"): _("Banned"),
    (RecordKind.PERSON, "lift"): _("Lifted what held them back"),
    (RecordKind.APPEAL, "filed"): _("An appeal came in"),
    (RecordKind.APPEAL, "granted"): _("Granted an appeal"),
    (RecordKind.APPEAL, "refused"): _("Refused an appeal"),
    (RecordKind.APPEAL, "withdrawn"): _("An appeal ended: who made it has left"),
    (RecordKind.APPEAL, "undone"): _("Took the answer to an appeal back"),
    (RecordKind.NOTICE, "flagger added"): _("Took up a trusted flagger: %(trusted)s"),
    (RecordKind.NOTICE, "flagger ended"): _("Trusts a flagger no more: %(trusted)s"),
    (RecordKind.NOTICE, "received"): _("A legal notice came in"),
    (RecordKind.NOTICE, "answered"): _("Answered a legal notice"),
    (RecordKind.NOTICE, "authorities told"): _("Told the authorities"),
    (RecordKind.CORRECTION, "received"): _("A correction came in"),
    (RecordKind.CORRECTION, "taken back"): _("Took the answer to a correction back"),
    (RecordKind.CORRECTION, "answered"): _("Answered a correction"),
    (RecordKind.HOOK, "added"): _("Added a hook"),
    (RecordKind.HOOK, "ended"): _("Ended a hook"),
}


def log(r: Read, visit: Visit) -> Answer:
    """The record, or what of it has a kind or was done by an editor. Raises UnknownPage for a kind there is none of."""
    visit.staff()
    kind, by = visit.asked.query.get("kind", ""), visit.asked.query.get("by", "")
    if kind and kind not in KINDS:
        raise UnknownPage
    site_seq, after = visit.site.seq, cursor(visit)
    staff = {str(each.id): each for each in commenters.staff(r, site_seq)}
    by_seq = staff[by].seq if by in staff else None
    found = log_pages.latest(r, site_seq, kind=kind or None, by_seq=by_seq, before=after or None, most=LINES + 1)
    found, more = found[:LINES], len(found) > LINES
    page = LogPage(
        chrome=chrome(r, visit),
        entries=_Shown(r, visit, found).all(),
        kinds=tuple(Choice(value=each.value, label=visit.words.gettext(label)) for each, label in KINDS.items()),
        editors=tuple(Choice(value=key, label=each.name) for key, each in staff.items()),
        kind=kind,
        by=by if by_seq else "",
        after=str(found[-1].number) if more else None,
        is_first_page=not after,
    )
    return show(visit, page)


class _Shown:
    """What a page of entries is about, looked up together."""

    def __init__(self, r: Read, visit: Visit, found: Sequence[Entry]) -> None:
        self._visit = visit
        self._found = found
        self._details = {each.number: _decoded(each) for each in found}
        site_seq = visit.site.seq
        self._decisions = decisions.by_ids(r, site_seq, [UUID(each) for each in map(self._decided, found) if each])
        self._comments = entries.by_seqs(r, site_seq, {each.comment_seq for each in found if each.comment_seq})
        self._stories = stories.by_seqs(r, site_seq, {each.story_seq for each in found if each.story_seq})
        people = {seq for each in found for seq in (each.by_seq, each.commenter_seq) if seq}
        self._people = commenters.by_seqs(r, site_seq, people)
        has_section = any(each.get("section_seq") for each in self._details.values())
        self._sections = {each.seq: each.name for each in sites.sections_of(r, site_seq)} if has_section else {}

    def _decided(self, entry: Entry) -> str:
        """The id of the decision that the entry is, or nothing: an appeal names one, too."""
        found = self._details[entry.number].get("decision", "") if entry.kind == RecordKind.DECISION else ""
        return str(found)

    def all(self) -> tuple[LogEntry, ...]:
        return tuple(self._one(each) for each in self._found)

    def _one(self, entry: Entry) -> LogEntry:
        details, kind = self._details[entry.number], RecordKind(entry.kind)
        comment = self._comments.get(entry.comment_seq or 0)
        story = self._stories.get(entry.story_seq or 0)
        by, person = self._people.get(entry.by_seq or 0), self._people.get(entry.commenter_seq or 0)
        decision = self._decisions.get(self._decided(entry))
        name = comment.author.name if comment else person.name if person else ""
        return LogEntry(
            number=entry.number,
            kind=kind,
            at=instant(entry.at),
            words="" if decision else self._words(kind, details),
            by=by.name if by else None,
            decision=desk_decision(decision, status=comment.comment.status) if decision and comment else None,
            comment_id=comment.comment.id if comment else None,
            name=name,
            excerpt=excerpt(comment.comment.text, 120) if comment else "",
            slug=story.slug if story else "",
            headline=story.content.headline if story else "",
            person_id=person.id if person and not comment else None,
            changes=self._changes(details) if kind is RecordKind.RULES else (),
            note=str(details.get("note") or details.get("text") or ""),
            is_erased=entry.details is None,
        )

    def _words(self, kind: RecordKind, details: Mapping[str, Any]) -> str:
        """What was done; of a kind that is not worded more exactly, its name and what the details call the act."""
        say = self._visit.words
        if kind is RecordKind.ERASURE:
            count = len(details.get("entries", ()))
            told = say.ngettext("Took the words out of %(num)d entry", "Took the words out of %(num)d entries", count)
            return told % {"num": count}
        act = str(details.get("act", "take back" if details.get("back") else ""))
        section = self._section(details)
        if kind in (RecordKind.POLICY, RecordKind.RULES) and section:
            act = "section"
        known = _WORDS.get((kind, act))
        if known is None:
            return f"{say.gettext(KINDS[kind])}: {act}" if act else say.gettext(KINDS[kind])
        values = {name: str(details.get(name, "")) for name in ("from", "to", "trusted")}
        values |= {"number": str(details.get("version", "")), "section": section}
        return say.sentence(known, values)

    def _section(self, details: Mapping[str, Any]) -> str:
        """What the details call the section, or the name of the one whose number they keep; empty for none."""
        return str(details.get("section") or self._sections.get(details.get("section_seq") or 0, ""))

    def _changes(self, details: Mapping[str, Any]) -> tuple[RuleChange, ...]:
        before, after = (str(details.get(each) or NO_RULES) for each in ("before", "after"))
        return changed_rules(before, after, self._visit.words)


def _decoded(entry: Entry) -> dict[str, Any]:
    return msgspec.json.decode(entry.details, type=dict[str, Any]) if entry.details else {}
