"""Paths of who takes part with an account: their way in, what is theirs, what they do with comments."""

from uuid import UUID

from rejoinder.web.addresses.paths import path_of


def reply(site: str, comment_id: UUID, *, quote: int | None = None) -> str:
    """Where a comment is answered. With `quote` its text stands in the box already, as a quotation."""
    return path_of(site, "comments", str(comment_id), "reply", quote=quote)


def edit(site: str, comment_id: UUID) -> str:
    return path_of(site, "comments", str(comment_id), "edit")


def delete(site: str, comment_id: UUID) -> str:
    return path_of(site, "comments", str(comment_id), "delete")


def recommend(site: str, comment_id: UUID) -> str:
    return path_of(site, "comments", str(comment_id), "recommend")


def decisions(site: str, *, after: str | None = None) -> str:
    """What was decided on the viewer's comments."""
    return path_of(site, "decisions", after=after)


def decision(site: str, key: str, *, done: str | None = None) -> str:
    """A decision, for the comment's writer: by its id, or by the key from a letter."""
    return path_of(site, "decisions", key, done=done)


def appeal(site: str, key: str) -> str:
    """Where an appeal against a decision is sent to."""
    return path_of(site, "decisions", key, "appeal")


def person_act(site: str, key: str) -> str:
    """What editors did about somebody, for that person: `key` is its id, or the key of the letter."""
    return path_of(site, "acts", key)


def appeal_act(site: str, key: str) -> str:
    """Where an appeal against that is sent to."""
    return path_of(site, "acts", key, "appeal")


def log_in(site: str, *, to: str | None = None, done: str | None = None) -> str:
    """The log-in form. `to` is where it leads afterwards; `done` what one has just finished (confirmed, changed)."""
    return path_of(site, "log-in", to=to, done=done)


def sign_in(site: str, provider: str, *, to: str | None = None, link: str | None = None) -> str:
    """Where a sign-in at a provider of the publisher begins. `link`: the viewer's account is to be linked with it."""
    return path_of(site, "sign-in", provider, to=to, link=link)


def signed_in(site: str, provider: str) -> str:
    """Where the provider sends people back to."""
    return path_of(site, "sign-in", provider, "back")


def hand_over(site: str) -> str:
    """Where the publisher's page posts a signed token."""
    return path_of(site, "sign-in", "token")


def passkeys(site: str, *, done: str | None = None) -> str:
    """The viewer's passkeys, and where a new one is sent to."""
    return path_of(site, "account", "passkeys", done=done)


def name_passkey(site: str) -> str:
    return path_of(site, "account", "passkeys", "name")


def remove_passkey(site: str) -> str:
    return path_of(site, "account", "passkeys", "remove")


def log_in_by_passkey(site: str) -> str:
    return path_of(site, "log-in", "passkey")


def second_factor_by_passkey(site: str) -> str:
    return path_of(site, "second-factor", "passkey")


def change_name(site: str) -> str:
    return path_of(site, "account", "name")


def log_out(site: str) -> str:
    return path_of(site, "log-out")


def register(site: str, *, to: str | None = None, name: str | None = None) -> str:
    """`name` is one to begin with."""
    return path_of(site, "register", to=to, name=name)


def sent(site: str, kind: str) -> str:
    """The page that says a letter is on its way: confirm or reset."""
    return path_of(site, "sent", kind)


def confirm(site: str, token: str) -> str:
    return path_of(site, "confirm", token)


def confirm_again(site: str) -> str:
    """Where a new confirming letter is asked for."""
    return path_of(site, "confirm")


def forgot(site: str) -> str:
    return path_of(site, "forgot")


def reset(site: str, token: str) -> str:
    return path_of(site, "reset", token)


def second_factor(site: str, *, to: str | None = None) -> str:
    return path_of(site, "second-factor", to=to)


def set_up_second_factor(site: str, *, to: str | None = None) -> str:
    return path_of(site, "second-factor", "set-up", to=to)


def account(site: str) -> str:
    return path_of(site, "account")


def embed_sign_in(site: str, **query: str) -> str:
    """Where a reader lets a page of the publisher's take part for them. `origin` is the page's, `nonce` its mark."""
    return path_of(site, "embed", "sign-in", **query)


def end_session(site: str) -> str:
    return path_of(site, "account", "sessions")


def own_data(site: str) -> str:
    """Everything that is known of the viewer."""
    return path_of(site, "account", "data")


def own_data_file(site: str) -> str:
    return path_of(site, "account", "data.json")


def change_email(site: str) -> str:
    return path_of(site, "account", "email")


def new_email(site: str, token: str) -> str:
    """Where the letter to a new address leads."""
    return path_of(site, "new-address", token)


def leave(site: str) -> str:
    return path_of(site, "account", "leave")


def gone(site: str, texts: str) -> str:
    """What is said to who has left. `texts` is stay or go."""
    return path_of(site, "left", texts)


def trust(site: str, *, after: str | None = None) -> str:
    """Where the viewer stands on the trust ladder."""
    return path_of(site, "account", "trust", after=after)


def inbox(site: str, *, after: str | None = None) -> str:
    return path_of(site, "notifications", after=after)


def open_news(site: str, notification_id: UUID) -> str:
    return path_of(site, "notifications", str(notification_id))


def read_all(site: str) -> str:
    return path_of(site, "notifications")


def follow(site: str, slug: str, *, thread: UUID | None = None) -> str:
    """Where a discussion, or the thread of a comment in it, is followed."""
    return path_of(site, "stories", slug, "follow", thread=str(thread) if thread else None)


def mute(site: str, commenter_id: UUID) -> str:
    return path_of(site, "people", str(commenter_id), "mute")


def letters(site: str, *, done: str | None = None) -> str:
    """Which letters the viewer gets, what they follow, whom they have muted."""
    return path_of(site, "account", "letters", done=done)


def unsubscribe(site: str, token: str) -> str:
    """Where a letter's own link leads."""
    return path_of(site, "letters", token)


def from_editors(site: str, *, done: str | None = None) -> str:
    """What the editors did about the viewer."""
    return path_of(site, "account", "editors", done=done)


def acknowledge(site: str, act_id: UUID) -> str:
    """Where somebody says that they have read a warning."""
    return path_of(site, "account", "editors", str(act_id), "read")


def returning(to: str, otherwise: str) -> str:
    """`to` if it is a path of ours, else `otherwise`: a log-in never leads to somebody else's site. A second slash or a
    backslash begins a host, and a control character is dropped by browsers (WHATWG URL, 4.4).
    """
    is_ours = to.startswith("/") and to[1:2] not in ("/", "\\") and to.isprintable() and "\\" not in to
    return to if is_ours else otherwise
