"""Paths of the desk."""

from urllib.parse import parse_qsl
from uuid import UUID

from rejoinder.web.addresses.paths import path_of


def desk_policy(site: str, *, section: str | None = None, language: str | None = None, done: str | None = None) -> str:
    """Where editors write the policy, or what a section adds to it."""
    return path_of(site, "desk", "policy", section=section, language=language, done=done)


def desk_notice(site: str, notice_id: UUID) -> str:
    """A notice at the desk, and where its answer is sent to."""
    return path_of(site, "desk", "notices", str(notice_id))


def desk_correction(site: str, correction_id: UUID) -> str:
    """A correction at the desk, and where its answer is sent to."""
    return path_of(site, "desk", "corrections", str(correction_id))


def take_answer_back(site: str, correction_id: UUID) -> str:
    return path_of(site, "desk", "corrections", str(correction_id), "undo")


def desk(
    site: str, *, queue: str | None = None, after: str | None = None, done: UUID | None = None, **narrowed: str
) -> str:
    """A queue; what narrows it is given by name, or stands in `queue` after the queue's own name and an &. `done` is
    the decision just taken, to say so and offer its undoing.
    """
    name, _, rest = (queue or "").partition("&")
    given = dict(parse_qsl(rest)) | narrowed
    return path_of(site, "desk", queue=name or None, **given, after=after, done=str(done) if done else None)


def keep_view(site: str) -> str:
    """Where a view of the queues is kept under a name."""
    return path_of(site, "desk", "views")


def let_view_go(site: str, view_id: UUID) -> str:
    return path_of(site, "desk", "views", str(view_id), "let-go")


def search(site: str, **asked: str | None) -> str:
    """What is found at the desk."""
    return path_of(site, "desk", "search", **asked)


def today(site: str) -> str:
    """The desk's home: the day in figures."""
    return path_of(site, "desk", "today")


def picks(site: str, *, days: int | None = None) -> str:
    """Candidates for picks, and what was picked in the last days."""
    return path_of(site, "desk", "picks", days=str(days) if days else None)


def ask_consent(site: str, comment_id: UUID) -> str:
    return path_of(site, "desk", "comments", str(comment_id), "consent")


def letters_page(site: str, kind: str, *, days: int | None = None) -> str:
    """What may be printed, as `kind`: html, md or json."""
    return path_of(site, "desk", "letters-page", kind, days=str(days) if days else None)


def desk_comment(site: str, comment_id: UUID, *, queue: str | None = None) -> str:
    return path_of(site, "desk", "comments", str(comment_id), queue=queue)


def decide(site: str, comment_id: UUID) -> str:
    return path_of(site, "desk", "comments", str(comment_id), "decide")


def change_text(site: str, comment_id: UUID) -> str:
    """Where an editor sends a comment's text, changed."""
    return path_of(site, "desk", "comments", str(comment_id), "text")


def pick(site: str, comment_id: UUID) -> str:
    return path_of(site, "desk", "comments", str(comment_id), "pick")


def lock(site: str, comment_id: UUID) -> str:
    """Where a thread is closed."""
    return path_of(site, "desk", "comments", str(comment_id), "lock")


def move(site: str, comment_id: UUID) -> str:
    """Where a reply is moved under another comment."""
    return path_of(site, "desk", "comments", str(comment_id), "move")


def undo(site: str, decision_id: UUID) -> str:
    return path_of(site, "desk", "decisions", str(decision_id), "undo")


def card_act(site: str, comment_id: UUID, act: str) -> str:
    """`act` is claim, assign, notes, opinion or answer."""
    return path_of(site, "desk", "comments", str(comment_id), act)


def alike(site: str, comment_id: UUID) -> str:
    """What waits and says almost the same."""
    return path_of(site, "desk", "comments", str(comment_id), "alike")


def person_notes(site: str, commenter_id: UUID) -> str:
    return path_of(site, "desk", "people", str(commenter_id), "notes")


def mine(site: str) -> str:
    """What colleagues gave to who asks."""
    return path_of(site, "desk", "mine")


