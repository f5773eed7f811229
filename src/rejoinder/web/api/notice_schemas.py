"""What goes over the wire about legal notices and corrections."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from rejoinder.web.api.schemas import Appeal


class FileNotice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A notice of comments that are against the law (Regulation (EU) 2022/2065, Article 16)."""

    kind: Annotated[
        str,
        Meta(
            description="`hate`, `threat`, `defamation`, `private-information`, `contempt`, `copyright`, "
            "`intimate-image`, `child-safety` or `other`."
        ),
    ]
    why: Annotated[str, Meta(description="Why they are against the law; at most 10000 characters.")]
    addresses: Annotated[tuple[str, ...], Meta(description="The comments' own pages, or their places on others; 1–20.")]
    name: Annotated[str, Meta(description="Of who gives notice; not needed for `child-safety`.")] = ""
    email: Annotated[
        str | None, Meta(description="Where receipt and decision go to; not needed for `child-safety`.")
    ] = None
    good_faith: Annotated[
        bool, Meta(description="That who gives notice believes in good faith that it is accurate and complete.")
    ] = False
    danger: Annotated[bool, Meta(description="Whether somebody's life or safety is in danger.")] = False


class NoticedComment(Struct, frozen=True, kw_only=True):
    """What became of a notice of one comment. `outcome` is null while it waits, then `illegal` or `policy` (removed as
    against one or the other), `left` (it stands) or `gone` (nobody could read it any more).
    """

    id: Annotated[UUID, Meta(description="Of the notice of this comment: what an appeal names.")]
    comment: UUID
    outcome: str | None
    reason: Annotated[str | None, Meta(description="The code of the reason it was removed for.")]
    answer: str
    answered_at: datetime | None
    appeal_until: Annotated[datetime | None, Meta(description="Within its day; null where there can be no appeal.")]
    appeal: Appeal | None


class AppealNotice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A request to look again at a comment that was left standing after a notice."""

    notice: Annotated[UUID, Meta(description="Which of the receipt's notices: its `id`.")]
    text: Annotated[str, Meta(description="One's own words, at most 2000 characters; may be empty.")] = ""


class NoticeReceipt(Struct, frozen=True, kw_only=True):
    """A notice as whoever sent it may see it."""

    receipt: Annotated[str, Meta(description="Keep it: it alone shows what became of the notice.")]
    kind: str
    why: str
    created_at: datetime
    due_at: Annotated[datetime | None, Meta(description="Until when it is answered, where there is such a time.")]
    trusted_flagger: str | None
    automated: Annotated[bool, Meta(description="Whether automated means took part in it: never.")]
    comments: tuple[NoticedComment, ...]
    page: Annotated[str, Meta(description="The receipt's page here.")]


class SendCorrection(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is wrong in a story."""

    text: Annotated[str, Meta(description="What is wrong; at most 5000 characters.")]
    quote: Annotated[str, Meta(description="The words in the story; at most 2000 characters.")] = ""
    source: Annotated[str, Meta(description="What shows it; at most 1000 characters.")] = ""
    email: Annotated[str | None, Meta(description="Where a reader without an account wants the answer.")] = None


class Correction(Struct, frozen=True, kw_only=True):
    """A correction as whoever sent it may see it. `outcome` is null while it waits, then `corrected`, `declined` or
    `passed-on`.
    """

    receipt: Annotated[str, Meta(description="Keep it: it alone shows what came of the correction.")]
    story: Annotated[str, Meta(description="The story's slug.")]
    quote: str
    text: str
    source: str
    created_at: datetime
    outcome: str | None
    answer: str
    answered_at: datetime | None
    page: Annotated[str, Meta(description="The receipt's page here.")]
