"""The installation says which addresses outside are told what happens on a site, and which are asked about comments."""

from datetime import datetime
from typing import Any
from uuid import UUID

from rejoinder.discussion.hooks import Asking, Hook, Telling, wanted_by
from rejoinder.discussion.problems import HookProblem
from rejoinder.discussion.record import RecordKind
from rejoinder.discussion.refusals import BadHook
from rejoinder.discussion.sign_in import is_safe_address
from rejoinder.store import hooks, log, sites
from rejoinder.store.database import Write

MOST = 20  # on one site


def add_hook(
    w: Write, site_seq: int, address: str, what: Telling | Asking, *, secret: str, now: datetime
) -> Hook:  # fmt: skip
    """The new hook. Raises BadHook for an address that is neither https nor on this machine, for one hook too many, and
    for a check whose name another has.
    """
    sites.lock(w, site_seq)
    present = hooks.of_site(w, site_seq)
    if not is_safe_address(address):
        raise BadHook(problem=HookProblem.UNSAFE_ADDRESS)
    if len(present) >= MOST:
        raise BadHook(problem=HookProblem.TOO_MANY, most=MOST)
    names = [each.what.name for each in present if isinstance(each.what, Asking)]
    if isinstance(what, Asking) and what.name in names:
        raise BadHook(problem=HookProblem.NAME_TAKEN, name=what.name)
    hook = hooks.add(w, site_seq, address=address, secret=secret, what=what, now=now)
    _keep(w, site_seq, {"hook": str(hook.id), "act": "added", "address": address}, now=now)
    return hook


def end_hook(w: Write, site_seq: int, hook_id: UUID, *, now: datetime) -> Hook:
    """The hook, which is called no more. What waits for a check's answer goes by its behaviour on failure. Raises
    UnknownHook.
    """
    sites.lock(w, site_seq)
    hook = hooks.by_id(w, site_seq, hook_id)
    if hooks.end(w, hook, now=now):
        _keep(w, site_seq, {"hook": str(hook.id), "act": "ended", "address": hook.address}, now=now)
    return hook


def _keep(w: Write, site_seq: int, details: dict[str, Any], *, now: datetime) -> None:
    hooks.keep_wanted(w, site_seq, wanted_by(hooks.of_site(w, site_seq)))
    log.append(w, site_seq, RecordKind.HOOK, details, now=now)