def new_cards(site: str, *, queue: str | None = None) -> str:
    return path_of(site, "desk", "new", queue=queue)


def desk_news(site: str) -> str:
    """What an open page asks every few seconds."""
    return path_of(site, "desk", "news.json")


def batch(site: str) -> str:
    return path_of(site, "desk", "batch")


def undo_batch(site: str) -> str:
    return path_of(site, "desk", "batch", "undo")


def care(site: str) -> str:
    """Where an editor says how they want to read."""
    return path_of(site, "desk", "care")


def decided(site: str, decision_id: UUID, *, queue: str | None = None) -> str:
    return path_of(site, "desk", "decisions", str(decision_id), queue=queue)


def desk_stories(site: str, *, after: str | None = None) -> str:
    return path_of(site, "desk", "stories", after=after)


def desk_story(site: str, slug: str, *, done: str | None = None) -> str:
    """A story's controls. `done` is the change just made, to say so."""
    return path_of(site, "desk", "stories", slug, done=done)


def change_story(site: str, slug: str, change: str) -> str:
    """`change` is close, reopen, withdraw, restore or rules."""
    return path_of(site, "desk", "stories", slug, change)


def merge(site: str, slug: str, *, into: str | None = None) -> str:
    """Where a story's discussion is made part of another's: shown first, then done."""
    return path_of(site, "desk", "stories", slug, "merge", into=into)


def part(site: str, merge_id: UUID) -> str:
    """Where a merging is undone."""
    return path_of(site, "desk", "merges", str(merge_id), "undo")


def times(site: str, *, done: str | None = None) -> str:
    """The opening times of the site and its sections."""
    return path_of(site, "desk", "times", done=done)


def set_times(site: str, section: str = "") -> str:
    """Where a section's times are set; without one, the site's."""
    return path_of(site, "desk", "times", section) if section else path_of(site, "desk", "times")


def rules(site: str, *, section: str = "", slug: str = "", done: str | None = None, at: str = "") -> str:
    """The rules of the site, or of a section or a story; `at`: one of them, by its name."""
    of = ("stories", slug) if slug else ("sections", section) if section else ()
    return path_of(site, "desk", "rules", *of, done=done) + (f"#rule-{at}" if at else "")


def person(site: str, commenter_id: UUID, *, done: str | None = None, status: str | None = None) -> str:
    """The desk's page of somebody. `done` is the act just done; `status` narrows their comments."""
    return path_of(site, "desk", "people", str(commenter_id), done=done, status=status)


def on_person(site: str, commenter_id: UUID, act: str) -> str:
    """Where an act on somebody is sent: message, warn, hold, ban, off-ladder or erase (which asks first)."""
    return path_of(site, "desk", "people", str(commenter_id), act)


def lift(site: str, act_id: UUID) -> str:
    """Where an act on somebody is taken back."""
    return path_of(site, "desk", "person-acts", str(act_id), "lift")


def appoint(site: str, commenter_id: UUID) -> str:
    return path_of(site, "desk", "people", str(commenter_id), "level")


def unban(site: str, commenter_id: UUID) -> str:
    return path_of(site, "desk", "people", str(commenter_id), "unban")


def log(site: str, *, kind: str | None = None, by: str | None = None, after: str | None = None) -> str:
    return path_of(site, "desk", "log", kind=kind or None, by=by or None, after=after)


def appeals(site: str, *, after: str | None = None) -> str:
    """The appeals that wait to be heard."""
    return path_of(site, "desk", "appeals", after=after)


def hearing(site: str, appeal_id: UUID) -> str:
    """Where an appeal is heard."""
    return path_of(site, "desk", "appeals", str(appeal_id))


def hear(site: str, appeal_id: UUID) -> str:
    return path_of(site, "desk", "appeals", str(appeal_id), "hear")


def undo_hearing(site: str, appeal_id: UUID) -> str:
    return path_of(site, "desk", "appeals", str(appeal_id), "undo")
