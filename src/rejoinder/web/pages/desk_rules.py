"""The rules of a site, a section and a story at the desk: shown with where each comes from, tried, and changed."""

from rejoinder.actions.set_rules import SetRules, place_of, set_rules
from rejoinder.actions.try_rules import try_rules
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.refusals import Invalid, Refusal, RulesChanged, _
from rejoinder.discussion.rule_places import RulePlace
from rejoinder.discussion.trying import Example, Fate, Trial
from rejoinder.markup import excerpt
from rejoinder.store import commenters, sites
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.findings import worded
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.pages.rule_changes import changed_rules
from rejoinder.web.pages.rule_forms import fields_of, read_form, shown_groups
from rejoinder.web.shown.desk import pieces
from rejoinder.web.shown.rules import RulesPage, ShownChange, ShownTrial, TriedComment
from rejoinder.web.visits import Visit

DAYS = (1, 7, 30)
USUAL_DAYS = 7
LONGEST_EXAMPLE = 600  # characters: a longer text is cut


def rules(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The rules of the site, or of the section or the story of the path. Raises UnknownSection, UnknownStory."""
    return _page(r, visit, refusal=refusal)


def set_here(w: Write, visit: Visit) -> Answer:
    """The rules of the place of the path, as its form was sent. Raises Invalid where a field cannot be read; the page
    says which.
    """
    by_seq = visit.staff(Act.SET_RULES).seq
    section, slug = _names(visit)
    typed = read_form(visit.asked.form, fields_of(place_of(w, visit.site.seq, section=section, slug=slug)))
    if typed.problems:
        raise Invalid(field=next(iter(typed.problems)))
    order = SetRules(
        site_seq=visit.site.seq,
        by_seq=by_seq,
        changes=typed.changes,
        seen=visit.asked.form.text("seen"),
        section=section,
        slug=slug,
    )
    done = "set" if set_rules(w, order, now=visit.asked.now) else "same"
    return see_other(addresses.rules(visit.site.key, section=section, slug=slug, done=done))


async def try_here(doing: Doing) -> Answer:
    """What the rules of the form would have done in the last days. Nothing is changed."""
    return await doing.read(lambda r: _page(r, doing.visit, tries=True))


def _page(r: Read, visit: Visit, *, refusal: Refusal | None = None, tries: bool = False) -> Answer:
    visit.staff(Act.SET_RULES)
    section, slug = _names(visit)
    place = place_of(r, visit.site.seq, section=section, slug=slug)
    form = visit.asked.form
    typed = read_form(form, fields_of(place)) if form.fields else None
    if tries and typed and typed.problems:
        refusal = Invalid(field=next(iter(typed.problems)))
    trial = None
    if tries and typed and not typed.problems:
        found = try_rules(r, place, typed.changes, days=_days(visit), now=visit.asked.now)
        trial = _shown_trial(r, visit, found, days=_days(visit))
    done = visit.asked.query.get("done", "")
    story = place.story
    page = RulesPage(
        chrome=chrome(r, visit),
        kind="story" if story else "section" if place.section else "site",
        key=slug or section,
        name=story.content.headline if story else place.section.name if place.section else visit.site.name,
        seen=place.mark if typed is None or isinstance(refusal, RulesChanged) else form.text("seen"),
        groups=shown_groups(place, form, typed, visit.words),
        section=(story.section_key or "") if story else "",
        section_name=(story.section_name or "") if story else "",
        tags=story.tags if story else (),
        sections=()
        if slug or section
        else tuple((each.key, each.name) for each in sites.sections_of(r, visit.site.seq)),
        changes=_changes(r, visit, place),
        trial=trial,
        days=_days(visit),
        problem=problem(visit, refusal),
        notice=visit.words.gettext(_DONE[done]) if done in _DONE else "",
    )
    return show_form(visit, page, refusal)


_DONE = {
    "set": _("The rules are set. They hold from now on, on open pages too."),
    "same": _("Nothing was changed: the rules are as they were."),
}


def _names(visit: Visit) -> tuple[str, str]:
    """The section's key and the story's slug of the path; one of them, or none."""
    return visit.asked.parts.get("key", ""), visit.asked.parts.get("slug", "")


def _days(visit: Visit) -> int:
    typed = visit.asked.form.text("days")
    return int(typed) if typed in map(str, DAYS) else USUAL_DAYS


def _changes(r: Read, visit: Visit, place: RulePlace) -> tuple[ShownChange, ...]:
    found = sites.rule_changes_of(
        r,
        visit.site.seq,
        section_seq=place.section.seq if place.section else None,
        story_seq=place.story.seq if place.story else None,
    )
    return tuple(
        ShownChange(at=change.at, by=change.by, rule=rule)
        for change in found
        for rule in changed_rules(change.before, change.after, visit.words)
    )


def _shown_trial(r: Read, visit: Visit, found: Trial, *, days: int) -> ShownTrial:
    people = commenters.by_seqs(r, visit.site.seq, {example.past.commenter_seq for example in found.examples})
    return ShownTrial(
        days=days,
        looked_at=found.looked_at,
        is_cut=found.is_cut,
        held=found.held,
        refused=found.refused,
        hidden=found.hidden,
        held_today=found.held_today,
        refused_today=found.refused_today,
        hidden_today=found.hidden_today,
        freed=found.freed,
        reasons=tuple((visit.words.gettext(_STOPS.get(name, name)), count) for name, count in found.reasons),
        examples=tuple(
            _tried(example, visit, name=people[example.past.commenter_seq].name) for example in found.examples
        ),
    )


_STOPS = {  # checks and refusals, as what stops a comment
    "banned-words": _("a banned word"),
    "suspect-words": _("a suspect word"),
    "links": _("links"),
    "language": _("another language"),
    "capitals": _("capitals"),
    "elsewhere": _("the same text under another story"),
    "flooding": _("many comments by one person"),
    "same-text": _("the same text by several people"),
    "newcomer": _("a new reader"),
    "pre-moderation": _("everything is read first"),
    "too-short": _("too short"),
    "too-long": _("too long"),
    "repeated": _("the same text again"),
    "too-fast": _("too many at once"),
    "story-closed": _("the discussion was closed"),
    "story-rests": _("the discussion rested"),
    "replies-only": _("only replies were taken"),
    "no-guests": _("written by a guest"),
    "recognised-only": _("not by a recognised reader"),
    "staff-only": _("not by the editors"),
}


def _tried(example: Example, visit: Visit, *, name: str) -> TriedComment:
    after, text = example.after, example.past.text
    is_short = len(text) <= LONGEST_EXAMPLE
    spans = [span for finding in after.findings for span in finding.spans] if is_short else []
    whys = [worded(finding, visit.words, visit.zone) for finding in after.findings]
    if after.fate is Fate.REFUSED:
        whys.append(visit.words.gettext(_STOPS.get(after.refusal, after.refusal)))
    return TriedComment(
        id=example.past.id,
        name=name,
        pieces=pieces(text if is_short else excerpt(text, LONGEST_EXAMPLE), spans),
        before=example.before.fate,
        after=after.fate,
        hidden=after.hidden,
        whys=tuple(whys),
        verdict=example.past.verdict,
    )
