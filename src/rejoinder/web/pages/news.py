"""What a reader is told of: the inbox, what they follow, whom they do not want to hear, which letters they get."""

from uuid import UUID

from rejoinder.actions.follow import follow, unfollow
from rejoinder.actions.mute_commenter import mute_commenter, unmute_commenter
from rejoinder.discussion.preferences import CHOSEN, IN_DIGESTS, Kind, Mail, Preferences
from rejoinder.discussion.refusals import Invalid, TokenExpired, UnknownComment
from rejoinder.identity.tokens import LETTERS, receipt_of, unsign
from rejoinder.markup import excerpt
from rejoinder.store import commenters, comments, decisions, flags, follows, mutes, notifications, stories
from rejoinder.store.database import Read, Write
from rejoinder.store.notifications import Notification
from rejoinder.web import addresses
from rejoinder.web.answers import Answer, see_other
from rejoinder.web.decided import TOLD
from rejoinder.web.pages.framing import chrome, show
from rejoinder.web.pages.story import cursor
from rejoinder.web.shown.news import FollowPage, InboxPage, LettersPage, MutePage, ShownNews, UnsubscribePage
from rejoinder.web.visits import Visit

LINES = 50  # of the inbox on a page
DIGEST = "digest"
_DECIDED = (Kind.REMOVED, Kind.HIDDEN, Kind.APPEAL, Kind.REPORT)


def inbox(r: Read, visit: Visit) -> Answer:
    """The viewer's news, the newest first. Raises LogInNeeded."""
    reader, before = visit.reader(), cursor(visit)
    found = notifications.latest(r, visit.site.seq, reader.seq, before=before or None, most=LINES + 1)
    page = InboxPage(
        chrome=chrome(r, visit),
        news=tuple(_shown(each) for each in found[:LINES]),
        newest=found[0].seq if found else 0,
        after=str(found[LINES - 1].seq) if len(found) > LINES else None,
    )
    return show(visit, page)


def open_news(w: Write, visit: Visit) -> Answer:
    """One piece of news, read; on to what it is about. Raises UnknownNotification."""
    reader, site = visit.reader(), visit.site
    found = notifications.by_id(w, site.seq, reader.seq, visit.asked.id())
    notifications.read(w, site.seq, reader.seq, found.id, now=visit.asked.now)
    if found.comment_id is not None and (page := _page_about(w, visit, found)) is not None:
        return see_other(page)
    if found.comment_id is not None:
        return see_other(f"{addresses.comment(site.key, found.comment_id)}#{addresses.anchor(found.comment_id)}")
    if found.kind is Kind.EDITORS:
        return see_other(addresses.from_editors(site.key))
    return see_other(addresses.inbox(site.key))


def read_all(w: Write, visit: Visit) -> Answer:
    """Everything that the page showed, read."""
    up_to = visit.asked.form.number("up_to")
    notifications.read_all(w, visit.site.seq, visit.reader().seq, up_to=up_to, now=visit.asked.now)
    return see_other(addresses.inbox(visit.site.key))


def follow_form(r: Read, visit: Visit) -> Answer:
    """Asks whether to follow the discussion, or the thread that `thread` names. Raises LogInNeeded, UnknownStory."""
    reader = visit.reader()
    story = stories.by_slug(r, visit.site.seq, visit.asked.part("slug"))
    thread = _thread(visit.asked.query.get("thread", ""))
    root_seq, name = follows.WHOLE, ""
    if thread is not None:
        comment = comments.by_id(r, visit.site.seq, thread)
        if comment.story_seq != story.seq:
            raise UnknownComment
        root_seq = comment.root_seq or comment.seq
        root = comments.by_seq(r, visit.site.seq, root_seq)
        name = commenters.by_seq(r, visit.site.seq, root.commenter_seq).name
    page = FollowPage(
        chrome=chrome(r, visit),
        story_slug=story.slug,
        headline=story.content.headline,
        thread=thread,
        name=name,
        follows=root_seq in follows.roots_followed(r, story, reader.seq),
    )
    return show(visit, page)


def do_follow(w: Write, visit: Visit) -> Answer:
    """The discussion or thread followed, or no longer."""
    form, slug = visit.asked.form, visit.asked.part("slug")
    reader, thread = visit.reader(), _thread(form.text("thread"))
    if form.text("stop"):
        unfollow(w, visit.site.seq, slug, by_seq=reader.seq, thread=thread)
    else:
        follow(w, visit.site.seq, slug, by_seq=reader.seq, thread=thread, now=visit.asked.now)
    return see_other(addresses.follow(visit.site.key, slug, thread=thread))


def mute_form(r: Read, visit: Visit) -> Answer:
    """Asks whether to mute the commenter of the path. Raises LogInNeeded, UnknownCommenter."""
    reader = visit.reader()
    who = commenters.by_id(r, visit.site.seq, visit.asked.id())
    page = MutePage(
        chrome=chrome(r, visit),
        id=who.id,
        name=who.name,
        is_muted=who.seq in mutes.of(r, visit.site.seq, reader.seq),
        is_self=who.seq == reader.seq,
    )
    return show(visit, page)


