"""Every path of the site, in one place. Pure: values in, a path out, percent-encoded (RFC 3986, 2.1)."""

from urllib.parse import parse_qsl, quote, urlencode
from uuid import UUID

PUBLICATIONS = "/"


def front(site: str, *, after: str | None = None) -> str:
    return _path(site, "", after=after)


def story(
    site: str,
    slug: str,
    *,
    after: str | None = None,
    view: str | None = None,
    order: str | None = None,
    v: int | None = None,
) -> str:
    """The story with its discussion. `v` is the story's version after a post: an older copy is passed by."""
    return _path(site, "stories", slug, after=after, view=view, order=order, v=v)


def discussion(site: str, slug: str, **query: str | int | None) -> str:
    """The discussion below the story."""
    return _path(site, "stories", slug, **query) + "#discussion"


def feed(site: str, slug: str) -> str:
    """The story's newest comments as an Atom feed."""
    return _path(site, "stories", slug, "comments.atom")


def feed_json(site: str, slug: str) -> str:
    """The same as a JSON Feed."""
    return _path(site, "stories", slug, "comments.json")


def site_feed(site: str, kind: str = "atom") -> str:
    """The site's newest comments as a feed; `kind` is atom or json."""
    return _path(site, f"comments.{kind}")


def section_feed(site: str, section: str, kind: str = "atom") -> str:
    """The newest comments of a section's newest stories."""
    return _path(site, "sections", section, f"comments.{kind}")


def profile(site: str, commenter_id: UUID, *, after: str | None = None) -> str:
    """A commenter's public page."""
    return _path(site, "people", str(commenter_id), after=after)


def profile_feed(site: str, commenter_id: UUID, kind: str = "atom") -> str:
    """A commenter's newest comments as a feed."""
    return _path(site, "people", str(commenter_id), f"comments.{kind}")


def live(site: str, slug: str) -> str:
    """The story's events, as they happen; answered by the front door."""
    return _path(site, "stories", slug, "live")


def live_state(site: str, slug: str) -> str:
    """How the discussion stands, for who cannot hear the events."""
    return _path(site, "stories", slug, "live.json")


def write(site: str, slug: str) -> str:
    """A page with the box, for who comes from the publisher's own page."""
    return _path(site, "stories", slug, "write")


def post_comment(site: str, slug: str) -> str:
    return _path(site, "stories", slug, "comments")


def names(site: str, slug: str) -> str:
    """The names that an @ can mean there."""
    return _path(site, "stories", slug, "names.json")


def comment(site: str, comment_id: UUID, *, after: str | None = None) -> str:
    """The permalink: the comment in its thread. `after` pages through a long one."""
    return _path(site, "comments", str(comment_id), after=after)


def in_story(site: str, slug: str, comment_id: UUID, *, v: int | None = None) -> str:
    """The comment's place on its story's page."""
    return f"{story(site, slug, v=v)}#{anchor(comment_id)}"


def anchor(comment_id: UUID) -> str:
    """The id of a comment's element on any page that shows it."""
    return f"c-{comment_id}"


def reply(site: str, comment_id: UUID, *, quote: int | None = None) -> str:
    """Where a comment is answered. With `quote` its text stands in the box already, as a quotation."""
    return _path(site, "comments", str(comment_id), "reply", quote=quote)


def edit(site: str, comment_id: UUID) -> str:
    return _path(site, "comments", str(comment_id), "edit")


def changes(site: str, comment_id: UUID) -> str:
    """How the comment's text was changed."""
    return _path(site, "comments", str(comment_id), "changes")


def delete(site: str, comment_id: UUID) -> str:
    return _path(site, "comments", str(comment_id), "delete")


def recommend(site: str, comment_id: UUID) -> str:
    return _path(site, "comments", str(comment_id), "recommend")


def report(site: str, comment_id: UUID) -> str:
    return _path(site, "comments", str(comment_id), "report")


