"""The pages of one act, and of a no."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs
from tests.web.showcase.discussions import conversation
from tests.web.showcase.makers import ANYBODYS, FORM, OPEN, READER, a_chrome, a_held, ago, said
from tests.web.showcase.stories import ferry

from rejoinder.discussion.flags import Resolution
from rejoinder.discussion.policy import REASONS
from rejoinder.discussion.sites import Texts
from rejoinder.web.shown import acts
from rejoinder.web.shown.page import Page, Way
from rejoinder.web.shown.refused import RefusedPage
from rejoinder.web.shown.stories import Barred, WriteForm


def act_pages() -> Iterator[tuple[str, Page]]:
    about: dict[str, Any] = {"story_slug": "ferry", "headline": ferry().content.headline}
    comment = conversation()[0].root
    too_long = WriteForm(
        key="k",
        longest=5000,
        text="A long text. " * 30,
        problem="A comment here has at most 5,000 characters; yours has 5,400.",
    )
    yield "reply", acts.ReplyPage(chrome=a_chrome(READER), comment=comment, form=FORM, **about)
    yield "reply-too-long", acts.ReplyPage(chrome=a_chrome(READER), comment=comment, form=too_long, **about)
    yield "reply-logged-out", acts.ReplyPage(chrome=a_chrome(), comment=comment, form=ANYBODYS, **about)
    yield "reply-nameless", acts.ReplyPage(chrome=a_chrome(), comment=comment, barred=Barred.NAMELESS, **about)
    typed = "**Behind** the kiosk:\n\n- at nine\n- at ten\n\n> Nobody was there."
    looked = structs.replace(FORM, text=typed, preview=said(typed), policy="/courier/policy")
    nudged = structs.replace(
        looked, nudge=("An editor first reads texts with this in them: kiosk.",), anyway="0123456789abcdef"
    )
    yield "preview", acts.ComposePage(chrome=a_chrome(READER), form=looked, **about)
    yield "would-be-held", acts.ComposePage(chrome=a_chrome(READER), form=nudged, **about)
    write: dict[str, Any] = about | {"standing": OPEN, "texts": Texts()}
    yield "write", acts.WritePage(chrome=a_chrome(READER), form=FORM, **write)
    yield "write-logged-out", acts.WritePage(chrome=a_chrome(), form=ANYBODYS, **write)
    yield (
        "edit",
        acts.EditPage(
            chrome=a_chrome(READER),
            comment=a_held(),
            form=WriteForm(key="k", longest=5000, text="Here is the count."),
            revision=1,
            **about,
        ),
    )
    yield "delete", acts.DeletePage(chrome=a_chrome(READER), comment=a_held(), **about)
    yield "delete-answered", acts.DeletePage(chrome=a_chrome(READER), comment=comment, has_replies=True, **about)
    yield "report", acts.ReportPage(chrome=a_chrome(), comment=comment, **about)
    yield (
        "report-problem",
        acts.ReportPage(
            chrome=a_chrome(READER),
            comment=comment,
            reason="defamation",
            problem="Please choose one of the reasons.",
            note="See the second line.",
            **about,
        ),
    )
    receipt: dict[str, Any] = about | {"reason": REASONS[1].label, "reported_at": ago(minutes=1), "comment": comment}
    yield "receipt-new", acts.ReceiptPage(chrome=a_chrome(), is_new=True, note="Goes for the reporter.", **receipt)
    for resolution in Resolution:
        yield (
            f"receipt-{resolution}",
            acts.ReceiptPage(chrome=a_chrome(READER), resolution=resolution, resolved_at=ago(minutes=5), **receipt),
        )


def refused_pages() -> Iterator[tuple[str, Page]]:
    ways = (Way("Back to the story", "/courier/stories/ferry"), Way("All stories", "/courier/"))
    text = "I was on that boat when it turned back.\n\nNobody told us why, and the kiosk was shut."

    def no(code: str, sentence: str, status: int, given: str | None = None) -> RefusedPage:
        return RefusedPage(
            chrome=a_chrome(READER, canonical=""), code=code, sentence=sentence, status=status, text=given, ways=ways
        )

    yield (
        "refused-closed",
        no(
            "story-closed",
            "This discussion has closed, so your comment could not be taken. Your text is below.",
            409,
            text,
        ),
    )
    yield "refused-fast", no("too-fast", "That was a lot in a short time. Please try again in 40 seconds.", 429, text)
    yield (
        "refused-long",
        no("too-long", "A comment here has at most 5,000 characters; yours has 5,400.", 422, text * 12),
    )
    yield (
        "refused-unavailable",
        no(
            "unavailable",
            "We cannot save anything at the moment. Your text is below; please try again in a minute.",
            503,
            text,
        ),
    )
    yield "not-found", no("unknown-page", "There is no page at this address.", 404)
    yield "refused-stale", no("stale", "The text has changed since you read it. Please read it again.", 409)
