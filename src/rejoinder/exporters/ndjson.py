"""Records as newline-delimited JSON: one object a line, readable while it is still being written."""

from collections.abc import Iterable, Iterator

import msgspec

from rejoinder.exporters.record import EndRecord, Record

_encoder = msgspec.json.Encoder()


def lines(records: Iterable[Record]) -> Iterator[bytes]:
    """The records' lines, then the line that ends and counts them."""
    counts: dict[str, int] = {}
    for record in records:
        kind = str(record.__struct_config__.tag)
        counts[kind] = counts.get(kind, 0) + 1
        yield _encoder.encode(record) + b"\n"
    yield _encoder.encode(EndRecord(counts=counts)) + b"\n"
