"""Which clauses of the policy a rejection names, and its further reasons: kept with the decision."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.discussion.policy import (
    DEFAULT_SENTENCES,
    Named,
    SectionClauses,
    chosen_reason,
    clause_told,
    clauses_named,
    default_content,
    section_clauses_named,
)
from rejoinder.discussion.stories import Story
from rejoinder.language import official
from rejoinder.store import policies
from rejoinder.store.database import Read


class Broken(Struct, frozen=True):
    """The numbers of the clauses as JSON, the version they are of, the first of them in a sentence (one that the
    section adds before all others: it says more), the codes of further reasons than the first as JSON, and the clauses
    that the section adds, as JSON.
    """

    numbers: str = "[]"
    version: int | None = None
    said: str = ""
    also: str = "[]"
    of_section: str | None = None

    @property
    def kept(self) -> dict[str, Any]:
        """What the decision keeps of it, as `decisions.add` takes it."""
        return {
            "also": self.also,
            "clauses": self.numbers,
            "policy_version": self.version,
            "section_clauses": self.of_section,
        }


def name_clauses(r: Read, story: Story, reason: str | None, also: Sequence[str]) -> Broken:
    """The clauses that these reasons break now, with those that the story's section adds; none without a reason. Raises
    UnknownReason.
    """
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
    added = _added(r, story, codes, tag)
    if added:
        said = clause_told(added[1][0], language.say)
    return Broken(numbers, holds.number if holds else story.policy_version, said, more, added[0] if added else None)


def _added(r: Read, story: Story, codes: Sequence[str], tag: str) -> tuple[str, tuple[Named, ...]] | None:
    """The clauses that the story's section adds and that these reasons break, as they are stored and in words. A query
    where it has a section.
    """
    addendum = policies.addendum(r, story.site_seq, story.section_seq) if story.section_seq is not None else None
    named = section_clauses_named(addendum, codes, language=tag) if addendum else ()
    if addendum is None or not named:
        return None
    numbers = tuple(each.number for each in named)
    kept = SectionClauses(section=addendum.section_key or "", version=addendum.number, numbers=numbers)
    return msgspec.json.encode(kept).decode(), named
