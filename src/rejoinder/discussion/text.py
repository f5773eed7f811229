"""Hygiene of what readers write: what is taken out, what counts as empty, how long it is, which texts are the same."""

import hashlib
import re
import unicodedata

MARKS = 8  # combining marks on one base; the most that living scripts need is about four

# Overrides and embeddings can show a text in another order than it has (Unicode Standard Annex 9, 2.1-2.2); isolates
# left open leak into what follows. The marks LRM, RLM and ALM only nudge neighbours and stay.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_NONCHARACTERS = "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
_PRIVATE = "\ue000-\uf8ff"  # nobody's letters; ours mark mentions in stored HTML
_INVISIBLE = "\u00ad\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb"
_REMOVED = re.compile(f"[{_BIDI}{_CONTROLS}{_NONCHARACTERS}{_PRIVATE}{_INVISIBLE}]|[\U000f0000-\U0010ffff]")
_TAGS = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+")  # outside an emoji flag
_BLANK = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]*"
)
_SPACES = re.compile(r"[ \u00a0]+$", re.MULTILINE)
_LINES = re.compile(r"\n{3,}")
_NO_WORD = re.compile(r"[\W_]+")


def clean(text: str) -> str:
    """The text as it is stored: NFC, lines ended by LF, at most one blank line in a row, no controls, no bidirectional
    overrides, no lone surrogates, no piles of combining marks. Arabic, Hebrew, joiners and emoji are unharmed; cleaning
    twice changes nothing more.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").replace("\u2028", "\n")
    text = _REMOVED.sub("", text.replace("\u2029", "\n\n"))
    text = _TAGS.sub("", text)
    text = _fewer_marks(unicodedata.normalize("NFC", text))
    text = _LINES.sub("\n\n", _SPACES.sub("", text))
    return text.strip("\n").rstrip()


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only white space and characters without ink."""
    return _BLANK.fullmatch(text) is not None


def length(text: str) -> int:
    """Characters as a reader counts them, nearly: code points without combining marks and joiners."""
    if text.isascii():
        return len(text)
    return sum(1 for character in text if not _is_mark(character) and character not in "\u200c\u200d\ufe0f")


def fingerprint(text: str) -> bytes:
    """Sixteen bytes that are equal for texts that differ only in case, white space or punctuation."""
    folded = _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return hashlib.blake2b((folded or text).encode(), digest_size=16).digest()


def _fewer_marks(text: str) -> str:
    """The text with at most MARKS combining marks in a row."""
    if text.isascii():
        return text
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if _is_mark(character) else 0
        if run <= MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")
