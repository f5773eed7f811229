"""One's own name, changed."""

from rejoinder.actions.rename import rename_self
from rejoinder.discussion.refusals import Refusal
from rejoinder.discussion.sites import rules_here
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.pages.framing import chrome, problem, show_form
from rejoinder.web.shown.passkeys import NamePage
from rejoinder.web.visits import Visit


def name_form(r: Read, visit: Visit, *, refusal: Refusal | None = None) -> Answer:
    """Asks for another name. Raises LogInNeeded."""
    name = visit.reader().name
    page = NamePage(
        chrome=chrome(r, visit),
        name=name,
        typed=visit.asked.form.text("name") or name,
        days=rules_here(visit.site.rules).rename_days,
        problem=problem(visit, refusal),
    )
    return show_form(visit, page, refusal)


def change_name(w: Write, visit: Visit) -> Answer:
    """Another name for the viewer, beside everything they wrote. Raises LogInNeeded, RenamedLately, BadName,
    NameTaken.
    """
    reader = visit.reader()
    rename_self(w, visit.site.seq, reader.seq, name=visit.asked.form.text("name"), now=visit.asked.now)
    return see_other(addresses.account(visit.site.key))
