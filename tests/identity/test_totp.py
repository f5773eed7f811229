"""Second factors: the codes of RFC 6238, each once."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pyotp
import pytest

from rejoinder.identity.totp import STEP, new_secret, provisioning_uri, qr_code, verify

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", RFC 6238, appendix B
NOW = datetime(2026, 11, 17, 12, 0, 5, tzinfo=UTC)
COUNTER = int(NOW.timestamp()) // STEP


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(RFC_SECRET).at(moment)


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, tz=UTC)

    assert verify(RFC_SECRET, code, now=moment, last_counter=0) == seconds // STEP


@pytest.mark.parametrize("drift", [-1, 0, 1])
def test_a_clock_may_be_one_step_wrong(drift: int) -> None:
    code = code_at(NOW + timedelta(seconds=drift * STEP))

    assert verify(RFC_SECRET, code, now=NOW, last_counter=0) == COUNTER + drift


@pytest.mark.parametrize("drift", [-2, 2])
def test_a_code_from_further_away_is_refused(drift: int) -> None:
    code = code_at(NOW + timedelta(seconds=drift * STEP))

    assert verify(RFC_SECRET, code, now=NOW, last_counter=0) is None


def test_a_code_works_once() -> None:
    code = code_at(NOW)
    used = verify(RFC_SECRET, code, now=NOW, last_counter=0)
    assert used is not None

    assert verify(RFC_SECRET, code, now=NOW + timedelta(seconds=20), last_counter=used) is None


def test_a_code_of_an_earlier_step_than_the_last_is_refused() -> None:
    earlier = code_at(NOW - timedelta(seconds=STEP))

    assert verify(RFC_SECRET, earlier, now=NOW, last_counter=COUNTER) is None


def test_a_code_may_be_typed_with_spaces() -> None:
    code = code_at(NOW)

    assert verify(RFC_SECRET, f" {code[:3]} {code[3:]} ", now=NOW, last_counter=0) == COUNTER


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "12 34", "-12345", "0" * 10_000])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert verify(RFC_SECRET, code, now=NOW, last_counter=0) is None


def test_a_new_secret_is_long_and_never_the_same() -> None:
    made = {new_secret() for _ in range(20)}

    assert len(made) == 20
    assert {len(secret) for secret in made} == {32}  # 160 bits in base 32


def test_the_address_for_the_app_names_the_publication_and_the_account() -> None:
    uri = provisioning_uri(RFC_SECRET, account="desk@courier.example", issuer="The Harbour Courier")

    parsed = pyotp.parse_uri(uri)
    assert (parsed.name, parsed.issuer) == ("desk@courier.example", "The Harbour Courier")
    assert f"secret={RFC_SECRET}" in uri


def test_the_qr_code_is_a_drawing_without_script_or_style() -> None:
    drawn = ET.fromstring(qr_code(provisioning_uri(RFC_SECRET, account="a@b.example", issuer='"><script>')))

    assert {element.tag.rpartition("}")[2] for element in drawn.iter()} <= {"svg", "path", "g"}
    assert all(not name.startswith("on") and name != "style" for element in drawn.iter() for name in element.attrib)
