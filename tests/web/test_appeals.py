"""The other side of a decision over HTTP: its page by a letter's link, appealing without an account, hearing at the
desk; and what scanners, strangers and forgers get.
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from tests.makers import NOON, Setting, a_commenter, a_flag, after, an_editor
from tests.serving import SECRET, Served

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.change_texts import change_texts
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.identity.tokens import decision_key
from rejoinder.store import appeals, cases, comments, decisions
from rejoinder.store.cases import CaseKind


@pytest.fixture
def other(served: Served) -> Commenter:
    return served.setting.write(lambda w: an_editor(w, served.setting.site, "M. Penrose"))


def rejected(served: Served, text: str = "Bought and paid for, all of you.") -> tuple[Comment, Decision]:
    comment = served.setting.post(text)
    return comment, served.setting.decide(comment, Outcome.REJECT, reason="personal-attack", note="Not like this.")


def link(served: Served) -> str:
    """The way to the decision in the letter that has just gone."""
    served.pass_time(minutes=1)
    return served.mailbox.link("/decisions/")


def waiting(setting: Setting) -> int:
    return setting.read(lambda r: cases.counts(r, setting.site.seq)).get(CaseKind.APPEAL, 0)


def hearing_of(served: Served) -> str:
    [appeal] = served.setting.read(lambda r: appeals.waiting(r, served.setting.site.seq))
    return f"{served.site}/desk/appeals/{appeal.id}"


def test_the_letters_link_shows_the_decision_without_an_account(served: Served) -> None:
    rejected(served)

    page = served.client().get(link(served))

    assert page.status_code == 200
    for told in ("Your comment was removed", "attacks a person", "Not like this.", "Bought and paid", "an editor"):
        assert told in page.text
    assert "noindex" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "R. Teague" not in page.text


def test_a_mail_scanner_that_follows_links_changes_nothing(served: Served) -> None:
    rejected(served)
    path = link(served)

    for asked in (path, f"{path}/appeal"):
        served.client().get(asked)
        served.client().head(asked)

    assert waiting(served.setting) == 0
    assert served.client().get(f"{path}/appeal").status_code == 405


def test_an_appeal_from_the_letter_is_made_once_and_shown(served: Served) -> None:
    rejected(served)
    path = link(served)
    client = served.client()

    for _ in range(2):
        sent = client.post(f"{path}/appeal", data={"text": "I meant the harbour board."})
        assert (sent.status_code, sent.headers["Location"]) == (303, path)
    page = client.get(path).text
    again = client.post(f"{path}/appeal", data={"text": "And one more thing."})

    assert "I meant the harbour board." in page
    assert "with the editors since" in page
    assert "<form" not in page.partition("<main")[2]
    assert again.status_code == 409
    assert "And one more thing." in again.text
    assert waiting(served.setting) == 1


def test_a_foreign_page_cannot_appeal(served: Served) -> None:
    rejected(served)
    path = link(served)

    sent = served.client().post(
        f"{path}/appeal", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"}
    )

    assert sent.status_code == 403
    assert waiting(served.setting) == 0


@pytest.mark.parametrize(
    "key",
    ["x", "0" * 44, "é" * 44, "A" * 5000, "00000000-0000-7000-8000-000000000000", "%00", "=" * 44],
)
def test_a_forged_key_opens_nothing(served: Served, key: str) -> None:
    rejected(served)

    assert served.client().get(f"{served.site}/decisions/{key}").status_code in (303, 404)
    assert served.client().post(f"{served.site}/decisions/{key}/appeal").status_code in (401, 404)
    assert served.client(served.setting.reader).post(f"{served.site}/decisions/{key}/appeal").status_code == 404


def test_a_key_of_another_decision_secret_or_purpose_opens_nothing(served: Served) -> None:
    _, decision = rejected(served)
    good = decision_key(decision.id, SECRET)
    _, another = rejected(served, "Another one altogether.")

    for key in (
        decision_key(decision.id, "another secret that is long enough"),
        decision_key(another.id, SECRET)[:22] + good[22:],
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good.swapcase(),
    ):
        assert served.client().get(f"{served.site}/decisions/{key}").status_code == 404, key
    assert served.client().get(f"{served.site}/decisions/{good}").status_code == 200


def test_who_is_logged_in_sees_their_own_decisions_and_no_others(served: Served, other: Commenter) -> None:
    _, decision = rejected(served)
    stranger = served.setting.write(lambda w: a_commenter(w, served.setting.site, "saltmarsh"))
    path = f"{served.site}/decisions/{decision.id}"

    assert served.client().get(path).headers["Location"].startswith(f"{served.site}/log-in")
    for who in (stranger, other):
        assert served.client(who).get(path).status_code == 404
        assert served.client(who).post(f"{path}/appeal").status_code == 403
    mine = served.client(served.setting.reader)
    assert path in mine.get(f"{served.site}/decisions").text
    assert mine.get(path).status_code == 200
    assert mine.post(f"{path}/appeal", data={"text": "Please."}).status_code == 303
    assert path not in served.client(stranger).get(f"{served.site}/decisions").text


def test_too_late_is_said_with_the_text_given_back(served: Served) -> None:
    rejected(served)
    path = link(served)
    served.now = after(days=200)

    sent = served.client().post(f"{path}/appeal", data={"text": "I only read it now."})

    assert sent.status_code == 409
    assert "six months" in sent.text
    assert "I only read it now." in sent.text
    assert 'action="' not in served.client().get(path).text.partition("<main")[2]


def test_what_is_too_long_is_given_back(served: Served) -> None:
    rejected(served)
    path = link(served)

    sent = served.client().post(f"{path}/appeal", data={"text": "x" * 2001})

    assert sent.status_code == 422
    assert "x" * 2001 in sent.text


def test_the_words_that_held_it_are_marked(served: Served) -> None:
    setting = served.setting
    rules = {"suspect_words": ["sorry lot"]}
    setting.write(lambda w: change_site_rules(w, setting.site.seq, rules, by_seq=None, now=after(hours=1)))
    comment = setting.post("What a sorry lot you are.")
    assert comment.status is Status.PENDING
    setting.decide(comment, Outcome.REJECT)

    page = served.client().get(link(served)).text

    assert "Your comment was not published" in page
    assert "What a <mark>sorry lot</mark> you are." in page


def test_the_words_that_an_editor_named_are_marked(served: Served) -> None:
    comment = served.setting.post("The boat was late. Bought and paid for, all of you.")
    served.setting.decide(comment, Outcome.REJECT, words="bought and paid for\nall of you")

    page = served.client().get(link(served)).text

    assert "The boat was late. <mark>Bought and paid for</mark>, <mark>all of you</mark>." in page


def test_words_that_do_not_stand_in_the_comment_are_said_and_nothing_is_lost(served: Served) -> None:
    comment = served.setting.post("The boat was late.")
    desk = served.client(served.setting.editor)
    sent = {"outcome": "reject", "reason": "inappropriate", "revision": "1", "note": "Sorry.", "words": "the train"}

    answer = desk.post(f"{served.site}/desk/comments/{comment.id}/decide", data=sent)

    assert answer.status_code == 422
    assert "These words do not stand in the comment: “the train”." in answer.text
    assert re.search(r'name="words"[^>]*>\s*the train</textarea>', answer.text)
    assert re.search(r'name="note"[^>]*>\s*Sorry\.</textarea>', answer.text)
    assert served.setting.again(comment).status is Status.PUBLISHED


def test_what_the_system_hid_is_told_after_a_while_unless_an_editor_was_quicker(served: Served) -> None:
    setting = served.setting
    seen, unseen = setting.post(), setting.post()
    for comment in (seen, unseen):
        for device in range(3):
            setting.write(lambda w, c=comment, n=device: a_flag(w, c, device=n, now=served.now))  # type: ignore[misc] # the default binds the loop's value
    served.worker.run_due()
    assert served.mailbox.letters == []

    setting.decide(seen, Outcome.APPROVE)
    served.pass_time(minutes=1)

    told = [letter.subject for letter in served.mailbox.letters]
    assert len([each for each in told if "hidden for now" in each]) == 1
    page = served.client().get(served.mailbox.link("/decisions/")).text
    assert "automatically" in page
    assert "until an editor has read it" in page


def test_another_editor_hears_it_and_everything_is_back(served: Served, other: Commenter) -> None:
    comment, _ = rejected(served)
    path = link(served)
    served.client().post(f"{path}/appeal", data={"text": "I meant the harbour board."})
    where = hearing_of(served)
    who_decided, colleague = served.client(served.setting.editor), served.client(other)

    assert "a colleague hears the appeal" in who_decided.get(where).text
    refused = who_decided.post(f"{where}/hear", data={"outcome": "granted", "revision": "1"})
    assert refused.status_code == 403
    page = colleague.get(where).text
    assert "I meant the harbour board." in page
    assert "Bought and paid for" in page
    assert where in colleague.get(f"{served.site}/desk/appeals").text
    heard = colleague.post(f"{where}/hear", data={"outcome": "granted", "revision": "1", "answer": "So you did."})

    assert (heard.status_code, heard.headers["Location"]) == (303, where)
    assert served.setting.again(comment).status is Status.PUBLISHED
    served.pass_time(minutes=1)
    letter = served.mailbox.letters[-1]
    assert "was granted" in letter.subject
    assert "> So you did." in letter.text
    assert "This decision was taken back" in served.client().get(path).text


def test_a_hearing_is_undone_from_its_page(served: Served, other: Commenter) -> None:
    comment, _ = rejected(served)
    served.client().post(f"{link(served)}/appeal")
    where, colleague = hearing_of(served), served.client(other)
    before = len(served.mailbox.letters)

    for outcome in ("granted", "refused"):
        sent = colleague.post(f"{where}/hear", data={"outcome": outcome, "revision": "1", "answer": "Hm."})
        assert sent.status_code == 303
        assert f"{where}/undo" in colleague.get(where).text
        assert colleague.post(f"{where}/undo").status_code == 303
        assert waiting(served.setting) == 1
        assert served.setting.again(comment).status is Status.REMOVED
    served.pass_time(minutes=1)

    assert len(served.mailbox.letters) == before
    assert "Your answer" in colleague.get(where).text


def test_a_refusal_without_an_answer_comes_back_with_the_form(served: Served, other: Commenter) -> None:
    rejected(served)
    served.client().post(f"{link(served)}/appeal")
    where, colleague = hearing_of(served), served.client(other)

    sent = colleague.post(f"{where}/hear", data={"outcome": "refused", "revision": "1", "answer": " "})

    assert sent.status_code == 422
    assert "say why the decision stays" in sent.text
    for bad in ({"outcome": "withdrawn", "revision": "1"}, {"outcome": "x", "revision": "1"}):
        assert colleague.post(f"{where}/hear", data=bad).status_code == 422
    for unread in ({"outcome": "granted", "revision": "7"}, {"outcome": "granted"}):
        assert colleague.post(f"{where}/hear", data=unread).status_code == 409
    assert waiting(served.setting) == 1


@pytest.mark.parametrize("path", ["/desk/appeals", "/desk/appeals/{id}", "/desk/appeals/{id}/hear"])
def test_only_staff_hear_appeals(served: Served, path: str) -> None:
    rejected(served)
    served.client().post(f"{link(served)}/appeal")
    address = hearing_of(served).removesuffix("/") if "{id}" in path else f"{served.site}/desk/appeals"
    asked = address + ("/hear" if path.endswith("hear") else "")

    def ask(client: httpx.Client) -> int:
        return (client.post(asked) if path.endswith("hear") else client.get(asked)).status_code

    assert ask(served.client()) == (401 if path.endswith("hear") else 303)
    assert ask(served.client(served.setting.reader)) == 403
    assert waiting(served.setting) == 1


def test_a_reporter_appeals_from_the_receipt_and_is_told(served: Served, other: Commenter) -> None:
    comment = served.setting.post("Somebody else's telephone number is 01632 960123.")
    sent = served.client().post(
        f"{served.site}/comments/{comment.id}/report", data={"reason": "irrelevant", "email": "mara@mail.example"}
    )
    receipt = sent.headers["Location"]
    served.setting.decide(comment, Outcome.APPROVE)
    served.pass_time(minutes=1)
    assert "appeal once" in served.mailbox.letters[-1].text
    assert f"{receipt}/appeal" in served.client().get(receipt).text

    for _ in range(2):
        assert served.client().post(f"{receipt}/appeal", data={"text": "It is mine."}).status_code == 303
    assert "It is mine." in served.client().get(receipt).text
    where, colleague = hearing_of(served), served.client(other)
    assert "It is mine." in colleague.get(where).text
    assert colleague.post(f"{where}/hear", data={"outcome": "granted", "revision": "1"}).status_code == 422
    done = colleague.post(
        f"{where}/hear", data={"outcome": "granted", "revision": "1", "reason": "private-information"}
    )
    assert done.status_code == 303, done.text
    served.pass_time(minutes=1)

    told = {letter.to: letter for letter in served.mailbox.letters[-2:]}
    assert "was granted" in told["mara@mail.example"].subject
    assert served.setting.again(comment).status is Status.REMOVED
    page = served.client().get(receipt).text
    assert "granted" in page
    assert "took the comment down" in page
    assert served.client().post(f"{receipt}x/appeal").status_code == 404


def test_the_sites_own_word_on_courts_is_told(served: Served) -> None:
    served.setting.write(
        lambda w: change_texts(
            w, served.setting.site.seq, {"redress": "Ask the Harbour Court within a year."}, now=NOON
        )
    )
    rejected(served)

    page = served.client().get(link(served))

    assert "Ask the Harbour Court within a year." in page.text
    assert "Ask the Harbour Court within a year." in served.mailbox.letters[-1].text


def test_the_only_editor_looks_afresh_on_a_later_day_and_says_so(served: Served) -> None:
    comment, _ = rejected(served)
    path = link(served)
    assert "Nobody else decides here" in served.client().get(path).text
    served.client().post(f"{path}/appeal")
    where = hearing_of(served)
    assert "afresh tomorrow" in served.client(served.setting.editor).get(where).text
    served.now += timedelta(days=1)

    editor = served.client(served.setting.editor)
    assert "your fresh look" in editor.get(where).text
    sent = editor.post(f"{where}/hear", data={"outcome": "refused", "revision": "1", "answer": "It still is one."})
    served.pass_time(minutes=1)

    assert sent.status_code == 303
    assert "afresh" in re.sub(r"\s+", " ", served.mailbox.letters[-1].text)
    assert "afresh" in served.client().get(path).text
    assert served.setting.again(comment).status is Status.REMOVED


def test_news_of_a_decision_leads_to_it(served: Served) -> None:
    _, decision = rejected(served)
    served.pass_time(minutes=1)
    client = served.client(served.setting.reader)
    [action] = re.findall(r'action="(/courier/notifications/[^"]+)"', client.get(f"{served.site}/notifications").text)

    opened = client.post(action)

    assert opened.headers["Location"] == f"{served.site}/decisions/{decision.id}"


def test_an_erased_comments_decision_shows_no_words(served: Served) -> None:
    comment, decision = rejected(served)
    path = link(served)
    served.setting.write(
        lambda w: w._cursor.execute(
            "UPDATE comments SET text = '', status = 'deleted' WHERE seq = ?", (comment.seq,)
        )  # as an erasure leaves it
    )

    page = served.client().get(path)

    assert page.status_code == 200
    assert "Bought and paid" not in page.text
    assert urlsplit(path).path == path
    assert served.setting.read(lambda r: decisions.by_id(r, 1, decision.id)).outcome is Outcome.REJECT
    assert served.setting.read(lambda r: comments.by_seq(r, 1, comment.seq)).text == ""


def test_ones_own_data_have_ones_appeals(served: Served) -> None:
    rejected(served)
    served.client().post(f"{link(served)}/appeal", data={"text": "I meant the harbour board."})

    record = served.client(served.setting.reader).get(f"{served.site}/account/data.json").json()
    page = served.client(served.setting.reader).get(f"{served.site}/account/data").text

    [appealed] = record["sites"][0]["appeals"]
    assert (appealed["what"]["text"], appealed["what"]["outcome"]) == ("I meant the harbour board.", None)
    assert "I meant the harbour board." in page


def test_hostile_words_stay_words_everywhere(served: Served, other: Commenter) -> None:
    rejected(served)
    path, hostile = link(served), "</textarea><script>x()</script>\u202e{{ 7 * 7 }}"
    served.client().post(f"{path}/appeal", data={"text": hostile})
    where, colleague = hearing_of(served), served.client(other)
    pages = [colleague.get(where).text, served.client().get(path).text]
    colleague.post(f"{where}/hear", data={"outcome": "refused", "revision": "1", "answer": hostile})
    pages += [colleague.get(where).text, served.client().get(path).text]
    served.pass_time(minutes=1)

    for text in (*pages, served.mailbox.letters[-1].html or ""):
        assert "<script>x" not in text
        assert "\u202e" not in text
        assert "{{ 7 * 7 }}" in text


def test_where_ones_own_comment_stood_is_the_way_to_the_decision(served: Served) -> None:
    rejected(served)
    way = f'href="{served.site}/decisions"'

    assert way in served.client(served.setting.reader).get(served.story).text
    assert way not in served.client(served.setting.editor).get(served.story).text
    assert way not in served.client().get(served.story).text
