"""Answers from the store's threads: each to whoever asked, and the loop woken once for many."""

import asyncio
from concurrent.futures import Future

import pytest
from tests.looping import run

from rejoinder.discussion.refusals import Busy, Invalid
from rejoinder.web.waiting import answer_of


def test_answers_that_come_together_wake_the_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask() -> tuple[list[int], int]:
        loop, woken = asyncio.get_running_loop(), 0
        wake = loop.call_soon_threadsafe

        def counted(*called: object) -> object:
            nonlocal woken
            woken += 1
            return wake(*called)  # type: ignore[arg-type] # whatever it was called with

        futures: list[Future[int]] = [Future() for _ in range(64)]
        monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
        waiting = [asyncio.ensure_future(answer_of(future)) for future in futures]
        await asyncio.sleep(0)
        for number, future in enumerate(futures):
            future.set_result(number)
        return await asyncio.gather(*waiting), woken

    assert run(ask) == (list(range(64)), 1)


def test_a_problem_is_raised_where_it_was_asked_for() -> None:
    async def ask() -> None:
        future: Future[int] = Future()
        waiting = asyncio.ensure_future(answer_of(future))
        await asyncio.sleep(0)
        future.set_exception(Invalid())
        await waiting

    with pytest.raises(Invalid):
        run(ask)


def test_what_has_not_begun_in_time_is_taken_back() -> None:
    future: Future[int] = Future()

    with pytest.raises(Busy):
        run(lambda: answer_of(future, patience=0.01))

    assert future.cancelled()


def test_what_nobody_waits_for_any_more_is_taken_back() -> None:
    async def leave(future: "Future[int]") -> None:
        waiting = asyncio.ensure_future(answer_of(future))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    future: Future[int] = Future()
    run(lambda: leave(future))

    assert future.cancelled()
