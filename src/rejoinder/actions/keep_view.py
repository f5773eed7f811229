"""An editor keeps a view of the queues under a name, for themselves or for everybody at the desk, and lets it go."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from rejoinder.discussion.commenters import Act, Commenter, may, must_be_allowed
from rejoinder.discussion.refusals import BadViewName, NotAllowed, TooManyViews, UnknownView
from rejoinder.discussion.text import clean, is_blank, length
from rejoinder.store import commenters, sites, views
from rejoinder.store.database import Write
from rejoinder.store.views import View

LONGEST = 60  # characters of a name
MOST = 30  # views that one person can see: each is counted on every page


def keep_view(
    w: Write, site_seq: int, *, by_seq: int, name: str, query: Mapping[str, str], for_everybody: bool, now: datetime
) -> View:
    """The kept view; one that stands there already under this name is given back. Raises NotAllowed, BadViewName,
    TooManyViews.
    """
    sites.lock(w, site_seq)
    editor = _editor(w, site_seq, by_seq)
    if for_everybody and not may(editor, Act.SET_RULES):
        raise NotAllowed
    cleaned = " ".join(clean(name).split())
    if is_blank(cleaned) or length(cleaned) > LONGEST:
        raise BadViewName(limit=LONGEST)
    owner_seq = None if for_everybody else editor.seq
    kept = views.kept_for(w, site_seq, editor.seq)
    for view in kept:
        if (view.owner_seq, view.name, view.query) == (owner_seq, cleaned, dict(query)):
            return view
    if len(kept) >= MOST:
        raise TooManyViews(limit=MOST)
    return views.add(w, site_seq, owner_seq=owner_seq, name=cleaned, query=query, now=now)


def let_view_go(w: Write, site_seq: int, view_id: UUID, *, by_seq: int) -> View:
    """The view, which is gone: one's own, or, for who sets rules, everybody's. Raises NotAllowed, UnknownView."""
    sites.lock(w, site_seq)
    editor = _editor(w, site_seq, by_seq)
    view = views.by_id(w, site_seq, view_id)
    if view.owner_seq is None and not may(editor, Act.SET_RULES):
        raise NotAllowed
    if view.owner_seq not in (None, editor.seq):
        raise UnknownView
    views.drop(w, site_seq, view_id)
    return view


def _editor(w: Write, site_seq: int, by_seq: int) -> Commenter:
    return must_be_allowed(commenters.by_seq(w, site_seq, by_seq), Act.DECIDE)
