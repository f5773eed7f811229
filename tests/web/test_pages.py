"""Reading and acting through HTTP, with plain forms, as a browser without a script does."""

import re
import sqlite3

import pytest
from tests.makers import a_comment, a_commenter, after
from tests.serving import PASSWORD, Served

from rejoinder.discussion.comments import Status
from rejoinder.store import comments, entries
from rejoinder.store.database import Unreachable


def written(served: Served, text: str = "I counted nine people on the early boat.") -> str:
    """A comment by the setting's reader: its path."""
    posted = served.database.write(
        lambda w: a_comment(w, served.setting.story, served.setting.reader, text, now=after(hours=1))
    ).result()
    return f"{served.site}/comments/{posted.comment.id}"


def test_the_story_page_shows_story_and_comments(served: Served) -> None:
    written(served)

    answer = served.client().get(served.story)

    assert answer.status_code == 200
    assert "Ferry to run through the winter" in answer.text
    assert "I counted nine people" in answer.text
    assert "northquay" in answer.text


def test_a_page_that_has_not_changed_is_not_sent_again(served: Served) -> None:
    written(served)
    client = served.client()
    etag = client.get(served.story).headers["ETag"]

    assert client.get(served.story, headers={"If-None-Match": etag}).status_code == 304

    written(served, "Another comment altogether.")
    assert client.get(served.story, headers={"If-None-Match": etag}).status_code == 200


def test_a_reader_posts_and_is_led_to_the_comment(served: Served) -> None:
    client = served.client(served.setting.reader)

    answer = client.post(f"{served.story}/comments", data={"text": "The evening boat is full too."})

    assert answer.status_code == 303, answer.text
    landed = client.get(answer.headers["Location"])
    assert "The evening boat is full too." in landed.text


def test_a_foreign_form_changes_nothing(served: Served) -> None:
    client = served.client(served.setting.reader)

    answer = client.post(
        f"{served.story}/comments",
        data={"text": "Planted by somebody else."},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"},
    )

    assert answer.status_code == 403
    assert "Planted by somebody else." in answer.text  # the reader's text is given back
    assert "Planted" not in served.client().get(served.story).text


@pytest.mark.parametrize("origin", ["null", "https://elsewhere.example", "http://127.0.0.1:1"])
def test_an_older_browser_is_judged_by_its_origin(served: Served, origin: str) -> None:
    client = served.client(served.setting.reader)
    del client.headers["Sec-Fetch-Site"]

    assert client.post(f"{served.story}/comments", data={"text": "x y"}, headers={"Origin": origin}).status_code == 403
    answer = client.post(f"{served.story}/comments", data={"text": "Ours."}, headers={"Origin": served.url})
    assert answer.status_code == 303


def test_a_closed_discussion_gives_the_text_back(served: Served) -> None:
    served.now = after(days=14)

    answer = served.client(served.setting.reader).post(f"{served.story}/comments", data={"text": "Typed for too long."})

    assert answer.status_code == 409
    assert "Typed for too long." in answer.text
    assert "closed" in answer.text


def test_without_a_log_in_a_post_is_answered_with_the_way_there(served: Served) -> None:
    answer = served.client().post(f"{served.story}/comments", data={"text": "Who am I?"})

    assert answer.status_code == 401
    assert "Who am I?" in answer.text
    assert f"{served.site}/log-in" in answer.text


