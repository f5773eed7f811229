"""One signed call over a real connection."""

import pytest
from tests.hooks.receiver import Receiver
from tests.makers import NOON

from rejoinder.hooks.calling import LARGEST, Call, CannotCall, call
from rejoinder.hooks.signing import new_secret, signature

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def a_call(address: str, **known: object) -> Call:
    return Call(address=address, secret=SECRET, message_id="comment.posted:1", body=b'{"a":1}', **known)  # type: ignore[arg-type] # seconds


def test_a_signature_is_the_one_the_specification_gives() -> None:
    """The example of its test vectors: id, seconds and body, and what they are signed to."""
    signed = signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', secret=SECRET)

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_of_the_form_that_libraries_take() -> None:
    first, second = new_secret(), new_secret()

    assert first.startswith("whsec_")
    assert first != second
    assert signature("a", 1, b"", secret=first) != signature("a", 1, b"", secret=second)


def test_a_secret_that_is_none_is_said_to_be() -> None:
    with pytest.raises(ValueError, match="base64"):
        signature("a", 1, b"", secret="whsec_!")


def test_a_call_is_signed_and_its_answer_given_back(receiver: Receiver) -> None:
    receiver.answers = [(200, {"verdict": "publish"})]

    assert call(a_call(receiver.url), now=NOON) == b'{"verdict":"publish"}'

    headers, body = receiver.calls[0]
    assert (headers["content-type"], headers["webhook-id"], body) == (
        "application/json",
        "comment.posted:1",
        b'{"a":1}',
    )
    assert headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert receiver.is_signed(SECRET)


@pytest.mark.parametrize(("status", "gone"), [(500, False), (404, False), (302, False), (410, True)])
def test_what_is_no_good_answer_is_said(receiver: Receiver, status: int, gone: bool) -> None:
    receiver.answers = [status]

    with pytest.raises(CannotCall, match=str(status)) as refused:
        call(a_call(receiver.url), now=NOON)

    assert refused.value.gone is gone
    assert len(receiver.calls) == 1, "no redirect is followed"


def test_an_answer_without_end_is_not_taken(receiver: Receiver) -> None:
    receiver.answers = [(200, b"x" * (LARGEST + 1))]

    with pytest.raises(CannotCall, match="longer"):
        call(a_call(receiver.url), now=NOON)


def test_where_nobody_listens_is_said() -> None:
    with pytest.raises(CannotCall, match="cannot be called"):
        call(a_call("http://127.0.0.1:1/"), now=NOON)
