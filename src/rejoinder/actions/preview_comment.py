"""A text looked at before it is sent: what would be stored of it, and what would hold it. Nothing is kept."""

from datetime import datetime

from msgspec import Struct

from rejoinder.actions.drafts import Drafted, drafted, findings_of
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import fits
from rejoinder.discussion.screening import Finding
from rejoinder.discussion.stories import Story
from rejoinder.store.database import Read


class Preview(Struct, frozen=True, kw_only=True):
    """The draft as it would be stored, and every reason for which an editor would read it first."""

    draft: Drafted
    findings: tuple[Finding, ...]


def preview_comment(r: Read, story: Story, commenter: Commenter | None, text: str, *, now: datetime) -> Preview:
    """The preview of a text under the story, by the same steps as a post. Without a commenter it is judged as a
    newcomer's. Raises the refusals of `comments.fits`.
    """
    draft = drafted(r, story, text)
    fits(draft.text, story.rules_here)
    return Preview(draft=draft, findings=findings_of(r, story, commenter, draft, now=now))
