"""A discussion of any length, written straight into the store."""

from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.text import fingerprint
from rejoinder.store import cases, comments, places, stories
from rejoinder.store.cases import CaseKind
from rejoinder.store.comments import NewComment
from rejoinder.store.database import Write
from tests.makers import Setting, after

HOW_MANY = (10, 990)  # ten, then a thousand


def fill(w: Write, setting: Setting, number: int) -> None:
    story = stories.lock(w, 1, setting.story.seq)
    root: Comment | None = None
    for each in range(number):
        is_root, waits = each % 5 == 0, each % 5 == 4
        comment = comments.add(w, 1, new(setting, f"Remark {each}.", None if is_root else root, waits=waits))
        if waits:
            cases.open_case(w, comment, CaseKind.HELD, now=after(minutes=1))
        else:
            places.publish(w, story, comment, now=after(minutes=1))
        root = comment if is_root else root


def new(setting: Setting, text: str, parent: Comment | None, *, waits: bool) -> NewComment:
    return NewComment(
        story_seq=setting.story.seq,
        commenter_seq=setting.reader.seq,
        parent=parent,
        status=Status.PENDING if waits else Status.PUBLISHED,
        text=text,
        html=f"<p>{text}</p>",
        html_version=1,
        fingerprint=fingerprint(text),
        created_at=after(seconds=1),
        policy_version=1,
        language="en",
    )
