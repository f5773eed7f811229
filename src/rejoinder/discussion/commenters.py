"""Commenter: a person as one site knows them. What a role may do, and what a ban means."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from msgspec import Struct

from rejoinder.discussion.refusals import Banned, LogInNeeded, MayNotComment, NotAllowed, NotConfirmed, WarningUnread
from rejoinder.discussion.trust import Level


class Role(StrEnum):
    """Reader: writes. Moderator: also decides. Editor: also sets rules, closes, manages the people of the site."""

    READER = "reader"
    MODERATOR = "moderator"
    EDITOR = "editor"


class Act(StrEnum):
    """What only staff may do."""

    DECIDE = "decide"
    WARN = "warn"  # and write to people, and hold their comments
    CLOSE = "close"
    SET_RULES = "set rules"
    MANAGE_PEOPLE = "manage people"
    PICK = "pick"


MAY: dict[Role, frozenset[Act]] = {
    Role.READER: frozenset(),
    Role.MODERATOR: frozenset({Act.DECIDE, Act.WARN}),
    Role.EDITOR: frozenset(Act),
}


class Commenter(Struct, frozen=True, kw_only=True):
    """A membership of one site. Guests' and imported names have no account."""

    seq: int
    id: UUID
    site_seq: int
    name: str
    role: Role = Role.READER
    is_administrator: bool = False  # of the installation: may everything on every site where they have a name
    account_seq: int | None = None
    confirmed: bool = True  # the account's mail address
    banned_at: datetime | None = None
    banned_until: datetime | None = None  # None with banned_at: for good
    ban_reason: str = ""  # the editor's words
    ban_code: str | None = None  # the policy's reason
    is_banned_everywhere: bool = False  # on every site of the installation
    held_at: datetime | None = None  # since when their comments wait for an editor
    held_until: datetime | None = None  # None with held_at: until that is lifted
    leaves_ladder: bool = False  # an editor took them off it
    warned_at: datetime | None = None  # since when a warning waits for them to read it
    since: datetime | None = None
    may_comment: bool = True  # as far as the publisher has a say in it
    level: Level = Level.NEW
    points: int = 0
    badges: tuple[str, ...] = ()
    policy_agreed: int = 0  # the newest version of the policy they have agreed to
    is_guest: bool = False  # has confirmed an address, and has no way to log in

    @property
    def is_staff(self) -> bool:
        return bool(self.acts)

    @property
    def is_on_ladder(self) -> bool:
        """Whether they can earn trust: staff stand above it, an imported name has nobody behind it, and an editor can
        take somebody off it.
        """
        return not self.is_staff and self.account_seq is not None and not self.leaves_ladder

    @property
    def acts(self) -> frozenset[Act]:
        """What their role lets them do here."""
        return MAY[Role.EDITOR] if self.is_administrator else MAY[self.role]

    def is_banned(self, now: datetime) -> bool:
        return self.banned_at is not None and (self.banned_until is None or now < self.banned_until)

    def is_held(self, now: datetime) -> bool:
        """Whether each new comment of theirs waits for an editor."""
        return self.held_at is not None and (self.held_until is None or now < self.held_until)


def may(commenter: Commenter, act: Act) -> bool:
    """Whether the commenter's role allows the act on their site."""
    return act in commenter.acts


def must_be_allowed(commenter: Commenter | None, act: Act) -> Commenter:
    """The commenter, who may do it. Raises LogInNeeded or NotAllowed."""
    if commenter is None:
        raise LogInNeeded
    if not may(commenter, act):
        raise NotAllowed
    return commenter


def must_take_part(commenter: Commenter, *, now: datetime) -> None:
    """Silent if the commenter may write here. Raises Banned, NotConfirmed or MayNotComment."""
    if commenter.is_banned(now):
        until = commenter.banned_until.isoformat() if commenter.banned_until else None
        raise Banned(reason=commenter.ban_reason, rule=commenter.ban_code, until=until)
    if not commenter.confirmed:
        raise NotConfirmed
    if not commenter.may_comment:
        raise MayNotComment


def must_have_read(commenter: Commenter) -> None:
    """Silent if no warning waits for them to say that they have read it. A guest, who cannot log in to say so, has it
    by letter alone. Raises WarningUnread.
    """
    if commenter.warned_at is not None and not commenter.is_guest:
        raise WarningUnread
