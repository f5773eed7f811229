"""Picks at the desk: candidates, writers asked by mail, and the letters page of those who said yes."""

import re
from concurrent.futures import wait

import pytest
from tests.makers import Setting, a_flag, after
from tests.serving import Served

from rejoinder.actions.pick_comment import pick_comment
from rejoinder.actions.print_consent import answer_consent, ask_consent
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import Invalid, NoAddress, NotAllowed, NotPublished, UnknownComment
from rejoinder.store import candidates, consents
from rejoinder.store.database import Database

LONG = "My grandmother took that boat in 1958 and the fare was 1 shilling. " * 3


def pick(setting: Setting, comment: Comment) -> None:
    setting.write(
        lambda w: pick_comment(w, comment.site_seq, comment.id, by_seq=setting.editor.seq, now=after(hours=1))
    )


def ask(setting: Setting, comment: Comment) -> None:
    setting.write(lambda w: ask_consent(w, comment.site_seq, comment.id, by_seq=setting.editor.seq, now=after(hours=1)))


def question(served: Served, comment: Comment) -> str:
    """The path of the question, from the letter."""
    pick(served.setting, comment)
    ask(served.setting, comment)
    served.worker.run_due()
    return served.mailbox.link("/consent/")


def test_candidates_are_long_published_and_not_reported(either_database: Database) -> None:
    setting = Setting(either_database)
    good = setting.post(LONG)
    setting.post("Short.")
    reported, removed, picked = (setting.post(f"{LONG} {n}") for n in range(3))
    setting.write(lambda w: a_flag(w, reported, device=1))
    setting.decide(removed, Outcome.REJECT)
    pick(setting, picked)
    setting.post(f"{LONG} from the paper", by=setting.editor)
    setting.post(f"{LONG} of last week", now=after(days=-7))

    found = setting.read(lambda r: candidates.candidates(r, setting.site.seq, since=after(days=-1)))

    assert [(each.comment_seq, each.was_picked) for each in found] == [(good.seq, True)]


def test_the_desk_proposes_with_reasons_and_picks(served: Served) -> None:
    comment = served.setting.post(LONG)
    editor = served.client(served.setting.editor)
    page = editor.get(f"{served.site}/desk/picks").text
    assert LONG.strip() in page
    assert "Gives figures" in page

    answer = editor.post(
        f"{served.site}/comments/{comment.id}".replace("/comments", "/desk/comments") + "/pick",
        data={"to": "picks", "pick_note": "The figure we missed."},
    )

    assert (answer.status_code, answer.headers["location"]) == (303, f"{served.site}/desk/picks")
    after_it = editor.get(f"{served.site}/desk/picks").text
    assert "Ask whether it may be printed" in after_it
    assert "The figure we missed." in after_it
    assert "Nothing in these days stands out." in after_it


def test_a_writer_is_asked_by_letter_and_says_yes_without_an_account(served: Served) -> None:
    comment = served.setting.post(LONG)
    path = question(served, comment)
    nobody = served.client()

    page = nobody.get(path)
    assert page.status_code == 200
    assert served.setting.read(lambda r: consents.of_comment(r, comment)).is_given is None  # type: ignore[union-attr] # asked

    answer = nobody.post(path, data={"answer": "yes", "signed_as": "Ruth E.,  Lower Quay"})

    assert answer.status_code == 303
    assert "signed “" in nobody.get(path).text
    printed = served.client(served.setting.editor).get(f"{served.site}/desk/letters-page/json").json()
    assert [(letter["signed_as"], letter["text"]) for letter in printed["letters"]] == [
        ("Ruth E., Lower Quay", comment.text)
    ]


def test_who_says_no_or_nothing_is_not_printed(served: Served) -> None:
    asked, refused = served.setting.post(LONG), served.setting.post(f"{LONG} And back.")
    question(served, asked)
    path = question(served, refused)
    client = served.client()
    client.post(path, data={"answer": "yes", "signed_as": "Ruth"})
    client.post(path, data={"answer": "no"})
    editor = served.client(served.setting.editor)

    assert "We will not print it" in client.get(path).text
    assert editor.get(f"{served.site}/desk/letters-page/json").json()["letters"] == []
    page = editor.get(f"{served.site}/desk/picks").text
    assert "not to be printed" in page
    assert "the writer has been asked" in page


