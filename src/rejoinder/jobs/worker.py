"""The worker: claims what is due, runs it, marks it done or puts it back. Several may run side by side."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from prometheus_client import Counter

from rejoinder.jobs.digests import note_digests
from rejoinder.jobs.heads import note_heads
from rejoinder.store import ageing, attempts, idempotency, sessions
from rejoinder.store import jobs as job_store
from rejoinder.store.database import Behind, Database, Unreachable, Write
from rejoinder.store.jobs import Job

LOOK_EVERY = 1.0  # seconds; a wake is only a hint
A_MOMENT = 0.2  # seconds
TIDY_EVERY = timedelta(hours=1)
GATHER_EVERY = timedelta(minutes=10)
KEEP_KEYS = timedelta(days=1)
KEEP_DONE = timedelta(days=7)  # a job's payload may have a link or an address in it
KEEP_MARKS = timedelta(days=90)

log = structlog.get_logger()
DONE = Counter("rejoinder_jobs_total", "Jobs run, by kind and result", ["kind", "result"])

Run = Callable[[Job], str | None]  # with a note on what came of it, where there is more to say than that it was done


class Worker:
    """A thread that works through the queue until it is stopped."""

    def __init__(
        self,
        database: Database,
        runs: Mapping[str, Run],
        *,
        clock: Callable[[], datetime],
        keep: timedelta = KEEP_MARKS,
        heads_to: Sequence[str] = (),
    ) -> None:
        self._database = database
        self._runs = runs
        self._clock = clock
        self._keep = keep
        self._heads_to = tuple(heads_to)
        self._wake = threading.Event()
        self._stopping = False
        self._tidied: datetime | None = None
        self._gathered: datetime | None = None
        self._thread = threading.Thread(target=self._work, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Looks at the queue now rather than at the next second."""
        self._wake.set()

    def join(self) -> None:
        """Waits until the worker ends."""
        self._thread.join()

    def stop(self) -> None:
        """Finishes the job in hand and ends."""
        self._stopping = True
        self._wake.set()
        self._thread.join()

    def run_due(self) -> int:
        """Runs everything that is due now. How many jobs."""
        ran = 0
        while claimed := self._database.write(lambda w: job_store.claim(w, now=self._clock())).result():
            for job in claimed:
                self._run(job)
                ran += 1
        return ran

    def _work(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                self.run_due()
                self._tidy()
                self._digests()
            except Unreachable as problem:
                log.warning("the queue cannot be reached", problem=str(problem))
            except Exception:
                log.exception("the worker stumbled")
            self._wake.wait(LOOK_EVERY)

    def _run(self, job: Job) -> None:
        try:
            note = self._runs[job.kind](job) or ""
        except Exception as problem:  # noqa: BLE001 - whatever went wrong, the job is put back and the next one runs
            log.warning("a job failed", kind=job.kind, job_event=job.event, attempt=job.attempt, problem=str(problem))
            why = f"{type(problem).__name__}: {problem}"
            self._note(lambda w: job_store.failed(w, job, why, now=self._clock()))
            DONE.labels(job.kind, "failed").inc()
        else:
            self._note(lambda w: job_store.done(w, job, now=self._clock(), note=note))
            DONE.labels(job.kind, "done").inc()

    def _note(self, change: Callable[[Write], None]) -> None:
        """Writes down what became of a job, however much else is written: a letter that was sent must not go again."""
        while True:
            try:
                return self._database.write(change).result()
            except Behind:
                time.sleep(A_MOMENT)

    def _digests(self) -> None:
        """Notes the letters with the news of a day or a week for who is due one, and those with the records' heads."""
        now = self._clock()
        if self._gathered is not None and now - self._gathered < GATHER_EVERY:
            return
        after: tuple[int, int] | None = (0, 0)
        while after is not None:
            at = after
            after = self._database.write(lambda w, at=at: note_digests(w, at, now=now)).result()  # type: ignore[misc] # binds the loop's value
        if self._heads_to:
            self._database.write(lambda w: note_heads(w, self._heads_to, now=now)).result()
        self._gathered = now

    def _tidy(self) -> None:
        """Takes away what has run out: sessions, links, counters, keys, jobs that are done, marks of persons."""
        now = self._clock()
        if self._tidied is not None and now - self._tidied < TIDY_EVERY:
            return

        def tidy(w: Write) -> None:
            sessions.purge(w, now=now)
            attempts.purge(w, before=now - KEEP_KEYS)
            idempotency.purge(w, before=now - KEEP_KEYS)
            ageing.forget_jobs(w, before=now - KEEP_DONE)
            ageing.forget_links(w, now=now)
            ageing.forget_marks(w, before=now - self._keep)

        self._database.write(tidy).result()
        self._tidied = now
