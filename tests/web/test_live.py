"""What a page that polls is told, and what a look at a story costs."""

from typing import Any

import httpx
from tests.makers import a_comment, after
from tests.serving import Served

from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.live.news import News
from rejoinder.store.database import Read
from rejoinder.web.pages.live import MOST, find, news


def look(served: Served, place: int = 0) -> News:
    story = served.setting.story.seq
    return served.setting.read(lambda r: news(r, served.options, story, place, now=served.now))


def ask(served: Served, **headers: str) -> httpx.Response:
    return served.client().get(f"{served.story}/live.json", headers=headers)


def test_a_page_that_polls_is_told_how_things_stand(served: Served) -> None:
    served.setting.post()
    story = served.setting.story_now()

    answer = ask(served)

    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        "version": story.version,
        "count": 1,
        "place": 1,
        "phase": "open",
        "until": "2026-12-01T12:00:00Z",
    }


def test_polling_costs_a_304_until_something_changes(served: Served) -> None:
    first = ask(served)
    headers = {"If-None-Match": first.headers["etag"]}

    again = ask(served, **headers)
    served.setting.post()
    later = ask(served, **headers)

    assert (again.status_code, again.content) == (304, b"")
    assert (later.status_code, later.json()["count"]) == (200, 1)
    for answer in (first, again, later):
        assert answer.headers["cache-control"] == "public, no-cache"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["vary"] == "Accept-Encoding"


def test_somebody_with_a_session_polls_at_the_same_price(served: Served) -> None:
    tag = ask(served).headers["etag"]

    answer = served.client(served.setting.reader).get(f"{served.story}/live.json", headers={"If-None-Match": tag})

    assert answer.status_code == 304


def test_a_phase_that_ends_changes_the_state(served: Served) -> None:
    tag = ask(served).headers["etag"]
    served.pass_time(days=15)

    answer = ask(served, **{"If-None-Match": tag})

    assert (answer.json()["phase"], answer.json()["until"]) == ("read-only", None)


def test_a_withdrawn_discussion_tells_no_comments(served: Served) -> None:
    served.setting.post()
    served.client(served.setting.editor).post(
        f"{served.site}/desk/stories/{served.setting.story.slug}/withdraw", data={"note": "We look into it."}
    )

    found = look(served)

    assert (found.phase, found.count, found.comments) == ("withdrawn", 0, ())
    assert ask(served).json()["phase"] == "withdrawn"


def test_a_fragment_is_what_everybodys_page_draws(served: Served) -> None:
    first = served.setting.post("Nine on **Monday**.")
    served.setting.post("And eleven on Tuesday.", by=served.setting.editor, parent_id=first.id)
    page = served.client().get(f"{served.story}?view=flat").text

    found = look(served)

    assert [item.place for item in found.comments] == [1, 2]
    assert [item.parent for item in found.comments] == [None, first.id]
    assert [item.name for item in found.comments] == ["northquay", "R. Teague"]
    for item in found.comments:
        assert item.html.strip() in page


def test_only_what_may_be_read_is_told(served: Served) -> None:
    held = served.setting.post("https://a.example https://b.example https://c.example")
    removed, shown = served.setting.post(), served.setting.post()
    served.setting.decide(removed, Outcome.REJECT)

    found = look(served)

    assert held.status is Status.PENDING
    assert [item.id for item in found.comments] == [shown.id]
    assert (found.place, found.count) == (2, 1)


def test_one_look_gives_so_many_and_says_that_there_are_more(served: Served) -> None:
    def fill(w: Any) -> Comment:
        return [a_comment(w, served.setting.story, served.setting.reader).comment for _ in range(MOST + 5)][-1]

    served.setting.write(fill)

    found = look(served)
    rest = look(served, found.comments[-1].place)

    assert (len(found.comments), found.more, found.place) == (MOST, True, MOST + 5)
    assert (len(rest.comments), rest.more) == (5, False)


def test_a_look_takes_the_same_few_statements_whatever_it_finds(served: Served) -> None:
    served.setting.post()
    for number in range(20):
        served.setting.post(f"@northquay was right about {number}.", by=served.setting.editor)
    ran: list[str] = []

    class Counting(Read):
        def _run(self, statement: Any, values: Any) -> None:
            ran.append(str(statement))
            super()._run(statement, values)

    def count(r: Read, place: int) -> int:
        ran.clear()
        news(Counting(r._cursor, r.dialect), served.options, served.setting.story.seq, place, now=after())
        return len(ran)

    assert served.setting.read(lambda r: count(r, 21)) == 3  # whose story, the site, the story
    assert served.setting.read(lambda r: count(r, 20)) == 5  # and the comments, and who is named in them
    assert served.setting.read(lambda r: count(r, 0)) == 5


def test_a_story_is_found_by_its_address(served: Served) -> None:
    key, story = served.setting.site.key, served.setting.story

    assert served.setting.read(lambda r: find(r, key, story.slug)) == story.seq
    assert served.setting.read(lambda r: find(r, key, "nothing")) is None
    assert served.setting.read(lambda r: find(r, "nobody", story.slug)) is None
