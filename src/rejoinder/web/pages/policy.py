"""The rules of the conversation, as this publication has them."""

from rejoinder.discussion.closing import Phase
from rejoinder.discussion.sites import rules_here
from rejoinder.store.database import Read
from rejoinder.web import addresses
from rejoinder.web.answers import Answer
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.acts import PolicyPage
from rejoinder.web.visits import Visit


def policy(r: Read, visit: Visit) -> Answer:
    """The policy page."""
    rules = rules_here(visit.site.rules)
    schedule = rules.schedule
    lasts = schedule[0].lasts if schedule and schedule[0].phase is Phase.OPEN else None
    page = PolicyPage(
        chrome=chrome(r, visit, canonical=addresses.policy(visit.site.key)),
        texts=visit.site.texts,
        version=visit.site.policy_version,
        days_open=lasts.days if lasts else None,
        ladder=rules.ladder,
        marks=rules.marks if rules.ladder.on else (),
    )
    return show(visit, page)
