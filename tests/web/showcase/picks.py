"""Picks at the desk, and what a writer is asked."""

from collections.abc import Iterator

from tests.web.showcase.desk import at_desk
from tests.web.showcase.makers import a_chrome, ago, an_id

from rejoinder.web.shown import picks
from rejoinder.web.shown.page import Page

FARE = (
    "My grandmother took that boat in 1958 and says the fare was a shilling, which is 85p today.\n\n"
    "The council asks for four pounds. I should like to know what the other three pounds fifteen are for."
)


def pick_pages() -> Iterator[tuple[str, Page]]:
    candidates = tuple(
        picks.ShownCandidate(
            id=an_id(),
            name=name,
            text=text,
            headline="Ferry to run through the winter",
            slug="ferry",
            written_at=ago(hours=2),
            reasons=reasons,
        )
        for name, text, reasons in (
            ("J. Rowse", FARE, ("Recommended by readers: 34", "Gives figures", "Long enough to make a point")),
            (
                "ليلى حداد",
                "كل صباح أركب العبّارة من الجزيرة. لا بديل عنها في الشتاء.",
                ("Replies: 6", "A writer who was never picked"),
            ),
        )
    )
    words: tuple[tuple[picks.Word, str], ...] = (
        ("not asked", ""),
        ("asked", ""),
        ("yes", "Ruth E., Lower Quay"),
        ("no", ""),
    )
    picked = tuple(
        picks.ShownPick(
            id=an_id(),
            name="Ruth E.",
            excerpt="Eleven. I counted them from the quay, every morning of October.",
            headline="Ferry to run through the winter",
            picked_at=ago(hours=1),
            word=word,
            signed_as=signed_as,
            note="The figure that we had missed." if word == "yes" else "",
        )
        for word, signed_as in words
    )
    yield "desk-picks", picks.PicksPage(chrome=at_desk(), days=7, candidates=candidates, picked=picked)
    yield "desk-picks-empty", picks.PicksPage(chrome=at_desk(), days=1, candidates=(), picked=())
    for word in ("asked", "yes", "no"):
        yield (
            f"consent-{word}",
            picks.ConsentPage(
                chrome=a_chrome(canonical=""),
                token="token",
                headline="Ferry to run through the winter",
                text=FARE,
                signed_as="J. Rowse",
                word=word,
                problem="Please say yes or no." if word == "asked" else "",
            ),
        )
