"""The statement of reasons: whatever is decided, what is exported of it is what the database takes."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from tests.discussion.nouns import comment
from tests.statements import KEYWORDS, misfits_of

from rejoinder.discussion.policy import REASONS, WITH_PARENT
from rejoinder.discussion.refusals import UnknownReason
from rejoinder.discussion.restrictions import KEYWORDS as USED
from rejoinder.discussion.restrictions import Language, Restriction, Source
from rejoinder.discussion.statement import (
    EEA,
    EU,
    NONE,
    account_statement,
    completed,
    hidden_statement,
    language_of,
    statement,
)

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)
ABROAD = Language("de", lambda sentence: f"‹{sentence}›")
SAID = (
    "decision_facts",
    "decision_visibility_other",
    "illegal_content_legal_ground",
    "illegal_content_explanation",
    "incompatible_content_ground",
    "incompatible_content_explanation",
)
CODES = [reason.code for reason in (*REASONS, WITH_PARENT)]


def whole(stored: str, **known: Any) -> dict[str, Any]:
    """The payload of a stored statement."""
    values: dict[str, Any] = {
        "puid": UUID(int=7),
        "decided_at": NOW,
        "content_at": NOW - timedelta(days=1),
        "language": "en",
        "territory": (),
        "policy_url": "https://comments.courier.example/courier/policy",
    } | known
    return completed(stored, **values)


@pytest.mark.parametrize("reason", CODES)
@pytest.mark.parametrize("restriction", Restriction)
def test_every_reason_and_restriction_fits_the_schema(reason: str, restriction: Restriction) -> None:
    stored = statement(reason, restriction=restriction, comment=comment(), now=NOW)

    assert misfits_of(whole(stored)) == []


@pytest.mark.parametrize("source", Source)
@pytest.mark.parametrize("is_automatic", [True, False])
def test_every_way_a_decision_comes_about_fits_the_schema(source: Source, is_automatic: bool) -> None:
    stored = statement("defamation", source=source, is_automatic=is_automatic, is_detected=True)

    payload = whole(stored)
    assert misfits_of(payload) == []
    assert payload["source_type"] == source.value


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("personal-attack", "DECISION_GROUND_INCOMPATIBLE_CONTENT"),
        ("defamation", "DECISION_GROUND_ILLEGAL_CONTENT"),
    ],
)
def test_the_ground_is_the_law_or_the_policy(reason: str, expected: str) -> None:
    assert whole(statement(reason))["decision_ground"] == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, "SOURCE_VOLUNTARY"),
        ({"has_flags": True}, "SOURCE_TYPE_OTHER_NOTIFICATION"),
        ({"has_flags": True, "source": "SOURCE_ARTICLE_16"}, "SOURCE_ARTICLE_16"),
        ({"source": Source.TRUSTED}, "SOURCE_TRUSTED_FLAGGER"),
    ],
)
def test_it_says_what_led_to_the_decision(known: dict[str, Any], expected: str) -> None:
    assert whole(statement("hate", **known))["source_type"] == expected


def test_what_the_system_hides_is_fully_automatic() -> None:
    payload = whole(hidden_statement(comment(), territory=("IE",), now=NOW))

    assert misfits_of(payload) == []
    assert payload["automated_decision"] == "AUTOMATED_DECISION_FULLY"
    assert payload["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_DISABLED"]
    assert payload["territorial_scope"] == ["IE"]


@pytest.mark.parametrize(
    ("restriction", "days", "field", "value"),
    [
        ("suspend", 7, "decision_account", "DECISION_ACCOUNT_SUSPENDED"),
        ("ban", None, "decision_account", "DECISION_ACCOUNT_TERMINATED"),
        ("hold", 3, "decision_provision", "DECISION_PROVISION_PARTIAL_SUSPENSION"),
        ("hold", None, "decision_provision", "DECISION_PROVISION_PARTIAL_SUSPENSION"),
    ],
)
def test_an_act_on_an_account_fits_the_schema(restriction: str, days: int | None, field: str, value: str) -> None:
    until = None if days is None else NOW + timedelta(days=days)

    payload = whole(account_statement("trolling", restriction=restriction, until=until))

    assert misfits_of(payload) == []
    assert payload[field] == value
    assert [name for name in payload if name.startswith("end_date")] == (
        [] if until is None else [f"end_date_{'account' if field == 'decision_account' else 'service'}_restriction"]
    )


def left_in_english(payload: dict[str, Any]) -> list[str]:
    """What of the sentences was not said in another language."""
    said = [payload[field] for field in SAID if field in payload]
    return [text for text in said if re.sub(r"‹[^‹›]*(‹[^‹›]*›)?›", "", text).strip()]


@pytest.mark.parametrize("reason", ["personal-attack", "defamation", "illegal"])
@pytest.mark.parametrize("restriction", Restriction)
@pytest.mark.parametrize("source", Source)
def test_every_sentence_is_said_in_the_language(reason: str, restriction: Restriction, source: Source) -> None:
    stored = statement(reason, restriction=restriction, source=source, is_detected=True, language=ABROAD)

    assert left_in_english(whole(stored)) == []
    assert language_of(stored) == "de"


@pytest.mark.parametrize(
    "stored",
    [
        hidden_statement(comment(), territory=(), now=NOW, language=ABROAD),
        hidden_statement(comment(), territory=(), now=NOW, by_check=True, language=ABROAD),
        account_statement("hate", restriction="hold", until=None, language=ABROAD),
        account_statement("hate", restriction="suspend", until=NOW, language=ABROAD),
        account_statement("defamation", restriction="ban", until=None, language=ABROAD),
        statement(WITH_PARENT.code, is_automatic=True, language=ABROAD),
    ],
)
def test_so_is_what_the_system_says_and_what_is_said_of_accounts(stored: str) -> None:
    assert left_in_english(whole(stored)) == []
    assert language_of(stored) == "de"


def test_what_an_old_statement_lacks_is_said_in_the_language_asked_for() -> None:
    old = {"decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT", "source_type": "SOURCE_VOLUNTARY"}
    stored = msgspec.json.encode(old).decode()

    assert left_in_english(whole(stored, written_in=ABROAD)) == []
    assert language_of(stored) == "en"


def test_without_a_reason_there_is_no_statement() -> None:
    assert statement(None) == account_statement(None, restriction="ban", until=None) == NONE


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(UnknownReason):
        statement("because")


def test_a_statement_from_before_all_fields_were_stored_still_fits() -> None:
    old = {
        "decision_visibility": ["DECISION_VISIBILITY_CONTENT_REMOVED"],
        "decision_ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        "content_type": ["CONTENT_TYPE_TEXT"],
        "source_type": "SOURCE_VOLUNTARY",
        "automated_detection": "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
    }

    assert misfits_of(whole(msgspec.json.encode(old).decode())) == []


@pytest.mark.parametrize(("tag", "expected"), [("en", "EN"), ("de-AT", "DE"), ("gsw", None), (None, None)])
def test_the_language_is_a_code_of_two_letters_or_is_left_out(tag: str | None, expected: str | None) -> None:
    assert whole(statement("hate"), language=tag).get("content_language") == expected


def test_a_text_of_the_sites_own_is_cut_to_what_the_database_takes() -> None:
    stored = statement("hate", clause="§" * 900, explanation="a" * 5000)

    assert misfits_of(whole(stored)) == []


def test_the_countries_and_keywords_are_the_databases() -> None:
    assert (len(EU), len(EEA)) == (27, 30)
    assert set(USED.values()) <= KEYWORDS


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"puid": "a b"}, "puid"),
        ({"content_date": "17.11.2026"}, "content_date"),
        ({"category": "STATEMENT_CATEGORY_OTHER"}, "category"),
        ({"territorial_scope": ["UK"]}, "territorial_scope"),
        ({"decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT"}, "illegal_content_legal_ground"),
        ({"decision_visibility": ["DECISION_VISIBILITY_OTHER"]}, "decision_visibility_other"),
        ({"name": "Rosa"}, "name"),
    ],
)
def test_the_schema_finds_what_does_not_fit(change: dict[str, Any], wrong: str) -> None:
    found = misfits_of(whole(statement("hate")) | change)

    assert any(wrong in each for each in found)
