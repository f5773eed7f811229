"""Notices about commenting, as pages print them: the policy, the disclaimer."""

from rejoinder.importers.stories import phrases

_NEEDED = 2  # different words


def is_policy(block: str, *, needed: int = _NEEDED) -> bool:
    """Does a block speak about commenting in as many different words of policy notices as are needed?"""
    return len({word.casefold() for word in phrases.POLICY_WORDS.findall(block)}) >= needed


def loses_link(notice: str) -> bool:
    """Does the notice end with the word before a link ("…, see"), and without the link?"""
    return phrases.LINK_LOST.search(notice) is not None
