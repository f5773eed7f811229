"""The heads of records are taken out, to be kept elsewhere."""

from collections.abc import Sequence
from datetime import datetime

from rejoinder.discussion.sites import Site
from rejoinder.exporters.heads import HeadRecord
from rejoinder.store import log
from rejoinder.store.database import Read


def heads_of(r: Read, chosen: Sequence[Site], *, now: datetime) -> tuple[HeadRecord, ...]:
    """Each site's head as it stands; a record that has none is left out."""
    found = [(site.key, log.head(r, site.seq)) for site in chosen]
    return tuple(
        HeadRecord(site=key, number=head.number, chain=head.chain.hex(), at=now) for key, head in found if head
    )
