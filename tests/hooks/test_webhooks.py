"""A webhook hears what happens on its site: signed, with content, again where it did not answer."""

import msgspec
import pytest
from tests.hooks.receiver import Receiver
from tests.makers import NOON, a_flag, after
from tests.serving import Served

from rejoinder.actions.change_hooks import MOST, add_hook, end_hook
from rejoinder.actions.delete_comment import delete_comment
from rejoinder.discussion.hooks import Asking, Happening, Hook, Telling
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.refusals import BadHook, UnknownHook
from rejoinder.hooks.signing import new_secret
from rejoinder.store import hooks, jobs

SECRET = new_secret()


def a_webhook(served: Served, receiver: Receiver, *events: Happening) -> Hook:
    what = Telling(events=events or tuple(Happening))
    return served.setting.write(
        lambda w: add_hook(w, served.setting.site.seq, receiver.url, what, secret=SECRET, now=NOON)
    )


def test_everything_that_happens_is_told_with_its_content(served: Served, receiver: Receiver) -> None:
    a_webhook(served, receiver)
    comment = served.setting.post("The pier needs a lamp.")
    reply = served.setting.post("It had one.", parent_id=comment.id)
    served.worker.run_due()
    served.setting.write(lambda w: a_flag(w, comment, device=1))
    served.worker.run_due()
    served.setting.decide(comment, Outcome.REJECT)
    served.worker.run_due()

    told = receiver.bodies
    assert [each["type"] for each in told] == [
        "comment.posted",
        "comment.posted",
        "comment.reported",
        "comment.decided",
    ]
    assert told[0]["data"]["comment"]["text"] == "The pier needs a lamp."
    assert told[1]["data"]["parent"]["id"] == str(comment.id)
    assert told[1]["data"]["comment"]["id"] == str(reply.id)
    assert told[0]["data"]["story"]["headline"] == served.setting.story.content.headline
    assert told[2]["data"]["report"] == {"reason": "hate"}
    assert told[3]["data"]["decision"]["outcome"] == "reject"
    assert told[3]["data"]["comment"]["text"] is None, "what is gone is told without its words"
    assert receiver.is_signed(SECRET)
    assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 4


def test_only_what_it_wants_to_hear_is_told(served: Served, receiver: Receiver) -> None:
    a_webhook(served, receiver, Happening.DELETED)
    comment = served.setting.post("Gone in a minute.")
    served.setting.write(
        lambda w: delete_comment(
            w, comment.site_seq, comment.id, commenter_seq=served.setting.reader.seq, now=after(minutes=1)
        )
    )
    served.worker.run_due()

    assert [each["type"] for each in receiver.bodies] == ["comment.deleted"]
    assert "Gone in a minute" not in str(receiver.bodies)


def test_who_does_not_answer_is_told_again_under_the_same_id(served: Served, receiver: Receiver) -> None:
    a_webhook(served, receiver)
    receiver.answers = [500, 204]
    served.setting.post("Once is enough.")
    served.worker.run_due()
    served.pass_time(minutes=1)

    assert len(receiver.calls) == 2
    assert len({headers["webhook-id"] for headers, _ in receiver.calls}) == 1


def test_one_that_is_down_holds_up_no_other(served: Served, receiver: Receiver) -> None:
    a_webhook(served, receiver)
    served.setting.write(
        lambda w: add_hook(w, served.setting.site.seq, "http://127.0.0.1:1/", Telling(), secret=SECRET, now=NOON)
    )
    served.setting.post("To both of you.")
    served.worker.run_due()
    served.pass_time(hours=3)

    assert len(receiver.calls) == 1


def test_one_that_never_answers_is_given_up_and_said(served: Served, receiver: Receiver) -> None:
    a_webhook(served, receiver)
    receiver.answers = [503]
    served.setting.post("Hello?")
    for _ in range(12):
        served.pass_time(hours=1)

    assert len(receiver.calls) == jobs.TRIES
    assert [kind for kind, _, _ in served.setting.read(jobs.given_up)] == ["hook"]


def test_one_that_is_gone_is_not_called_again(served: Served, receiver: Receiver) -> None:
    hook = a_webhook(served, receiver)
    receiver.answers = [410]
    served.setting.post("The last you hear.")
    served.worker.run_due()
    served.setting.post("This too?")
    served.worker.run_due()

    assert len(receiver.calls) == 1
    assert served.setting.read(lambda r: hooks.by_id(r, hook.site_seq, hook.id)).ended_at is not None


def test_one_that_was_ended_hears_nothing_more(served: Served, receiver: Receiver) -> None:
    hook = a_webhook(served, receiver)
    served.setting.post("Noted before the end.")
    served.setting.write(lambda w: end_hook(w, hook.site_seq, hook.id, now=after(hours=1)))
    served.worker.run_due()

    assert receiver.calls == []


def test_a_refused_post_tells_nothing(served: Served, receiver: Receiver) -> None:
    a_webhook(served, receiver)
    answer = served.client(served.setting.reader).post(f"{served.story}/comments", data={"text": " "})
    served.worker.run_due()

    assert (answer.status_code, receiver.calls) == (422, [])


@pytest.mark.parametrize("address", ["ftp://a.example/", "http://a.example/", "nonsense", "", "https://"])
def test_an_address_that_cannot_be_called_is_refused(served: Served, address: str) -> None:
    with pytest.raises(BadHook):
        served.setting.write(
            lambda w: add_hook(w, served.setting.site.seq, address, Telling(), secret=SECRET, now=NOON)
        )
    assert served.setting.read(lambda r: hooks.of_site(r, served.setting.site.seq)) == []


def test_so_many_hooks_and_no_more(served: Served) -> None:
    def add(what: Telling | Asking) -> Hook:
        return served.setting.write(
            lambda w: add_hook(w, served.setting.site.seq, "https://a.example/", what, secret=SECRET, now=NOON)
        )

    add(Asking(name="spam"))
    with pytest.raises(BadHook):
        add(Asking(name="spam"))
    for _ in range(MOST - 1):
        add(Telling())
    with pytest.raises(BadHook):
        add(Telling())


def test_an_unknown_hook_cannot_be_ended(served: Served) -> None:
    with pytest.raises(UnknownHook):
        served.setting.write(lambda w: end_hook(w, served.setting.site.seq, served.setting.story.id, now=NOON))


def test_what_hooks_want_is_kept_as_json(served: Served, receiver: Receiver) -> None:
    a_webhook(served, receiver, Happening.POSTED)

    assert msgspec.json.decode(served.setting.story_now().hooks) == {"tells": ["comment.posted"]}
