"""The sample publication, written into a database by the actions that readers and editors use, so that everything in it
passed the rules; only its clock is its own.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from rejoinder.actions.add_person import NewPerson, add_person
from rejoinder.actions.add_site import NewSite, add_site
from rejoinder.actions.decide import Decide, decide
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.flag_comment import FlagComment, flag_comment
from rejoinder.actions.post_comment import Post, post_comment
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.names import name_key
from rejoinder.discussion.sites import NO_RULES, Site, with_rules
from rejoinder.discussion.stories import PublishedAtSource, Story
from rejoinder.identity.password import hash_password
from rejoinder.identity.totp import new_secret
from rejoinder.sample.desk import BeforeEditors, publish_own_policy
from rejoinder.sample.liking import like
from rejoinder.sample.reading import CommentEntry, PersonEntry, StoryEntry, publication, stories
from rejoinder.store import accounts, comments, decisions, jobs, sites, soundness
from rejoinder.store.database import Database, Read, Write
from rejoinder.store.flags import Reporter

DOMAIN = "courier.example"  # of every mail address in the sample
READ_AFTER = timedelta(minutes=2)  # so soon a held comment is read
LOOKED_AT_AFTER = timedelta(minutes=25)  # so soon reports are made and decided


class Login(Struct, frozen=True, kw_only=True):
    """Somebody of the sample one can be."""

    role: Role
    name: str
    email: str
    password: str


class Sample(Struct, frozen=True, kw_only=True):
    site_key: str
    logins: tuple[Login, ...]


def fill_sample(database: Database, *, now: datetime) -> Sample:
    """The sample, written in one transaction, its times counted back from `now`. Raises Invalid where a site of its key
    is there already.
    """
    hashes = {each.name: hash_password(each.password) for each in publication().people if each.password}
    database.write(lambda w: _Filling(w, hashes, now=now).fill()).result()
    return _sample()


def sample_present(r: Read) -> Sample | None:
    """The sample, if it is in this database."""
    is_there = any(site.key == publication().key for site in sites.every(r))
    return _sample() if is_there and soundness.accounts_at(r, DOMAIN) else None


def _sample() -> Sample:
    told = publication()
    logins = tuple(
        Login(role=each.role, name=each.name, email=each.email, password=each.password)
        for each in told.people
        if each.email and each.password
    )
    return Sample(site_key=told.key, logins=logins)


class _Filling:
    """One filling of the sample into one transaction."""

    def __init__(self, w: Write, hashes: dict[str, str], *, now: datetime) -> None:
        self._w = w
        self._hashes = hashes
        self._now = now
        self._people: dict[str, Commenter] = {}

    def fill(self) -> None:
        """The site, its people, each story with its discussion, the oldest first, and what lies before its editors."""
        told = publication()
        new = NewSite(
            key=told.key,
            name=told.name,
            language=told.language,
            zone=told.zone,
            rules=with_rules(NO_RULES, told.rules),
        )
        entries = stories()
        begun = self._now - timedelta(hours=entries[0].hours_ago, days=30)
        self._site: Site = add_site(self._w, new, now=begun)
        for person in told.people:
            self._people[person.name] = self._person(person, now=begun)
        self._editor = next(each for each in self._people.values() if each.role is Role.EDITOR)
        self._moderator = next(each for each in self._people.values() if each.role is Role.MODERATOR)
        publish_own_policy(self._w, self._site, self._editor, now=begun)
        made = {entry.id: self._story(entry) for entry in entries}
        BeforeEditors(self._w, self._site, self._people, made).lay(now=self._now)

    def _person(self, person: PersonEntry, *, now: datetime) -> Commenter:
        """The commenter; one without a password has an account that nobody can log in to. Staff get a second factor
        that nobody has, so that the published passwords open no desk where it is asked for.
        """
        new = NewPerson(
            email=person.email or f"{name_key(person.name)}@{DOMAIN}",
            password_hash=self._hashes.get(person.name),
            site_seq=self._site.seq,
            name=person.name,
            role=person.role,
        )
        added = add_person(self._w, new, now=now)
        assert added.commenter is not None
        if added.commenter.is_staff:
            accounts.set_credential(self._w, added.account, "totp", new_secret(), now=now)
        return added.commenter

    def _story(self, entry: StoryEntry) -> Story:
        published_at = (self._now - timedelta(hours=entry.hours_ago)).replace(second=0, microsecond=0)
        new = NewStory(
            content=entry.content,
            publisher_id=entry.id,
            published_at=published_at,
            published_at_source=PublishedAtSource.EDITOR,
            section=entry.section,
            rules=with_rules(NO_RULES, {"schedule": entry.steps}),
        )
        story = publish_story(self._w, self._site.seq, new, now=published_at).story
        posted = _Discussion(self._w, story, self._people, published_at=published_at)
        for comment in sorted(entry.comments, key=lambda each: each.at):
            posted.post(comment, read_by=self._moderator)
        for comment in entry.comments:
            posted.look_at(comment, now=self._now, decided_by=self._editor)
        like(self._w, story, posted.now(), [*self._people.values()], editor=self._editor, now=self._now)
        return story


class _Discussion:
    """The comments under one story, as they are posted and as they are looked at."""

    def __init__(self, w: Write, story: Story, people: dict[str, Commenter], *, published_at: datetime) -> None:
        self._w = w
        self._story = story
        self._people = people
        self._published_at = published_at
        self._by_key: dict[str, UUID] = {}
        self._by_text: dict[str, UUID] = {}

    def post(self, entry: CommentEntry, *, read_by: Commenter) -> None:
        """Posts the comment; where it is held as a newcomer's, it is read and approved, unless it is to wait."""
        at = self._published_at + timedelta(hours=entry.at)
        order = Post(
            site_seq=self._story.site_seq,
            story_seq=self._story.seq,
            commenter_seq=self._people[entry.by].seq,
            text=entry.text.strip(),
            parent_id=self._by_key[entry.to] if entry.to else None,
        )
        comment = post_comment(self._w, order, now=at).comment
        self._by_text[entry.text] = comment.id
        if entry.key is not None:
            self._by_key[entry.key] = comment.id
        if comment.status is Status.PENDING and not entry.held:
            self._decide(comment, Outcome.APPROVE, by=read_by, now=at + READ_AFTER)
        if entry.edited is not None:
            self._edit(comment, entry.edited, now=at + READ_AFTER * 2)
        jobs.cancel(self._w, f"published:{comment.id}")  # nobody is told of what was never said

    def now(self) -> list[Comment]:
        """The comments as they stand, in the order of writing."""
        return [comments.by_id(self._w, self._story.site_seq, each) for each in self._by_text.values()]

    def look_at(self, entry: CommentEntry, *, now: datetime, decided_by: Commenter) -> None:
        """Makes the comment's reports, its decision and its deletion."""
        found = comments.by_id(self._w, self._story.site_seq, self._by_text[entry.text])
        at = min(found.created_at + LOOKED_AT_AFTER, now)
        for number, flag in enumerate(entry.flags):
            by = Reporter(commenter_seq=self._people[flag.by].seq) if flag.by else Reporter()
            reported = FlagComment(
                site_seq=found.site_seq, comment_id=found.id, reason=flag.reason, note=flag.note, by=by
            )
            flag_comment(self._w, reported, now=min(at + timedelta(minutes=number), now))
        for decision in decisions.of_comment(self._w, self._story.site_seq, found.seq):
            jobs.cancel(self._w, f"decision:{decision.id}")
        if entry.decision is not None:
            told = entry.decision
            self._decide(
                found,
                told.outcome,
                by=decided_by,
                reason=told.reason,
                note=told.note,
                now=min(at + LOOKED_AT_AFTER, now),
            )
        if entry.deleted:
            writer = self._people[entry.by].seq
            delete_comment(self._w, found.site_seq, found.id, commenter_seq=writer, now=min(at, now))

    def _edit(self, comment: Comment, text: str, *, now: datetime) -> None:
        change = Edit(
            site_seq=comment.site_seq,
            comment_id=comment.id,
            commenter_seq=comment.commenter_seq,
            text=text.strip(),
            seen_revision=comment.revision,
        )
        edit_comment(self._w, change, now=now)

    def _decide(
        self,
        comment: Comment,
        outcome: Outcome,
        *,
        by: Commenter,
        now: datetime,
        reason: str | None = None,
        note: str = "",
    ) -> None:
        order = Decide(
            site_seq=comment.site_seq,
            comment_id=comment.id,
            by_seq=by.seq,
            outcome=outcome,
            seen_revision=comment.revision,
            reason=reason,
            note=note,
        )
        decision = decide(self._w, order, now=now)
        jobs.cancel(self._w, f"decision:{decision.id}")
