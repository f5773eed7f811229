"""Acts on people and threads through HTTP: what the desk offers whom, what people are told, and what readers see."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.makers import Setting, a_commenter, after
from tests.serving import Served
from tests.web.api import SITE, Api

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.lock_thread import lock_thread
from rejoinder.actions.pick_comment import pick_comment
from rejoinder.actions.warn_commenter import warn_commenter
from rejoinder.discussion.commenters import Role
from rejoinder.discussion.comments import Status
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.person_acts import OnPerson
from rejoinder.store.database import Database

WHY = {"reason": "personal-attack", "words": "Argue with what she wrote.", "seen": "0"}


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    setting = Setting(database)
    with Api(setting) as client:
        yield client.log_in(setting.reader)


def person(served: Served) -> str:
    return f"{served.site}/desk/people/{served.setting.reader.id}"


def a_warning(setting: Setting) -> OnPerson:
    order = Order(
        site_seq=1,
        commenter_id=setting.reader.id,
        by_seq=setting.editor.seq,
        reason="personal-attack",
        text="Argue with what she wrote.",
    )
    return setting.write(lambda w: warn_commenter(w, order, now=after(hours=1)))


def test_a_moderator_is_offered_what_a_moderator_may(served: Served) -> None:
    setting = served.setting
    moderator = setting.write(lambda w: a_commenter(w, setting.site, "desk hand", role=Role.MODERATOR))

    page = served.client(moderator).get(person(served)).text

    assert all(f"{person(served)}/{act}" in page for act in ("message", "warn", "hold"))
    assert not any(f"{person(served)}/{act}" in page for act in ("ban", "off-ladder", "erase", "level"))
    assert 'name="everywhere"' not in served.client(setting.editor).get(person(served)).text


def test_nothing_is_offered_about_staff(served: Served) -> None:
    page = served.client(served.setting.editor).get(f"{served.site}/desk/people/{served.setting.editor.id}").text

    assert "What you can do" not in page


def test_what_was_typed_comes_back_with_what_was_wrong(served: Served) -> None:
    desk = served.client(served.setting.editor)

    refused = desk.post(f"{person(served)}/hold", data=WHY | {"reason": "", "days": "30"})

    assert refused.status_code == 422
    assert "Argue with what she wrote." in refused.text
    assert "<details open><summary>Hold" in refused.text


def test_a_page_that_is_behind_is_refused_and_shows_what_was_done(served: Served) -> None:
    desk = served.client(served.setting.editor)
    assert desk.post(f"{person(served)}/warn", data=WHY).status_code == 303

    refused = desk.post(f"{person(served)}/ban", data=WHY | {"days": "7"})

    assert refused.status_code == 409
    assert "A colleague has done something about this person" in refused.text
    assert "not read yet" in refused.text
    seen = refused.text.split('name="seen" value="')[1].split('"')[0]
    assert desk.post(f"{person(served)}/ban", data=WHY | {"days": "for good", "seen": seen}).status_code == 303


@pytest.mark.parametrize("days", ["0", "-3", "soon", "99999"])
def test_days_that_cannot_be_meant_are_refused(served: Served, days: str) -> None:
    desk = served.client(served.setting.editor)

    assert desk.post(f"{person(served)}/ban", data=WHY | {"days": days}).status_code == 422


def test_their_comments_can_be_narrowed_by_status(served: Served) -> None:
    setting = served.setting
    kept, removed = setting.post("It had one."), setting.post("Bought and paid for.")
    setting.decide(removed, Outcome.REJECT)
    desk = served.client(setting.editor)

    found = desk.get(f"{person(served)}?status=removed").text

    assert (str(removed.id) in found, str(kept.id) in found) == (True, False)
    assert "50 rejected or removed" in found
    assert desk.get(f"{person(served)}?status=other").status_code == 404


def test_the_news_lead_to_what_the_editors_wrote(served: Served) -> None:
    served.client(served.setting.editor).post(f"{person(served)}/message", data=WHY)
    served.pass_time(minutes=1)
    reader = served.client(served.setting.reader)

    inbox = reader.get(f"{served.site}/notifications").text
    [action] = re.findall(rf'action="({served.site}/notifications/[^"]+)"', inbox)
    opened = reader.post(action)

    assert "The editors have written to you" in inbox
    assert opened.headers["location"] == f"{served.site}/account/editors"
    page = reader.get(f"{served.site}/account/editors").text
    assert "Argue with what she wrote." in page
    assert "R. Teague" not in page


def test_a_warned_reader_finds_it_wherever_they_would_write(served: Served) -> None:
    setting = served.setting
    mine, other = setting.post(), setting.post(by=setting.editor)
    a_warning(setting)
    reader = served.client(setting.reader)

    for path in (
        served.story,
        f"{served.story}/write",
        f"{served.site}/comments/{other.id}/reply",
        f"{served.site}/comments/{mine.id}/edit",
    ):
        page = reader.get(path).text
        assert "I have read this" in page, path
        assert "Clause 1 of our policy" in page, path
        assert 'name="text" rows' not in page, path


def test_a_reply_that_meets_a_warning_comes_back_to_its_box(served: Served) -> None:
    setting = served.setting
    other = setting.post(by=setting.editor)
    warning = a_warning(setting)
    reader = served.client(setting.reader)

    told = reader.post(f"{served.site}/comments/{other.id}/reply", data={"text": "Where from?"})
    assert (told.status_code, "Where from?" in told.text) == (403, True)
    form = {"to": f"{served.site}/comments/{other.id}/reply", "text": "Where from?"}
    back = reader.post(f"{served.site}/account/editors/{warning.id}/read", data=form)

    assert back.status_code == 200
    assert "Post reply" in back.text
    assert "Where from?" in back.text


def test_reading_leads_to_no_other_site(served: Served) -> None:
    warning = a_warning(served.setting)

    back = served.client(served.setting.reader).post(
        f"{served.site}/account/editors/{warning.id}/read", data={"to": "//elsewhere.example"}
    )

    assert back.headers["location"] == f"{served.site}/account/editors?done=read"


def test_the_api_says_what_is_to_be_read_and_takes_the_word(api: Api) -> None:
    warning = a_warning(api.setting)
    path = f"{SITE}/stories/{api.setting.story.slug}/comments"
    comment: dict[str, Any] = {"text": "Where is that number from?"}

    refused = api.post(path, json=comment)
    assert (refused.status_code, refused.json()["code"]) == (403, "warning-unread")
    [found] = api.get(f"{SITE}/warnings").json()["warnings"]
    assert (found["id"], found["reason"]) == (str(warning.id), "personal-attack")
    assert "Clause 1 of our policy" in found["told"]
    assert api.post(f"{SITE}/warnings/{found['id']}/acknowledgement").status_code == 204
    assert api.get(f"{SITE}/warnings").json() == {"warnings": []}

    assert api.post(path, json=comment).status_code == 201


def test_the_api_says_of_a_ban_by_which_rule_and_until_when(served: Served) -> None:
    served.client(served.setting.editor).post(f"{person(served)}/ban", data=WHY | {"days": "7"})

    refused = served.client(served.setting.reader).post(
        f"/api/v1/sites{served.story}/comments", json={"text": "Let me in."}
    )

    assert refused.status_code == 403
    assert refused.json()["data"]["rule"] == "personal-attack"
    assert refused.json()["data"]["until"].startswith("2026-11-24T14:00")


def test_what_is_put_last_is_on_no_page_but_its_own(served: Served) -> None:
    setting = served.setting
    lowered, kept = setting.post("Wake up, all of you."), setting.post("Eleven on Friday.")
    setting.decide(lowered, Outcome.LOWER, reason="trolling")
    nobody = served.client()

    for path in (
        served.story,
        f"{served.story}?view=flat",
        f"{served.story}?order=newest",
        f"{served.story}?order=recommended",
        f"/include?story={setting.story.slug}",
        f"{served.story}/comments.atom",
        f"{served.story}/comments.json",
        f"{served.site}/comments.atom",
        f"/api/v1/sites{served.story}/comments",
        f"/api/v1/sites{served.story}/comments?view=threads&order=newest",
    ):
        page = nobody.get(path).text
        assert ("Wake up" in page, "Eleven" in page) == (False, True), path
    assert "Show 1 more comment" in nobody.get(served.story).text
    assert "Show 1 more comment" in nobody.get(f"/include?story={setting.story.slug}").text
    own = nobody.get(f"{served.story}?view=lowered").text
    assert ("Wake up" in own, "Eleven" in own) == (True, False)
    [found] = nobody.get(f"/api/v1/sites{served.story}/comments?view=lowered").json()["comments"]
    assert (found["lowered"], found["id"]) == (True, str(lowered.id))
    assert "Put last by the editors" in nobody.get(f"{served.site}/comments/{lowered.id}").text
    assert str(kept.id) in nobody.get(served.story).text


def test_a_closed_thread_and_a_pick_with_a_word_are_said_in_every_form(served: Served) -> None:
    setting = served.setting
    root = setting.post("Says who?")
    by = setting.editor.seq
    setting.write(lambda w: lock_thread(w, 1, root.id, by_seq=by, now=after(hours=1)))
    setting.write(lambda w: pick_comment(w, 1, root.id, by_seq=by, now=after(hours=1), note="Well asked."))
    nobody = served.client()

    for path in (served.story, f"{served.site}/comments/{root.id}", f"/include?story={setting.story.slug}"):
        page = nobody.get(path).text
        assert "Closed by the editors" in page, path
        assert "Well asked." in page, path
        assert f"{root.id}/reply" not in page, path
    [found] = nobody.get(f"/api/v1/sites{served.story}/comments").json()["comments"]
    assert (found["locked"], found["pick_note"]) == (True, "Well asked.")
    assert nobody.get(f"{served.site}/comments/{root.id}/reply").status_code == 409
    refused = served.client(setting.reader).post(
        f"/api/v1/sites{served.story}/comments", json={"text": "I do.", "parent": str(root.id)}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "thread-locked")


def test_the_api_puts_a_comment_last_and_takes_that_back(served: Served) -> None:
    comment = served.setting.post()
    desk = served.client(served.setting.editor)
    path = f"/api/v1/sites{served.site}/desk"
    body = {"outcome": "lower", "revision": 1, "reason": "trolling"}

    decision = desk.post(f"{path}/comments/{comment.id}/decisions", json=body).json()

    assert decision["outcome"] == "lower"
    assert served.setting.again(comment).is_lowered
    assert desk.post(f"{path}/decisions/{decision['id']}/undo").status_code == 201
    assert served.setting.again(comment).status is Status.PUBLISHED
    assert not served.setting.again(comment).is_lowered
