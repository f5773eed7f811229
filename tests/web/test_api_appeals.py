"""A decision and its appeal by the API: for the writer, and for whoever has a letter's key or a receipt."""

import pytest
from tests.makers import Setting, a_commenter, an_editor
from tests.web.api import SECRET, SITE, Api

from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Decision, Outcome
from rejoinder.identity.tokens import decision_key
from rejoinder.store.database import Database


@pytest.fixture
def setting(database: Database) -> Setting:
    return Setting(database)


def rejected(setting: Setting) -> tuple[Comment, Decision]:
    comment = setting.post("Bought and paid for, all of you.")
    return comment, setting.decide(comment, Outcome.REJECT, reason="personal-attack", note="Not like this.")


def test_a_letters_key_gives_the_decision_and_takes_an_appeal_once(setting: Setting) -> None:
    comment, decision = rejected(setting)
    address = f"{SITE}/decisions/{decision_key(decision.id, SECRET)}"

    with Api(setting) as api:
        told = api.get(address).json()
        made = api.post(f"{address}/appeal", json={"text": "I meant the harbour board."})
        same = api.post(f"{address}/appeal", json={"text": "I meant the harbour board."})
        other = api.post(f"{address}/appeal", json={"text": "And another thing."})
        after = api.get(address).json()

    assert (told["comment"], told["outcome"], told["reason"]) == (str(comment.id), "reject", "personal-attack")
    assert told["told"] == "It attacks a person instead of what they say."
    assert (told["text"], told["note"]) == ("Bought and paid for, all of you.", "Not like this.")
    assert (told["is_automatic"], told["holds"], told["appeal"]) == (False, "yes", None)
    assert told["appeal_until"].startswith("2027-05-17")
    assert (made.status_code, made.json()["outcome"]) == (201, None)
    assert same.json() == made.json()
    assert (other.status_code, other.json()["code"]) == (409, "already-appealed")
    assert after["appeal"] == made.json()
    assert after["appeal_until"] is None


def test_an_id_alone_is_for_the_writer(setting: Setting) -> None:
    _, decision = rejected(setting)
    stranger = setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh"))
    address = f"{SITE}/decisions/{decision.id}"

    with Api(setting) as api:
        assert api.get(address).status_code == 401
        assert api.post(f"{address}/appeal", json={}).status_code == 401
        assert api.log_in(stranger).get(address).status_code == 404
        assert api.post(f"{address}/appeal", json={}).json()["code"] == "not-yours"
        assert api.log_out().log_in(setting.reader).get(address).status_code == 200
        assert api.post(f"{address}/appeal", json={}).status_code == 201
        assert api.get(f"{SITE}/decisions/nonsense").json()["code"] == "unknown-decision"
        assert api.post(f"{address}/appeal", json={"words": "x"}).status_code == 422


def test_a_receipt_takes_an_appeal_against_a_refusal(setting: Setting) -> None:
    comment = setting.post()

    with Api(setting) as api:
        receipt = api.post(f"{SITE}/comments/{comment.id}/flags", json={"reason": "hate"}).json()["receipt"]
        address = f"{SITE}/receipts/{receipt}"
        too_soon = api.post(f"{address}/appeal", json={"text": "Look again."})
        setting.decide(comment, Outcome.APPROVE)
        may = api.get(address).json()
        made = api.post(f"{address}/appeal", json={"text": "Look again."})
        then = api.get(address).json()
        unknown = api.post(f"{address}x/appeal", json={})

    assert too_soon.json()["code"] == "nothing-to-appeal"
    assert (may["outcome"], may["appeal"]) == ("declined", None)
    assert may["appeal_until"] is not None
    assert made.status_code == 201
    assert (then["appeal"], then["appeal_until"]) == (made.json(), None)
    assert unknown.status_code == 404


def test_an_editor_hears_an_appeal_and_takes_it_back(setting: Setting) -> None:
    comment, decision = rejected(setting)
    other = setting.write(lambda w: an_editor(w, setting.site, "M. Penrose"))
    key = decision_key(decision.id, SECRET)

    with Api(setting) as api:
        made = api.post(f"{SITE}/decisions/{key}/appeal", json={"text": "I meant the board."}).json()
        address = f"{SITE}/desk/appeals/{made['id']}"
        assert api.get(f"{SITE}/desk/appeals").status_code == 401
        assert api.log_in(setting.reader).get(f"{SITE}/desk/appeals").status_code == 403
        refused = (
            api.log_out().log_in(setting.editor).post(f"{address}/hearing", json={"outcome": "granted", "revision": 1})
        )
        [waiting] = api.log_out().log_in(other).get(f"{SITE}/desk/appeals").json()["appeals"]
        heard = api.post(f"{address}/hearing", json={"outcome": "granted", "revision": 1, "answer": "So you did."})
        stands = setting.again(comment).status
        again = api.post(f"{address}/hearing", json={"outcome": "granted", "revision": 1})
        undone = api.post(f"{address}/undo")

    assert refused.json()["code"] == "heard-by-another"
    assert (waiting["by"], waiting["text"], waiting["decision"]["id"]) == (
        "writer",
        "I meant the board.",
        str(decision.id),
    )
    assert waiting["comment"]["text"] == "Bought and paid for, all of you."
    assert (heard.status_code, heard.json()["outcome"], stands) == (201, "granted", "published")
    assert again.json()["code"] == "already-heard"
    assert (undone.json()["outcome"], setting.again(comment).status) == (None, "removed")
