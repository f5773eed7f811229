"""What an editor can do with a comment beside approving and rejecting it."""

from msgspec import Struct


class MoreActs(Struct, frozen=True, kw_only=True):
    """Which further acts the card offers. `under` is the address that was typed for a move, `note` and `reason` what
    was typed for lowering or picking.
    """

    may_lower: bool = False
    may_lock: bool = False
    is_locked: bool = False  # by a decision on this very comment
    is_below_locked: bool = False  # one above it is locked
    may_move: bool = False
    may_pick: bool = False
    under: str = ""
    note: str = ""
    reason: str = ""
