"""What readers see of a changed text, and the desk's form to change one."""

import re
from typing import Any

import pytest
from tests.front.wire import Wire
from tests.makers import NOON
from tests.serving import Served

from rejoinder.actions.change_rules import change_site_rules
from rejoinder.actions.edit_comment import Edit, edit_comment
from rejoinder.discussion.comments import Comment
from rejoinder.discussion.moderation import Outcome

NUMBER = "Call me at 5550134 about the ferry."


def change(served: Served, comment: Comment, *, status: int = 303, **known: Any) -> str:
    desk = served.client(served.setting.editor)
    form = {"text": "Call me about the ferry.", "reason": "private-information", "revision": "1", "showing": "told"}
    answer = desk.post(f"{served.site}/desk/comments/{comment.id}/text", data=form | known)
    assert answer.status_code == status, answer.text
    return answer.text


def seen(served: Served, path: str, *, status: int = 200) -> str:
    """The page without a session, by the front door."""
    with Wire(served.url) as wire:
        answer = wire.get(served.site + path)
    assert answer.status == status, answer.text
    return answer.text


def changes_of(comment: Comment) -> str:
    return f"/comments/{comment.id}/changes"


def test_a_change_that_is_shown_has_its_difference(served: Served) -> None:
    comment = served.setting.post(NUMBER)
    change(served, comment, showing="shown", text="Call us about the ferry.")

    page = seen(served, changes_of(comment))

    assert "Changed by an editor" in page
    assert '<del><span class="unseen">taken out: </span>me at 5550134 <span' in page
    assert '<ins><span class="unseen">added: </span>us <span' in page
    story = seen(served, served.story.removeprefix(served.site))
    assert f'href="{served.site}{changes_of(comment)}"' in story
    assert "edited by an editor" in story


def test_what_was_taken_out_for_privacy_is_nowhere(served: Served) -> None:
    setting = served.setting
    comment = setting.post(NUMBER)
    setting.write(lambda w: change_site_rules(w, setting.site.seq, {"show_edits": True}, by_seq=None, now=NOON))
    for path in (served.story.removeprefix(served.site), f"/comments/{comment.id}", changes_of(comment)):
        seen(served, path)
    change(served, comment)

    everywhere = [
        seen(served, path)
        for path in (
            served.story.removeprefix(served.site),
            f"/comments/{comment.id}",
            changes_of(comment),
            f"/people/{setting.reader.id}",
            "/comments.atom",
            "/comments.json",
        )
    ]

    assert "What was changed is not shown." in everywhere[2]
    assert [page for page in everywhere if "5550134" in page] == []


def test_a_writers_own_change_is_shown_where_the_rule_says_so(served: Served) -> None:
    setting = served.setting
    comment = setting.post("The early boat was full.")
    edit = Edit(
        site_seq=setting.site.seq,
        comment_id=comment.id,
        commenter_seq=setting.reader.seq,
        text="The late boat was full.",
        seen_revision=1,
    )
    setting.write(lambda w: edit_comment(w, edit, now=comment.created_at.replace(second=30)))
    assert "There is no change to show." in seen(served, changes_of(comment))

    setting.write(lambda w: change_site_rules(w, setting.site.seq, {"show_edits": True}, by_seq=None, now=NOON))

    page = seen(served, changes_of(comment))
    assert "Changed by its writer" in page
    assert "early" in page
    assert changes_of(comment) in seen(served, f"/comments/{comment.id}")


def test_what_is_not_published_has_no_changes_to_read(served: Served) -> None:
    comment = served.setting.post(NUMBER)
    change(served, comment, showing="shown")
    served.setting.decide(comment, Outcome.REJECT)

    assert "5550134" not in seen(served, changes_of(comment), status=404)


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({"revision": "7"}, 409),
        ({"text": NUMBER}, 409),
        ({"reason": ""}, 422),
        ({"showing": "loudly"}, 422),
        ({"text": ""}, 422),
    ],
)
def test_a_bad_form_comes_back_and_changes_nothing(served: Served, known: dict[str, Any], status: int) -> None:
    comment = served.setting.post(NUMBER)

    page = change(served, comment, status=status, **known)

    assert served.setting.again(comment) == comment
    assert (known.get("text", "Call me about the ferry.") or NUMBER) in page


def test_only_the_desk_changes_a_text(served: Served) -> None:
    comment = served.setting.post(NUMBER)
    client = served.client(served.setting.reader)

    answer = client.post(f"{served.site}/desk/comments/{comment.id}/text", data={"text": "x", "showing": "told"})

    assert answer.status_code == 403
    assert served.setting.again(comment) == comment


def test_the_writer_has_a_letter_with_both_texts_and_the_reason(served: Served) -> None:
    change(served, served.setting.post(NUMBER), note="A number is for a letter.")

    served.pass_time(seconds=1)

    (letter,) = served.mailbox.letters
    assert letter.subject.endswith("was changed")
    for said in (NUMBER, "Call me about the ferry.", "It makes private information public.", "A number is for"):
        assert said in letter.text


def test_the_card_says_what_was_changed(served: Served) -> None:
    comment = served.setting.post(NUMBER)
    change(served, comment)

    card = served.client(served.setting.editor).get(f"{served.site}/desk/comments/{comment.id}").text

    assert "Text changed, readers are told that it was" in card
    assert NUMBER in card


def test_replies_that_went_are_on_no_page_and_come_back(served: Served) -> None:
    setting = served.setting
    setting.write(lambda w: change_site_rules(w, setting.site.seq, {"replies_of_removed": "go"}, by_seq=None, now=NOON))
    root = setting.post("Bilge from end to end.")
    reply = setting.post("I will not have that.", parent_id=root.id)
    paths = (served.story.removeprefix(served.site), f"/comments/{root.id}", f"/comments/{reply.id}", "/comments.atom")
    for path in paths:
        assert "I will not have that." in seen(served, path)
    desk = served.client(setting.editor)
    form = {"outcome": "reject", "reason": "hate", "revision": "1"}
    desk.post(f"{served.site}/desk/comments/{root.id}/decide", data=form)
    served.pass_time(seconds=40)

    assert [path for path in paths if "I will not have that." in seen(served, path)] == []
    card = desk.get(f"{served.site}/desk/comments/{reply.id}").text
    assert "Answers a comment that was removed" in card
    letter = next(each for each in served.mailbox.letters if "is gone with the comment above it" in each.subject)
    assert "It expresses hatred of people for what they are." in letter.text.replace("\n", " ")

    decision = re.search(r"/desk/decisions/([^/]+)/undo", desk.get(f"{served.site}/desk/comments/{root.id}").text)
    assert decision is not None
    desk.post(f"{served.site}/desk/decisions/{decision[1]}/undo")
    served.pass_time(seconds=5)

    assert [path for path in paths if "I will not have that." not in seen(served, path)] == []
    assert any("can be read again" in each.subject for each in served.mailbox.letters)
