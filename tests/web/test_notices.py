"""Notices and corrections through HTTP: who may, what is wrong with them, what the desk shows, what the API says."""

import html
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from tests.actions.test_corrections import a_correction
from tests.actions.test_notices import KEY
from tests.makers import Setting, a_comment, a_commenter, after
from tests.serving import Served
from tests.web.api import SITE, Api

from rejoinder.actions.change_flaggers import add_flagger
from rejoinder.discussion.comments import Comment
from rejoinder.store import ageing, corrections, notices, reporters
from rejoinder.store.database import Database
from rejoinder.web.options import Limits


def posted(served: Served) -> Comment:
    setting = served.setting
    return setting.write(lambda w: a_comment(w, setting.story, setting.reader, now=after(hours=1))).comment


def fields(served: Served, comment: Comment, **other: str) -> dict[str, str]:
    return {
        "kind": "defamation",
        "why": "It is false.",
        "addresses": f"{served.url}{served.site}/comments/{comment.id}",
        "name": "Ida Marsh",
        "email": "ida@mail.example",
        "good_faith": "1",
    } | other


def filed(served: Served, comment: Comment, **other: str) -> str:
    """The path of the receipt."""
    answer = served.client().post(f"{served.site}/notice", data=fields(served, comment, **other))
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def desk_path(served: Served, comment: Comment) -> str:
    found = served.setting.read(lambda r: notices.of_comment(r, served.setting.site.seq, comment.seq))
    return f"{served.site}/desk/notices/{found[-1].id}"


def test_the_form_opens_at_a_comment_at_an_address_and_empty(served: Served) -> None:
    comment = posted(served)
    reader = served.client()

    assert str(comment.id) in reader.get(f"{served.site}/comments/{comment.id}/notice").text
    assert "https://x.example/#c-1" in reader.get(f"{served.site}/notice?url=https://x.example/%23c-1").text
    assert reader.get(f"{served.site}/notice").status_code == 200
    assert f"{served.site}/notice" in reader.get(f"{served.site}/policy").text


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"kind": ""}, "Something in the form is missing"),
        ({"why": ""}, "Please say in your own words"),
        ({"addresses": "<b>no</b>"}, "&lt;b&gt;no&lt;/b&gt;"),
        ({"email": "nonsense"}, "This does not look like a mail address."),
        ({"email": ""}, "Please give your name and your mail address"),
        ({"good_faith": ""}, "Please confirm that you believe"),
        ({"key": "guessed"}, "This key is not one of a trusted flagger here."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(served: Served, other: dict[str, str], sentence: str) -> None:
    comment = posted(served)

    answer = served.client().post(f"{served.site}/notice", data=fields(served, comment, **other))

    assert answer.status_code in (403, 422)
    assert sentence in answer.text
    if "why" not in other:
        assert "It is false." in answer.text


def test_a_flood_of_notices_is_slowed(served: Served) -> None:
    served.application.state.options = replace(served.options, limits=Limits(reports=2))
    comment = posted(served)
    reader = served.client()

    notices_ = [reader.post(f"{served.site}/notice", data=fields(served, comment)).status_code for _each in range(3)]
    remarks = [reader.post(f"{served.story}/correct", data={"text": "Three."}).status_code for _each in range(3)]

    assert (notices_, remarks) == ([303, 303, 429], [303, 303, 429])


def test_only_the_receipt_shows_a_notice(served: Served) -> None:
    receipt = filed(served, posted(served))

    shown = served.client().get(receipt)

    assert "It is false." in shown.text
    assert shown.headers["cache-control"] == "private, no-store"
    assert served.client().get(receipt[:-1] + "x").status_code == 404


@pytest.mark.parametrize("what", ["notices", "corrections"])
def test_the_desk_is_for_staff(served: Served, what: str) -> None:
    comment = posted(served)
    filed(served, comment)
    path = desk_path(served, comment) if what == "notices" else f"{served.site}/desk/corrections/{comment.id}"
    reader = served.client(served.setting.reader)

    assert served.client().get(path).headers["location"].startswith(f"{served.site}/log-in")
    assert reader.get(path).status_code == 403
    assert reader.post(path, data={"outcome": "left", "revision": "1"}).status_code == 403


def test_hours_are_counted_down_at_the_desk_and_editors_have_a_letter_in_time(served: Served) -> None:
    comment = posted(served)
    filed(served, comment, kind="intimate-image")
    editor = served.client(served.setting.editor)
    assert ">in 2 days</time>" in editor.get(f"{served.site}/desk").text

    served.pass_time(hours=35, minutes=59)
    assert not any("due soon" in letter.subject for letter in served.mailbox.letters)
    served.pass_time(minutes=2)

    (letter,) = [each for each in served.mailbox.letters if "due soon" in each.subject]
    assert "12 hours are left" in letter.text
    assert served.mailbox.link("/desk/notices/") == desk_path(served, comment)
    assert ">in 12 hours</time>" in editor.get(desk_path(served, comment)).text
    served.pass_time(hours=13)
    assert "was due" in editor.get(desk_path(served, comment)).text


def test_an_answered_notice_needs_no_letter_to_editors(served: Served) -> None:
    comment = posted(served)
    filed(served, comment, kind="intimate-image")
    path = desk_path(served, comment)
    editor = served.client(served.setting.editor)

    editor.post(path, data={"outcome": "left", "revision": "1", "answer": "There is none."})
    served.pass_time(hours=40)

    assert not any("due soon" in letter.subject for letter in served.mailbox.letters)
    assert any("They have decided that the comment stands" in letter.text for letter in served.mailbox.letters)


def test_danger_shows_what_to_do_and_goes_on_the_record(served: Served) -> None:
    comment = posted(served)
    filed(served, comment, danger="1")
    path = desk_path(served, comment)
    editor = served.client(served.setting.editor)

    assert "Tell the police or the public prosecutor at once" in editor.get(path).text
    answer = editor.post(path, data={"outcome": "left", "revision": "1", "answer": "They are safe.", "told": "1"})

    assert answer.status_code == 303
    assert "Tell the police" not in editor.get(path).text


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"outcome": "burn", "revision": "1"}, 422),
        ({"outcome": "left", "revision": "x"}, 422),
        ({"outcome": "left", "revision": "2"}, 409),
        ({"outcome": "illegal", "revision": "1", "reason": "nonsense", "law": "a", "explanation": "b"}, 422),
        ({"outcome": "illegal", "revision": "1", "reason": "defamation"}, 422),
        ({"outcome": "gone", "revision": "1"}, 409),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_place(served: Served, sent: dict[str, str], status: int) -> None:
    comment = posted(served)
    filed(served, comment)

    answer = served.client(served.setting.editor).post(desk_path(served, comment), data=sent)

    assert answer.status_code == status
    assert "It is false." in answer.text


