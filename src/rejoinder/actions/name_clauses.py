"""Which clauses of the policy a rejection names, and its further reasons: kept with the decision."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from rejoinder.discussion.policy import DEFAULT_SENTENCES, chosen_reason, clause_told, clauses_named, default_content
from rejoinder.discussion.stories import Story
from rejoinder.language import official
from rejoinder.store import policies
from rejoinder.store.database import Read


class Broken(Struct, frozen=True):
    """The numbers of the clauses as JSON, the version they are of, the first of them in a sentence for the
    statement of reasons, and the codes of further reasons than the first as JSON.
    """

    numbers: str = "[]"
    version: int | None = None
    said: str = ""
    also: str = "[]"


def name_clauses(r: Read, story: Story, reason: str | None, also: Sequence[str]) -> Broken:
    """The clauses that these reasons break now; none without a reason. Raises UnknownReason."""
    if reason is None:
        return Broken()
    codes = tuple(dict.fromkeys((reason, *(chosen_reason(code).code for code in also))))
    holds = policies.current(r, story.site_seq)
    language = official(story.site_language)
    ours = [language.say(sentence) for sentence in DEFAULT_SENTENCES]
    content = holds.content if holds else default_content(ours, language=language.tag)
    tag = story.site_language if story.site_language.startswith(language.tag) else language.tag
    named = clauses_named(content, codes, language=tag)
    numbers = msgspec.json.encode([clause.number for clause in named]).decode()
    said = clause_told(named[0], language.say) if named else ""
    more = msgspec.json.encode(codes[1:]).decode()
    return Broken(numbers, holds.number if holds else story.policy_version, said, more)
