"""An editor publishes a version of the policy, or of what a section adds to it. Versions are only added."""

from datetime import datetime

from rejoinder.discussion.commenters import Act, must_be_allowed
from rejoinder.discussion.policy import Content, Policy, must_be_sound
from rejoinder.discussion.problems import PolicyProblem
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import BadPolicy, PolicyRewritten
from rejoinder.discussion.sites import Site
from rejoinder.discussion.text import clean
from rejoinder.store import commenters, log, policies, sites
from rejoinder.store.database import Write


def publish_policy(
    w: Write,
    site: Site,
    content: Content,
    *,
    by_seq: int | None,
    now: datetime,
    is_material: bool = False,
    note: str = "",
    section: str | None = None,
    seen: int | None = None,
) -> Policy:
    """The new version, from now on the one that comments are written under. After a material one readers are asked
    again. What a section adds has numbers of its own, and asks nobody: readers agree to the site's policy. `by_seq`
    None is the command line; `seen` is the number of the version that it was written from (None: nobody says). Raises
    NotAllowed, BadPolicy, UnknownSection, and PolicyRewritten where there is a newer one than was seen.
    """
    locked = sites.lock(w, site.seq)
    if by_seq is not None:
        must_be_allowed(commenters.by_seq(w, site.seq, by_seq), Act.SET_RULES)
    must_be_sound(content)
    section_seq = sites.section(w, site.seq, section).seq if section else None
    if section_seq is not None and is_material:
        raise BadPolicy(problem=PolicyProblem.NEVER_MATERIAL)
    newest = locked.policy_version if section_seq is None else policies.newest_addendum(w, site.seq, section_seq)
    if seen is not None and seen != newest:
        raise PolicyRewritten(seen=seen, newest=newest)
    policy = Policy(
        number=newest + 1,
        content=content,
        is_material=is_material,
        note=clean(note),
        section_key=section,
    )
    policies.add(w, site.seq, policy, section_seq=section_seq, by_seq=by_seq, now=now)
    if section_seq is None:
        material = policy.number if is_material else locked.policy_material
        policies.count(w, site.seq, newest=policy.number, material=material)
    sites.changed(w, site.seq)
    details = {"version": policy.number, "is_material": is_material, "section": section, "note": policy.note}
    log.append(w, site.seq, RecordKind.POLICY, details, by_seq=by_seq, now=now)
    return policy
