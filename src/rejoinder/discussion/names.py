"""Display names: which can be had, when two are the same, and where a text speaks to somebody by @NAME."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import islice
from typing import TypeVar
from unicodedata import normalize

from msgspec import Struct

from rejoinder.discussion.text import INVISIBLE, JOINERS, clean, has_no_width, length, mixes_scripts
from rejoinder.discussion.words import unmasked

T = TypeVar("T")

SHORTEST, LONGEST = 2, 40  # characters
MENTIONS = 30  # so many @s of a text are looked at
WORDS = 6  # a mention is looked for in so many words after the @
READINGS = 16  # and in so many lengths
REACH = 80  # and no further than so many code points; imported names can be longer than LONGEST

RESERVED = frozenset(
    {
        "admin", "administrator", "moderator", "moderation", "mod", "editor", "editors", "editorial", "staff", "team",
        "system", "root", "support", "official", "anonymous", "guest", "deleted", "rejoinder", "everyone", "newsroom",
    }
)  # fmt: skip
OFFICES = frozenset({"admin", "administrator", "moderator", "editor", "newsroom", "rejoinder"})  # "Site Editor"

_UNSEEN = re.compile(f"(?![{JOINERS}\ufe0f])[{INVISIBLE}]")
_FOLDED = re.compile(rf"[\s._\-\u2010-\u2015'’‘ʼ`·・{INVISIBLE}]+")
_URL = re.compile(
    r"://|\bwww\.|[^\W_]{2}\.(?:com|org|net|info|biz|io|ru|de|uk|app|dev|shop|site|online|xyz|top|news)\b",
    re.IGNORECASE,
)
_AT = re.compile(
    "(?:(?<![^\\W_])(?<![@＠/+%=&#-])|(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]))"  # no mail or web address
    r"[@＠](?=[^\s@＠])"
)
_WINDOW = re.compile(f"[^\n@＠]{{1,{REACH}}}")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_GOES_ON = re.compile(r"[._-]\w")  # @bob.smith is not @bob
_COLON = re.compile(r"[ \u00a0]*[:：]")


class NameProblem(StrEnum):
    """Why nobody can have a name."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    URL = "url"
    EMAIL = "e-mail"
    CONTROLS = "controls"  # or other characters that `clean_name` takes away
    NO_LETTER = "no-letter"
    MIXED_SCRIPTS = "mixed-scripts"  # within one word
    RESERVED = "reserved"


class Mention(Struct, frozen=True):
    """An @NAME in a text: from the @ to the name's end in code points, whose by name key, and whether the text begins
    with it and a colon.
    """

    start: int
    end: int
    key: str
    head: bool


def clean_name(name: str) -> str:
    """The name as it is stored: cleaned, on one line, single spaces, NFKC, without characters nobody sees but for the
    joiners inside words. Cleaning twice changes nothing more.
    """
    shown = clean(_UNSEEN.sub("", normalize("NFKC", clean(name)).replace("\n", " ")))
    words = (word.strip(JOINERS) for word in shown.split())
    return " ".join(word for word in words if word)


def name_key(name: str) -> str:
    """What two names share that readers would take for the same: folded for case and width (NFKC_Casefold, UAX 31,
    5.2), white space, apostrophes, dots, dashes and underscores. Accents count: Müller and Muller are two people.
    """
    if name.isascii():
        return _FOLDED.sub("", name.casefold())
    return _FOLDED.sub("", normalize("NFKC", normalize("NFKC", name).casefold()))


def name_problem(name: str) -> NameProblem | None:
    """Why nobody can have this name, or None. Ask it about a name as `clean_name` gives it."""
    checks = (
        (NameProblem.TOO_LONG, length(name) > LONGEST or len(name) > 2 * LONGEST),
        (NameProblem.TOO_SHORT, length(name_key(name)) < SHORTEST),
        (NameProblem.CONTROLS, clean_name(name) != name),
        (NameProblem.EMAIL, "@" in name),
        (NameProblem.URL, _URL.search(name) is not None),
        (NameProblem.NO_LETTER, not any(map(str.isalpha, name))),
        (NameProblem.MIXED_SCRIPTS, any(map(mixes_scripts, name.split()))),
        (NameProblem.RESERVED, _is_reserved(name)),
    )
    return next((problem for problem, is_so in checks if is_so), None)


def candidates(text: str) -> set[str]:
    """The name keys that the @s in a text may mean: what is looked up before `mentions` can tell."""
    return {key for _, readings in _spans(text) for key, _ in readings}


def mentions(text: str, known: Mapping[str, T]) -> list[Mention]:
    """Where the text says @NAME of a known name (by name key), the longest name first. A mail address is none, nor is
    an @ in a web address. Only the first MENTIONS @s are looked at.
    """
    found: list[Mention] = []
    for start, readings in _spans(text):
        reading = next(((key, end) for key, end in reversed(readings) if key in known), None)
        if reading is not None:
            key, end = reading
            is_head = not text[:start].strip() and _COLON.match(text, end) is not None
            found.append(Mention(start, end, key, is_head))
    return found


def renamed(text: str, *, key: str, to: str) -> str:
    """The text with another name wherever it says @NAME of the name with this key."""
    parts, at = [], 0
    for found in mentions(text, {key: True}):
        parts += [text[at : found.start], f"@{to}"]
        at = found.end
    return "".join([*parts, text[at:]])


def _spans(text: str) -> Iterator[tuple[int, list[tuple[str, int]]]]:
    """For each @, where it stands, and the names that may follow it, each longer than the last: key and end."""
    if "@" not in text and "＠" not in text:
        return  # the pattern looks at every letter
    for at in islice(_AT.finditer(text), MENTIONS):
        yield at.start(), list(islice(_readings(text, at.end()), READINGS))


def _readings(text: str, begin: int) -> Iterator[tuple[str, int]]:
    window = _WINDOW.match(text, begin)
    last, words = "", 1
    for end in range(begin + 1, window.end() + 1 if window else begin):
        words += text[end - 1].isspace()
        if words > WORDS:
            return
        if _may_end(text, end) and (key := name_key(text[begin:end])) != last:
            last = key
            yield key, end


def _may_end(text: str, end: int) -> bool:
    """Whether a name may end here: not inside a word, unless its script writes words without spaces."""
    before, after = text[end - 1], text[end : end + 1]
    if before.isspace() or before in "._-":
        return False
    if not after:
        return True
    if has_no_width(after) or _GOES_ON.match(text, end):
        return False
    is_inside = after.isalnum() and (before.isalnum() or has_no_width(before))
    return not is_inside or bool(_UNSPACED.match(before) or _UNSPACED.match(after))


def _is_reserved(name: str) -> bool:
    whole = name_key(name)
    if any(unmasked(each) & _RESERVED_LETTERS for each in (whole, whole.rstrip("0123456789")) if each):
        return True
    return any(unmasked(word) & _OFFICE_LETTERS for word in re.split(r"[\s._-]+", name) if word)


def _letters(words: frozenset[str]) -> frozenset[str]:
    return frozenset(letters for word in words for letters in unmasked(word))


_RESERVED_LETTERS, _OFFICE_LETTERS = _letters(RESERVED), _letters(OFFICES)
