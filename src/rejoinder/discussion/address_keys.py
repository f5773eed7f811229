"""The one form of an address by which a story is found, however it was shared."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from rejoinder.discussion.origins import in_ascii
from rejoinder.discussion.problems import StoryProblem
from rejoinder.discussion.refusals import BadStory

# What letters, networks and counters add to an address. A name is here only if no publisher calls a story by it: two
# discussions that are one are worse than one that is two.
_TRACKING = re.compile(
    r"(?:utm|mtm|matomo|piwik|pk|hsa|vero|oly|wt|guce|fb|_branch)_\w+|at_(?:medium|campaign|link|custom\d)\w*"
    r"|(?:fb|g|y|ys|d|tw|tt)clid|gclsrc|msclkid"
    r"|gbraid|wbraid|igsh(?:id)?|li_fat_id|rdt_cid|epik|ef_id|s_kwcid|s_?cid|mc_[ce]id|mkt_tok|_ga|_gl|_hs(?:enc|mi)|__hs\w+"
    r"|hsctatracking|ref_(?:src|url)|cmpid|cmp|ocid|ncid|smid|smtyp|ito|ftag|xtor|srnd|guccounter|trk|wickedid|_openstat"
    r"|__twitter_impression|twitter_impression|sh_kit|mbid|gaa_\w+",
    re.IGNORECASE,
)
_HOST_MARKS = re.compile(r"^(?:(?:www\d?|amp|m|mobile)\.)+(?=[^.]+\.)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_AMP_PATH = re.compile(r"^/amp(?=/.)|/amp$|\.amp(?=\.html?$|$)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9a-f]{2})", re.IGNORECASE)
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
_USUAL_PORTS = (None, 80, 443)
_AMP = frozenset({"amp", "outputtype", "usqp"})


def address_key(url: str) -> str:
    """The address without what does not tell one story from another: scheme and fragment; "www.", "amp.", "m." and a
    usual port of the host, which is written in ASCII; a trailing slash, "/amp" and "index.html" of the path; tracking
    marks and order of the query. Escapes are written in one way (RFC 3986, 6.2.2). Raises BadStory for what is no
    address.
    """
    if "\0" in url:
        raise BadStory(problem=StoryProblem.UNREADABLE_ADDRESS)
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise BadStory(problem=StoryProblem.UNREADABLE_ADDRESS) from None
    if not parts.hostname or parts.scheme not in ("http", "https", ""):
        raise BadStory(problem=StoryProblem.NO_HOST)
    host = _HOST_MARKS.sub("", _in_ascii(parts.hostname.rstrip(".")))
    marks = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    pairs = sorted(pair for pair in marks if not _is_mark(*pair))
    query = urlencode(pairs, errors="surrogateescape")
    shown_port = "" if port in _USUAL_PORTS else f":{port}"
    return f"{host}{shown_port}{_path(parts.path)}" + (f"?{query}" if query else "")


def _in_ascii(host: str) -> str:
    try:
        return in_ascii(host)
    except ValueError:
        raise BadStory(problem=StoryProblem.IMPOSSIBLE_HOST) from None


def _path(path: str) -> str:
    """The path as one writes it: no session in it, one way to escape, no name for what a folder shows by itself."""
    plain = _ESCAPE.sub(_unescaped, "".join(_escaped(letter) for letter in _SESSION.sub("", path)))
    bare = _INDEX.sub("", plain).rstrip("/")
    return _INDEX.sub("", _AMP_PATH.sub("", bare)).rstrip("/")


def _escaped(letter: str) -> str:
    if letter.isascii():
        return letter
    return "".join(f"%{byte:02X}" for byte in letter.encode(errors="surrogatepass"))


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _PLAIN else f"%{found[1].upper()}"


def _is_mark(name: str, value: str) -> bool:
    if name.lower() in _AMP:
        return value in ("", "1", "amp", "true") or name.lower() == "usqp"
    return _TRACKING.fullmatch(name) is not None
