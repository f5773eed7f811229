"""Which format a story has arrived in: the table of readers, asked in order. A later wire format (NITF, NewsML-G2,
ninjs) is one more row.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from msgspec import Struct

from rejoinder.importers.record import EmptyFile, Reading, UnknownFormat
from rejoinder.importers.source import Source, text_of
from rejoinder.importers.stories import own_json, saved_html, saved_text


class StoryReader(Struct, frozen=True, kw_only=True):
    """One format: does it recognise a source as its own, and what does it read from it?"""

    format: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Reading]


READERS = tuple(
    StoryReader(format=module.FORMAT, recognises=module.recognises, read=module.read)
    for module in (own_json, saved_html, saved_text)  # the last one takes any text
)


def read_story(
    data: bytes,
    *,
    name: str,
    content_type: str | None = None,
    base_url: str | None = None,
    site_zone: ZoneInfo | None = None,
) -> Reading:
    """The story in a file or a fetched page. `name` is the file's name or the address, for messages; `base_url` is
    the address that relative links start from; `site_zone` is the zone of times that are printed without one.
    Raises a kind of CannotRead.
    """
    if not data.strip():
        raise EmptyFile(f"{name} is empty.")
    text, remarks = text_of(data, name=name, content_type=content_type)
    if not text.strip():
        raise EmptyFile(f"{name} holds nothing but spaces.")
    source = Source(
        data=data,
        text=text,
        name=name,
        content_type=content_type,
        base_url=base_url,
        site_zone=site_zone,
        remarks=remarks,
    )
    reader = next((reader for reader in READERS if reader.recognises(source)), None)
    if reader is None:
        raise UnknownFormat(f"{name} is in no format that can be read here.")
    return reader.read(source)
