"""Which clauses of the policy a rejection names: kept with the decision, and said in its statement of reasons."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from rejoinder.discussion.policy import DEFAULT_SENTENCES, chosen_reason, clauses_named, default_content
from rejoinder.discussion.stories import Story
from rejoinder.store import policies
from rejoinder.store.database import Read

ENGLISH = "en"  # in which statements of reasons are written


class Broken(Struct, frozen=True):
    """The numbers of the clauses as JSON, the version they are of, and the first of them in a sentence."""

    numbers: str = "[]"
    version: int | None = None
    said: str = ""


def name_clauses(r: Read, story: Story, reason: str | None, also: Sequence[str]) -> Broken:
    """The clauses that these reasons break now; none without a reason. Raises UnknownReason."""
    if reason is None:
        return Broken()
    codes = (reason, *(chosen_reason(code).code for code in also))
    holds = policies.current(r, story.site_seq)
    content = holds.content if holds else default_content(DEFAULT_SENTENCES, language=ENGLISH)
    named = clauses_named(content, codes, language=ENGLISH)
    numbers = msgspec.json.encode([clause.number for clause in named]).decode()
    said = f"Clause {named[0].number}: {named[0].sentence}" if named else ""
    return Broken(numbers, holds.number if holds else story.policy_version, said)
