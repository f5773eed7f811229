"""What is known of a reader, for that reader: to read, to take along, to correct, to leave."""

import json
from typing import Any

import pytest
from tests.makers import a_flag, after
from tests.serving import PASSWORD, Served

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.appeal_act import AppealAct, appeal_act
from rejoinder.actions.flag_comment import FlagComment, flag_comment
from rejoinder.actions.hold_commenter import hold_commenter
from rejoinder.actions.note_comment import note_commenter
from rejoinder.discussion.moderation import Outcome
from rejoinder.store import accounts, flags
from rejoinder.store.flags import Reporter


def email_of(served: Served) -> str:
    return served.set_password(served.setting.reader)


def record(served: Served) -> Any:
    answer = served.client(served.setting.reader).get(f"{served.site}/account/data.json")
    assert answer.headers["content-disposition"].startswith('attachment; filename="courier-')
    assert answer.headers["cache-control"] == "private, no-store"
    return json.loads(answer.content)


def test_everything_is_in_the_file(served: Served) -> None:
    setting, email = served.setting, email_of(served)
    removed = setting.post("Nine on Monday.")
    setting.decide(removed, Outcome.REJECT, reason="personal-attack", note="Careful with this one.")
    other = setting.post("Eleven on Tuesday.", by=setting.editor)
    setting.write(lambda w: a_flag(w, other, by=setting.reader, note="It is not about the ferry."))
    found = record(served)

    assert found["format"] == "rejoinder-person"
    assert found["account"]["email"] == email
    assert found["account"]["proofs"] == ["password"]
    (site,) = found["sites"]
    (comment,) = site["comments"]
    assert (comment["text"], comment["status"], comment["reason"]) == ("Nine on Monday.", "removed", "personal-attack")
    assert comment["decisions"][0]["statement"]["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
    assert site["reports"][0]["what"]["note"] == "It is not about the ferry."
    assert "Careful with this one." not in json.dumps(found)  # editors' notes to each other are not theirs


def test_what_editors_did_and_noted_about_somebody_is_theirs(served: Served) -> None:
    setting = served.setting
    email_of(served)
    order = Order(
        site_seq=1, commenter_id=setting.reader.id, by_seq=setting.editor.seq, reason="hate", until=after(days=9)
    )
    held = setting.write(lambda w: hold_commenter(w, order, now=after(hours=1)))
    appealed = AppealAct(site_seq=1, act_id=held.id, text="I was quoting the mayor.")
    setting.write(lambda w: appeal_act(w, appealed, now=after(hours=2)))
    for about, text in ((setting.reader, "Third time this week."), (setting.editor, "On holiday in May.")):
        setting.write(
            lambda w, about=about, text=text: note_commenter(  # type: ignore[misc] # binds the loop's values
                w, 1, about.id, text, by_seq=setting.editor.seq, now=after(hours=3)
            )
        )
    (site,) = record(served)["sites"]

    assert [each["what"] for each in site["notes"]] == [{"text": "Third time this week."}]
    (act,) = site["from_editors"]
    assert (act["what"]["act"], act["what"]["reason"]) == ("hold", "hate")
    assert act["what"]["statement"]["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert act["what"]["statement"]["language"] == "en"
    assert site["appeals"][0]["what"]["text"] == "I was quoting the mayor."
    assert site["standing"]["held_until"] == "2026-11-26T12:00:00Z"
    told = json.dumps(site)
    assert "On holiday in May." not in told
    assert "Teague" not in told
    page = served.client(setting.reader).get(f"{served.site}/account/data").text
    assert "What editors noted about you" in page
    assert "Third time this week." in page
    assert "Each new comment of this account waits until an editor has read it." in page
    assert "DECISION_PROVISION" not in page


def test_the_readable_page_says_the_same(served: Served) -> None:
    served.setting.post("Nine on Monday.")
    page = served.client(served.setting.reader).get(f"{served.site}/account/data").text

    assert "What we know of you" in page
    assert "Nine on Monday." in page
    assert "data.json" in page


@pytest.mark.parametrize("path", ["data", "data.json", "leave", "email"])
def test_nobody_elses_is_shown(served: Served, path: str) -> None:
    answer = served.client().get(f"{served.site}/account/{path}")

    assert answer.status_code == 303
    assert "/log-in" in answer.headers["location"]


def test_who_leaves_is_gone_with_the_texts(served: Served) -> None:
    email = email_of(served)
    comment = served.setting.post("Nine on Monday.")
    client = served.client(served.setting.reader)
    assert "What becomes of your comments?" in client.get(f"{served.site}/account/leave").text
    answer = client.post(f"{served.site}/account/leave", data={"texts": "go", "password": PASSWORD})
    served.pass_time(seconds=1)
    after = client.get(answer.headers["location"])

    assert answer.status_code == 303
    assert "Your account is closed" in after.text
    assert "Nine on Monday." not in served.client().get(served.story).text
    assert served.client().get(f"{served.site}/comments/{comment.id}").text.count("Nine on Monday") == 0
    assert served.mailbox.letters[-1].to == email
    log_in = served.client().post(f"{served.site}/log-in", data={"email": email, "password": PASSWORD})
    assert log_in.status_code == 401


def test_who_leaves_the_texts_leaves_no_name(served: Served) -> None:
    email_of(served)
    served.setting.post("Nine on Monday.")
    client = served.client(served.setting.reader)
    before = served.client().get(served.story).text
    client.post(f"{served.site}/account/leave", data={"texts": "stay", "password": PASSWORD})
    page = served.client().get(served.story).text

    assert "northquay" in before
    assert "northquay" not in page
    assert "Nine on Monday." in page
    assert "Former reader" in page


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"texts": "go", "password": "wrong"}, 401),
        ({"texts": "go"}, 401),
        ({"texts": "burn", "password": PASSWORD}, 422),
        ({"password": PASSWORD}, 422),
    ],
)
def test_a_slip_does_not_close_an_account(served: Served, sent: dict[str, str], status: int) -> None:
    email_of(served)
    served.setting.post("Nine on Monday.")
    client = served.client(served.setting.reader)

    assert client.post(f"{served.site}/account/leave", data=sent).status_code == status
    assert "northquay" in served.client().get(served.story).text
    assert client.get(f"{served.site}/account").status_code == 200


