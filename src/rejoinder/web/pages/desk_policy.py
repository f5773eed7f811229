"""Editors write the policy: a form of clauses, looked at and compared before it is published as a new version."""

from msgspec.structs import replace

from rejoinder.actions.publish_policy import publish_policy
from rejoinder.actions.read_policy import policy_here, policy_numbered
from rejoinder.discussion.commenters import Act
from rejoinder.discussion.policy import (
    MOST_CLAUSES,
    Clause,
    Content,
    Policy,
    Wording,
    in_language,
    must_be_sound,
    wording,
)
from rejoinder.discussion.refusals import Invalid, PolicyRewritten, Refusal, UnknownPolicy, _
from rejoinder.discussion.text import clean
from rejoinder.language import is_language
from rejoinder.store import policies, sites
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.asking import Form
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.pages.policy import shown_policy
from rejoinder.web.shown.policy import Change, ClauseField, DeskPolicyPage, PolicyForm, ShownPolicy
from rejoinder.web.visits import Visit

MORE = 3  # empty clauses at the end of the form
_AROUND = ("introduction", "closing")


def policy(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """The form, as the newest version has it or as it was sent; looked at where the button for that was pressed."""
    visit.staff(Act.SET_RULES)
    site, section = visit.site, _section(visit)
    before = _before(r, visit, section)
    language = _language(visit)
    is_sent = visit.asked.method == "POST"
    typed = _typed(visit.asked.form, before.content, language) if is_sent else before.content
    meanwhile: tuple[Change, ...] = ()
    seen = visit.asked.form.digits("seen") or 0
    if isinstance(refusal, PolicyRewritten):
        meanwhile = _changes(_at(r, visit, section, seen), before.content, language)
        seen = before.number
    preview, refusal = _previewed(visit, typed, before.number, refusal) if is_sent else (None, refusal)
    page = DeskPolicyPage(
        chrome=chrome(r, visit),
        form=_sent(visit.asked.form, language, seen=seen) if is_sent else _form(before, language),
        languages=_languages(before.content, site.language),
        versions=tuple(shown_policy(each, language=language) for each in policies.versions(r, site.seq)),
        sections=tuple((each.key, each.name) for each in sites.sections_of(r, site.seq)),
        section=section,
        preview=preview,
        changes=_changes(before.content, typed, language) if preview else (),
        meanwhile=meanwhile,
        problem=problem(visit, refusal),
        notice=visit.words.gettext(_("It is published.")) if visit.asked.query.get("done") else "",
    )
    return show_form(visit, page, refusal)


async def preview(doing: Doing) -> Answer:
    """The version as it would be, and what it changes. Nothing is published."""
    return await doing.read(lambda r: policy(r, doing.visit))


def publish(w: Write, visit: Visit) -> Answer:
    """The version that was typed, published. Raises BadPolicy, PolicyRewritten, UnknownSection."""
    by_seq, form, section = visit.staff(Act.SET_RULES).seq, visit.asked.form, _section(visit)
    content = _typed(form, _before(w, visit, section).content, _language(visit))
    publish_policy(
        w,
        visit.site,
        content,
        by_seq=by_seq,
        is_material=bool(form.text("material")),
        note=form.text("note"),
        section=section or None,
        seen=form.digits("seen"),
        now=visit.asked.now,
    )
    return see_other(addresses.desk_policy(visit.site.key, section=section or None, done="1"))


def _before(r: Read, visit: Visit, section: str) -> Policy:
    """What holds, which the form begins with. A section that adds nothing yet begins empty."""
    if not section:
        return policy_here(r, visit.site, visit.words.gettext)
    found = policies.addendum(r, visit.site.seq, sites.section(r, visit.site.seq, section).seq)
    return found or Policy(number=0, content=Content())


def _at(r: Read, visit: Visit, section: str, number: int) -> Content:
    """The version that the form began with; empty for none that there was."""
    try:
        if section:
            section_seq = sites.section(r, visit.site.seq, section).seq
            return policies.numbered(r, visit.site.seq, number, section_seq=section_seq).content
        return policy_numbered(r, visit.site, number, visit.words.gettext).content
    except UnknownPolicy:
        return Content()


def _previewed(
    visit: Visit, typed: Content, number: int, refusal: Refusal | None
) -> tuple[ShownPolicy | None, Refusal | None]:
    """How it would look, or what is wrong with it."""
    if refusal is not None:
        return None, refusal
    try:
        must_be_sound(typed)
    except Refusal as found:
        return None, found
    would_be = Policy(number=number + 1, content=typed, note=clean(visit.asked.form.text("note")))
    return shown_policy(would_be, language=_language(visit)), None


def _section(visit: Visit) -> str:
    return visit.asked.form.text("section") or visit.asked.query.get("section", "")


def _language(visit: Visit) -> str:
    """The language that is written in. Raises Invalid."""
    tag = visit.asked.form.text("language") or visit.asked.query.get("language", "") or visit.site.language
    if not is_language(tag):
        raise Invalid(field="language")
    return tag


def _languages(content: Content, language: str) -> tuple[str, ...]:
    tags = [tag for clause in content.clauses for tag in clause.words]
    return tuple(dict.fromkeys((language, *tags)))


def _form(before: Policy, language: str) -> PolicyForm:
    content = before.content
    fields = []
    for number, clause in enumerate(content.clauses, 1):
        words = clause.words.get(language, Wording(sentence=""))
        fields.append(ClauseField(number=number, sentence=words.sentence, reasons=clause.reasons, letter=words.letter))
    return PolicyForm(
        language=language,
        seen=before.number,
        introduction=in_language(content.introduction, language),
        closing=in_language(content.closing, language),
        clauses=_with_more(fields),
    )


def _sent(form: Form, language: str, *, seen: int) -> PolicyForm:
    """What was typed, as it was typed."""
    return PolicyForm(
        language=language,
        seen=seen,
        introduction=form.text("introduction"),
        closing=form.text("closing"),
        note=form.text("note"),
        is_material=bool(form.text("material")),
        clauses=_with_more(_fields(form)),
    )


def _with_more(fields: list[ClauseField]) -> tuple[ClauseField, ...]:
    last = len(fields)
    return (*fields, *(ClauseField(number=last + n) for n in range(1, min(MORE, MOST_CLAUSES - last) + 1)))


def _fields(form: Form) -> list[ClauseField]:
    """The clauses that have words or reasons, numbered anew: an emptied one is gone."""
    found: list[ClauseField] = []
    for number in range(1, MOST_CLAUSES + 1):
        sentence, letter = form.text(f"sentence-{number}").strip(), form.text(f"letter-{number}").strip()
        reasons = tuple(dict.fromkeys(form.many(f"reasons-{number}")))
        if sentence or reasons or letter:
            found.append(ClauseField(number=len(found) + 1, sentence=sentence, reasons=reasons, letter=letter))
    return found


def _typed(form: Form, before: Content, language: str) -> Content:
    """The content that was typed in one language. A clause that names the same reasons keeps its words in others
    and their order.
    """
    known = {frozenset(clause.reasons): clause for clause in before.clauses}
    clauses = []
    for field in _fields(form):
        same = known.get(frozenset(field.reasons), Clause(reasons=field.reasons, words={}))
        typed = Wording(sentence=clean(field.sentence), letter=clean(field.letter))
        clauses.append(replace(same, words={**same.words, language: typed}))
    texts = {name: {**getattr(before, name), language: clean(form.text(name))} for name in _AROUND}
    return replace(Content(clauses=tuple(clauses)), **texts)


def _changes(before: Content, after: Content, language: str) -> tuple[Change, ...]:
    """The clauses that are not as they were, by their places, between the texts around them."""
    were = [wording(clause, language).sentence for clause in before.clauses]
    are = [wording(clause, language).sentence for clause in after.clauses]
    longest = max(len(were), len(are))
    were += [""] * (longest - len(were))
    are += [""] * (longest - len(are))
    introduced, closed = ([in_language(getattr(each, name), language) for each in (before, after)] for name in _AROUND)
    found = (
        Change(number=0, before=introduced[0], after=introduced[1]),
        *(
            Change(number=number, before=was, after=now)
            for number, (was, now) in enumerate(zip(were, are, strict=True), 1)
        ),
        Change(number=0, before=closed[0], after=closed[1], is_closing=True),
    )
    return tuple(change for change in found if change.before != change.after)