def receipt(site: str, receipt_token: str) -> str:
    return _path(site, "reports", receipt_token)


def policy_version(site: str, number: int) -> str:
    """A version of the policy."""
    return _path(site, "policy", str(number))


def desk_policy(site: str, *, section: str | None = None, language: str | None = None, done: str | None = None) -> str:
    """Where editors write the policy, or what a section adds to it."""
    return _path(site, "desk", "policy", section=section, language=language, done=done)


def decisions(site: str, *, after: str | None = None) -> str:
    """What was decided on the viewer's comments."""
    return _path(site, "decisions", after=after)


def decision(site: str, key: str, *, done: str | None = None) -> str:
    """A decision, for the comment's writer: by its id, or by the key from a letter."""
    return _path(site, "decisions", key, done=done)


def appeal(site: str, key: str) -> str:
    """Where an appeal against a decision is sent to."""
    return _path(site, "decisions", key, "appeal")


def person_act(site: str, key: str) -> str:
    """What editors did about somebody, for that person: `key` is its id, or the key of the letter."""
    return _path(site, "acts", key)


def appeal_act(site: str, key: str) -> str:
    """Where an appeal against that is sent to."""
    return _path(site, "acts", key, "appeal")


def appeal_notice(site: str, receipt_token: str) -> str:
    """Where the appeal of who gave notice is sent to."""
    return _path(site, "notices", receipt_token, "appeal")


def appeal_report(site: str, receipt_token: str) -> str:
    """Where a reporter's appeal is sent to."""
    return _path(site, "reports", receipt_token, "appeal")


def notice(site: str, *, url: str | None = None) -> str:
    """Where notice is given of comments that are against the law. `url` is the address of the first."""
    return _path(site, "notice", url=url)


def comment_notice(site: str, comment_id: UUID) -> str:
    """The same, with the comment's address in it already."""
    return _path(site, "comments", str(comment_id), "notice")


def notice_receipt(site: str, receipt_token: str) -> str:
    return _path(site, "notices", receipt_token)


def correct(site: str, slug: str) -> str:
    """Where a reader says what is wrong in the story."""
    return _path(site, "stories", slug, "correct")


def correction_receipt(site: str, receipt_token: str) -> str:
    return _path(site, "corrections", receipt_token)


def desk_notice(site: str, notice_id: UUID) -> str:
    """A notice at the desk, and where its answer is sent to."""
    return _path(site, "desk", "notices", str(notice_id))


def desk_correction(site: str, correction_id: UUID) -> str:
    """A correction at the desk, and where its answer is sent to."""
    return _path(site, "desk", "corrections", str(correction_id))


def take_answer_back(site: str, correction_id: UUID) -> str:
    return _path(site, "desk", "corrections", str(correction_id), "undo")


def policy(site: str, *, section: str | None = None) -> str:
    """The comment policy; with a section at what that adds, where it adds anything."""
    return _path(site, "policy") + (f"#section-{section}" if section else "")


def log_in(site: str, *, to: str | None = None, done: str | None = None) -> str:
    """The log-in form. `to` is where it leads afterwards; `done` what one has just finished (confirmed, changed)."""
    return _path(site, "log-in", to=to, done=done)


def sign_in(site: str, provider: str, *, to: str | None = None, link: str | None = None) -> str:
    """Where a sign-in at a provider of the publisher begins. `link`: the viewer's account is to be linked with it."""
    return _path(site, "sign-in", provider, to=to, link=link)


def signed_in(site: str, provider: str) -> str:
    """Where the provider sends people back to."""
    return _path(site, "sign-in", provider, "back")


def hand_over(site: str) -> str:
    """Where the publisher's page posts a signed token."""
    return _path(site, "sign-in", "token")


def passkeys(site: str, *, done: str | None = None) -> str:
    """The viewer's passkeys, and where a new one is sent to."""
    return _path(site, "account", "passkeys", done=done)


def name_passkey(site: str) -> str:
    return _path(site, "account", "passkeys", "name")


