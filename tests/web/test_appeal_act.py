"""Appealing what the editors did about somebody, over HTTP: from the letter without an account, from the account; the
queue, the hearing, the letters; and by the API.
"""

from typing import Any
from uuid import uuid4

import pytest
from tests.actions.test_appeal_act import People
from tests.makers import a_commenter, after, an_editor
from tests.serving import SECRET, Served
from tests.web.api import SECRET as API_SECRET
from tests.web.api import SITE, Api

from rejoinder.actions.act_on_person import Order
from rejoinder.actions.ban_commenter import ban_commenter
from rejoinder.actions.hold_commenter import hold_commenter
from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.person_acts import OnPerson
from rejoinder.identity.tokens import act_key, decision_key
from rejoinder.store import appeals
from rejoinder.store.database import Database


@pytest.fixture
def other(served: Served) -> Commenter:
    return served.setting.write(lambda w: an_editor(w, served.setting.site, "M. Penrose"))


def kept_out(served: Served, do: Any = ban_commenter, **known: Any) -> OnPerson:
    setting = served.setting
    order = Order(
        site_seq=setting.site.seq,
        commenter_id=setting.reader.id,
        by_seq=setting.editor.seq,
        reason="advertising",
        text="Three times the same shop.",
        **known,
    )
    done: OnPerson = setting.write(lambda w: do(w, order, now=served.now))
    return done


def link(served: Served) -> str:
    """The way to the act in the letter that has just gone."""
    served.pass_time(minutes=1)
    return served.mailbox.link("/acts/")


def hearing_of(served: Served) -> str:
    [appeal] = served.setting.read(lambda r: appeals.waiting(r, served.setting.site.seq))
    return f"{served.site}/desk/appeals/{appeal.id}"


