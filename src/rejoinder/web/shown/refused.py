"""A no, said so that somebody can go on: the sentence, what to do next, and the text that was sent."""

from typing import ClassVar

from rejoinder.discussion.refusals import _
from rejoinder.web.shown.page import Page, Way

_COPY = _("Copy your text if you want to keep it.")
_AGAIN = _("Go back, change it and send it again.")
_ADVICE = {
    "story-closed": _("Copy your text if you want to keep it. You can still read the discussion and report comments."),
    "story-rests": _("Copy your text if you want to keep it. Above the discussion stands when it opens again."),
    "replies-only": _("You can still answer a comment that is there: choose Reply below it."),
    "story-withdrawn": _COPY,
    "too-long": _AGAIN,
    "too-short": _AGAIN,
    "blank-text": _("Go back and write a line or two."),
    "too-fast": _("Your text is kept here. Wait a moment, then go back and send it again."),
    "unknown-parent": _("You can post your text as a comment of its own."),
    "unavailable": _("Nothing was lost: your text is kept here. Copy it, or go back and try again in a minute."),
    "log-in-needed": _("Your text is kept here. Log in, then paste it."),
    "stale": _("Go back and read it again; then decide."),
    "unknown-page": _("The address may have been mistyped, or the page has moved."),
    "unknown-story": _("It may have been taken down, or its address has changed."),
    "unknown-comment": _("Its writer may have deleted it."),
    "token-expired": _("Links in our letters work once and for a short time."),
}


def advice(code: str) -> str:
    """What to do next after a refusal, as a catalogue key; empty where its sentence says it all."""
    return _ADVICE.get(code, "")


class RefusedPage(Page, frozen=True, kw_only=True):
    """`sentence` is worded. `text` is what the reader had written, None where they had written nothing."""

    template: ClassVar[str] = "refused.html"

    code: str
    sentence: str
    status: int
    text: str | None = None
    ways: tuple[Way, ...] = ()

    @property
    def advice(self) -> str:
        return advice(self.code)