def remove_passkey(site: str) -> str:
    return _path(site, "account", "passkeys", "remove")


def log_in_by_passkey(site: str) -> str:
    return _path(site, "log-in", "passkey")


def second_factor_by_passkey(site: str) -> str:
    return _path(site, "second-factor", "passkey")


def change_name(site: str) -> str:
    return _path(site, "account", "name")


def guest(site: str, slug: str, *, answers: UUID | None = None) -> str:
    """The form for a guest's comment; with `answers`, for a reply to that comment."""
    return _path(site, "stories", slug, "guest", answers=str(answers) if answers else None)


def guest_sent(site: str) -> str:
    return _path(site, "sent", "guest")


def confirm_guest(site: str, token: str) -> str:
    """Where the letter to a guest leads."""
    return _path(site, "guest", token)


def log_out(site: str) -> str:
    return _path(site, "log-out")


def register(site: str, *, to: str | None = None, name: str | None = None) -> str:
    """`name` is one to begin with."""
    return _path(site, "register", to=to, name=name)


def sent(site: str, kind: str) -> str:
    """The page that says a letter is on its way: confirm or reset."""
    return _path(site, "sent", kind)


def confirm(site: str, token: str) -> str:
    return _path(site, "confirm", token)


def confirm_again(site: str) -> str:
    """Where a new confirming letter is asked for."""
    return _path(site, "confirm")


def forgot(site: str) -> str:
    return _path(site, "forgot")


def reset(site: str, token: str) -> str:
    return _path(site, "reset", token)


def second_factor(site: str, *, to: str | None = None) -> str:
    return _path(site, "second-factor", to=to)


def set_up_second_factor(site: str, *, to: str | None = None) -> str:
    return _path(site, "second-factor", "set-up", to=to)


def account(site: str) -> str:
    return _path(site, "account")


def embed_sign_in(site: str, **query: str) -> str:
    """Where a reader lets a page of the publisher's take part for them. `origin` is the page's, `nonce` its mark."""
    return _path(site, "embed", "sign-in", **query)


def end_session(site: str) -> str:
    return _path(site, "account", "sessions")


def own_data(site: str) -> str:
    """Everything that is known of the viewer."""
    return _path(site, "account", "data")


def own_data_file(site: str) -> str:
    return _path(site, "account", "data.json")


def change_email(site: str) -> str:
    return _path(site, "account", "email")


def new_email(site: str, token: str) -> str:
    """Where the letter to a new address leads."""
    return _path(site, "new-address", token)


def leave(site: str) -> str:
    return _path(site, "account", "leave")


def gone(site: str, texts: str) -> str:
    """What is said to who has left. `texts` is stay or go."""
    return _path(site, "left", texts)


def trust(site: str, *, after: str | None = None) -> str:
    """Where the viewer stands on the trust ladder."""
    return _path(site, "account", "trust", after=after)


def inbox(site: str, *, after: str | None = None) -> str:
    return _path(site, "notifications", after=after)


def open_news(site: str, notification_id: UUID) -> str:
    return _path(site, "notifications", str(notification_id))


def read_all(site: str) -> str:
    return _path(site, "notifications")


def follow(site: str, slug: str, *, thread: UUID | None = None) -> str:
    """Where a discussion, or the thread of a comment in it, is followed."""
    return _path(site, "stories", slug, "follow", thread=str(thread) if thread else None)


def mute(site: str, commenter_id: UUID) -> str:
    return _path(site, "people", str(commenter_id), "mute")


def letters(site: str, *, done: str | None = None) -> str:
    """Which letters the viewer gets, what they follow, whom they have muted."""
    return _path(site, "account", "letters", done=done)


def unsubscribe(site: str, token: str) -> str:
    """Where a letter's own link leads."""
    return _path(site, "letters", token)


