"""Mail addresses: how they are kept, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.discussion.refusals import BadAddress
from rejoinder.identity.addresses import clean_email
from rejoinder.mail.message import Letter, to_message


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mara@reader.example", "mara@reader.example"),
        ("  Mara.Quill@Reader.EXAMPLE \n", "mara.quill@reader.example"),
        ("o'brien+news@mail.reader.example", "o'brien+news@mail.reader.example"),
        ("jörg@straße.example", "jörg@xn--strae-oqa.example"),
        ("jo\u0308rg@reader.example", "jörg@reader.example"),
        ("قارئ@reader.example", "قارئ@reader.example"),
        ("a@b.co", "a@b.co"),
        ("x" * 64 + "@reader.example", "x" * 64 + "@reader.example"),
        ("mara@reader。example", "mara@reader.example"),
    ],
)
def test_an_address_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert clean_email(typed) == kept
    assert clean_email(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "@",
        "mara",
        "mara@",
        "@reader.example",
        "mara@localhost",
        "mara@reader.example.",
        "mara@reader..example",
        "mara@-reader.example",
        "mara@reader_.example",
        "mara@10.0.0.1",
        "mara@[10.0.0.1]",
        "a@b@reader.example",
        ".mara@reader.example",
        "mara.@reader.example",
        "mara..quill@reader.example",
        "mara quill@reader.example",
        '"mara quill"@reader.example',
        "Mara <mara@reader.example>",
        "mara@reader.example, all@reader.example",
        "mara@reader.example\nBcc: all@reader.example",
        "mara\x00@reader.example",
        "mara\u202e@reader.example",
        "mara@reader.example%0a",
        "x" * 65 + "@reader.example",
        "mara@" + "x" * 64 + ".example",
        "mara@" + "x." * 200 + "example",
        "@" * 100_000,
        "a." * 100_000 + "@reader.example",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadAddress):
        clean_email(typed)


LIKELY = st.builds("{}@{}.example".format, st.text("aZ0é.'+ß€İع ", min_size=1), st.text("aZ0é-ßع", min_size=1))


@given(typed=st.text(max_size=80) | LIKELY)
def test_whatever_is_taken_stays_and_can_be_written_to(typed: str) -> None:
    try:
        kept = clean_email(typed)
    except BadAddress:
        return

    assert clean_email(kept) == kept
    letter = Letter(to=kept, subject="s", text="t", message_id="<1@courier.example>")
    assert to_message(letter, "desk@courier.example")["To"].addresses[0].addr_spec == kept
