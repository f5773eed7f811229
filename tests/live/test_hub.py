"""The hub: who hears what, in which order, and what it costs to be slow."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from tests.live.hearing import Clock, Page, Told, until
from tests.looping import run
from tests.makers import NOON

from rejoinder.discussion.refusals import UnknownStory
from rejoinder.live.events import Position, position
from rejoinder.live.hub import Full, Hub

TICK = 0.005
STORY = 7


def reading(test: Callable[[Hub, Told], Awaitable[None]], *, most_at_once: int = 50, **settings: object) -> None:
    """Runs the test with a hub over a story, and closes it."""

    async def begin() -> None:
        story = Told(most=most_at_once)
        hub = Hub(story.look, **{"tick": TICK, **settings})  # type: ignore[arg-type] # each is of its own type
        try:
            await test(hub, story)
        finally:
            hub.close()

    run(begin)


async def a_page(hub: Hub, at: str | None = None) -> Page:
    """A page that has been greeted."""
    page = Page()
    hub.join(STORY, page, position(at))
    await until(lambda: page.events)
    return page


def tell(hub: Hub, story: Told) -> None:
    hub.changed(STORY, story.news.version)


def test_who_comes_is_told_how_things_stand() -> None:
    async def test(hub: Hub, story: Told) -> None:
        story.publish(3)

        page = await a_page(hub)

        [event] = page.events
        assert (event.name, event.id) == ("count", "4-3")
        assert event.data == {"version": 4, "count": 3, "place": 3, "phase": "open", "until": None}

    reading(test)


def test_a_tick_is_one_look_and_one_write_with_the_count_first() -> None:
    async def test(hub: Hub, story: Told) -> None:
        pages = [await a_page(hub), await a_page(hub)]
        looks = story.looks
        for _ in range(5):
            story.publish()
            tell(hub, story)

        await until(lambda: all(page.places for page in pages))

        assert story.looks == looks + 1
        for page in pages:
            assert page.names == ["count", "count", *["comment"] * 5]
            assert page.places == [1, 2, 3, 4, 5]
            assert [event.id for event in page.events[1:]] == ["1-0", "2-1", "3-2", "4-3", "5-4", "6-5"]
            assert page.events[1].data["count"] == 5
            assert page.events[2].data["html"] == "<p>Yes.</p>"
        assert hub.counts.messages == 10

    reading(test)


def test_above_a_size_bodies_are_left_to_be_asked_for() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.publish(3, html="<p>" + "far " * 100)
        tell(hub, story)

        await until(lambda: page.places)

        assert [sorted(event.data) for event in page.events[2:]] == [["id", "name", "place"]] * 3

    reading(test, size=1000)


@pytest.mark.parametrize(("at", "missed"), [("3-2", [3, 4]), ("1-0", [1, 2, 3, 4]), ("5-4", []), ("3", [3, 4])])
def test_who_was_away_hears_what_they_missed(at: str, missed: list[int]) -> None:
    async def test(hub: Hub, story: Told) -> None:
        await a_page(hub)
        story.publish(4)
        tell(hub, story)
        other = await a_page(hub)
        await until(lambda: other.last_id == "5-4")

        page = await a_page(hub, at)

        assert page.places == missed
        assert page.last_id == "5-4"
        assert page.events[0].id == (f"{at[0]}-{int(at[0]) - 1}" if missed else "5-4")  # cut off here, nothing is lost

    reading(test)


@pytest.mark.parametrize("cut", range(4))
def test_a_stream_cut_anywhere_goes_on_without_a_gap(cut: int) -> None:
    async def test(hub: Hub, story: Told) -> None:
        first = await a_page(hub)
        story.publish(3)
        tell(hub, story)
        await until(lambda: len(first.places) == 3)
        heard = first.events[: 2 + cut]

        again = await a_page(hub, heard[-1].id)

        places = [event.data["place"] for event in heard if event.name == "comment"]
        assert places + again.places == [1, 2, 3]

    reading(test)


def test_a_server_that_has_just_begun_knows_what_was_missed() -> None:
    async def test(hub: Hub, story: Told) -> None:
        story.publish(4)

        page = await a_page(hub, "3-2")

        assert page.places == [3, 4]

    reading(test)


@pytest.mark.parametrize("at", ["", "x", "-", "5-", "99999999999999999999-1", "1-0\n2", "٣-٢"])
def test_a_position_that_is_none_is_taken_as_none(at: str) -> None:
    assert position(at) is None


@pytest.mark.parametrize("at", ["999-999", "0-0", "900-1", "0"])
def test_a_position_that_never_was_costs_nothing(at: str) -> None:
    async def test(hub: Hub, story: Told) -> None:
        story.publish(2)
        await a_page(hub)

        page = await a_page(hub, at)

        assert page.names[0] == "count"
        assert page.places == []
        assert page.last_id == "3-2"

    reading(test)


def test_what_was_removed_is_told_to_nobody_who_comes_back() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.publish(3)
        tell(hub, story)
        await until(lambda: len(page.places) == 3)
        story.remove(2)
        tell(hub, story)
        await until(lambda: "changed" in page.names)

        again = await a_page(hub, "2-1")

        assert again.places == []
        assert again.names == ["count", "changed"]
        assert again.events[0].data["count"] == 2
        assert page.events[-1].id == again.last_id == "5-3"

    reading(test)


def test_a_removal_that_was_not_looked_at_yet_is_waited_for() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.publish(2)
        tell(hub, story)
        await until(lambda: len(page.places) == 2)
        story.remove(2)
        tell(hub, story)

        again = await a_page(hub, "1-0")

        assert again.places == []

    reading(test)


def test_a_publication_and_a_removal_in_one_tick_are_both_told() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.publish(3)
        story.remove(2)
        tell(hub, story)

        await until(lambda: page.places)

        assert page.names == ["count", "count", "changed", "comment", "comment"]
        assert page.places == [1, 3]
        assert [event.id for event in page.events[1:]] == ["1-0", "2-0", "3-1", "5-3"]

    reading(test)


def test_what_changes_a_whole_site_is_told() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.set(epoch=2)
        hub.doubt()

        await until(lambda: page.names == ["count", "count", "changed"])

    reading(test)


def test_more_than_one_look_gives_is_told_in_the_next() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.publish(12)
        tell(hub, story)

        await until(lambda: len(page.places) == 12)

        assert page.places == list(range(1, 13))
        assert page.last_id == "13-12"

    reading(test, most_at_once=5)


def test_a_flood_is_told_as_a_number() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.publish(600)
        tell(hub, story)

        await until(lambda: len(page.events) == 2)

        assert page.places == []
        assert page.last_id == "601-600"
        assert page.events[-1].data["count"] == 600

    reading(test, most_at_once=5)


def test_another_process_may_have_changed_anything() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.publish()
        hub.doubt()

        await until(lambda: page.places == [1])

    reading(test)


def test_doubt_without_cause_is_told_to_nobody() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        looks = story.looks
        hub.doubt()

        await until(lambda: story.looks > looks)
        await asyncio.sleep(TICK)

        assert page.names == ["count"]

    reading(test)


def test_a_phase_that_ends_by_itself_reaches_open_pages() -> None:
    clock = Clock(NOON)

    async def test(hub: Hub, story: Told) -> None:
        story.set(until=NOON + timedelta(seconds=0.02))
        page = await a_page(hub)
        story.set(phase="replies", until=None)
        clock.now += timedelta(seconds=1)

        await until(lambda: page.names == ["count", "count", "standing"])

        assert page.events[-1].data == {"phase": "replies", "until": None}

    reading(test, clock=clock)


def test_a_look_that_fails_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rejoinder.live.hub.AGAIN", TICK)

    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.publish()
        story.problem = RuntimeError("the disk is full")
        tell(hub, story)
        await until(lambda: story.looks > 3)
        story.problem = None

        await until(lambda: page.places == [1])

    reading(test)


def test_a_story_that_is_gone_ends_its_streams() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        story.problem = UnknownStory()
        hub.doubt()

        await until(lambda: page.ended_with)

        assert hub.counts.readers == 0
        assert not hub.follows(STORY)

    reading(test)


def test_who_does_not_keep_up_is_passed_over_and_then_told_how_things_stand() -> None:
    async def test(hub: Hub, story: Told) -> None:
        slow, quick = await a_page(hub), await a_page(hub)
        slow.is_stuck, slow.waits = True, 70_000
        for _ in range(3):
            story.publish()
            tell(hub, story)
            await until(lambda: len(quick.places) == story.news.place)
        assert slow.names == ["count"]
        slow.is_stuck = False
        hub.caught_up(STORY, slow)

        assert [event.id for event in slow.events] == ["1-0", "4-3"]
        story.publish()
        tell(hub, story)
        await until(lambda: slow.places == [4])
        assert hub.counts.skipped == 3

    reading(test)


def test_who_makes_no_progress_is_dropped_and_who_does_is_not() -> None:
    async def test(hub: Hub, story: Told) -> None:
        stuck, slow = await a_page(hub), await a_page(hub)
        stuck.is_stuck, stuck.waits = True, 70_000
        slow.is_stuck, slow.waits, slow.drains = True, 70_000, 1
        story.publish()
        tell(hub, story)
        await until(lambda: stuck.was_dropped)

        assert not slow.was_dropped
        assert hub.counts.drops == 1

    reading(test, beat=0.01, stuck=0.05)


def test_where_nothing_happens_a_sign_of_life_is_given() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)

        await until(lambda: page.stream.endswith(b"\n\n:\n\n:\n\n"))

    reading(test, beat=0.01)


def test_there_is_room_for_so_many_and_no_more() -> None:
    async def test(hub: Hub, story: Told) -> None:
        pages = [await a_page(hub) for _ in range(3)]

        with pytest.raises(Full):
            hub.join(STORY, Page())

        hub.leave(STORY, pages[0])
        await a_page(hub)
        assert hub.counts.readers == 3
        assert hub.counts.refused == 1

    reading(test, most=3)


def test_a_channel_nobody_reads_is_gone_and_looks_no_more() -> None:
    async def test(hub: Hub, story: Told) -> None:
        page = await a_page(hub)
        looks = story.looks
        story.publish()
        tell(hub, story)
        hub.leave(STORY, page)
        hub.leave(STORY, page)

        await asyncio.sleep(3 * TICK)

        assert not hub.follows(STORY)
        assert story.looks == looks
        assert hub.counts.readers == 0

    reading(test)


def test_closing_ends_everybody_and_nobody_comes_in_after_it() -> None:
    async def test(hub: Hub, story: Told) -> None:
        pages = [await a_page(hub) for _ in range(3)]
        hub.close()

        assert all((page.ended_with or b"").startswith(b"retry: ") for page in pages)
        with pytest.raises(Full):
            hub.join(STORY, Page(), Position(1))

    reading(test)


def test_a_crowd_leaves_the_loop_free_between_slices() -> None:
    async def test(hub: Hub, story: Told) -> None:
        pages = [Page() for _ in range(1000)]
        for page in pages:
            hub.join(STORY, page)
        await until(lambda: pages[-1].events)
        story.publish()
        tell(hub, story)
        turns = 0
        while not pages[-1].places:
            turns += bool(pages[0].places)
            await asyncio.sleep(0)

        assert turns >= 9

    reading(test)