def test_the_letters_link_takes_an_appeal_once_without_an_account(served: Served, other: Commenter) -> None:
    kept_out(served)
    path, client = link(served), served.client()
    page = client.get(path)
    for told in ("You cannot write any more", "Three times the same shop.", "You can appeal once, until", "noindex"):
        assert told in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "R. Teague" not in page.text

    answers = [client.post(f"{path}/appeal", data={"text": "It is my sister’s shop."}) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    shown = client.get(path).text
    assert "It is with the editors since" in shown
    assert "It is my sister’s shop." in shown
    again = client.post(f"{path}/appeal", data={"text": "And another thing."})
    assert again.status_code == 409
    assert "And another thing." in again.text
    assert other.name not in shown


def test_a_link_changes_nothing_and_a_forged_one_opens_nothing(served: Served) -> None:
    act = kept_out(served)
    path, client = link(served), served.client()

    assert client.get(f"{path}/appeal").status_code == 405
    for key in (path[:-3] + "abc", f"{served.site}/acts/{decision_key(act.id, SECRET)}", f"{served.site}/acts/x"):
        assert client.get(key).status_code == 404
        assert client.post(f"{key}/appeal", data={}).status_code == 404
    assert client.get(f"{served.site}/acts/{act.id}").status_code == 303
    assert served.setting.read(lambda r: appeals.waiting(r, served.setting.site.seq)) == []


def test_the_account_leads_to_it_and_nobody_elses(served: Served) -> None:
    act = kept_out(served, hold_commenter)
    stranger = served.setting.write(lambda w: a_commenter(w, served.setting.site, "saltmarsh"))
    path, reader = f"{served.site}/acts/{act.id}", served.client(served.setting.reader)

    assert path in reader.get(f"{served.site}/account/editors").text
    assert served.client(stranger).get(path).status_code == 404
    assert served.client(stranger).post(f"{path}/appeal", data={}).status_code == 403
    assert reader.post(f"{path}/appeal", data={"text": "x" * 2001}).status_code == 422
    assert reader.post(f"{path}/appeal", data={}).status_code == 303
    assert "Your appeal is with the editors" in reader.get(f"{served.site}/account/editors").text


def test_the_queue_shows_it_and_an_editor_grants_it(served: Served, other: Commenter) -> None:
    kept_out(served)
    path = link(served)
    served.client().post(f"{path}/appeal", data={"text": "It is my sister’s shop."})
    hearing, desk = hearing_of(served), served.client(other)

    for queue in ("appeals", "all"):
        page = desk.get(f"{served.site}/desk?queue={queue}").text
        assert "appeals against what was decided about their taking part" in page
        assert hearing in page
    assert hearing in desk.get(f"{served.site}/desk/appeals").text
    page = desk.get(hearing).text
    for told in ("It is my sister’s shop.", "Banned", "Three times the same shop.", "Grant: it is taken back"):
        assert told in page
    assert "a colleague hears the appeal" in served.client(served.setting.editor).get(hearing).text
    assert desk.post(f"{hearing}/hear", data={"outcome": "nonsense"}).status_code == 422
    assert desk.post(f"{hearing}/hear", data={"outcome": "granted", "answer": "So it is."}).status_code == 303
    assert "Granted by <bdi>M. Penrose</bdi>." in desk.get(hearing).text

    assert "can write again" not in served.mailbox.letters[-1].text
    served.pass_time(minutes=1)
    letter = served.mailbox.letters[-1]
    assert "was granted" in letter.subject
    assert "> So it is." in letter.text
    assert "and granted." in served.client().get(path).text
    served.setting.post(now=served.now)


def test_a_refusal_says_why_and_can_be_undone_for_a_while(served: Served, other: Commenter) -> None:
    kept_out(served, until=after(days=30))
    path = link(served)
    served.client().post(f"{path}/appeal", data={})
    hearing, desk = hearing_of(served), served.client(other)

    assert "say why the decision stays" in desk.post(f"{hearing}/hear", data={"outcome": "refused"}).text
    sent = {"outcome": "refused", "answer": "It was three times."}
    assert desk.post(f"{hearing}/hear", data=sent).status_code == 303
    assert desk.post(f"{hearing}/undo").status_code == 303
    assert "Your answer" in desk.get(hearing).text
    assert desk.post(f"{hearing}/hear", data=sent).status_code == 303
    served.pass_time(minutes=1)

    letter = served.mailbox.letters[-1]
    assert "was not granted" in letter.subject
    assert "> It was three times." in letter.text
    assert desk.post(f"{hearing}/undo").status_code == 409


def test_the_api_takes_and_hears_it(database: Database) -> None:
    people = People(database)
    act = people.act()
    address = f"{SITE}/acts/{act_key(act.id, API_SECRET)}"

    with Api(people) as api:
        told = api.get(address).json()
        made = api.post(f"{address}/appeal", json={"text": "No."})
        same = api.post(f"{address}/appeal", json={"text": "No."})
        other = api.post(f"{address}/appeal", json={"text": "And no."})
        after_ = api.get(address).json()
        refused = [api.get(f"{SITE}/acts/{key}").status_code for key in (act.id, uuid4(), "x")]
        api.log_in(people.other)
        [waiting] = api.get(f"{SITE}/desk/queue", params={"kind": "appeal"}).json()["cases"]
        [at_desk] = api.get(f"{SITE}/desk/appeals").json()["appeals"]
        sent = {"outcome": "granted", "revision": 0}
        heard = api.post(f"{SITE}/desk/appeals/{at_desk['id']}/hearing", json=sent).json()

    assert (told["act"], told["holds"], told["appeal"]) == ("ban", True, None)
    assert told["appeal_until"].startswith("2027-05-17")
    assert (made.status_code, same.json()) == (201, made.json())
    assert (other.status_code, other.json()["code"]) == (409, "already-appealed")
    assert (after_["appeal"], after_["appeal_until"]) == (made.json(), None)
    assert refused == [401, 401, 404]
    assert (waiting["comment"], waiting["headline"]) == (None, "")
    assert (at_desk["by"], at_desk["person"], at_desk["person_act"]["act"]) == ("person", "northquay", "ban")
    assert (at_desk["decision"], at_desk["comment"]) == (None, None)
    assert (heard["outcome"], heard["person_act"]["holds"]) == ("granted", False)