def test_a_reader_whose_reports_are_slowed_is_told_where_they_report(served: Served) -> None:
    setting = served.setting
    comment = posted(served)
    nuisance = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    until = served.now + timedelta(days=3)
    setting.write(lambda w: reporters.slow(w, setting.site.seq, nuisance.seq, until=until))
    path = f"{served.site}/comments/{comment.id}/report"

    assert "looked at after others" in served.client(nuisance).get(path).text
    assert "looked at after others" not in served.client(setting.reader).get(path).text
    served.now = until
    assert "looked at after others" not in served.client(nuisance).get(path).text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": ""}, "Please say in your own words"),
        ({"text": "x" * 5001}, "it can have at most 5,000"),
        ({"text": "No.", "email": "nonsense"}, "This does not look like a mail address."),
    ],
)
def test_a_correction_is_given_back_with_what_is_wrong_with_it(
    served: Served, sent: dict[str, str], sentence: str
) -> None:
    answer = served.client().post(f"{served.story}/correct", data=sent | {"quote": "four times a day"})

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert "four times a day</textarea>" in answer.text


def test_own_data_have_notices_and_corrections(served_on_either: Served) -> None:
    served = served_on_either
    comment = posted(served)
    writer = served.client(served.setting.editor)
    writer.post(f"{served.site}/notice", data=fields(served, comment))
    writer.post(f"{served.story}/correct", data={"text": "Three times."})

    (site,) = writer.get(f"{served.site}/account/data.json").json()["sites"]

    assert [each["what"]["why"] for each in site["notices"]] == ["It is false."]
    assert [each["what"]["text"] for each in site["corrections"]] == ["Three times."]
    assert "Three times." in writer.get(f"{served.site}/account/data").text


def test_a_correction_at_the_desk_says_all_that_came_with_it(served: Served) -> None:
    sent = served.client(served.setting.reader).post(
        f"{served.story}/correct",
        data={"quote": "The ferry will sail four times a day.", "text": "Three times.", "source": "The timetable."},
    )
    remark = served.setting.read(lambda r: corrections.by_seq(r, 1, 1))

    page = served.client(served.setting.editor).get(f"{served.site}/desk/corrections/{remark.id}").text
    case = html.unescape(page[page.index("<main") : page.index("</main>")])

    receipt = sent.headers["location"].rsplit("/", 1)[-1].partition("?")[0]
    for told in (
        served.setting.story.content.headline,
        "The words in the story",
        "The ferry will sail four times a day.",
        "The story has these words now.",
        "What is wrong with them",
        "Three times.",
        "The timetable.",
        "northquay",
        "2:00 pm",
        f'/corrections/{receipt}">{receipt}</a>',
    ):
        assert told in case, told


def test_a_correction_without_a_receipt_of_ours_shows_none(served: Served) -> None:
    remark = a_correction(served.setting)

    page = served.client(served.setting.editor).get(f"{served.site}/desk/corrections/{remark.id}").text

    assert "What is wrong with them" in page
    assert "Receipt" not in page