def desk(
    site: str, *, queue: str | None = None, after: str | None = None, done: UUID | None = None, **narrowed: str
) -> str:
    """A queue; what narrows it is given by name, or stands in `queue` after the queue's own name and an &. `done` is
    the decision just taken, to say so and offer its undoing.
    """
    name, _, rest = (queue or "").partition("&")
    given = dict(parse_qsl(rest)) | narrowed
    return _path(site, "desk", queue=name or None, **given, after=after, done=str(done) if done else None)


def keep_view(site: str) -> str:
    """Where a view of the queues is kept under a name."""
    return _path(site, "desk", "views")


def let_view_go(site: str, view_id: UUID) -> str:
    return _path(site, "desk", "views", str(view_id), "let-go")


def search(site: str, **asked: str | None) -> str:
    """What is found at the desk."""
    return _path(site, "desk", "search", **asked)


def today(site: str) -> str:
    """The desk's home: the day in figures."""
    return _path(site, "desk", "today")


def picks(site: str, *, days: int | None = None) -> str:
    """Candidates for picks, and what was picked in the last days."""
    return _path(site, "desk", "picks", days=str(days) if days else None)


def ask_consent(site: str, comment_id: UUID) -> str:
    return _path(site, "desk", "comments", str(comment_id), "consent")


def letters_page(site: str, kind: str, *, days: int | None = None) -> str:
    """What may be printed, as `kind`: html, md or json."""
    return _path(site, "desk", "letters-page", kind, days=str(days) if days else None)


def consent(site: str, token: str) -> str:
    """Where a writer says whether their comment may be printed."""
    return _path(site, "consent", token)


def desk_comment(site: str, comment_id: UUID, *, queue: str | None = None) -> str:
    return _path(site, "desk", "comments", str(comment_id), queue=queue)


def decide(site: str, comment_id: UUID) -> str:
    return _path(site, "desk", "comments", str(comment_id), "decide")


def change_text(site: str, comment_id: UUID) -> str:
    """Where an editor sends a comment's text, changed."""
    return _path(site, "desk", "comments", str(comment_id), "text")


def pick(site: str, comment_id: UUID) -> str:
    return _path(site, "desk", "comments", str(comment_id), "pick")


def lock(site: str, comment_id: UUID) -> str:
    """Where a thread is closed."""
    return _path(site, "desk", "comments", str(comment_id), "lock")


def move(site: str, comment_id: UUID) -> str:
    """Where a reply is moved under another comment."""
    return _path(site, "desk", "comments", str(comment_id), "move")


def undo(site: str, decision_id: UUID) -> str:
    return _path(site, "desk", "decisions", str(decision_id), "undo")


def card_act(site: str, comment_id: UUID, act: str) -> str:
    """`act` is claim, assign, notes, opinion or answer."""
    return _path(site, "desk", "comments", str(comment_id), act)


def alike(site: str, comment_id: UUID) -> str:
    """What waits and says almost the same."""
    return _path(site, "desk", "comments", str(comment_id), "alike")


def person_notes(site: str, commenter_id: UUID) -> str:
    return _path(site, "desk", "people", str(commenter_id), "notes")


def mine(site: str) -> str:
    """What colleagues gave to who asks."""
    return _path(site, "desk", "mine")


def new_cards(site: str, *, queue: str | None = None) -> str:
    return _path(site, "desk", "new", queue=queue)


def desk_news(site: str) -> str:
    """What an open page asks every few seconds."""
    return _path(site, "desk", "news.json")


def batch(site: str) -> str:
    return _path(site, "desk", "batch")


def undo_batch(site: str) -> str:
    return _path(site, "desk", "batch", "undo")


def care(site: str) -> str:
    """Where an editor says how they want to read."""
    return _path(site, "desk", "care")


def decided(site: str, decision_id: UUID, *, queue: str | None = None) -> str:
    return _path(site, "desk", "decisions", str(decision_id), queue=queue)


def desk_stories(site: str, *, after: str | None = None) -> str:
    return _path(site, "desk", "stories", after=after)


