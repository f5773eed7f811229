"""Recommending through HTTP: by plain forms and by the API, with an account and without one."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest
from msgspec.structs import replace
from tests.serving import Served

from rejoinder.actions.change_rules import change_site_rules, change_story_rules
from rejoinder.discussion.comments import Comment
from rejoinder.web.options import Limits


def rules(served: Served, **changes: Any) -> None:
    setting = served.setting
    setting.write(lambda w: change_site_rules(w, setting.site.seq, changes, by_seq=None, now=served.now))


def path(served: Served, comment: Comment) -> str:
    return f"{served.site}/comments/{comment.id}"


def api(served: Served, comment: Comment) -> str:
    return f"/api/v1/sites{path(served, comment)}/recommendation"


@pytest.fixture
def comment(served: Served) -> Comment:
    return served.setting.post("Nine on Monday.")


def test_a_reader_recommends_and_takes_it_back_by_plain_forms(served: Served, comment: Comment) -> None:
    editor = served.client(served.setting.editor)
    action = f"{path(served, comment)}/recommend"
    assert f'action="{action}"' in editor.get(served.story).text

    for _ in range(2):
        answer = editor.post(action)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"{served.story}#c-{comment.id}"

    page = editor.get(served.story).text
    assert 'aria-pressed="true"' in page
    assert '<b data-n="1">1</b>' in page
    editor.post(action, data={"back": "1"})
    assert 'aria-pressed="false"' in editor.get(served.story).text


def test_who_is_not_logged_in_goes_to_log_in_and_back(served: Served, comment: Comment) -> None:
    action = f"{path(served, comment)}/recommend"

    for answer in (served.client().post(action), served.client().get(action)):
        assert answer.status_code == 303
        assert answer.headers["location"] == f"{served.site}/log-in?to={action.replace('/', '%2F')}"
    page = served.client(served.setting.editor).get(action)
    assert "Recommend this comment?" in page.text


def test_one_who_has_no_account_counts_once_for_each_device(served: Served, comment: Comment) -> None:
    rules(served, recommend_without_account=True)
    action = f"{path(served, comment)}/recommend"
    guest = served.client()

    sent = guest.post(action)
    assert sent.headers["location"] == action
    assert "Recommend this comment?" in guest.get(action).text  # and the browser has its cookie
    for _ in range(2):
        assert guest.post(action).headers["location"] == action
    page = guest.get(action).text
    assert "You recommend this comment" in page
    assert "1 reader recommends it." in page
    served.pass_time(seconds=30)
    shown = served.client().get(served.story).text
    assert "1 without an account" in shown
    assert 'aria-pressed="true"' not in shown
    guest.post(action, data={"back": "1"})
    assert "Recommend this comment?" in guest.get(action).text


def test_shared_pages_follow_once_for_all_recommendations_of_a_moment(served: Served, comment: Comment) -> None:
    nobody, before = served.client(), served.setting.story_now().version
    assert '<b data-n="0"></b>' in nobody.get(served.story).text

    served.client(served.setting.editor).put(api(served, comment))
    assert served.setting.story_now().version == before
    assert '<b data-n="0"></b>' in nobody.get(served.story).text
    served.pass_time(seconds=30)

    assert served.setting.story_now().version == before + 1
    assert '<b data-n="1">1</b>' in nobody.get(served.story).text


def test_the_api_puts_and_deletes_without_harm_in_doing_it_twice(served: Served, comment: Comment) -> None:
    editor = served.client(served.setting.editor)

    answers = [editor.put(api(served, comment)) for _ in range(2)]
    assert [each.json() for each in answers] == [{"recommended": 1, "recommended_by_guests": 0, "mine": True}] * 2
    answers = [editor.delete(api(served, comment)) for _ in range(2)]
    assert [each.json() for each in answers] == [{"recommended": 0, "recommended_by_guests": 0, "mine": False}] * 2


def test_what_is_refused_changes_nothing(served: Served, comment: Comment) -> None:
    setting = served.setting
    editor, writer, nobody = served.client(setting.editor), served.client(setting.reader), served.client()
    foreign = {"Sec-Fetch-Site": "cross-site"}

    def code(answer: httpx.Response) -> tuple[int, str]:
        return answer.status_code, answer.json()["code"]

    assert code(nobody.put(api(served, comment))) == (401, "log-in-needed")
    assert code(writer.put(api(served, comment))) == (409, "own-recommendation")
    assert code(editor.put(api(served, comment), headers=foreign)) == (403, "foreign-origin")
    assert editor.post(f"{path(served, comment)}/recommend", headers=foreign).status_code == 403
    missing = f"/api/v1/sites{served.site}/comments/{uuid4()}/recommendation"
    assert code(editor.put(missing)) == (404, "unknown-comment")
    closed: dict[str, Any] = {"schedule": []}
    setting.write(lambda w: change_story_rules(w, 1, setting.story.seq, closed, by_seq=None, now=served.now))
    assert code(editor.put(api(served, comment))) == (409, "recommending-over")
    assert editor.post(f"{path(served, comment)}/recommend").status_code == 409
    assert 'class="vote"' not in editor.get(served.story).text
    assert '"recommended":0' in nobody.get(f"/api/v1/sites{path(served, comment)}").text
    rules(served, recommend_without_account=True)
    forged = {served.options.device_cookie: "1.forged"}
    assert (
        code(httpx.put(served.url + api(served, comment), cookies=forged, headers={"Sec-Fetch-Site": "same-origin"}))[1]
        == "device-needed"
    )


def test_a_flood_from_one_address_is_refused(served: Served, comment: Comment) -> None:
    rules(served, recommend_without_account=True)
    served.application.state.options = replace(served.options, limits=Limits(recommendations=3))
    statuses = []
    for _ in range(6):
        guest = served.client()
        guest.get(f"{path(served, comment)}/recommend")
        statuses.append(guest.put(api(served, comment)).status_code)

    assert statuses == [200, 200, 200, 429, 429, 429]
    assert '"recommended_by_guests":3' in served.client().get(f"/api/v1/sites{path(served, comment)}").text


def test_editors_pick_on_the_page_and_at_the_desk(served: Served, comment: Comment) -> None:
    setting = served.setting
    editor, reader = served.client(setting.editor), served.client(setting.reader)
    action = f"{served.site}/desk/comments/{comment.id}/pick"
    assert action in editor.get(served.story).text
    assert action not in reader.get(served.story).text
    assert reader.post(action).status_code == 403

    assert editor.post(action).headers["location"] == f"{served.story}#c-{comment.id}"
    assert re.search(r'class="mark picked">Editors’ pick<', served.client().get(served.story).text)
    card = editor.get(f"{served.site}/desk/comments/{comment.id}").text
    assert "Take the pick back" in card
    answer = editor.post(action, data={"back": "1", "queue": "all"})
    assert "/desk/comments/" in answer.headers["location"]
    assert "mark picked" not in served.client().get(served.story).text
