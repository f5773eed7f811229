"""Reading by the API: stories, their discussions by cursor, single comments, and what is kept from whom."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.makers import Setting, a_comment, a_commenter, a_story, after
from tests.web.api import SITE, Api

from rejoinder.actions.close_story import withdraw_story
from rejoinder.actions.decide import Decide, decide
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.store.database import Database, Read, Write


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    with Api(Setting(database)) as client:
        yield client


def talk(api: Api, count: int, *, below: Comment | None = None) -> list[Comment]:
    """So many comments by the reader, or so many replies."""
    setting = api.setting
    known: dict[str, Any] = {"parent_id": below.id} if below else {}
    return setting.database.write(
        lambda w: [a_comment(w, setting.story, setting.reader, **known).comment for _ in range(count)]
    ).result()


def removed(w: Write, setting: Setting, comment: Comment, *, reason: str = "trolling") -> None:
    order = Decide(
        site_seq=setting.site.seq,
        comment_id=comment.id,
        by_seq=setting.editor.seq,
        outcome=Outcome.REJECT,
        seen_revision=1,
        reason=reason,
    )
    decide(w, order, now=after(hours=1))


def pages(api: Api, **query: Any) -> list[dict[str, Any]]:
    """Every page of the discussion, by following `next`."""
    found = [api.get(api.comments, params=query).json()]
    while mark := found[-1]["next"]:
        found.append(api.get(api.comments, params=query | {"after": mark}).json())
    return found


def test_a_site_tells_its_newest_stories(api: Api) -> None:
    later = api.setting.database.write(
        lambda w: a_story(w, api.setting.site, headline="Harbour wall to be raised", published_at=after(hours=1))
    ).result()

    found = api.get(f"{SITE}/stories", params={"limit": 1}).json()["stories"]

    assert [story["headline"] for story in found] == ["Harbour wall to be raised"]
    assert found[0]["page"] == f"http://courier.example/courier/stories/{later.slug}"


def test_a_story_tells_how_its_discussion_stands_and_how_many_comments_it_has(api: Api) -> None:
    talk(api, 3)

    story = api.get(f"{SITE}/stories/{api.setting.story.slug}").json()

    assert story["paragraphs"] == ["The ferry will sail four times a day."]
    assert story["discussion"] == {
        "phase": "open",
        "takes_comments": True,
        "takes_replies": True,
        "takes_recommendations": True,
        "until": "2026-12-01T12:00:00Z",
        "then": "read-only",
        "rests": False,
        "closes": None,
        "is_withdrawn": False,
        "comments": 3,
    }


@pytest.mark.parametrize("count", [0, 1, 6, 7])
def test_the_flat_view_gives_every_comment_once_in_the_order_of_publication(api: Api, count: int) -> None:
    posted = talk(api, count)

    found = pages(api, limit=3)

    assert [each["id"] for page in found for each in page["comments"]] == [str(comment.id) for comment in posted]
    assert len(found) == max(1, -(-count // 3))


def test_a_comment_published_while_somebody_pages_through_is_not_missed(api: Api) -> None:
    talk(api, 4)
    first = api.get(api.comments, params={"limit": 3}).json()

    [new] = talk(api, 1)

    second = api.get(api.comments, params={"limit": 3, "after": first["next"]}).json()
    assert second["comments"][-1]["id"] == str(new.id)


def test_threads_come_with_their_first_replies_and_a_cursor_for_the_rest(api: Api) -> None:
    root, other = talk(api, 2)
    replies = talk(api, 12, below=root)

    [page] = pages(api, view="threads")

    thread, quiet = page["threads"]
    assert (thread["root"]["id"], thread["root"]["replies"], thread["more"]) == (str(root.id), 12, 2)
    assert (quiet["root"]["id"], quiet["replies"], quiet["next"]) == (str(other.id), [], None)
    rest = api.get(f"{SITE}/comments/{root.id}/replies", params={"after": thread["next"]}).json()
    assert [each["id"] for each in thread["replies"] + rest["comments"]] == [str(reply.id) for reply in replies]
    assert rest["next"] is None


def test_replies_come_a_page_at_a_time(api: Api) -> None:
    [root] = talk(api, 1)
    replies = talk(api, 5, below=root)

    first = api.get(f"{SITE}/comments/{root.id}/replies", params={"limit": 3}).json()
    second = api.get(f"{SITE}/comments/{root.id}/replies", params={"limit": 3, "after": first["next"]}).json()

    assert [each["id"] for each in first["comments"] + second["comments"]] == [str(reply.id) for reply in replies]
    assert second["next"] is None


def test_threads_come_twenty_to_a_page_at_most(api: Api) -> None:
    talk(api, 23)

    found = pages(api, view="threads", limit=100)

    assert [len(page["threads"]) for page in found] == [20, 3]


@pytest.mark.parametrize("view", ["flat", "threads"])
def test_a_page_costs_as_many_questions_late_in_a_long_discussion_as_at_its_beginning(
    api: Api, view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(api, 1)
    asked: list[object] = []
    monkeypatch.setattr(Read, "_run", _counting(asked))
    api.get(api.comments, params={"view": view})
    of_one = len(asked)
    talk(api, 45)
    asked.clear()

    first = api.get(api.comments, params={"view": view}).json()
    api.get(api.comments, params={"view": view, "after": first["next"]})

    assert of_one == 3
    assert len(asked) == 2 * of_one


@pytest.mark.parametrize(
    "mark", ["x", "!!!!", "bm90IG9uZQ", "WyJmbGF0OjEiLDFd", "é", "A" * 300, "WyJmbGF0OjEiLC0xXQ", ""]
)
def test_a_cursor_that_is_not_ours_is_refused(api: Api, mark: str) -> None:
    answer = api.get(api.comments, params={"after": mark, "view": "threads"})

    assert (answer.status_code, answer.json()["code"]) == (422, "bad-cursor")


def test_a_cursor_of_another_list_is_refused(api: Api) -> None:
    talk(api, 3)
    mark = api.get(api.comments, params={"limit": 1}).json()["next"]

    answer = api.get(api.comments, params={"after": mark, "view": "threads"})

    assert (answer.status_code, answer.json()["code"]) == (422, "bad-cursor")


def test_of_a_removed_comment_readers_see_the_reason_and_neither_words_nor_name(api: Api) -> None:
    [comment] = talk(api, 1)
    api.setting.database.write(lambda w: removed(w, api.setting, comment)).result()

    found = api.get(f"{SITE}/comments/{comment.id}").json()
    [listed] = api.get(api.comments).json()["comments"]

    assert (found["status"], found["removal_reason"]) == ("removed", "trolling")
    assert (found["text"], found["html"], found["author"]) == ("", "", None)
    assert listed == found


def test_an_answered_comment_that_its_writer_deleted_leaves_a_marker_without_a_name(api: Api) -> None:
    setting = api.setting
    [comment] = talk(api, 1)
    talk(api, 1, below=comment)
    setting.database.write(
        lambda w: delete_comment(w, setting.site.seq, comment.id, commenter_seq=setting.reader.seq, now=after(hours=1))
    ).result()

    [thread] = api.get(api.comments, params={"view": "threads"}).json()["threads"]

    assert (thread["root"]["status"], thread["root"]["text"], thread["root"]["author"]) == ("deleted", "", None)
    assert len(thread["replies"]) == 1


def test_a_held_comment_is_seen_by_its_writer_and_the_desk_alone(database: Database) -> None:
    setting = Setting(database, newcomer_comments=1)
    with Api(setting) as api:
        [comment] = talk(api, 1)
        other = database.write(lambda w: a_commenter(w, setting.site, "mewanbaker")).result()
        address = f"{SITE}/comments/{comment.id}"

        def seen() -> int:
            return api.get(address).status_code

        assert seen() == 404
        assert (api.log_in(other), seen())[1] == 404
        assert (api.log_in(setting.reader), seen())[1] == 200
        assert (api.log_in(setting.editor), seen())[1] == 200
        assert (api.log_in(setting.editor, second_factor=False), seen())[1] == 404
        assert api.get(api.comments).json()["comments"] == []


def test_a_withdrawn_discussion_is_read_at_the_desk_alone(api: Api) -> None:
    setting = api.setting
    [comment] = talk(api, 1)
    setting.database.write(
        lambda w: withdraw_story(w, setting.site.seq, setting.story.seq, by_seq=setting.editor.seq, now=after(hours=1))
    ).result()
    addresses = [api.comments, f"{SITE}/comments/{comment.id}", f"{SITE}/comments/{comment.id}/replies"]

    assert [api.get(address).json().get("code") for address in addresses] == ["story-withdrawn"] * 3
    assert api.get(f"{SITE}/stories/{setting.story.slug}").json()["discussion"]["is_withdrawn"] is True
    api.log_in(setting.editor)
    assert [api.get(address).status_code for address in addresses] == [200] * 3


def test_a_mention_is_a_link_with_the_name_as_it_is_now(api: Api) -> None:
    [first] = talk(api, 1)
    api.log_in(api.setting.reader)

    posted = api.posted("@northquay: where did you stand?")

    link = f'<a class="at" href="http://courier.example/courier/comments/{first.id}">@northquay</a>'
    assert link in posted["html"]
    assert posted["parent"] == str(first.id)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/sites/nowhere/stories", "unknown-site"),
        (f"{SITE}/stories/no-such-story", "unknown-story"),
        (f"{SITE}/stories/no%00story", "unknown-page"),
        (f"{SITE}/stories/no-such-story/comments", "unknown-story"),
        (f"{SITE}/comments/01a20a0a-c23b-7be7-ab21-ab3a7541efbe", "unknown-comment"),
        (f"{SITE}/comments/01a20a0a-c23b-7be7-ab21-ab3a7541efbe/replies", "unknown-comment"),
        (f"{SITE}/comments/not-an-id", "unknown-page"),
        (f"{SITE}/receipts/not-a-receipt", "unknown-receipt"),
        (f"{SITE}/nothing", "unknown-page"),
        ("/api/v1/nothing", "unknown-page"),
        ("/api/v1", "unknown-page"),
        ("/api", "unknown-page"),
    ],
)
def test_what_is_not_there_is_a_problem_of_its_own(api: Api, path: str, code: str) -> None:
    answer = api.get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, code)
    assert answer.headers["content-type"] == "application/problem+json"


def _counting(asked: list[object]) -> Any:
    original = Read._run

    def run(self: Read, statement: Any, values: Any) -> None:
        asked.append(statement)
        original(self, statement, values)

    return run