def desk_story(site: str, slug: str, *, done: str | None = None) -> str:
    """A story's controls. `done` is the change just made, to say so."""
    return _path(site, "desk", "stories", slug, done=done)


def change_story(site: str, slug: str, change: str) -> str:
    """`change` is close, reopen, withdraw, restore or rules."""
    return _path(site, "desk", "stories", slug, change)


def merge(site: str, slug: str, *, into: str | None = None) -> str:
    """Where a story's discussion is made part of another's: shown first, then done."""
    return _path(site, "desk", "stories", slug, "merge", into=into)


def part(site: str, merge_id: UUID) -> str:
    """Where a merging is undone."""
    return _path(site, "desk", "merges", str(merge_id), "undo")


def times(site: str, *, done: str | None = None) -> str:
    """The opening times of the site and its sections."""
    return _path(site, "desk", "times", done=done)


def set_times(site: str, section: str = "") -> str:
    """Where a section's times are set; without one, the site's."""
    return _path(site, "desk", "times", section) if section else _path(site, "desk", "times")


def rules(site: str, *, section: str = "", slug: str = "", done: str | None = None, at: str = "") -> str:
    """The rules of the site, or of a section or a story; `at`: one of them, by its name."""
    of = ("stories", slug) if slug else ("sections", section) if section else ()
    return _path(site, "desk", "rules", *of, done=done) + (f"#rule-{at}" if at else "")


def person(site: str, commenter_id: UUID, *, done: str | None = None, status: str | None = None) -> str:
    """The desk's page of somebody. `done` is the act just done; `status` narrows their comments."""
    return _path(site, "desk", "people", str(commenter_id), done=done, status=status)


def on_person(site: str, commenter_id: UUID, act: str) -> str:
    """Where an act on somebody is sent: message, warn, hold, ban, off-ladder or erase (which asks first)."""
    return _path(site, "desk", "people", str(commenter_id), act)


def lift(site: str, act_id: UUID) -> str:
    """Where an act on somebody is taken back."""
    return _path(site, "desk", "person-acts", str(act_id), "lift")


def from_editors(site: str, *, done: str | None = None) -> str:
    """What the editors did about the viewer."""
    return _path(site, "account", "editors", done=done)


def acknowledge(site: str, act_id: UUID) -> str:
    """Where somebody says that they have read a warning."""
    return _path(site, "account", "editors", str(act_id), "read")


def appoint(site: str, commenter_id: UUID) -> str:
    return _path(site, "desk", "people", str(commenter_id), "level")


def unban(site: str, commenter_id: UUID) -> str:
    return _path(site, "desk", "people", str(commenter_id), "unban")


def log(site: str, *, kind: str | None = None, by: str | None = None, after: str | None = None) -> str:
    return _path(site, "desk", "log", kind=kind or None, by=by or None, after=after)


def appeals(site: str, *, after: str | None = None) -> str:
    """The appeals that wait to be heard."""
    return _path(site, "desk", "appeals", after=after)


def hearing(site: str, appeal_id: UUID) -> str:
    """Where an appeal is heard."""
    return _path(site, "desk", "appeals", str(appeal_id))


def hear(site: str, appeal_id: UUID) -> str:
    return _path(site, "desk", "appeals", str(appeal_id), "hear")


def undo_hearing(site: str, appeal_id: UUID) -> str:
    return _path(site, "desk", "appeals", str(appeal_id), "undo")


def static(name: str) -> str:
    return _path("static", name)


def returning(to: str, otherwise: str) -> str:
    """`to` if it is a path of ours, else `otherwise`: a log-in never leads to somebody else's site. A second slash or a
    backslash begins a host, and a control character is dropped by browsers (WHATWG URL, 4.4).
    """
    is_ours = to.startswith("/") and to[1:2] not in ("/", "\\") and to.isprintable() and "\\" not in to
    return to if is_ours else otherwise


def _path(*parts: str, **query: str | int | None) -> str:
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path