def do_mute(w: Write, visit: Visit) -> Answer:
    """The commenter of the path muted, or heard again."""
    reader, who = visit.reader(), visit.asked.id()
    if visit.asked.form.text("stop"):
        unmute_commenter(w, visit.site.seq, who, by_seq=reader.seq)
    else:
        mute_commenter(w, visit.site.seq, who, by_seq=reader.seq, now=visit.asked.now)
    return see_other(addresses.mute(visit.site.key, who))


def letters(r: Read, visit: Visit) -> Answer:
    """Which letters the viewer gets, what they follow, whom they have muted. Raises LogInNeeded."""
    reader, site = visit.reader(), visit.site
    followed = follows.all_of(r, site.seq, reader.seq)
    about = stories.by_seqs(r, site.seq, {story_seq for story_seq, _ in followed})
    page = LettersPage(
        chrome=chrome(r, visit),
        preferences=notifications.preferences(r, site.seq, reader.seq),
        is_set=bool(visit.asked.query.get("done")),
        follows=tuple(
            (about[story_seq].slug, about[story_seq].content.headline)
            for story_seq in dict.fromkeys(story_seq for story_seq, _ in followed)
            if story_seq in about
        ),
        mutes=tuple(mutes.names(r, site.seq, reader.seq)),
    )
    return show(visit, page)


def set_letters(w: Write, visit: Visit) -> Answer:
    """The viewer's wishes, kept. Raises Invalid."""
    form = visit.asked.form
    try:
        wanted = Preferences(**{kind.value: Mail(form.text(kind.value)) for kind in CHOSEN})
    except ValueError:
        raise Invalid(field="letters") from None
    notifications.set_preferences(w, visit.site.seq, visit.reader().seq, wanted)
    return see_other(addresses.letters(visit.site.key, done="1"))


def unsubscribe_form(r: Read, visit: Visit) -> Answer:
    """A button for whoever has the letter: programs that follow links press none. Raises TokenExpired."""
    commenter_seq, about = _letter(visit)
    wanted = notifications.preferences(r, visit.site.seq, commenter_seq)
    page = UnsubscribePage(
        chrome=chrome(r, visit),
        token=visit.asked.part("token"),
        about=about,
        is_off=all(wanted.of(kind) is Mail.NEVER for kind in _kinds(wanted, about)),
    )
    return show(visit, page)


def unsubscribe(w: Write, visit: Visit) -> Answer:
    """No more letters of this kind, or (`again`) letters once more. By the letter's own link alone: a mail program
    sends it for its reader, without a cookie and from nowhere (RFC 8058, 3.2).
    """
    commenter_seq, about = _letter(visit)
    wanted = notifications.preferences(w, visit.site.seq, commenter_seq)
    again = bool(visit.asked.form.text("again"))
    usual = Preferences()
    changed = {kind.value: wanted.of(kind) for kind in CHOSEN}
    for kind in _kinds(wanted, about):
        changed[kind.value] = usual.of(kind) if again else Mail.NEVER
    notifications.set_preferences(w, visit.site.seq, commenter_seq, Preferences(**changed))
    return see_other(addresses.unsubscribe(visit.site.key, visit.asked.part("token")))


def _page_about(r: Read, visit: Visit, found: Notification) -> str | None:
    """Where it is told what was decided: on one's own comment, or of one's report of another's; None for other news."""
    if found.comment_id is None or found.kind not in _DECIDED:
        return None
    site, about = visit.site, comments.by_id(r, visit.site.seq, found.comment_id)
    reader = visit.reader()
    if about.commenter_seq == reader.seq:
        told = [each for each in decisions.of_comment(r, site.seq, about.seq) if each.outcome in TOLD]
        return addresses.decision(site.key, str(told[-1].id)) if told else None
    made = [each.flag for each in flags.of_comment(r, site.seq, about.seq) if each.flag.reporter_seq == reader.seq]
    return addresses.receipt(site.key, receipt_of(made[-1].id, visit.options.secret)) if made else None


def _letter(visit: Visit) -> tuple[int, str]:
    """Whose letters the link is about, and which. Raises TokenExpired for one that is not ours."""
    said = unsign(visit.asked.part("token"), visit.options.secret, LETTERS)
    if said is None:
        raise TokenExpired
    commenter_seq, _, about = said.partition(":")
    return int(commenter_seq), about


def _kinds(wanted: Preferences, about: str) -> tuple[Kind, ...]:
    """What a letter was about: one kind, or all that come in digests (those that are off among them)."""
    if about != DIGEST:
        return (Kind(about),)
    return tuple(kind for kind in CHOSEN if wanted.of(kind) in (*IN_DIGESTS, Mail.NEVER))


def _thread(typed: str) -> UUID | None:
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        raise UnknownComment from None


def _shown(found: Notification) -> ShownNews:
    return ShownNews(
        id=found.id,
        kind=found.kind,
        at=found.at,
        is_unread=found.read_at is None,
        count=found.count,
        name=found.name,
        headline=found.headline,
        excerpt=excerpt(found.text, 160)
        if found.status == "published" or found.kind in (Kind.REMOVED, Kind.LOWERED)
        else "",
    )
