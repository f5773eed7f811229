"""A check is asked about each comment: it can let through or hold, before publication or after, and may not answer."""

from concurrent.futures import wait

import pytest
from tests.hooks.receiver import Receiver
from tests.makers import NOON, Setting, after
from tests.serving import Served

from rejoinder.actions.change_hooks import add_hook, end_hook
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.actions.record_check import Checked, record_check
from rejoinder.discussion.comments import Comment, Status
from rejoinder.discussion.hooks import Asking, Hook, Reply
from rejoinder.discussion.moderation import Outcome
from rejoinder.discussion.screening import Finding
from rejoinder.hooks.signing import new_secret
from rejoinder.store import cases, comments, decisions
from rejoinder.store.database import Database

SECRET = new_secret()
PUBLISH, HOLD = (200, {"verdict": "publish", "score": 0.1}), (200, {"verdict": "hold", "score": 0.9, "reason": "An ad"})


def a_check(setting: Setting, address: str, **known: object) -> Hook:
    what = Asking(name="adverts", **known)  # type: ignore[arg-type] # a test's own words
    return setting.write(lambda w: add_hook(w, setting.site.seq, address, what, secret=SECRET, now=NOON))


def findings(setting: Setting, comment: Comment) -> list[str]:
    found: tuple[Finding, ...] = setting.read(lambda r: comments.findings_of(r, comment))
    return [each.check for each in found]


def open_cases(setting: Setting, comment: Comment) -> int:
    return len(setting.read(lambda r: cases.of_comment(r, comment.site_seq, comment.seq)))


def test_a_comment_waits_until_the_check_lets_it_through(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url)
    receiver.answers = [PUBLISH]
    comment = served.setting.post("The pier needs a lamp.")
    assert comment.status is Status.PENDING
    assert findings(served.setting, comment) == ["asked"]

    served.worker.run_due()

    assert served.setting.again(comment).status is Status.PUBLISHED
    assert (findings(served.setting, comment), open_cases(served.setting, comment)) == ([], 0)
    [decision] = served.setting.read(lambda r: decisions.of_comment(r, comment.site_seq, comment.seq))
    assert (decision.outcome, decision.by_seq, decision.rule) == (Outcome.APPROVE, None, "check:adverts")
    assert "The pier needs a lamp." in served.client().get(served.story).text


def test_the_check_is_sent_what_it_needs(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url)
    receiver.answers = [PUBLISH]
    first = served.setting.post("The pier needs a lamp.")
    served.worker.run_due()
    served.setting.post("It had one.", parent_id=first.id)
    served.worker.run_due()

    asked = receiver.bodies[-1]["data"]
    assert (asked["comment"]["text"], asked["parent"]["text"]) == ("It had one.", "The pier needs a lamp.")
    assert asked["story"]["text"] == "The ferry will sail four times a day."
    assert asked["writer"] == {"level": "new", "published": 1, "removed": 0}
    assert receiver.is_signed(SECRET)


def test_what_the_check_would_hold_waits_for_an_editor_who_sees_why(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url)
    receiver.answers = [HOLD]
    comment = served.setting.post("Buy lamps cheaply.")
    served.worker.run_due()

    assert served.setting.again(comment).status is Status.PENDING
    assert (findings(served.setting, comment), open_cases(served.setting, comment)) == (["external"], 1)
    assert "The check “adverts”: An ad" in served.client(served.setting.editor).get(f"{served.site}/desk").text


def test_other_reasons_to_hold_stay(served_with_words: Served, receiver: Receiver) -> None:
    a_check(served_with_words.setting, receiver.url)
    receiver.answers = [PUBLISH]
    comment = served_with_words.setting.post("A lamp is a swindle.")
    served_with_words.worker.run_due()

    assert served_with_words.setting.again(comment).status is Status.PENDING
    assert findings(served_with_words.setting, comment) == ["suspect-words"]


@pytest.fixture
def served_with_words(served: Served) -> Served:
    from rejoinder.actions.change_rules import change_site_rules  # noqa: PLC0415 - this fixture's own

    words = {"suspect_words": ("swindle",)}
    served.setting.write(lambda w: change_site_rules(w, served.setting.site.seq, words, by_seq=None, now=NOON))
    return served


