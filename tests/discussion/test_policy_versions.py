"""Versions of the policy: clauses that name reasons, in several languages."""

from typing import Any

import pytest

from rejoinder.discussion.policy import (
    ADVICE,
    DEFAULT_SENTENCES,
    LONGEST,
    MOST_CLAUSES,
    REASONS,
    WITH_PARENT,
    Clause,
    Content,
    Theme,
    Wording,
    clauses_named,
    default_content,
    in_language,
    must_be_sound,
    reason_of,
    wording,
)
from rejoinder.discussion.refusals import BadPolicy, UnknownReason

OURS = default_content(DEFAULT_SENTENCES, language="en")


def a_clause(*reasons: str, sentence: str = "Be kind.", **known: Any) -> Clause:
    return Clause(reasons=reasons or ("hate",), words={"en": Wording(sentence=sentence, **known)})


def test_our_own_clauses_name_every_reason_once() -> None:
    named = [code for clause in OURS.clauses for code in clause.reasons]

    assert sorted(named) == sorted(reason.code for reason in (*REASONS, WITH_PARENT))
    must_be_sound(OURS)


def test_every_theme_has_its_advice() -> None:
    assert set(ADVICE) == set(Theme)
    assert {reason.theme for reason in (*REASONS, WITH_PARENT)} == set(Theme)


def test_nine_reasons_have_keys_and_all_codes_are_different() -> None:
    assert sum(reason.is_common for reason in REASONS) == 9
    assert len({reason.code for reason in REASONS}) == len(REASONS)
    assert not any(reason.is_common and reason.for_editors for reason in REASONS)


def test_an_unknown_code_is_no_reason() -> None:
    with pytest.raises(UnknownReason):
        reason_of("rudeness")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (Content(), "from 1 to"),
        (Content(clauses=tuple(a_clause(reason.code) for reason in REASONS) * 2), "from 1 to"),
        (Content(clauses=(a_clause(sentence=" "),)), "no words"),
        (Content(clauses=(Clause(reasons=(), words={"en": Wording(sentence="Be kind.")}),)), "names no reason"),
        (Content(clauses=(a_clause("rudeness"),)), "which is no reason"),
        (Content(clauses=(a_clause("hate"), a_clause("threat", "hate"))), "clauses 1 and 2 both name"),
        (Content(clauses=(a_clause(letter="x" * (LONGEST + 1)),)), "characters"),
        (Content(introduction={"en": "x" * (LONGEST + 1)}, clauses=(a_clause(),)), "characters"),
    ],
)
def test_a_policy_that_cannot_hold_is_refused_with_what_is_wrong(content: Content, problem: str) -> None:
    assert len(REASONS) * 2 > MOST_CLAUSES
    with pytest.raises(BadPolicy, match=problem):
        must_be_sound(content)


def test_reasons_lead_to_their_clauses_in_order_and_once() -> None:
    content = Content(clauses=(a_clause("hate", sentence="No hate."), a_clause("threat", "trolling", sentence="Calm.")))

    named = clauses_named(content, ("trolling", "threat", "hate", "illegal"), language="en")

    assert [(clause.number, clause.sentence) for clause in named] == [(1, "No hate."), (2, "Calm.")]
    assert clauses_named(content, ("illegal",), language="en") == ()


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Sei nett."), ("de-AT", "Sei nett."), ("en", "Be kind."), ("ar", "Be kind.")]
)
def test_a_clause_is_said_in_the_nearest_language(language: str, said: str) -> None:
    clause = Clause(reasons=("hate",), words={"en": Wording(sentence="Be kind."), "de": Wording(sentence="Sei nett.")})

    assert wording(clause, language).sentence == said
    assert in_language({"en": "Be kind.", "de": "Sei nett."}, language) == said


def test_what_has_no_words_is_empty() -> None:
    assert in_language({}, "en") == ""
    assert wording(Clause(reasons=("hate",), words={}), "en").sentence == ""
