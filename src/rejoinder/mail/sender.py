"""How letters leave: by a mail server (see `smtp`), onto the console, or not at all."""

import sys
from typing import Protocol, TextIO

from rejoinder.mail.message import Letter


class CannotSend(Exception):
    """The family of what keeps a letter from leaving. `lasting`: trying the same again is of no use."""

    lasting = False


class Sender(Protocol):
    """Blocks until the letter is out of our hands; called by jobs, never inside a transaction."""

    def send(self, letter: Letter) -> None:
        """Sends the letter. Raises CannotSend."""

    def check(self) -> None:
        """Silent if a letter could be sent now. Raises CannotSend."""


class ConsoleSender:
    """Prints letters to standard error (or to a stream), where a developer finds the links in them."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream

    def send(self, letter: Letter) -> None:
        lines = [f"To: {letter.to}", f"Subject: {letter.subject}", "", *letter.text.rstrip().split("\n")]
        shown = "\n".join(f"│ {_printable(line)}".rstrip() for line in lines)
        stream = self._stream or sys.stderr
        stream.write(f"\n┌── a letter ──\n{shown}\n└──\n")
        stream.flush()

    def check(self) -> None:
        """Silent: a console is always there."""


class NoSender:
    """Drops letters: for an installation that writes to nobody."""

    def send(self, letter: Letter) -> None:
        """Does nothing."""

    def check(self) -> None:
        """Silent: nothing can fail."""


def _printable(line: str) -> str:
    """The line without what a terminal would obey."""
    return "".join(character for character in line if character.isprintable())
