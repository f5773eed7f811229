"""Which of our pages may keep the window that opened them.

Every page of ours cuts that tie (Cross-Origin-Opener-Policy: same-origin), so that no foreign page holds a handle on
it. A log-in from an embed needs it: the page that opened the window is told by postMessage. `same-origin-allow-popups`
would not do, as it keeps the windows that a page opens, not the one that opened it; and a tie once cut, on any page on
the way, does not come back. So the pages of that one way, and only if it began at a page of the publication's own, have
the browsers' own `unsafe-none`. (HTML, 7.1.3 "Cross-origin opener policies".)
"""

from urllib.parse import parse_qs

from rejoinder.discussion.origins import may_take_part
from rejoinder.web import addresses
from rejoinder.web.visits import Visit

KEPT = {"Cross-Origin-Opener-Policy": "unsafe-none"}


def for_the_opener(visit: Visit) -> dict[str, str]:
    """The header that keeps the tie, on the way of a log-in from a page of the publication's; else nothing."""
    asked = visit.asked
    way = addresses.embed_sign_in(visit.site.key)
    if asked.path == way:
        origin = asked.form.text("origin") or asked.query.get("origin", "")
    else:
        path, _, query = (asked.form.text("to") or asked.query.get("to", "")).partition("?")
        origin = parse_qs(query).get("origin", [""])[0] if path == way else ""
    return KEPT if origin and may_take_part(origin, visit.site.origins) else {}