def test_a_corrections_answer_can_be_taken_back(served: Served) -> None:
    site, editor = served.setting.site.seq, served.client(served.setting.editor)
    served.client().post(f"{served.story}/correct", data={"text": "Three times.", "email": "ida@mail.example"})
    remark = served.setting.read(lambda r: corrections.by_seq(r, site, 1))
    path = f"{served.site}/desk/corrections/{remark.id}"
    assert editor.post(path, data={"outcome": "corrected", "version": "x"}).status_code == 422
    editor.post(path, data={"outcome": "corrected"})
    assert "The story was corrected on" in served.client().get(served.story).text

    assert editor.post(f"{path}/undo").status_code == 303
    served.pass_time(minutes=1)

    assert "The story was corrected on" not in served.client().get(served.story).text
    assert served.mailbox.letters == []
    assert editor.post(f"{path}/undo").status_code == 409


def test_names_and_addresses_go_some_time_after_the_answer(served_on_either: Served) -> None:
    served = served_on_either
    comment = posted(served)
    filed(served, comment)
    site = served.setting.site.seq
    editor = served.client(served.setting.editor)
    served.client().post(f"{served.story}/correct", data={"text": "Three times.", "email": "ida@mail.example"})
    remark = served.setting.read(lambda r: corrections.by_seq(r, site, 1))
    assert served.setting.write(lambda w: ageing.forget_marks(w, before=after(days=9))) == 0

    editor.post(desk_path(served, comment), data={"outcome": "left", "revision": "1", "answer": "It stands."})
    editor.post(f"{served.site}/desk/corrections/{remark.id}", data={"outcome": "declined"})
    assert served.setting.write(lambda w: ageing.forget_marks(w, before=after(days=9))) == 2

    (notice,) = served.setting.read(lambda r: notices.of_comment(r, site, comment.seq))
    assert (notice.name, notice.email, notice.answer) == ("", None, "It stands.")
    assert served.setting.read(lambda r: corrections.by_seq(r, site, 1)).email is None


def a_body(comment: Comment, **other: Any) -> dict[str, Any]:
    return {
        "kind": "threat",
        "why": "It threatens me.",
        "addresses": [f"https://www.courier.example/ferry#c-{comment.id}"],
        "name": "Ida Marsh",
        "email": "ida@mail.example",
        "good_faith": True,
    } | other


def test_the_api_takes_notices_and_says_what_became_of_them(database: Database) -> None:
    setting = Setting(database)
    setting.write(lambda w: add_flagger(w, setting.site.seq, "The Helpline", key=KEY, now=after()))
    comment = setting.post()

    with Api(setting) as api:
        sent = api.post(f"{SITE}/notices", json=a_body(comment), headers={"Trusted-Flagger": KEY})
        again = api.get(f"{SITE}/notices/{sent.json()['receipt']}")
        refused = api.post(f"{SITE}/notices", json=a_body(comment), headers={"Trusted-Flagger": "no"})
        unknown = api.get(f"{SITE}/notices/nothing")

    assert (sent.status_code, again.json()) == (201, sent.json())
    assert sent.json()["trusted_flagger"] == "The Helpline"
    assert [each["outcome"] for each in sent.json()["comments"]] == [None]
    assert (refused.status_code, refused.json()["code"]) == (403, "unknown-flagger")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown-receipt")


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"kind": "rude"}, "invalid"),
        ({"why": " "}, "explanation-needed"),
        ({"addresses": []}, "not-our-comment"),
        ({"addresses": ["here"]}, "not-our-comment"),
        ({"name": ""}, "name-needed"),
        ({"email": "nonsense"}, "bad-address"),
        ({"good_faith": False}, "good-faith-needed"),
        ({"surprise": 1}, "invalid"),
    ],
)
def test_the_api_says_what_a_notice_lacks(database: Database, other: dict[str, Any], code: str) -> None:
    setting = Setting(database)
    comment = setting.post()

    with Api(setting) as api:
        answer = api.post(f"{SITE}/notices", json=a_body(comment, **other))

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_the_api_takes_corrections(database: Database) -> None:
    setting = Setting(database)
    path = f"{SITE}/stories/{setting.story.slug}/corrections"

    with Api(setting) as api:
        sent = api.post(path, json={"text": "Three times.", "email": "ida@mail.example"})
        again = api.get(f"{SITE}/corrections/{sent.json()['receipt']}")
        empty = api.post(path, json={"text": ""})
        nowhere = api.post(f"{SITE}/stories/none/corrections", json={"text": "Three times."})

    assert (sent.status_code, again.json()) == (201, sent.json())
    assert sent.json()["outcome"] is None
    assert (empty.json()["code"], nowhere.json()["code"]) == ("explanation-needed", "unknown-story")