def test_invalid_utf_8_is_refused(served: Served) -> None:
    answer = served.client(served.setting.reader).post(
        f"{served.story}/comments",
        content=b"text=caf%E9",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 422
    assert "UTF-8" in answer.text


def test_twenty_megabytes_are_refused_with_a_sentence(served: Served) -> None:
    answer = served.client(served.setting.reader).post(f"{served.story}/comments", data={"text": "x" * 20_000_000})

    assert answer.status_code == 413
    assert "larger than we accept" in answer.text


@pytest.mark.parametrize("path", ["/nowhere/", "/courier/stories/nothing", "/courier/comments/1", "/courier/x/y/z"])
def test_an_address_that_is_nobodys_gets_a_page_of_ours(served: Served, path: str) -> None:
    answer = served.client().get(path)

    assert answer.status_code == 404
    assert "<html" in answer.text


def test_a_reader_edits_and_everybody_sees_it(served: Served) -> None:
    path = written(served)
    client = served.client(served.setting.reader)
    served.now = after(hours=1, minutes=2)
    form = client.get(f"{path}/edit")
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', form.text)
    assert revision is not None

    answer = client.post(f"{path}/edit", data={"text": "I counted ten.", "revision": revision[1]})

    assert answer.status_code == 303, answer.text
    assert "I counted ten." in served.client().get(served.story).text


def test_a_stale_edit_gives_the_text_back(served: Served) -> None:
    path = written(served)
    served.now = after(hours=1, minutes=2)

    answer = served.client(served.setting.reader).post(f"{path}/edit", data={"text": "Mine.", "revision": "7"})

    assert answer.status_code == 409
    assert "Mine." in answer.text


def test_a_reader_deletes_their_own_comment(served: Served) -> None:
    path = written(served)
    client = served.client(served.setting.reader)

    assert client.get(f"{path}/delete").status_code == 200
    assert client.post(f"{path}/delete").status_code == 303

    assert "I counted nine people" not in served.client().get(served.story).text


def test_somebody_else_cannot_edit_or_delete(served: Served) -> None:
    path = written(served)
    other = served.database.write(lambda w: a_commenter(w, served.setting.site, "mewanbaker")).result()
    client = served.client(other)

    assert client.post(f"{path}/edit", data={"text": "x", "revision": "1"}).status_code == 403
    assert client.post(f"{path}/delete").status_code == 403


def test_a_report_without_an_account_is_receipted_and_later_shows_the_outcome(served: Served) -> None:
    path = written(served)
    client = served.client()
    assert client.get(f"{path}/report").status_code == 200

    answer = client.post(f"{path}/report", data={"reason": "irrelevant", "email": "reader@mail.example"})
    receipt = answer.headers["Location"]
    assert answer.status_code == 303
    assert client.get(receipt).status_code == 200

    desk = served.client(served.setting.editor)
    decided = desk.post(
        f"{served.site}/desk{path.removeprefix(served.site)}/decide",
        data={"outcome": "reject", "reason": "irrelevant", "revision": "1", "queue": "reported"},
    )
    assert decided.status_code == 303, decided.text
    served.pass_time(minutes=1)

    assert "removed" in client.get(receipt).text.lower()
    assert {letter.to for letter in served.mailbox.letters} >= {"reader@mail.example"}


def test_the_same_device_reports_once(served: Served) -> None:
    path = written(served)
    client = served.client()
    client.get(f"{path}/report")

    first = client.post(f"{path}/report", data={"reason": "irrelevant"})
    second = client.post(f"{path}/report", data={"reason": "inappropriate", "note": "Again."})

    assert first.status_code == 303
    assert second.status_code == 409
    assert "Again." in second.text


def test_a_report_is_taken_after_closing(served: Served) -> None:
    path = written(served)
    served.now = after(days=400)

    assert served.client().post(f"{path}/report", data={"reason": "inappropriate"}).status_code == 303


def test_registration_confirmation_and_log_in(served: Served) -> None:
    client = served.client()
    answer = client.post(
        f"{served.site}/register", data={"email": "new@mail.example", "name": "saltmarsh", "password": PASSWORD}
    )
    assert answer.status_code == 303, answer.text
    served.pass_time(seconds=1)
    confirming = served.mailbox.link("/confirm/")

    assert client.get(confirming).status_code == 200
    assert client.post(confirming).status_code == 303
    entered = client.post(f"{served.site}/log-in", data={"email": "NEW@mail.example", "password": PASSWORD})

    assert entered.status_code == 303, entered.text
    assert "saltmarsh" in client.get(f"{served.site}/account").text
    assert client.post(confirming).status_code == 409  # a letter's link serves once


def test_a_wrong_password_says_no_more_than_that(served: Served) -> None:
    email = served.set_password(served.setting.reader)
    client = served.client()

    wrong = client.post(f"{served.site}/log-in", data={"email": email, "password": "something else"})
    unknown = client.post(f"{served.site}/log-in", data={"email": "nobody@mail.example", "password": "something else"})

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace(email, "") == unknown.text.replace("nobody@mail.example", "")


def test_a_log_in_leads_back_only_to_us(served: Served) -> None:
    email = served.set_password(served.setting.reader)
    client = served.client()

    answer = client.post(
        f"{served.site}/log-in", data={"email": email, "password": PASSWORD, "to": "//elsewhere.example/"}
    )

    assert answer.headers["Location"].startswith(served.site)


def test_a_forgotten_password_is_reset_and_ends_all_sessions(served: Served) -> None:
    email = served.set_password(served.setting.reader)
    elsewhere = served.client(served.setting.reader)
    client = served.client()
    client.post(f"{served.site}/forgot", data={"email": email})
    served.pass_time(seconds=1)
    link = served.mailbox.link("/reset/")
    assert client.get(link).status_code == 200

    guessed = client.post(link, data={"password": email.partition("@")[0] + "-2026"})
    assert guessed.status_code == 422  # made of the address; the link is not spent by it

    answer = client.post(link, data={"password": "another ferry, a later one"})

    assert answer.status_code == 303, answer.text
    assert elsewhere.get(f"{served.site}/account").status_code == 303  # to the log-in
    entered = client.post(f"{served.site}/log-in", data={"email": email, "password": "another ferry, a later one"})
    assert entered.status_code == 303


@pytest.mark.parametrize("path", ["desk", "desk/stories", "desk/log"])
def test_readers_do_not_come_to_the_desk(served: Served, path: str) -> None:
    assert served.client(served.setting.reader).get(f"{served.site}/{path}").status_code == 403
    assert served.client().get(f"{served.site}/{path}").status_code == 303


@pytest.mark.parametrize("path", ["desk", "desk/stories", "desk/log"])
def test_editors_do(served: Served, path: str) -> None:
    comment = written(served)
    served.client().post(f"{comment}/report", data={"reason": "irrelevant"})

    answer = served.client(served.setting.editor).get(f"{served.site}/{path}")

    assert answer.status_code == 200, answer.text


def test_a_decision_is_undone_with_its_letter(served: Served) -> None:
    path = written(served)
    desk = served.client(served.setting.editor)
    card = f"{served.site}/desk{path.removeprefix(served.site)}"
    decided = desk.post(f"{card}/decide", data={"outcome": "reject", "reason": "hate", "revision": "1"})
    done = re.search(r"done=([0-9a-f-]+)", decided.headers["Location"])
    assert done is not None
    assert desk.get(decided.headers["Location"]).status_code == 200
    assert "I counted nine" not in served.client().get(served.story).text

    undone = desk.post(f"{served.site}/desk/decisions/{done[1]}/undo")
    served.pass_time(minutes=5)

    assert undone.status_code == 303, undone.text
    assert "I counted nine" in served.client().get(served.story).text
    assert served.mailbox.letters == []
    assert desk.get(card).status_code == 200


def test_an_editor_closes_reopens_withdraws_and_restores(served: Served) -> None:
    written(served)
    desk, reader = served.client(served.setting.editor), served.client(served.setting.reader)
    controls = f"{served.site}/desk/stories/{served.setting.story.slug}"
    assert desk.get(controls).status_code == 200

    def post() -> int:
        served.now = after(hours=3, minutes=len(str(served.now)))
        return reader.post(f"{served.story}/comments", data={"text": f"Posted at {served.now}."}).status_code

    closed = desk.post(f"{controls}/close")
    assert closed.status_code == 303
    assert "The discussion is closed." in desk.get(closed.headers["Location"]).text
    assert post() == 409
    assert desk.post(f"{controls}/reopen", data={"days": "3"}).status_code == 303
    assert post() == 303
    assert desk.post(f"{controls}/withdraw").status_code == 303
    assert "I counted nine" not in served.client().get(served.story).text
    assert desk.post(f"{controls}/restore").status_code == 303
    assert "I counted nine" in served.client().get(served.story).text


def test_a_ban_holds_and_is_lifted(served: Served) -> None:
    desk, reader = served.client(served.setting.editor), served.client(served.setting.reader)
    person = f"{served.site}/desk/people/{served.setting.reader.id}"
    assert desk.get(person).status_code == 200

    assert (
        desk.post(
            f"{person}/ban", data={"days": "7", "reason": "advertising", "words": "Tyres.", "seen": "0"}
        ).status_code
        == 303
    )
    refused = reader.post(f"{served.story}/comments", data={"text": "Let me in."})
    assert (refused.status_code, "Tyres." in refused.text) == (403, True)
    assert desk.post(f"{person}/unban").status_code == 303
    assert reader.post(f"{served.story}/comments", data={"text": "Let me in."}).status_code == 303


def test_a_late_approval_is_found_by_a_cursor_taken_before_it(served: Served) -> None:
    setting = served.setting
    held = served.database.write(
        lambda w: a_comment(
            w, setting.story, setting.reader, "See https://a.example https://b.example https://c.example"
        )
    ).result()
    assert held.comment.status is Status.PENDING
    written(served)
    last = served.database.read(lambda r: entries.flat(r, setting.site.seq, setting.story.seq)).result()[-1]
    cursor = last.comment.publish_seq

    served.client(setting.editor).post(
        f"{served.site}/desk/comments/{held.comment.id}/decide", data={"outcome": "approve", "revision": "1"}
    )

    after_cursor = served.client().get(f"{served.story}?view=flat&after={cursor}")
    assert "a.example" in after_cursor.text
    approved = served.database.read(lambda r: comments.by_id(r, setting.site.seq, held.comment.id)).result()
    assert approved.status is Status.PUBLISHED


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 40, "1'", "%00"])
def test_a_bad_cursor_is_told_as_such(served: Served, cursor: str) -> None:
    assert served.client().get(f"{served.story}?after={cursor}").status_code == 422


