"""What `doctor --log` looks at: every entry of a site's record, a part at a time, so that a million of them take no
more memory than a thousand.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from rejoinder.cli.checks import Finding, Level
from rejoinder.discussion.proof import Entry, Fault, Head, Proof
from rejoinder.discussion.sites import Site
from rejoinder.exporters.heads import HeadRecord
from rejoinder.store import log, log_rows
from rejoinder.store.database import Database, Read

AT_ONCE = 500  # entries read in one go
TOLD = 5  # faults that are told of one record; the first is what matters
ADVICE = "Somebody or something changed the database past Rejoinder. Compare with a backup from before that entry."


def examine_log(database: Database, site: Site, *, exported: HeadRecord | None = None) -> Iterator[Finding]:
    """What is found of a site's record, held against a head that was exported, where there is one."""
    faults, count = _faults(database, site.seq, exported=exported)
    about = f"record of {site.key}"
    if not faults:
        against = f", and lead to the head exported at entry {exported.number}" if exported else ""
        yield Finding(about=about, level=Level.OK, words=f"All {count} entries are as they were written{against}.")
        return
    for fault in faults[:TOLD]:
        yield Finding(about=about, level=Level.PROBLEM, words=fault.sentence)
    more = f"{len(faults)} faults in all; the first is what to look at." if len(faults) > TOLD else ""
    yield Finding(about=about, level=Level.PROBLEM, words=more, advice=ADVICE)


def _faults(database: Database, site_seq: int, *, exported: HeadRecord | None) -> tuple[list[Fault], int]:
    known = Head(number=exported.number, chain=bytes.fromhex(exported.chain)) if exported else None
    proof, rows = Proof(exported=known), _Rows(database, site_seq)
    while True:
        found, head = database.read(partial(_next, site_seq=site_seq, after=proof.number)).result()
        if not found:
            break
        rows.look({entry.number: details for entry in found if (details := proof.take(entry)) is not None})
    faults = [*proof.end(head), *rows.end()]
    return sorted(faults, key=lambda fault: fault.number or proof.number + 1), proof.number


def _next(r: Read, *, site_seq: int, after: int) -> tuple[list[Entry], Head | None]:
    """The next entries, and the head at the same moment."""
    return log.entries_after(r, site_seq, after, most=AT_ONCE), log.head(r, site_seq)


class _Rows:
    """What decisions and changes of rules say beside their entries."""

    def __init__(self, database: Database, site_seq: int) -> None:
        self._database = database
        self._site_seq = site_seq
        self._faults: list[Fault] = []
        self._changes: set[int] = set()

    def look(self, told: Mapping[int, Mapping[str, Any]]) -> None:
        """Compares the rows that these entries are about."""
        self._changes |= {details["change"] for details in told.values() if "change" in details}
        self._faults += self._database.read(lambda r: list(log_rows.disagreeing(r, self._site_seq, told))).result()

    def end(self) -> list[Fault]:
        """All faults, with those of rows that no entry is about."""
        after: int | None = self._database.read(lambda r: log_rows.before_the_record(r, self._site_seq)).result()
        while after is not None:
            unrecorded = partial(log_rows.unrecorded, site_seq=self._site_seq, after=after)
            faults, after = self._database.read(unrecorded).result()
            self._faults += faults
        present = self._database.read(
            lambda r: log_rows.changes_from(r, self._site_seq, min(self._changes, default=0))
        ).result()
        for change in present if self._changes else ():
            if change not in self._changes:
                self._faults.append(log_rows.put_in(f"Change of rules {change}"))
        return self._faults
