"""The bytes to be read and what is known about them, and the text they hold."""

import codecs
import re
from zoneinfo import ZoneInfo

import charset_normalizer
from msgspec import Struct

from rejoinder.importers.record import NotText, Remark, Truncated

# The encodings that old news pages were saved in, commonest first (the defaults of WHATWG's Encoding Standard).
_LEGACY = ["cp1252", "cp1256", "cp1251", "cp1250", "cp1254", "cp1255", "cp932", "gb18030", "euc_kr", "big5"]
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\x7fELF")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What a label means is more than it says (WHATWG Encoding Standard, "names and labels").
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "euc_kr": "cp949"}
_DAMAGE = 4  # one in so many characters beyond ASCII: in another encoding hardly any would be good UTF-8
_FEWEST = 20  # one bad character in so many is an accident; more are not


class Source(Struct, frozen=True, kw_only=True):
    """What is handed to a reader. `name` is the file's name or the page's address, for messages; `text` is the decoded
    content and `remarks` what the decoding assumed.
    """

    data: bytes
    text: str
    name: str
    content_type: str | None = None
    base_url: str | None = None
    site_zone: ZoneInfo | None = None
    remarks: tuple[Remark, ...] = ()


def text_of(data: bytes, *, name: str, content_type: str | None = None) -> tuple[str, tuple[Remark, ...]]:
    """The text the bytes hold, with what had to be assumed: a byte order mark counts first, then what the transfer or
    the page says, then UTF-8, then a guess among the encodings of old pages, which is remarked. Raises NotText, and
    Truncated where the file stops inside a character.
    """
    if data.startswith(_SIGNATURES):
        raise NotText(f"{name} is a binary file, not a page of text.")
    encoding = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    encoding = encoding or _said(content_type) or _said(data[:1024].decode("latin-1") if b"<" in data[:256] else None)
    if encoding and (text := _decoded(data, encoding, name)) is not None:
        return _checked(text, name), ()
    if (text := _decoded(data, "utf-8", name)) is not None:
        return _checked(text, name), ()
    return _guessed(data, name)


def _said(text: str | None) -> str | None:
    named = _CHARSET.search(text or "")
    try:
        label = codecs.lookup(named[1]).name if named else None
    except LookupError:
        return None
    return _MEANT.get(label, label) if label else None


def _decoded(data: bytes, encoding: str, name: str) -> str | None:
    """The text, or None if the bytes are not in this encoding."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.reason in ("unexpected end of data", "truncated data") and error.start > 0:
            raise Truncated(f"{name} stops in the middle of a character.") from error
        return None


def _checked(text: str, name: str) -> str:
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls * _FEWEST > len(text):
        raise NotText(f"{name} holds bytes that are no text.")
    return text.removeprefix("\ufeff")


def _guessed(data: bytes, name: str) -> tuple[str, tuple[Remark, ...]]:
    if b"\x00" in data:
        raise NotText(f"{name} holds bytes that are no text.")
    mended = data.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd")
    if lost * _DAMAGE < sum(not c.isascii() for c in mended):
        sentence = f"{lost} character(s) of the file are damaged and could not be read."
        return _checked(mended, name), (Remark(code="characters-damaged", text=sentence),)
    encoding = _likeliest(data)
    text = _checked(data.decode(encoding, errors="replace"), name)
    sentence = f"The file is not in UTF-8 and does not say its encoding; it was read as {encoding}."
    return text, (Remark(code="encoding-guessed", text=sentence),)


def _likeliest(data: bytes) -> str:
    """Among the guesses that are equally good, the commonest encoding."""
    guesses = charset_normalizer.from_bytes(data, cp_isolation=_LEGACY)
    best = guesses.best()
    equal = [g for g in guesses if best and (g.chaos, g.coherence) == (best.chaos, best.coherence)]
    possible = {encoding for guess in equal for encoding in guess.could_be_from_charset}
    return next((encoding for encoding in _LEGACY if encoding in possible), "cp1252")
