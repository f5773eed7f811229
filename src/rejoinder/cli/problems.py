"""What goes wrong, told in one sentence on stderr, and which exit code it has. No traceback for bad input."""

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from rejoinder.cli.answers import as_json_was_asked, document
from rejoinder.discussion.refusals import Refusal
from rejoinder.importers.record import CannotRead
from rejoinder.settings import SettingsError
from rejoinder.store.database import Unreachable
from rejoinder.store.failures import engine_errors

PROBLEM = 1  # doctor found one
USAGE = 2  # the command line or the settings cannot be used
CANNOT_READ = 3  # a file or an address gives nothing that can be taken
REFUSED = 4  # it was understood, and it may not or cannot be done
DATABASE = 5  # the database does not answer, or is not ready


class Refused(Exception):
    """A no of the command line's own, worded for whoever typed it."""

    def __init__(self, code: str, sentence: str, *, exit_code: int = REFUSED) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.exit_code = exit_code


class Told(Exception):
    """A problem that has been told already; only the exit code is left to give."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


class Problem:
    """A problem's code, sentence and exit code."""

    def __init__(self, code: str, sentence: str, exit_code: int) -> None:
        self.code = code
        self.sentence = sentence
        self.exit_code = exit_code

    @property
    def document(self) -> dict[str, str]:
        return {"code": self.code, "sentence": self.sentence}


def known() -> tuple[type[Exception], ...]:
    """What `problem_of` can tell."""
    return (Refused, Refusal, CannotRead, SettingsError, Unreachable, OSError, *engine_errors())


def problem_of(raised: Exception) -> Problem:
    """How one of the `known` exceptions is told."""
    match raised:
        case Refused():
            told = Problem(raised.code, raised.sentence, raised.exit_code)
        case Refusal():
            told = Problem(raised.code, str(raised), REFUSED)
        case CannotRead():
            told = Problem(raised.code, raised.sentence, CANNOT_READ)
        case SettingsError():
            told = Problem("settings", "The settings cannot be used. " + " ".join(raised.problems), USAGE)
        case Unreachable():
            told = Problem("database", sentence(str(raised)), DATABASE)
        case OSError():
            words = f"{raised.filename or 'A file'}: {sentence(raised.strerror or str(raised))}"
            told = Problem("file", words, CANNOT_READ)
        case _:
            told = Problem("database", sentence(f"the database says: {raised}"), DATABASE)
    return told


class Commands(TyperGroup):
    """The commands, whose known problems are told rather than shown as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """What the command gives. Raises Exit with the code of a problem that was told."""
        try:
            return super().invoke(ctx)
        except Told as told:
            raise typer.Exit(told.exit_code) from None
        except BrokenPipeError:
            _stop_writing()
            raise typer.Exit(0) from None
        except known() as raised:
            problem = problem_of(raised)
        except typer.TyperException as raised:
            if not as_json_was_asked():
                raise
            problem = Problem("usage", _usage(raised), USAGE)
        tell(problem)
        raise typer.Exit(problem.exit_code)


def tell(problem: Problem) -> None:
    """Says the sentence on stderr, and where JSON was asked for, gives it on stdout too."""
    typer.echo(problem.sentence, err=True)
    if as_json_was_asked():
        document({"error": problem.document})


def _stop_writing() -> None:
    """Whoever read our output has stopped, so do we, without a word: Python would complain of what it cannot flush (its
    manual, library/signal, "Note on SIGPIPE").
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(raised: typer.TyperException) -> str:
    words = getattr(raised, "format_message", None)
    return str(words()) if words else str(raised)


def sentence(words: str) -> str:
    """The words with a capital and a full stop, on one line."""
    line = " ".join(words.split())
    line = line[:1].upper() + line[1:]
    return line if line.endswith((".", "!", "?")) else line + "."
