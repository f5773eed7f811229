"""How many statements a request takes, who asks included: the same with ten comments and with a thousand, and none of
them goes through a whole table.
"""

import re
import sqlite3
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

import httpx
import pytest
from tests.filling import HOW_MANY, fill
from tests.makers import a_comment, after
from tests.serving import Served

from rejoinder.actions.renew_ranking import renew_ranking
from rejoinder.discussion.comments import Comment, Status
from rejoinder.store import entries, recommendations
from rejoinder.store.database import Read, Statement
from rejoinder.store.flags import Reporter
from rejoinder.store.sqlite import SqliteDatabase

GROWING = (
    "comments",
    "recommendations",
    "rankings",
    "stories",
    "story_addresses",
    "flags",
    "cases",
    "decisions",
    "jobs",
    "memberships",
    "accounts",
    "sessions",
    "idempotency",
    "notices",
    "corrections",
)
_numbers = count(1)
Request = Callable[["Counted"], httpx.Response]


class Counted:
    """A server, a reader and an editor at it, and every statement that a request ran."""

    def __init__(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        self.served = served
        self.setting = served.setting
        self.reader = served.client(served.setting.reader)
        self.editor = served.client(served.setting.editor)
        self.nobody = served.client()
        self.nobody.cookies.set(served.options.session_cookie, "not ours")  # passes the front door's copies by
        self.api = f"/api/v1/sites{served.site}"
        self.ran: list[tuple[str, Mapping[str, Any]]] = []
        run = Read._run

        def noted(r: Read, statement: Statement, values: Mapping[str, Any]) -> None:
            sql, literals = statement.sql(r.dialect)
            self.ran.append((sql, {**literals, **values}))
            run(r, statement, values)

        monkeypatch.setattr(Read, "_run", noted)

    def statements(self, request: Request) -> list[tuple[str, Mapping[str, Any]]]:
        """What this request ran."""
        self.ran.clear()
        answer = request(self)
        assert answer.status_code in (200, 201, 303), (request.__name__, answer.status_code, answer.text)
        return list(self.ran)

    def some(self, status: Status) -> Comment:
        """The latest of the reader's comments in this status."""
        found = self.setting.read(lambda r: entries.by_commenter(r, 1, self.setting.reader.seq, most=1000))
        self.ran.clear()
        return next(entry.comment for entry in found if entry.comment.status is status)


def text() -> str:
    return f"The {next(_numbers)}. boat of the day was late."


# What each takes, with the session looked up, and what is redirected to left out.


def a_story_page(on: Counted) -> httpx.Response:
    return on.nobody.get(on.served.story)


def a_story_page_of_a_reader(on: Counted) -> httpx.Response:
    return on.reader.get(on.served.story)


def a_story_page_of_an_editor(on: Counted) -> httpx.Response:
    return on.editor.get(on.served.story)


def the_newest(on: Counted) -> httpx.Response:
    return on.nobody.get(f"{on.served.story}?order=newest")


def the_most_recommended(on: Counted) -> httpx.Response:
    return on.nobody.get(f"{on.served.story}?order=recommended")


def the_most_replied(on: Counted) -> httpx.Response:
    return on.nobody.get(f"{on.served.story}?order=replied")


def the_picks(on: Counted) -> httpx.Response:
    return on.nobody.get(f"{on.served.story}?order=picks")


def a_recommendation(on: Counted) -> httpx.Response:
    about = on.some(Status.PUBLISHED)
    return on.editor.post(f"{on.served.site}/comments/{about.id}/recommend")


def a_recommendation_as_json(on: Counted) -> httpx.Response:
    return on.editor.put(f"{on.api}/comments/{on.some(Status.PUBLISHED).id}/recommendation")


def a_thread_page(on: Counted) -> httpx.Response:
    return on.nobody.get(f"{on.served.site}/comments/{on.some(Status.PUBLISHED).id}")


def a_post(on: Counted) -> httpx.Response:
    return on.reader.post(f"{on.served.story}/comments", data={"text": text(), "key": text()})


def a_reply(on: Counted) -> httpx.Response:
    to = on.some(Status.PUBLISHED)
    return on.editor.post(f"{on.served.site}/comments/{to.id}/reply", data={"text": text(), "key": text()})


def a_report(on: Counted) -> httpx.Response:
    about = on.some(Status.PUBLISHED)
    return on.editor.post(f"{on.served.site}/comments/{about.id}/report", data={"reason": "hate"})


def a_rejection(on: Counted) -> httpx.Response:
    about = on.some(Status.PENDING)
    form = {"outcome": "reject", "revision": "1", "reason": "inappropriate"}
    return on.editor.post(f"{on.served.site}/desk/comments/{about.id}/decide", data=form)


def a_queue_page(on: Counted) -> httpx.Response:
    return on.editor.get(f"{on.served.site}/desk")


def a_narrowed_queue(on: Counted) -> httpx.Response:
    return on.editor.get(f"{on.served.site}/desk?queue=held&reason=held:newcomer&age=under-30d&language=en")


def a_look_back(on: Counted) -> httpx.Response:
    return on.editor.get(f"{on.served.site}/desk?queue=unreviewed")


def a_search(on: Counted) -> httpx.Response:
    return on.editor.get(f"{on.served.site}/desk/search?q=remark")


def a_search_for_people(on: Counted) -> httpx.Response:
    return on.editor.get(f"{on.served.site}/desk/search?q=northquay&in=people")


def a_look_of_an_open_desk(on: Counted) -> httpx.Response:
    shown = on.some(Status.PENDING)
    return on.editor.get(f"{on.served.site}/desk/news.json", params={"comments": str(shown.id)})


def the_cards_that_are_mine(on: Counted) -> httpx.Response:
    return on.editor.get(f"{on.served.site}/desk/mine")


def what_says_almost_the_same(on: Counted) -> httpx.Response:
    return on.editor.get(f"{on.served.site}/desk/comments/{on.some(Status.PENDING).id}/alike")


def stories_as_json(on: Counted) -> httpx.Response:
    return on.nobody.get(f"{on.api}/stories")


def comments_as_json(on: Counted) -> httpx.Response:
    return on.nobody.get(f"/api/v1/sites{on.served.story}/comments?view=threads")


def a_post_as_json(on: Counted) -> httpx.Response:
    return on.reader.post(f"/api/v1/sites{on.served.story}/comments", json={"text": text()})


def a_post_under_a_key(on: Counted) -> httpx.Response:
    under = {"Idempotency-Key": f"key-{next(_numbers)}"}
    return on.reader.post(f"/api/v1/sites{on.served.story}/comments", json={"text": text()}, headers=under)


def a_report_as_json(on: Counted) -> httpx.Response:
    about = on.some(Status.PUBLISHED)
    return on.nobody.post(f"{on.api}/comments/{about.id}/flags", json={"reason": "hate"})


def a_rejection_as_json(on: Counted) -> httpx.Response:
    about = on.some(Status.PENDING)
    body = {"outcome": "reject", "revision": 1, "reason": "inappropriate"}
    return on.editor.post(f"{on.api}/desk/comments/{about.id}/decisions", json=body)


def a_queue_as_json(on: Counted) -> httpx.Response:
    return on.editor.get(f"{on.api}/desk/queue")


def an_include(on: Counted) -> httpx.Response:
    return on.nobody.get("/include", params={"url": on.setting.story.canonical_url})


def counts_anywhere(on: Counted) -> httpx.Response:
    urls = [f"https://courier.example/{number}" for number in range(100)]
    return on.nobody.get("/api/v1/counts", params={"url": urls})


def what_was_decided(on: Counted) -> httpx.Response:
    return on.reader.get(f"{on.served.site}/decisions")


TAKES: dict[Request, int] = {
    an_include: 4,
    counts_anywhere: 2,
    a_story_page: 4,
    a_story_page_of_a_reader: 8,  # what they recommend, whom they muted, and how much news they have
    a_story_page_of_an_editor: 9,
    the_newest: 4,
    the_most_recommended: 6,  # the version and the ranking, too
    the_most_replied: 6,
    the_picks: 3,  # no replies below them
    a_recommendation: 13,
    a_recommendation_as_json: 8,  # which was there already
    a_thread_page: 5,
    a_post: 8,
    a_reply: 14,  # which moves the most answered
    a_narrowed_queue: 10,  # with nothing in it
    a_look_back: 23,  # with who has the cards, notes, decisions and notices
    a_search: 7,
    a_search_for_people: 8,
    a_report: 11,  # one asks whether the reporter's reports wait behind others
    a_rejection: 20,  # three for the record, one for its clauses; whether a check had held it, open notices of it
    a_queue_page: 25,  # the news, views, sections, looks back, scores, desks, notices; who has the cards, notes, …
    a_look_of_an_open_desk: 5,
    the_cards_that_are_mine: 4,  # where there are none
    what_says_almost_the_same: 19,
    stories_as_json: 3,
    comments_as_json: 4,
    a_post_as_json: 7,
    a_post_under_a_key: 11,
    a_report_as_json: 11,
    a_rejection_as_json: 20,  # as above
    a_queue_as_json: 7,  # the last decisions, too
    what_was_decided: 7,  # which decisions, they themselves, the appeals, the comments, their headlines; the news
}


def filled(on: Counted, number: int) -> None:
    """So many comments more, ranked, the last of them one that can be answered and reported."""
    on.setting.write(lambda w: fill(w, on.setting, number))
    on.setting.write(lambda w: renew_ranking(w, 1, on.setting.story.seq, now=after(hours=1)))
    last = on.setting.write(lambda w: a_comment(w, on.setting.story, on.setting.reader, text(), now=after(minutes=90)))
    somebody = Reporter(commenter_seq=999)
    on.setting.write(lambda w: recommendations.add(w, last.comment, by=somebody, now=after(minutes=91)))


def test_what_a_request_takes_does_not_grow_with_the_discussion(
    served_on_either: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    on = Counted(served_on_either, monkeypatch)
    taken = []

    for number in HOW_MANY:
        filled(on, number)
        taken.append({request.__name__: len(on.statements(request)) for request in TAKES})

    assert taken == [{request.__name__: number for request, number in TAKES.items()}] * len(HOW_MANY)


@pytest.mark.parametrize("request_", TAKES, ids=lambda request: request.__name__)
def test_no_request_goes_through_a_whole_table(
    served: Served, monkeypatch: pytest.MonkeyPatch, request_: Request
) -> None:
    on = Counted(served, monkeypatch)
    filled(on, 50)

    scans = [(step, sql) for sql, values in on.statements(request_) for step in plan(served, sql, values) if scan(step)]

    assert scans == []


def plan(served: Served, sql: str, values: Mapping[str, Any]) -> list[str]:
    """The steps by which SQLite answers the statement."""
    assert isinstance(served.database, SqliteDatabase)
    connection = sqlite3.connect(served.database.path)
    try:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", dict(values))]
    finally:
        connection.close()


def scan(step: str) -> bool:
    """Whether the step goes through one of the tables that grow, or through an index of it from end to end."""
    return re.match(rf"SCAN ({'|'.join(GROWING)})\b", step) is not None
