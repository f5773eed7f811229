"""The policy that holds, or held under a version: the site's own, or ours in its language until it has written one."""

from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from rejoinder.discussion.moderation import Decision
from rejoinder.discussion.policy import (
    DEFAULT_SENTENCES,
    Named,
    Policy,
    clause_told,
    clauses_named,
    codes_of,
    default_content,
    reason_of,
    section_clauses_named,
)
from rejoinder.discussion.refusals import UnknownPolicy
from rejoinder.discussion.sites import Site
from rejoinder.store import policies
from rejoinder.store.database import Read

Say = Callable[[str], str]


def policy_here(r: Read, site: Site, say: Say) -> Policy:
    """The site's newest version. `say` words our own clauses."""
    return policies.current(r, site.seq) or _ours(site, site.policy_version, say)


def policy_numbered(r: Read, site: Site, number: int, say: Say) -> Policy:
    """The version of this number; ours for one from before the site had clauses. Raises UnknownPolicy for one that has
    not been.
    """
    try:
        return policies.numbered(r, site.seq, number)
    except UnknownPolicy:
        if not 0 < number < (policies.first(r, site.seq) or site.policy_version + 1):
            raise
        return _ours(site, number, say)


def clauses_numbered(
    r: Read, site: Site, numbers: Sequence[int], *, version: int | None, say: Say
) -> tuple[Named, ...]:
    """The clauses of these numbers, as the version has them; none where nobody knows the version any more. No query for
    no numbers.
    """
    if not numbers or version is None:
        return ()
    try:
        content = policy_numbered(r, site, version, say).content
    except UnknownPolicy:
        return ()
    return clauses_named(content, codes_of(content, numbers), language=site.language)


def clauses_of(r: Read, site: Site, decision: Decision, say: Say) -> tuple[Named, ...]:
    """The clauses that the decision names, as they were, those that a section adds last. A query for each kind, none
    where it names none.
    """
    own = clauses_numbered(r, site, decision.clauses, version=decision.policy_version, say=say)
    named = decision.section_clauses
    addendum = policies.addendum_numbered(r, site.seq, named.section, named.version) if named else None
    if named is None or addendum is None:
        return own
    codes = codes_of(addendum.content, named.numbers)
    return own + section_clauses_named(addendum, codes, language=site.language)


def clauses_told(r: Read, site: Site, decision: Decision, say: Say) -> str:
    """The same in a sentence each: "Clause 4 of our policy: …"."""
    return " ".join(clause_told(clause, say) for clause in clauses_of(r, site, decision, say))


Broken = tuple[str, int | None]  # for which reason something went, and in which section


def clauses_by_reason(r: Read, site: Site, went: Iterable[Broken], say: Say) -> dict[Broken, tuple[Named, ...]]:
    """The clauses that each of these reasons breaks now, with those that the section adds. One query, one more where
    there is a section, none for none.
    """
    wanted = set(went)
    if not wanted:
        return {}
    content = policy_here(r, site, say).content
    added = policies.addenda(r, site.seq, {section for _, section in wanted if section is not None})
    return {
        (code, section): clauses_named(content, (code,), language=site.language)
        + (section_clauses_named(added[section], (code,), language=site.language) if section in added else ())
        for code, section in wanted
    }


def rule_told(r: Read, site: Site, code: str | None, say: Say) -> str:
    """What the policy says for a reason, with its clause as it is now: for an act on a person. Empty for no reason."""
    if not code:
        return ""
    clauses = clauses_named(policy_here(r, site, say).content, (code,), language=site.language)
    said = (clause_told(each, say) for each in clauses)
    return " ".join((say(reason_of(code).told), *said))


def _ours(site: Site, number: int, say: Say) -> Policy:
    sentences = [say(sentence) for sentence in DEFAULT_SENTENCES]
    content = default_content(sentences, language=site.language)
    if site.texts.policy:  # from before policies had versions
        content = replace(content, introduction={site.language: site.texts.policy})
    return Policy(number=number, content=content)
