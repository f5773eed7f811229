"""The neutral record: what an importer took from a file, what it could not take, and why it took nothing."""

from datetime import datetime

from msgspec import Struct

from rejoinder.discussion.stories import Content, PublishedAtSource


class CommentRecord(Struct, frozen=True, kw_only=True):
    """One comment as the file has it. `text` is plain text, its paragraphs separated by one blank line (a line break
    inside a paragraph is the writer's and is kept); `written_at` is aware and UTC; `key` and `parent_key` are the
    file's own names for this comment and for the one it answers.
    """

    name: str
    written_at: datetime
    text: str
    key: str | None = None
    parent_key: str | None = None


class StoryRecord(Struct, frozen=True, kw_only=True):
    """One story and its discussion as the file has them. Whatever the file does not say is None or empty;
    `closed` is None where the page says neither that the discussion is closed nor that it is open.
    """

    content: Content
    published_at: datetime | None = None
    published_at_source: PublishedAtSource | None = None
    canonical_url: str | None = None
    publisher_id: str | None = None
    section: str | None = None
    policy_notice: str | None = None
    disclaimer: str | None = None
    closing_notice: str | None = None
    closed: bool | None = None
    stated_comment_count: int | None = None
    comments: tuple[CommentRecord, ...] = ()


class Remark(Struct, frozen=True, kw_only=True):
    """Something that could not be taken as it stood, in a stable code and one plain sentence."""

    code: str
    text: str


class Reading(Struct, frozen=True, kw_only=True):
    """What one file gave: which format it was read as, the story, and the remarks in the order they arose."""

    format: str
    story: StoryRecord
    remarks: tuple[Remark, ...] = ()


class CannotRead(Exception):
    """A file from which nothing is taken. `code` is stable; the text is a sentence for the person who gave the file."""

    code = "cannot-read"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class EmptyFile(CannotRead):
    """No bytes, or nothing but spaces."""

    code = "empty-file"


class NotText(CannotRead):
    """Bytes that are no text: a picture, an archive, a program."""

    code = "not-text"


class Truncated(CannotRead):
    """The file stops where something was begun and not ended."""

    code = "truncated"


class UnknownFormat(CannotRead):
    """Text, but none that a reader here knows."""

    code = "unknown-format"


class NoArticle(CannotRead):
    """The format is known, and there is no story in it."""

    code = "no-article"


class BadFile(CannotRead):
    """The format is known, and the file breaks its rules; the sentence says where."""

    code = "bad-file"


class UnknownVersion(CannotRead):
    """Our own format in a version this program does not know."""

    code = "unknown-version"


class UnclearTime(CannotRead):
    """A printed time that cannot be made an instant without inventing something."""

    code = "unclear-time"


class NoZone(UnclearTime):
    """A time is printed without a zone, and no zone of the site is known."""

    code = "no-zone"


class UnknownZone(UnclearTime):
    """A time is printed with a zone nobody here knows."""

    code = "unknown-zone"


class AmbiguousZone(UnclearTime):
    """An abbreviation with several meanings, and nothing on the page that decides. `candidates` names them."""

    code = "ambiguous-zone"

    def __init__(self, sentence: str, *, candidates: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.candidates = candidates


class AmbiguousDate(UnclearTime):
    """Figures such as 03/04/2012 whose order nothing on the page decides."""

    code = "ambiguous-date"
