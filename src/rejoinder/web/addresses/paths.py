"""How a path is put together. Pure: values in, a path out, percent-encoded (RFC 3986, 2.1)."""

from urllib.parse import quote, urlencode


def path_of(*parts: str, **query: str | int | None) -> str:
    """The path of these parts, with what is not None in its query."""
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path
