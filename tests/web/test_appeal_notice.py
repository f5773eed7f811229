"""Appealing a refused notice over HTTP: from its receipt, without an account; what the desk shows; and by the API."""

from uuid import uuid4

import httpx
from tests.actions.test_appeal_notice import refused
from tests.actions.test_hear_appeal import Hearings
from tests.makers import an_editor
from tests.serving import Served
from tests.web.api import SITE, Api
from tests.web.test_notices import desk_path, filed, posted

from rejoinder.actions.appeal import AppealDecision, appeal_decision
from rejoinder.actions.change_texts import change_texts
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome
from rejoinder.store import appeals, notices
from rejoinder.store.database import Database


def left(served: Served, comment: Comment) -> str:
    """The path of the receipt of a notice that was refused."""
    receipt = filed(served, comment)
    desk = served.client(served.setting.editor)
    sent = {"outcome": "left", "revision": "1", "answer": "It is an opinion."}
    assert desk.post(desk_path(served, comment), data=sent).status_code == 303
    return receipt


def of(served: Served, comment: Comment) -> str:
    """The notice's id, as its receipt's form sends it."""
    return str(served.setting.read(lambda r: notices.of_comment(r, served.setting.site.seq, comment.seq))[-1].id)


def ask(served: Served, receipt: str, **sent: str) -> httpx.Response:
    return served.client().post(f"{receipt}/appeal", data=sent)


def test_the_receipt_takes_an_appeal_once_and_says_what_becomes_of_it(served: Served) -> None:
    comment = posted(served)
    receipt = left(served, comment)
    notice, reader = of(served, comment), served.client()
    assert "You can appeal once, until" in reader.get(receipt).text

    answers = [ask(served, receipt, notice=notice, text="It states a fact.") for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    page = reader.get(receipt).text
    assert "It is with the editors since" in page
    assert "It states a fact." in page
    assert "You can appeal once" not in page
    other = ask(served, receipt, notice=notice, text="And another thing.")
    assert other.status_code == 409
    assert "It can be appealed once." in other.text
    assert "And another thing." in other.text


def test_what_cannot_be_taken_is_given_back(served: Served) -> None:
    comment = posted(served)
    receipt = left(served, comment)
    notice = of(served, comment)

    long = ask(served, receipt, notice=notice, text="x" * 2001)

    assert long.status_code == 422
    assert "x" * 2001 in long.text
    assert 'role="alert"' in long.text
    for stranger in ("nonsense", str(uuid4()), ""):
        assert ask(served, receipt, notice=stranger, text="?").status_code == 404
    assert ask(served, f"{served.site}/notices/nobodys", notice=notice).status_code == 404


def test_a_notice_that_waits_has_no_form(served: Served) -> None:
    comment = posted(served)
    receipt = filed(served, comment)

    assert "You can appeal once" not in served.client().get(receipt).text
    assert ask(served, receipt, notice=of(served, comment)).status_code == 409


def test_the_sites_words_on_redress_stand_below(served: Served) -> None:
    setting = served.setting
    told = "You can also ask the press council at Quay Street."
    setting.write(lambda w: change_texts(w, setting.site.seq, {"redress": told}, now=served.now))

    assert told in served.client().get(left(served, posted(served))).text


def test_the_desk_hears_it_with_the_notice_and_the_queue_leads_there(served: Served) -> None:
    setting = served.setting
    other = setting.write(lambda w: an_editor(w, setting.site, "M. Penrose"))
    comment = posted(served)
    receipt = left(served, comment)
    ask(served, receipt, notice=of(served, comment), text="It states a fact.")
    [made] = setting.read(lambda r: appeals.waiting(r, setting.site.seq))
    path, desk = f"{served.site}/desk/appeals/{made.id}", served.client(other)

    for queue in ("appeals", "all"):
        page = desk.get(f"{served.site}/desk?queue={queue}").text
        assert "Appeal by who gave notice" in page
        assert path in page
    assert "Somebody who gave notice of it appeals" in desk.get(f"{served.site}/desk/appeals").text
    hearing = desk.get(path).text
    assert "Who gave notice appeals" in hearing
    assert "It is false." in hearing
    assert "A false claim that damages somebody" in hearing
    sent = {"outcome": "granted", "revision": "1", "reason": "defamation", "answer": "So it does."}
    assert desk.post(f"{path}/hear", data=sent).status_code == 303
    assert "Granted by <bdi>M. Penrose</bdi>." in desk.get(path).text
    served.pass_time(minutes=1)

    page = served.client().get(receipt).text
    assert "removed it as against the law" in page
    assert "and granted." in page
    letter = [each for each in served.mailbox.letters if each.to == "ida@mail.example"][-1]
    assert "You were right to give notice of it" in " ".join(letter.text.split())


def test_the_card_of_the_writers_appeal_leads_to_its_hearing(served: Served) -> None:
    setting = served.setting
    decision = setting.decide(setting.post(), Outcome.REJECT)
    order = AppealDecision(site_seq=setting.site.seq, decision_id=decision.id)
    made = setting.write(lambda w: appeal_decision(w, order, now=served.now))

    page = served.client(setting.editor).get(f"{served.site}/desk?queue=appeals").text

    assert "Appeal by the writer" in page
    assert f"{served.site}/desk/appeals/{made.id}" in page


def test_the_api_takes_it_and_shows_it(database: Database) -> None:
    desk = Hearings(database)
    notice = refused(desk, desk.post())
    address = f"{SITE}/notices/receipt of {notice.filing}"

    with Api(desk) as api:
        [told] = api.get(address).json()["comments"]
        sent = {"notice": told["id"], "text": "It states a fact."}
        made = api.post(f"{address}/appeal", json=sent)
        same = api.post(f"{address}/appeal", json=sent)
        other = api.post(f"{address}/appeal", json=sent | {"text": "And another thing."})
        [after] = api.get(address).json()["comments"]
        wrong = api.post(f"{address}/appeal", json={"notice": str(uuid4())})
        api.log_in(desk.other)
        [at_desk] = api.get(f"{SITE}/desk/appeals").json()["appeals"]

    assert (told["appeal"], told["appeal_until"][:10]) == (None, "2027-05-17")
    assert (made.status_code, same.json()) == (201, made.json())
    assert (other.status_code, other.json()["code"]) == (409, "already-appealed")
    assert (after["appeal"], after["appeal_until"]) == (made.json(), None)
    assert (wrong.status_code, wrong.json()["code"]) == (404, "unknown-notice")
    assert at_desk["by"] == "notifier"
