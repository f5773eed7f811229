"""What the editors did about the viewer, in one place; and saying that a warning was read, where the text that waited
for it is kept.
"""

from rejoinder.actions.warn_commenter import acknowledge_warning
from rejoinder.discussion.person_acts import RESTRICTS
from rejoinder.store import appeals, person_acts
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.composing import returned
from rejoinder.web.pages.editors_words import told
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.person_acts import FromEditorsPage
from rejoinder.web.visits import Visit


def from_editors(r: Read, visit: Visit) -> Answer:
    """Everything the editors did about the viewer. Raises LogInNeeded."""
    record = person_acts.record_of(r, visit.reader())
    appealed = appeals.about_acts(r, visit.site.seq, (each.seq for each in record if each.act in RESTRICTS))
    page = FromEditorsPage(
        chrome=chrome(r, visit),
        acts=tuple(told(r, visit, each, record=record, appeal=appealed.get(each.seq)) for each in reversed(record)),
        is_read=visit.asked.query.get("done") == "read",
    )
    return show(visit, page)


async def acknowledge(doing: Doing) -> Answer:
    """The warning of the path, read; then on to where they were, with the text that they had written there."""
    visit = doing.visit
    site, reader, now = visit.site, visit.reader(), visit.asked.now
    warning = visit.asked.id()
    await doing.write(lambda w: acknowledge_warning(w, site.seq, warning, by_seq=reader.seq, now=now))
    if visit.asked.form.text("text"):
        return await returned(doing)
    return see_other(addresses.returning(visit.asked.form.text("to"), addresses.from_editors(site.key, done="read")))
