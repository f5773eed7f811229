"""Reading along with a real database: whoever writes at the same time, in whatever order it commits, nothing is lost,
nothing comes twice and nothing comes that may not be read. A reader who goes by the newest row seen loses a comment
that was approved late, and one whose transaction began early and was committed late.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from tests.live.hearing import Page, until
from tests.looping import run
from tests.makers import Setting, a_comment, a_commenter, after

from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.events import Event, StoryChanged
from rejoinder.discussion.moderation import Outcome
from rejoinder.live.events import position
from rejoinder.live.hub import Hub
from rejoinder.live.news import News
from rejoinder.store.database import Database
from rejoinder.store.opening import open_database
from rejoinder.web.options import Options
from rejoinder.web.pages.live import news

WRITERS, EACH = 16, 12


class Live:
    """A database whose commits a hub hears of."""

    def __init__(self, url: str) -> None:
        self.loop = asyncio.get_running_loop()
        self.hub = Hub(self.look, tick=0.01)
        self.database: Database = open_database(url, tell=self.hear)
        self.options = Options(
            database=self.database, clock=after, public_url="https://courier.example", secret="for a test" * 4
        )

    def hear(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, StoryChanged):
                self.loop.call_soon_threadsafe(self.hub.changed, event.story_seq, event.version)

    async def look(self, story_seq: int, after_place: int) -> News:
        now = after(hours=1)
        return await asyncio.wrap_future(
            self.database.read(lambda r: news(r, self.options, story_seq, after_place, now=now))
        )

    async def a_page(self, setting: Setting, at: str | None = None) -> Page:
        page = Page()
        self.hub.join(setting.story.seq, page, position(at))
        await until(lambda: page.events)
        return page


@asynccontextmanager
async def living(url: str) -> AsyncIterator[Live]:
    live = Live(url)
    try:
        yield live
    finally:
        live.hub.close()
        await asyncio.to_thread(live.database.close)


def heard(page: Page) -> list[str]:
    return [event.data["id"] for event in page.events if event.name == "comment"]


def test_sixteen_writers_at_once_and_no_comment_is_lost(either_url: str) -> None:
    async def test() -> None:
        async with living(either_url) as live:
            setting = await asyncio.to_thread(Setting, live.database)
            writers = [
                live.database.write(lambda w, n=n: a_commenter(w, setting.site, f"writer {n}")).result()  # type: ignore[misc] # the default binds the loop's value
                for n in range(WRITERS)
            ]
            page = await live.a_page(setting)

            def write(number: int) -> list[Comment]:
                return [setting.post(by=writers[number]) for _ in range(EACH)]

            with ThreadPoolExecutor(WRITERS) as pool:
                posted = [asyncio.wrap_future(pool.submit(write, number)) for number in range(WRITERS)]
                comments = [comment for one in await asyncio.gather(*posted) for comment in one]
                await until(lambda: len(page.places) == len(comments), 20)

            assert sorted(heard(page)) == sorted(str(comment.id) for comment in comments)
            assert page.places == list(range(1, WRITERS * EACH + 1))
            assert page.last_id == f"{WRITERS * EACH + 1}-{WRITERS * EACH}"

    run(test)


def test_a_comment_that_is_approved_late_is_heard_late_and_not_before(either_url: str) -> None:
    async def test() -> None:
        async with living(either_url) as live:
            setting = await asyncio.to_thread(lambda: Setting(live.database, links=0))
            page = await live.a_page(setting)
            held = await asyncio.to_thread(setting.post, "See https://ferry.example/ for the times.")
            later = await asyncio.to_thread(setting.post)
            await until(lambda: page.places)
            assert held.status is Status.PENDING
            assert heard(page) == [str(later.id)]
            assert held.seq < later.seq  # who goes by the newest row seen is past it already

            await asyncio.to_thread(setting.decide, held, Outcome.APPROVE)

            await until(lambda: heard(page) == [str(later.id), str(held.id)])

    run(test)


def test_what_an_editor_removes_is_heard_by_nobody_who_comes_back(either_url: str) -> None:
    async def test() -> None:
        async with living(either_url) as live:
            setting = await asyncio.to_thread(Setting, live.database)
            page = await live.a_page(setting)
            first = await asyncio.to_thread(setting.post)
            second = await asyncio.to_thread(setting.post)
            await until(lambda: len(page.places) == 2)
            await asyncio.to_thread(setting.decide, first, Outcome.REJECT)
            await until(lambda: "changed" in page.names)

            again = await live.a_page(setting, "1-0")

            assert str(first.id) not in heard(again)
            assert str(second.id) not in heard(again)  # all that was kept is thrown away; the page has it
            assert again.events[0].data["count"] == 1

    run(test)


def test_another_process_writes_and_a_doubt_finds_it(sqlite_url: str) -> None:
    async def test() -> None:
        async with living(sqlite_url) as live:
            setting = await asyncio.to_thread(Setting, live.database)
            page = await live.a_page(setting)
            other = await asyncio.to_thread(open_database, sqlite_url)
            await asyncio.wrap_future(other.write(lambda w: a_comment(w, setting.story, setting.reader)))
            live.hub.doubt()

            await until(lambda: page.places == [1])
            await asyncio.to_thread(other.close)

    run(test)