def test_what_was_removed_since_is_not_printed(served: Served) -> None:
    comment = served.setting.post(LONG)
    path = question(served, comment)
    served.client().post(path, data={"answer": "yes", "signed_as": "Ruth"})
    served.setting.decide(comment, Outcome.REJECT)

    editor = served.client(served.setting.editor)
    for kind in ("html", "md", "json"):
        answer = editor.get(f"{served.site}/desk/letters-page/{kind}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        assert "grandmother" not in answer.text


def test_a_second_question_sends_no_second_letter(served: Served) -> None:
    comment = served.setting.post(LONG)
    question(served, comment)
    ask(served.setting, comment)
    served.worker.run_due()

    assert len([letter for letter in served.mailbox.letters if "print" in letter.subject]) == 1


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"answer": "yes", "signed_as": " "}, 422),
        ({"answer": "yes", "signed_as": "x" * 81}, 422),
        ({"answer": "perhaps", "signed_as": "Ruth"}, 422),
        ({}, 422),
    ],
)
def test_an_answer_that_is_none_is_refused_and_nothing_kept(served: Served, data: dict[str, str], status: int) -> None:
    comment = served.setting.post(LONG)
    path = question(served, comment)

    answer = served.client().post(path, data=data)

    assert answer.status_code == status
    consent = served.setting.read(lambda r: consents.of_comment(r, comment))
    assert consent is not None
    assert consent.is_given is None


def test_a_link_that_is_not_ours_shows_and_does_nothing(served: Served) -> None:
    comment = served.setting.post(LONG)
    path = question(served, comment)
    foreign = re.sub(r"[^/]+$", lambda token: token.group()[:-4] + "AAAA", path)
    client = served.client()

    for forged in (foreign, f"{served.site}/consent/nonsense"):
        assert client.get(forged).status_code == 409
        assert client.post(forged, data={"answer": "yes", "signed_as": "me"}).status_code == 409


def test_who_cannot_be_asked_is_said(either_database: Database) -> None:
    setting = Setting(either_database)
    removed = setting.post(LONG)
    setting.decide(removed, Outcome.REJECT)
    fine = setting.post(f"{LONG} Again.")

    with pytest.raises(NotPublished):
        ask(setting, removed)
    with pytest.raises(NotAllowed):
        setting.write(lambda w: ask_consent(w, fine.site_seq, fine.id, by_seq=setting.reader.seq, now=after(hours=1)))
    with pytest.raises(UnknownComment):
        setting.write(lambda w: answer_consent(w, fine.site_seq, fine.id, yes=True, signed_as="me", now=after(hours=1)))
    ask(setting, fine)
    with pytest.raises(Invalid):
        setting.write(lambda w: answer_consent(w, fine.site_seq, fine.id, yes=True, signed_as="", now=after(hours=1)))


def test_a_name_without_an_account_cannot_be_asked(either_database: Database) -> None:
    from rejoinder.store import commenters  # noqa: PLC0415 - this test's own

    setting = Setting(either_database)
    imported = setting.write(
        lambda w: commenters.add(
            w, setting.site.seq, name="old", name_key="old", account_seq=None, role="reader", now=after()
        )
    )
    comment = setting.post(LONG, by=imported)

    with pytest.raises(NoAddress):
        ask(setting, comment)


def test_sixteen_editors_who_ask_at_once_send_one_letter(either_database: Database) -> None:
    setting = Setting(either_database)
    comment = setting.post(LONG)

    futures = [
        either_database.write(
            lambda w: ask_consent(w, comment.site_seq, comment.id, by_seq=setting.editor.seq, now=after(hours=1))
        )
        for _ in range(16)
    ]
    wait(futures, timeout=60)

    assert all(future.exception() is None for future in futures)
    assert setting.letters(at=after(hours=2)).count(("consent", f"commenter:{setting.reader.seq}")) == 1


@pytest.mark.parametrize("days", ["0", "-1", "367", "soon", "1e3", "9" * 40])
def test_days_that_are_none_are_refused(served: Served, days: str) -> None:
    assert served.client(served.setting.editor).get(f"{served.site}/desk/picks?days={days}").status_code == 422


def test_an_unknown_kind_of_page_is_not_found(served: Served) -> None:
    assert served.client(served.setting.editor).get(f"{served.site}/desk/letters-page/pdf").status_code == 404