def test_a_problems_type_leads_to_what_it_means(served: Served) -> None:
    client = served.client()
    problem = client.get("/api/v1/sites/nowhere/stories").json()

    meant = client.get(problem["type"])

    assert (meant.status_code, problem["detail"] in meant.text) == (200, True)
    assert "… seconds" in client.get("/docs/problems/too-fast").text
    assert client.get("/docs/problems/nothing").status_code == 404


@pytest.mark.parametrize("broken", [sqlite3.OperationalError("database or disk is full"), Unreachable("gone")])
def test_a_full_disk_loses_no_text(served: Served, monkeypatch: pytest.MonkeyPatch, broken: Exception) -> None:
    def fail(_change: object) -> object:
        raise broken

    client = served.client(served.setting.reader)
    monkeypatch.setattr(served.database, "write", fail)

    answer = client.post(f"{served.story}/comments", data={"text": "Written while the disk was full."})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Written while the disk was full." in answer.text


def test_a_database_that_is_gone_loses_no_text(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_ask: object) -> object:
        raise Unreachable("gone")

    client = served.client(served.setting.reader)
    monkeypatch.setattr(served.database, "read", fail)
    monkeypatch.setattr(served.database, "write", fail)

    answer = client.post(f"{served.story}/comments", data={"text": "Written into the void."})

    assert answer.status_code == 503
    assert "Written into the void." in answer.text
    assert client.get(served.story).status_code == 503


def test_a_mistake_of_ours_loses_no_text(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_change: object) -> object:
        raise RuntimeError("a slip")

    client = served.client(served.setting.reader)
    monkeypatch.setattr(served.database, "write", fail)

    answer = client.post(f"{served.story}/comments", data={"text": "Written before the slip."})

    assert answer.status_code == 500
    assert "Written before the slip." in answer.text
    assert "a slip" not in answer.text
