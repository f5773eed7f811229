"""The desk by the API: the queue, decisions on what was read, and taking them back."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.makers import Setting, a_comment, a_commenter, after, an_editor
from tests.web.api import SITE, Api

from rejoinder.actions.move_reply import move_reply
from rejoinder.discussion.commenters import Role
from rejoinder.store.database import Database

QUEUE = f"{SITE}/desk/queue"


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """An editor's client, where newcomers are held."""
    setting = Setting(database, newcomer_comments=1)
    with Api(setting) as client:
        yield client.log_in(setting.editor)


def held(api: Api, count: int = 1) -> list[str]:
    """The ids of so many comments that wait."""
    setting = api.setting
    return setting.database.write(
        lambda w: [str(a_comment(w, setting.story, setting.reader).comment.id) for _ in range(count)]
    ).result()


def decide(api: Api, comment: str, **body: Any) -> Any:
    return api.post(f"{SITE}/desk/comments/{comment}/decisions", json={"revision": 1} | body)


def test_the_queue_tells_why_each_comment_waits_and_what_it_says(api: Api) -> None:
    [comment] = held(api)
    api.post(f"{SITE}/comments/{comment}/flags", json={"reason": "hate", "note": "Look at the second line."})

    queue = api.get(QUEUE).json()

    first, second = queue["cases"]
    assert queue["counts"] == {"held": 1, "reported": 1}
    assert (first["kind"], first["comment"]["id"], first["comment"]["status"]) == ("held", comment, "pending")
    assert first["comment"]["text"].startswith("I counted")
    assert first["findings"][0]["sentence"] == "One of the writer’s first comments (0 published before)"
    assert second["flags"][0]["note"] == "Look at the second line."
    assert second["flags"][0]["reporter"] == "R. Teague"


def test_the_queue_can_be_of_one_kind(api: Api) -> None:
    [comment] = held(api)
    api.post(f"{SITE}/comments/{comment}/flags", json={"reason": "hate"})

    queue = api.get(QUEUE, params={"kind": "reported"}).json()

    assert [case["kind"] for case in queue["cases"]] == ["reported"]


def test_the_queue_comes_a_page_at_a_time(api: Api) -> None:
    waiting = held(api, 27)

    first = api.get(QUEUE).json()
    second = api.get(QUEUE, params={"after": first["next"]}).json()

    assert [case["comment"]["id"] for case in first["cases"] + second["cases"]] == waiting
    assert (len(first["cases"]), second["next"]) == (25, None)


@pytest.mark.parametrize("query", [{"kind": "odd"}, {"after": "odd"}])
def test_a_queue_that_is_none_is_refused(api: Api, query: dict[str, str]) -> None:
    assert api.get(QUEUE, params=query).status_code == 422


def test_an_approval_publishes(api: Api) -> None:
    [comment] = held(api)

    answer = decide(api, comment, outcome="approve")

    decision = answer.json()
    assert answer.status_code == 201
    assert (decision["status_before"], decision["status_after"], decision["by"]) == (
        "pending",
        "published",
        "R. Teague",
    )
    assert api.log_out().get(f"{SITE}/comments/{comment}").json()["status"] == "published"


def test_a_rejection_has_a_reason_and_is_taken_back(api: Api) -> None:
    [comment] = held(api)

    decision = decide(api, comment, outcome="reject", reason="trolling", note="Please be kind.").json()
    undoing = api.post(f"{SITE}/desk/decisions/{decision['id']}/undo")

    assert (decision["status_after"], decision["reason"]) == ("rejected", "trolling")
    assert undoing.status_code == 201
    assert (undoing.json()["outcome"], undoing.json()["status_after"]) == ("undo", "pending")
    assert [case["comment"]["id"] for case in api.get(QUEUE).json()["cases"]] == [comment]