def test_staff_cannot_leave(served: Served) -> None:
    served.set_password(served.setting.editor)
    client = served.client(served.setting.editor)
    answer = client.post(f"{served.site}/account/leave", data={"texts": "go", "password": PASSWORD})

    assert answer.status_code == 409
    assert "give your role back first" in answer.text


def test_another_address_holds_when_its_letter_was_answered(served: Served) -> None:
    old = email_of(served)
    client = served.client(served.setting.reader)
    sent = client.post(f"{served.site}/account/email", data={"email": "new@reader.example", "password": PASSWORD})
    served.pass_time(seconds=1)
    link = served.mailbox.link("/new-address/")
    before = served.client().post(f"{served.site}/log-in", data={"email": old, "password": PASSWORD}).status_code
    pressed = served.client().post(link)
    served.pass_time(seconds=1)

    assert sent.headers["location"].endswith("/sent/email")
    assert served.mailbox.letters[0].to == "new@reader.example"
    assert before == 303
    assert pressed.status_code == 303
    assert "Your mail address is changed" in served.client().get(pressed.headers["location"]).text
    assert served.mailbox.letters[-1].to == old
    log_in = served.client().post(f"{served.site}/log-in", data={"email": "new@reader.example", "password": PASSWORD})
    assert log_in.status_code == 303
    assert served.client().post(link).status_code == 409  # it serves once


def test_a_link_that_is_old_or_not_ours_changes_nothing(served: Served) -> None:
    old = email_of(served)
    client = served.client(served.setting.reader)
    client.post(f"{served.site}/account/email", data={"email": "new@reader.example", "password": PASSWORD})
    served.pass_time(seconds=1)
    link = served.mailbox.link("/new-address/")
    forged = served.client().post(link[:-4] + "AAAA")
    served.pass_time(days=2)
    late = served.client().post(link)

    assert forged.status_code == late.status_code == 409
    account_seq = served.setting.reader.account_seq
    assert account_seq is not None
    assert served.setting.read(lambda r: accounts.by_seq(r, account_seq)).email == old


def test_an_address_that_somebody_has_is_not_told_to_others(served: Served) -> None:
    email_of(served)
    taken = served.set_password(served.setting.editor)
    client = served.client(served.setting.reader)
    answer = client.post(f"{served.site}/account/email", data={"email": taken, "password": PASSWORD})
    served.pass_time(seconds=1)

    assert answer.headers["location"].endswith("/sent/email")
    assert [(letter.to, "already" in letter.subject) for letter in served.mailbox.letters] == [(taken, True)]


def test_marks_of_persons_are_forgotten_with_time(served: Served) -> None:
    setting = served.setting
    comment = setting.post("Nine on Monday.")
    by = Reporter(device_hash=b"0123456789abcdef", email="reporter@reader.example")
    report = FlagComment(site_seq=setting.site.seq, comment_id=comment.id, reason="irrelevant", by=by)
    receipt = setting.write(lambda w: flag_comment(w, report, now=served.now)).receipt
    setting.decide(comment, Outcome.REJECT, reason="irrelevant")
    kept = setting.read(lambda r: flags.by_receipt(r, setting.site.seq, receipt)).email
    served.now = served.now.replace(year=served.now.year + 1)
    served.worker._tidied = None
    served.worker._tidy()

    assert kept == "reporter@reader.example"
    assert setting.read(lambda r: flags.by_receipt(r, setting.site.seq, receipt)).email is None


@pytest.mark.parametrize(("path", "sent"), [("leave", {"texts": "go"}), ("email", {"email": "new@reader.example"})])
def test_without_a_password_a_fresh_log_in_is_needed(served: Served, path: str, sent: dict[str, str]) -> None:
    """Or whoever finds a browser open could take the account over by an address of theirs."""
    client = served.client(served.setting.reader)
    served.pass_time(hours=2)
    answer = client.post(f"{served.site}/account/{path}", data=sent)

    assert answer.status_code == 403
    assert "Please log in once more." in answer.text
    assert served.mailbox.letters == []
    assert client.get(f"{served.site}/account").status_code == 200
