"""Which addresses have pages that are the same for everybody without a session, so that they are rendered once and
kept. What decides is the page itself, by the edition it gives; this only spares every other request the question.
"""

import re

_SITE = r"/(?!(?:healthz|readyz|metrics|docs|schema|static|api|include|counts\.js|embed\.js)(?:/|$))[^/]+"
_FEED = r"/comments\.(?:atom|json)"
PATHS = re.compile(
    rf"{_SITE}(?:/stories/[^/]+(?:/live\.json|{_FEED})?|(?:/embed)?/comments/[^/]+|/people/[^/]+(?:{_FEED})?"
    rf"|/sections/[^/]+{_FEED}|{_FEED})?"
    r"|/include|/(?:counts|embed)\.js|/api/v1/counts"
    r"|/static/[^/]+"
    r"|/api/v1/sites/[^/]+/(?:counts|stories|stories/[^/]+|stories/[^/]+/comments|comments/[^/]+/replies)"
)
PARAMETERS = frozenset(  # that change one of these pages
    {"after", "data", "embed", "language", "limit", "order", "publisher_id", "site", "story", "url", "view"}
    | {"expires", "headline", "published_at", "section", "signature"}
)
REPEATED = frozenset({"url"})
