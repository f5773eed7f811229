"""Corrections of a story: to the desk, answered once, and where they led to something the discussion says so."""

from typing import Any
from uuid import uuid4

import pytest
from tests.makers import Setting, a_story, after

from rejoinder.actions.answer_correction import AnswerCorrection, answer_correction, take_answer_back
from rejoinder.actions.merge_stories import merge_stories
from rejoinder.actions.publish_story import NewStory, publish_story
from rejoinder.actions.send_correction import SendCorrection, send_correction
from rejoinder.discussion.corrections import Correction, Outcome
from rejoinder.discussion.refusals import (
    AlreadyUndone,
    AnsweredAlready,
    ExplanationNeeded,
    Invalid,
    NotAllowed,
    Refusal,
    UnknownStory,
    WordsTooLong,
)
from rejoinder.discussion.stories import Content
from rejoinder.store import cases, corrections
from rejoinder.store.cases import CaseKind
from rejoinder.store.database import Database


@pytest.fixture
def setting(either_database: Database) -> Setting:
    return Setting(either_database)


def a_correction(setting: Setting, **known: Any) -> Correction:
    """What sending a correction gives."""
    values: dict[str, Any] = {
        "slug": setting.story.slug,
        "text": "It sails three times a day, not four.",
        "quote": "The ferry will sail four times a day.",
        "email": "ida@reader.example",
    } | known
    moment = values.pop("now", after(hours=1))
    sent = SendCorrection(site_seq=setting.site.seq, id=uuid4(), receipt=str(uuid4()), **values)
    seq = setting.write(lambda w: send_correction(w, sent, now=moment))
    return setting.read(lambda r: corrections.by_seq(r, setting.site.seq, seq))


def answered(setting: Setting, found: Correction, outcome: Outcome, **known: Any) -> Correction:
    moment = known.pop("now", after(hours=2))
    values: dict[str, Any] = {"by_seq": setting.editor.seq} | known
    order = AnswerCorrection(site_seq=setting.site.seq, correction_id=found.id, outcome=outcome, **values)
    return setting.write(lambda w: answer_correction(w, order, now=moment))


def taken_back(setting: Setting, found: Correction) -> Correction:
    return setting.write(
        lambda w: take_answer_back(w, setting.site.seq, found.id, by_seq=setting.editor.seq, now=after(hours=2))
    )


def corrected(setting: Setting, words: str, **at: float) -> None:
    """The publisher sends the story again, with other words."""
    content = Content(headline=setting.story.content.headline, paragraphs=(words,))
    new = NewStory(content=content, canonical_url=setting.story.canonical_url)
    setting.write(lambda w: publish_story(w, setting.site.seq, new, now=after(**at)))


def test_a_correction_waits_at_the_desk_and_not_in_the_discussion(setting: Setting) -> None:
    found = a_correction(setting)

    (case,) = setting.read(lambda r: cases.queue(r, setting.site.seq))
    assert (case.kind, case.comment_seq, case.subject_seq) == (CaseKind.CORRECTION, 0, found.seq)
    assert (found.content_version, found.resolution) == (1, None)
    assert setting.story_now().version == setting.story.version


def test_many_corrections_of_one_story_are_cases_of_their_own(setting: Setting) -> None:
    first, _second = a_correction(setting), a_correction(setting)

    answered(setting, first, Outcome.DECLINED)

    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.CORRECTION: 1}


def test_where_it_led_to_a_correction_the_story_says_since_when(setting: Setting) -> None:
    found = a_correction(setting)
    corrected(setting, "The ferry will sail three times a day.", hours=1, minutes=30)
    version = setting.story_now().version

    done = answered(setting, found, Outcome.CORRECTED, led_to=2, answer="Thank you.")

    assert (done.resolution, done.led_to, done.answer) == (Outcome.CORRECTED, 2, "Thank you.")
    assert setting.story_now().corrected == (after(hours=1, minutes=30),)
    assert setting.story_now().version == version + 1
    assert setting.letters(at=after(hours=3)) == [("correction-answered", f"correction:{found.seq}")]


