"""What letters are made of in tests."""

from typing import Any

from rejoinder.language import words
from rejoinder.mail.layout import Cover
from rejoinder.mail.message import Letter

SITE = "The Harbour Courier"
LINK = "https://comments.courier.example/courier/there"


def a_letter(**known: Any) -> Letter:
    values: dict[str, Any] = {
        "to": "mara@reader.example",
        "subject": "A letter",
        "text": "There is something to read.\n",
        "message_id": "<1@courier.example>",
    }
    return Letter(**(values | known))


def a_cover(*, language: str = "en", site_name: str = SITE) -> Cover:
    return Cover(to="mara@reader.example", site_name=site_name, message_id="<1@courier.example>", words=words(language))
