"""Pages saved as text, made for a test: readable defaults, and only what the test is about is said."""

from pathlib import Path
from zoneinfo import ZoneInfo

from rejoinder.importers.detect import read_story
from rejoinder.importers.record import Reading

SAMPLES = Path(__file__).parent / "samples"

CLOSED = "This conversation is closed. We take comments for a week."


def a_comment(text: str = "Quite so.", *, by: str = "Ada Lund", at: str = "Oct 03, 2012 4:12am EDT") -> str:
    return f"{by} wrote:\n{text}\n\n{at} -- Report as abuse\n"


def a_page(
    *comments: str,
    place: str = "TOLLA",
    stamp: str = "Wed Oct 3, 2012 3:09am EDT",
    count: int | None = None,
    end: str = CLOSED,
) -> str:
    """A page with a headline, a stamp, two paragraphs, and these comments."""
    stated = len(comments) if count is None else count
    return (
        f"Mill wheel turns backwards\n\n{stamp}\n\n"
        f"{place} (Norpress) - The mill wheel of the town turned backwards on Tuesday.\n\n"
        "The flour was unharmed, the miller said.\n\n"
        f"Comments ({stated})\n{''.join(comments)}{end}\n"
    )


def read_text(page: str, *, site_zone: str | None = None) -> Reading:
    return read_story(page.encode(), name="page.txt", site_zone=ZoneInfo(site_zone) if site_zone else None)


def read_sample(name: str, *, site_zone: str | None = None) -> Reading:
    data = (SAMPLES / name).read_bytes()
    return read_story(data, name=name, site_zone=ZoneInfo(site_zone) if site_zone else None)


def codes(reading: Reading) -> list[str]:
    return [remark.code for remark in reading.remarks]