def test_a_story_put_right_elsewhere_counts_as_corrected_now(setting: Setting) -> None:
    answered(setting, a_correction(setting), Outcome.CORRECTED)
    answered(setting, a_correction(setting), Outcome.CORRECTED, now=after(hours=4))

    assert setting.story_now().corrected == (after(hours=2), after(hours=4))


@pytest.mark.parametrize("version", [0, 1, 3, 99])
def test_a_text_that_did_not_come_after_it_did_not_put_it_right(setting: Setting, version: int) -> None:
    found = a_correction(setting)
    corrected(setting, "The ferry will sail three times a day.", hours=1, minutes=30)

    with pytest.raises(Invalid):
        answered(setting, found, Outcome.CORRECTED, led_to=version)

    assert setting.story_now().corrected == ()


def test_what_was_passed_on_stays_until_its_last_word(setting: Setting) -> None:
    found = a_correction(setting)

    answered(setting, found, Outcome.PASSED_ON)
    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.CORRECTION: 1}
    answered(setting, found, Outcome.DECLINED, now=after(hours=3))

    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {}
    with pytest.raises(AnsweredAlready):
        answered(setting, found, Outcome.CORRECTED)
    assert len(setting.letters(at=after(hours=4))) == 2


@pytest.mark.parametrize(
    ("known", "refusal"),
    [
        ({"text": " \u200b\n"}, ExplanationNeeded),
        ({"text": "x" * 5001}, WordsTooLong),
        ({"quote": "x" * 2001}, WordsTooLong),
        ({"source": "x" * 1001}, WordsTooLong),
        ({"slug": "no-such-story"}, UnknownStory),
    ],
)
def test_a_correction_that_says_nothing_or_too_much_is_refused(
    setting: Setting, known: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        a_correction(setting, **known)


def test_an_answer_taken_back_leaves_nothing_behind(setting: Setting) -> None:
    found = a_correction(setting)
    answered(setting, found, Outcome.CORRECTED, answer="Thank you.")
    version = setting.story_now().version

    back = taken_back(setting, found)

    assert back == found
    assert (setting.story_now().corrected, setting.story_now().version) == ((), version + 1)
    assert setting.read(lambda r: cases.counts(r, setting.site.seq)) == {CaseKind.CORRECTION: 1}
    assert setting.letters(at=after(days=1)) == []
    with pytest.raises(AlreadyUndone):
        taken_back(setting, found)
    assert answered(setting, found, Outcome.DECLINED, now=after(hours=3)).resolution is Outcome.DECLINED


def test_what_another_correction_led_to_as_well_stays(setting: Setting) -> None:
    first, second = a_correction(setting), a_correction(setting)
    corrected(setting, "The ferry will sail three times a day.", hours=1, minutes=30)
    answered(setting, first, Outcome.CORRECTED, led_to=2)
    answered(setting, second, Outcome.CORRECTED, led_to=2)

    taken_back(setting, first)
    assert setting.story_now().corrected == (after(hours=1, minutes=30),)
    taken_back(setting, second)

    assert setting.story_now().corrected == ()


def test_readers_do_not_answer_corrections(setting: Setting) -> None:
    with pytest.raises(NotAllowed):
        answered(setting, a_correction(setting), Outcome.CORRECTED, by_seq=setting.reader.seq)


def test_the_discussion_that_it_became_part_of_says_so_too(setting: Setting) -> None:
    other = setting.write(lambda w: a_story(w, setting.site, headline="Ferry timetable"))
    found = a_correction(setting)
    setting.write(
        lambda w: merge_stories(
            w, setting.site.seq, setting.story.seq, other.seq, by_seq=setting.editor.seq, now=after(hours=1)
        )
    )

    answered(setting, found, Outcome.CORRECTED)

    assert setting.story_now().corrected == (after(hours=2),)
