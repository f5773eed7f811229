"""Hygiene of what readers write: what is kept of it, whether there is anything to see, how long it is, which texts are
the same, and whether a word mixes scripts. Everything here takes work that grows with the length, whatever is sent.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from unicodedata import category, name, normalize

TALLEST = 8  # marks and joiners upon one letter; cantillated Hebrew and stacked Tibetan stay below it
JOINERS = "\u200c\u200d"  # Persian words and emoji families are made with these

# Default_Ignorable_Code_Point (UAX 44), the blanks that count as letters or symbols, and what `clean` takes away.
INVISIBLE = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)

_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")  # the mandatory breaks of UAX 14
_CONTROL = "\x00-\x09\x0b-\x1f\x7f-\x9f"
_BIDI = "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides, isolates (UAX 9, 2.1 to 2.5)
_OBSOLETE = "\u206a-\u206f\ufeff\ufff9-\ufffb"  # deprecated format controls, byte order mark, interlinear notes
_NO_CHARACTER = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane << 16 | last) for plane in range(1, 15) for last in (0xFFFE, 0xFFFF)
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"  # nobody's letters; markup's own mark mentions with them
_GONE = re.compile(f"[{_CONTROL}{_BIDI}{_OBSOLETE}{_NO_CHARACTER}{_PRIVATE}]+")
_TAG = "[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"  # Scotland's (UTS 51, ED-14a)
_TAGGED = re.compile(_TAG)
_FLAG_OR_TAG = re.compile(f"({_FLAG})|{_TAG}")
_GONE_ASCII = re.compile(f"[{_CONTROL}]")
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # of a glyph's variants; one is enough, more can carry hidden data
_SELECTED_AGAIN = re.compile(f"([{_SELECTORS}])[{_SELECTORS}]+")
_PERHAPS_TALL = re.compile(rf"[^\x00-\x7f\w\s][^\w\s]{{{TALLEST},}}")
_HAS_INK = re.compile(rf"[^\s{INVISIBLE}]")
_EMPTY_LINES = re.compile("\n{3,}")
_NO_INK = re.compile(f"[{INVISIBLE}]")
_SIGN = re.compile(r"[^\w\s\x00-\x7f]")
_NOISE = re.compile(r"[\x00-#%-/:-@\[-`{-\x7f]+")  # ASCII but for letters, digits and $
_ASCII_UNSEEN = dict.fromkeys([*range(32), 127])
_ASCII_NOISE = {number: " " for number in range(128) if not chr(number).isalnum() and chr(number) != "$"}
_READ_TOGETHER = {"LATIN", "CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO"}


def clean(text: str) -> str:
    """The text as it is stored: NFC (UAX 15), lines ended by LF, at most one empty line in a row, no white space at
    line ends or around the whole.

    Gone are control characters, lone surrogates, noncharacters, private-use characters, tag characters outside a flag,
    and the bidirectional embeddings, overrides and isolates, which can turn round what follows them. The marks LRM, RLM
    and ALM stay, and paragraphs are shown with `dir="auto"`: Arabic and Hebrew need no more. Of the marks and joiners
    upon one letter the first TALLEST stay. Cleaning twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text.strip()  # one line of plain letters has nothing else to clean
    text = _BREAK.sub("\n", text).replace("\t", " ")
    if text.isascii():
        text = _GONE_ASCII.sub("", text)
    else:
        text = _GONE.sub("", text)
        if _TAGGED.search(text):
            text = _FLAG_OR_TAG.sub(r"\1", text)
        text = _SELECTED_AGAIN.sub(r"\1", text)
        text = _lowered(normalize("NFC", _lowered(text)))  # before it as well: NFC sorts n marks in n² steps
    lines = (line.rstrip() if _HAS_INK.search(line) else "" for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only white space and characters without ink."""
    return _HAS_INK.search(text) is None


def length(text: str) -> int:
    """Characters as a reader counts them, nearly: code points without marks, joiners and others of no width. So é is
    one however it was typed, and each person of an emoji family counts.
    """
    return len(text) - sum(map(has_no_width, _SIGN.findall(text)))


def fingerprint(text: str) -> bytes:
    """Sixteen bytes (BLAKE2b) that are equal for texts that differ only in case, width, white space, punctuation and
    invisible characters. Vowel signs, emoji and currency signs count: they say something.
    """
    text = clean(text)
    if text.isascii():  # the same with fewer steps
        folded = text.translate(_ASCII_UNSEEN).lower()
        said = " ".join(folded.translate(_ASCII_NOISE).split())
    else:
        folded = normalize("NFKC", normalize("NFKC", _NO_INK.sub("", text)).casefold())
        said = " ".join(_SIGN.sub(_meant, _NOISE.sub(" ", folded)).split())
    return blake2b((said or "".join(folded.split())).encode(), digest_size=16).digest()


def mixes_scripts(word: str) -> bool:
    """Whether the word's letters come from scripts that are not written together, as when a Cyrillic а stands in a
    Latin word (UTS 39, 5.2, "highly restrictive", told by character names). Latin beside Chinese, Japanese or Korean
    is usual.
    """
    scripts = set() if word.isascii() else {_script(letter) for letter in word if letter.isalpha()}
    return len(scripts) > 1 and not scripts <= _READ_TOGETHER


def has_no_width(character: str) -> bool:
    """Whether the character adds no width to the one before it: a mark, a joiner, another invisible one."""
    return category(character) in ("Mn", "Mc", "Me", "Cf")


def _lowered(text: str) -> str:
    """The text without the marks and joiners above TALLEST."""
    return text if text.isascii() else _PERHAPS_TALL.sub(_lowered_run, text)


def _lowered_run(run: re.Match[str]) -> str:
    kept: list[str] = []
    height = 0
    for character in run.group():
        height = height + 1 if has_no_width(character) else 0
        if height <= TALLEST:
            kept.append(character)
    return "".join(kept)


def _meant(sign: re.Match[str]) -> str:
    """What a sign counts for beside letters and digits: a mark belongs to its letter, punctuation only separates."""
    kind = category(sign.group())
    if kind in ("So", "Sc"):
        return f" {sign.group()} "
    return sign.group() if kind[0] == "M" else " "


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    return name(normalize("NFKC", letter)[0], "?").split()[0]