def test_a_decision_is_taken_back_once(api: Api) -> None:
    [comment] = held(api)
    decision = decide(api, comment, outcome="approve").json()
    api.post(f"{SITE}/desk/decisions/{decision['id']}/undo")

    again = api.post(f"{SITE}/desk/decisions/{decision['id']}/undo")

    assert (again.status_code, again.json()["code"]) == (409, "already-undone")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"outcome": "reject"}, 422, "reason-needed"),
        ({"outcome": "reject", "reason": "because"}, 422, "unknown-reason"),
        ({"outcome": "reject", "reason": "inappropriate", "words": "no such words"}, 422, "words-not-found"),
        ({"outcome": "approve", "revision": 2}, 409, "stale"),
        ({"outcome": "hide"}, 422, "invalid"),
        ({"outcome": "approve", "revision": "1"}, 422, "invalid"),
        ({"outcome": "approve", "by": "me"}, 422, "invalid"),
    ],
)
def test_a_decision_that_cannot_be_taken_says_why(api: Api, body: dict[str, Any], status: int, code: str) -> None:
    [comment] = held(api)

    answer = decide(api, comment, **body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_who_says_what_they_knew_hears_of_a_colleague_s_decision(api: Api) -> None:
    [comment] = held(api)
    [case] = api.get(QUEUE).json()["cases"]
    first = decide(api, comment, outcome="approve", seen_decision=case["last_decision"]).json()
    colleague = api.setting.write(lambda w: an_editor(w, api.setting.site, "M. Lowen"))

    told = decide(api.log_in(colleague), comment, outcome="reject", reason="trolling", seen_decision=None)
    after_all = decide(api, comment, outcome="reject", reason="trolling", seen_decision=first["id"])

    assert case["last_decision"] is None
    assert (told.status_code, told.json()["code"], told.json()["data"]) == (
        409,
        "decided-meanwhile",
        {"name": "R. Teague"},
    )
    assert (after_all.status_code, after_all.json()["by"]) == (201, "M. Lowen")
    undone = api.post(f"{SITE}/desk/decisions/{after_all.json()['id']}/undo").json()
    api.post(f"{SITE}/comments/{comment}/flags", json={"reason": "hate"})
    assert api.get(QUEUE).json()["cases"][0]["last_decision"] == undone["id"]


def test_who_does_not_say_what_they_knew_has_the_last_word(api: Api) -> None:
    [comment] = held(api)
    decide(api, comment, outcome="approve")
    colleague = api.setting.write(lambda w: an_editor(w, api.setting.site, "M. Lowen"))

    answer = decide(api.log_in(colleague), comment, outcome="reject", reason="trolling")

    assert answer.status_code == 201


def test_what_was_known_is_a_decision_on_this_comment(api: Api) -> None:
    [comment, other] = held(api, 2)
    elsewhere = decide(api, other, outcome="approve").json()["id"]

    answers = [
        decide(api, comment, outcome="approve", seen_decision=seen)
        for seen in (elsewhere, "01a20a0a-c23b-7be7-ab21-ab3a7541efbe", "none")
    ]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [
        (404, "unknown-decision"),
        (404, "unknown-decision"),
        (422, "invalid"),
    ]


def test_of_several_causes_the_one_is_told_in_words_and_by_its_code(api: Api) -> None:
    setting = api.setting
    root = setting.post(by=setting.editor)
    above = setting.post(by=setting.editor, parent_id=root.id)
    below = setting.post(by=setting.editor, parent_id=above.id)
    moved = setting.write(
        lambda w: [
            move_reply(w, 1, one.id, under=under.id, by_seq=setting.editor.seq, now=after(hours=2))
            for one, under in ((below, root), (above, below))
        ]
    )

    answer = api.post(f"{SITE}/desk/decisions/{moved[0].id}/undo")

    assert (answer.status_code, answer.json()["code"]) == (409, "cannot-move")
    problem = "that comment is one of its own replies."
    assert answer.json()["data"] == {"problem": problem, "cause": "below-itself"}
    assert answer.json()["detail"] == f"This reply cannot be moved there: {problem}"


@pytest.mark.parametrize("path", ["comments/{id}/decisions", "decisions/{id}/undo"])
def test_what_is_not_there_cannot_be_decided(api: Api, path: str) -> None:
    address = f"{SITE}/desk/{path.format(id='01a20a0a-c23b-7be7-ab21-ab3a7541efbe')}"

    answer = api.post(address, json={"outcome": "approve", "revision": 1})

    assert answer.status_code == 404
    assert answer.json()["code"] in ("unknown-comment", "unknown-decision")


def test_the_desk_is_for_staff_who_proved_their_second_factor(api: Api) -> None:
    setting = api.setting
    [comment] = held(api)

    def tried() -> list[str]:
        answers = [api.get(QUEUE), decide(api, comment, outcome="approve")]
        return [answer.json()["code"] for answer in answers]

    assert (api.log_in(setting.editor, second_factor=False), tried())[1] == ["second-factor-needed"] * 2
    assert (api.log_in(setting.reader), tried())[1] == ["not-allowed"] * 2
    assert (api.log_out(), tried())[1] == ["log-in-needed"] * 2


def test_a_moderator_decides_too(api: Api) -> None:
    [comment] = held(api)
    moderator = api.setting.database.write(
        lambda w: a_commenter(w, api.setting.site, "J. Lanyon", role=Role.MODERATOR)
    ).result()

    assert decide(api.log_in(moderator), comment, outcome="approve").status_code == 201


def test_what_another_site_sends_in_an_editor_s_name_is_refused(api: Api) -> None:
    [comment] = held(api)
    api.headers["Sec-Fetch-Site"] = "cross-site"

    answer = decide(api, comment, outcome="approve")

    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin")