@pytest.mark.parametrize(("behaviour", "status"), [("publish", Status.PUBLISHED), ("hold", Status.PENDING)])
@pytest.mark.parametrize("answer", [500, (200, b"nonsense"), (200, {"verdict": "reject"}), (200, {"score": 7})])
def test_where_no_good_answer_comes_the_comment_goes_by_the_chosen_behaviour(
    served: Served, receiver: Receiver, behaviour: str, status: Status, answer: int | tuple[int, object]
) -> None:
    a_check(served.setting, receiver.url, on_failure=behaviour)
    receiver.answers = [answer]
    comment = served.setting.post("The pier needs a lamp.")
    for _ in range(5):
        served.pass_time(minutes=2)

    assert served.setting.again(comment).status is status
    assert findings(served.setting, comment) == ([] if status is Status.PUBLISHED else ["external"])
    assert len(receiver.calls) == (3 if answer == 500 else 1)


def test_a_check_that_ended_keeps_nobody_waiting(served: Served, receiver: Receiver) -> None:
    hook = a_check(served.setting, receiver.url, on_failure="publish")
    comment = served.setting.post("The pier needs a lamp.")
    served.setting.write(lambda w: end_hook(w, hook.site_seq, hook.id, now=after(hours=1)))
    served.worker.run_due()

    assert (served.setting.again(comment).status, receiver.calls) == (Status.PUBLISHED, [])


def test_a_check_after_publication_hides_what_it_would_hold(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url, when="after")
    receiver.answers = [HOLD]
    comment = served.setting.post("Buy lamps cheaply.")
    assert comment.status is Status.PUBLISHED
    before = served.setting.story_now().published_count

    served.worker.run_due()

    assert served.setting.again(comment).status is Status.HIDDEN
    assert served.setting.story_now().published_count == before - 1
    assert "Buy lamps" not in served.client().get(served.story).text
    assert open_cases(served.setting, comment) == 1


def test_whose_comment_a_check_has_hidden_is_told_by_what_and_how_to_appeal(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url, when="after")
    receiver.answers = [HOLD]
    served.setting.post("Buy lamps cheaply.")
    served.worker.run_due()
    assert served.mailbox.letters == []  # an editor may be quicker
    served.pass_time(minutes=1)

    [letter] = served.mailbox.letters
    said = " ".join(letter.text.split())
    assert "is hidden for now" in letter.subject
    assert "An automatic check looked at your comment" in said
    assert "readers have reported" not in said
    page = served.client().get(served.mailbox.link("/decisions/")).text
    assert "An automatic check found something that an editor should read." in page
    assert "an automatic check</dd>" in page
    assert "reported" not in page


def test_where_an_editor_was_quicker_than_the_letter_none_is_sent(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url, when="after")
    receiver.answers = [HOLD]
    comment = served.setting.post("Buy lamps cheaply.")
    served.worker.run_due()
    served.setting.decide(served.setting.again(comment), Outcome.APPROVE)
    served.pass_time(minutes=1)

    assert [each.subject for each in served.mailbox.letters if "hidden" in each.subject] == []


def test_an_answer_about_an_older_text_changes_nothing(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url)
    receiver.answers = [HOLD, PUBLISH]
    comment = served.setting.post("Buy lamps cheaply.")
    edit = Edit(
        site_seq=comment.site_seq,
        comment_id=comment.id,
        commenter_seq=comment.commenter_seq,
        text="The pier needs a lamp.",
        seen_revision=1,
    )
    served.setting.write(lambda w: edit_comment(w, edit, now=comment.created_at))
    served.worker.run_due()

    assert served.setting.again(comment).status is Status.PUBLISHED


def test_what_an_editor_has_decided_meanwhile_stands(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url)
    receiver.answers = [PUBLISH]
    comment = served.setting.post("Buy lamps cheaply.")
    served.setting.decide(comment, Outcome.REJECT)
    served.worker.run_due()

    assert served.setting.again(comment).status is Status.REJECTED


def test_staff_are_not_checked(served: Served, receiver: Receiver) -> None:
    a_check(served.setting, receiver.url)
    comment = served.setting.post("From the paper.", by=served.setting.editor)
    served.worker.run_due()

    assert (comment.status, receiver.calls) == (Status.PUBLISHED, [])


def test_one_answer_recorded_sixteen_times_at_once_publishes_once(either_database: Database) -> None:
    setting = Setting(either_database)
    hook = a_check(setting, "https://check.example/")
    comment = setting.post("The pier needs a lamp.")
    assert isinstance(hook.what, Asking)
    checked = Checked(
        site_seq=comment.site_seq,
        comment_seq=comment.seq,
        revision=1,
        check=hook.what,
        reply=Reply(verdict="publish"),
    )

    futures = [either_database.write(lambda w: record_check(w, checked, now=after(hours=1))) for _ in range(16)]
    wait(futures, timeout=60)

    assert [future.result() for future in futures] == [Status.PUBLISHED] * 16
    assert setting.story_now().published_count == 1
    assert len(setting.read(lambda r: decisions.of_comment(r, comment.site_seq, comment.seq))) == 1
