"""Recommending a comment: the form's page, and the act."""

from uuid import UUID

from rejoinder.actions.recommend import Recommend
from rejoinder.actions.recommend import recommend as do_recommend
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.ranking import Order
from rejoinder.discussion.recommending import Recommended, may_recommend, may_take_back, must_be_countable
from rejoinder.discussion.refusals import DeviceNeeded, LogInNeeded
from rejoinder.store import attempts, comments, entries, recommendations, stories
from rejoinder.store.database import Read, Write
from rejoinder.web import addresses
from rejoinder.web.addressing import limit_key
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.handlers import Doing
from rejoinder.web.pages.comment_forms import asked_for, with_device
from rejoinder.web.pages.drawing import drawing
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.shown.recommending import RecommendPage
from rejoinder.web.visits import Visit


def form(r: Read, visit: Visit) -> Answer:
    """The comment with a button, for links from pages that are not ours; whoever has recommended it may take that back.
    A browser that may do so without an account gets an id, so that it is counted once. Raises LogInNeeded and the
    refusals of `recommending.may_recommend`.
    """
    entry, story = asked_for(r, visit)
    guests_may = story.rules_here.recommend_without_account
    must_be_countable(by=visit.viewer, has_device=True, guests_may=guests_may)
    stands = recommendations.stand(r, entry.comment, by=visit.reporter())
    standing, withdrawn = story.standing(visit.asked.now), story.withdrawn_at is not None
    if stands.mine:
        may_take_back(entry.comment, standing=standing, withdrawn=withdrawn)
    else:
        may_recommend(entry.comment, by=visit.viewer, standing=standing, withdrawn=withdrawn)
    page = RecommendPage(
        chrome=chrome(r, visit),
        comment=drawing(r, visit, story, [entry]).comment(entry),
        story_slug=story.slug,
        headline=story.content.headline,
        stands=stands,
    )
    return with_device(visit, show(visit, page))


async def act(doing: Doing) -> Answer:
    """A recommendation of the comment of the path, or with `back` none. Somebody with an account then sees it where it
    stands; who must log in, or show a device id first, is led there and back.
    """
    visit, comment_id = doing.visit, doing.visit.asked.id()
    site = visit.site.key
    try:
        await doing.read(lambda r: _must_be_countable(r, visit, comment_id))
    except LogInNeeded:
        return see_other(addresses.log_in(site, to=addresses.recommend(site, comment_id)))
    except DeviceNeeded:
        return see_other(addresses.recommend(site, comment_id))
    await counted(doing)
    back = bool(visit.asked.form.text("back"))
    return await doing.write(lambda w: _done(w, visit, comment_id, back=back))


async def counted(doing: Doing) -> None:
    """Counts the attempt of somebody without an account against their address, in a transaction of its own. Raises
    TooFast.
    """
    visit = doing.visit
    if visit.viewer is not None:
        return
    limits, who = visit.options.limits, limit_key(visit.asked.address)
    now, limit = visit.asked.now, limits.recommendations
    await doing.write(lambda w: attempts.note(w, "recommend", who, limit=limit, seconds=limits.window, now=now))


def recommended(w: Write, visit: Visit, comment_id: UUID, *, back: bool) -> Recommended:
    """How the comment stands after it. Raises the refusals of the action."""
    order = Recommend(site_seq=visit.site.seq, comment_id=comment_id, by=visit.reporter(), back=back)
    return do_recommend(w, order, now=visit.asked.now)


def _must_be_countable(r: Read, visit: Visit, comment_id: UUID) -> None:
    if visit.viewer is not None:
        return
    comment = comments.by_id(r, visit.site.seq, comment_id)
    rules = stories.by_seq(r, visit.site.seq, comment.story_seq).rules_here
    must_be_countable(by=None, has_device=visit.device is not None, guests_may=rules.recommend_without_account)


def _done(w: Write, visit: Visit, comment_id: UUID, *, back: bool) -> Answer:
    recommended(w, visit, comment_id, back=back)
    if visit.viewer is None:  # whose pages are everybody's and follow a little later
        return see_other(addresses.recommend(visit.site.key, comment_id))
    return see_other(where_it_stands(w, visit, comments.by_id(w, visit.site.seq, comment_id)))


def where_it_stands(r: Read, visit: Visit, comment: Comment) -> str:
    """The comment on its story's first page, or else on its own."""
    site = visit.site.key
    story = stories.by_seq(r, visit.site.seq, comment.story_seq)
    if story.rules_here.order is Order.OLDEST and entries.is_on_first_page(r, comment):
        return addresses.in_story(site, story.slug, comment.id)
    return f"{addresses.comment(site, comment.id)}#{addresses.anchor(comment.id)}"
