"""Every address against every role, in one table: no page and no call is open to a role that should not have it, and a
new address that nobody has put into the table fails here.
"""

import re
from enum import IntEnum

import httpx
import pytest
from tests.makers import a_commenter, a_site
from tests.serving import Served

from rejoinder.discussion.commenters import Commenter, Role
from rejoinder.discussion.moderation import Outcome
from rejoinder.web.api.routes import PREFIX, ROUTES
from rejoinder.web.routes import PAGE_ROUTES


class Least(IntEnum):
    """Who may at least: everybody (what is said there may still need a link of its own), who has a name here, who may
    decide, who may also set rules, close, pick, and manage people.
    """

    ANYBODY = 0
    NAMED = 1
    MODERATOR = 2
    EDITOR = 3


TABLE: dict[Least, tuple[str, ...]] = {
    Least.ANYBODY: (
        "GET /{site}",
        "GET /{site}/stories/{slug}",
        "GET /{site}/stories/{slug}/comments.atom",
        "GET /{site}/stories/{slug}/comments.json",
        "GET /{site}/sections/{key}/comments.atom",
        "GET /{site}/sections/{key}/comments.json",
        "GET /{site}/comments.atom",
        "GET /{site}/comments.json",
        "GET /{site}/people/{id}",
        "GET /{site}/people/{id}/comments.atom",
        "GET /{site}/people/{id}/comments.json",
        "GET /{site}/stories/{slug}/live.json",
        "GET /{site}/stories/{slug}/names.json",
        "GET /{site}/stories/{slug}/write",
        "GET /{site}/comments/{id}/reply",
        "GET /include",
        "GET /{site}/comments/{id}",
        "GET /{site}/comments/{id}/changes",
        "GET /{site}/policy",
        "GET /{site}/policy/{number}",
        "GET /{site}/policy.json",
        "GET /{site}/stories/{slug}/guest",
        "POST /{site}/stories/{slug}/guest",
        "GET /{site}/guest/{token}",
        "POST /{site}/guest/{token}",
        "GET /{site}/comments/{id}/report",
        "POST /{site}/comments/{id}/report",
        "GET /{site}/reports/{receipt}",
        "GET /{site}/log-in",
        "POST /{site}/log-in",
        "POST /{site}/log-in/passkey",
        "POST /{site}/sign-in/token",
        "GET /{site}/sign-in/{provider}",
        "GET /{site}/sign-in/{provider}/back",
        "POST /{site}/log-out",
        "GET /{site}/register",
        "POST /{site}/register",
        "GET /{site}/sent/{kind}",
        "GET /{site}/confirm/{token}",
        "POST /{site}/confirm/{token}",
        "GET /{site}/forgot",
        "POST /{site}/forgot",
        "GET /{site}/reset/{token}",
        "POST /{site}/reset/{token}",
        "GET /{site}/embed/comments/{id}",
        "GET /{site}/letters/{token}",
        "POST /{site}/letters/{token}",
        "GET /{site}/new-address/{token}",
        "POST /{site}/new-address/{token}",
        "GET /{site}/left/{texts}",
        "GET /{site}/consent/{token}",
        "POST /{site}/consent/{token}",
        "GET /api/stories",
        "GET /api/stories/{slug}",
        "GET /api/stories/{slug}/comments",
        "GET /api/counts",
        "GET /api/comments/{comment_id}",
        "GET /api/comments/{comment_id}/replies",
        "POST /api/comments/{comment_id}/flags",
        "GET /api/receipts/{receipt}",
        "POST /{site}/notices/{receipt}/appeal",
        "POST /api/notices/{receipt}/appeal",
        "GET /{site}/acts/{key}",
        "POST /{site}/acts/{key}/appeal",
        "GET /api/acts/{key}",
        "POST /api/acts/{key}/appeal",
        "POST /api/session",
        "GET /api/corrections/{receipt}",
        "GET /api/decisions/{key}",
        "GET /api/notices/{receipt}",
        "GET /api/stories/{slug}/tally",
        "GET /{site}/comments/{id}/notice",
        "GET /{site}/corrections/{receipt}",
        "GET /{site}/decisions/{key}",
        "GET /{site}/notice",
        "GET /{site}/notices/{receipt}",
        "GET /{site}/stories/{slug}/correct",
        "POST /api/decisions/{key}/appeal",
        "POST /api/notices",
        "POST /api/receipts/{receipt}/appeal",
        "POST /api/stories/{slug}/corrections",
        "POST /{site}/decisions/{key}/appeal",
        "POST /{site}/notice",
        "POST /{site}/reports/{receipt}/appeal",
        "POST /{site}/stories/{slug}/correct",
    ),
    Least.NAMED: (
        "POST /{site}/stories/{slug}/comments",
        "POST /{site}/comments/{id}/reply",
        "GET /{site}/comments/{id}/edit",
        "POST /{site}/comments/{id}/edit",
        "GET /{site}/comments/{id}/delete",
        "POST /{site}/comments/{id}/delete",
        "GET /{site}/comments/{id}/recommend",
        "POST /{site}/comments/{id}/recommend",
        "POST /{site}/confirm",
        "GET /{site}/second-factor",
        "POST /{site}/second-factor",
        "GET /{site}/second-factor/set-up",
        "POST /{site}/second-factor/passkey",
        "POST /{site}/second-factor/set-up",
        "GET /{site}/account",
        "GET /{site}/account/name",
        "POST /{site}/account/name",
        "GET /{site}/account/passkeys",
        "POST /{site}/account/passkeys",
        "POST /{site}/account/passkeys/name",
        "POST /{site}/account/passkeys/remove",
        "POST /{site}/account/sessions",
        "GET /{site}/embed/sign-in",
        "POST /{site}/embed/sign-in",
        "GET /{site}/account/trust",
        "GET /{site}/notifications",
        "POST /{site}/notifications",
        "POST /{site}/notifications/{id}",
        "GET /{site}/stories/{slug}/follow",
        "POST /{site}/stories/{slug}/follow",
        "GET /{site}/people/{id}/mute",
        "POST /{site}/people/{id}/mute",
        "GET /{site}/account/letters",
        "POST /{site}/account/letters",
        "GET /{site}/account/editors",
        "POST /{site}/account/editors/{id}/read",
        "GET /api/warnings",
        "POST /api/warnings/{warning_id}/acknowledgement",
        "GET /{site}/account/data",
        "GET /{site}/account/data.json",
        "GET /{site}/account/email",
        "POST /{site}/account/email",
        "GET /{site}/account/leave",
        "POST /{site}/account/leave",
        "POST /api/stories/{slug}/comments",
        "POST /api/stories/{slug}/preview",
        "DELETE /api/session",
        "PATCH /api/comments/{comment_id}",
        "DELETE /api/comments/{comment_id}",
        "PUT /api/comments/{comment_id}/recommendation",
        "DELETE /api/comments/{comment_id}/recommendation",
        "GET /{site}/decisions",
    ),
    Least.MODERATOR: (
        "GET /{site}/desk",
        "GET /{site}/desk/today",
        "GET /{site}/desk/comments/{id}",
        "POST /{site}/desk/comments/{id}/decide",
        "POST /{site}/desk/comments/{id}/text",
        "POST /{site}/desk/decisions/{id}/undo",
        "GET /{site}/desk/stories",
        "GET /{site}/desk/people/{id}",
        "POST /{site}/desk/people/{id}/message",
        "POST /{site}/desk/people/{id}/warn",
        "POST /{site}/desk/people/{id}/hold",
        "POST /{site}/desk/person-acts/{id}/lift",
        "GET /{site}/desk/log",
        "GET /api/desk/queue",
        "POST /api/desk/comments/{comment_id}/decisions",
        "POST /api/desk/decisions/{decision_id}/undo",
        "GET /api/desk/appeals",
        "GET /{site}/desk/appeals",
        "GET /{site}/desk/appeals/{id}",
        "GET /{site}/desk/comments/{id}/alike",
        "GET /{site}/desk/corrections/{id}",
        "GET /{site}/desk/decisions/{id}",
        "GET /{site}/desk/mine",
        "GET /{site}/desk/new",
        "GET /{site}/desk/news.json",
        "GET /{site}/desk/notices/{id}",
        "GET /{site}/desk/search",
        "POST /api/desk/appeals/{appeal_id}/hearing",
        "POST /api/desk/appeals/{appeal_id}/undo",
        "POST /{site}/desk/appeals/{id}/hear",
        "POST /{site}/desk/appeals/{id}/undo",
        "POST /{site}/desk/batch",
        "POST /{site}/desk/batch/undo",
        "POST /{site}/desk/care",
        "POST /{site}/desk/comments/{id}/answer",
        "POST /{site}/desk/comments/{id}/assign",
        "POST /{site}/desk/comments/{id}/claim",
        "POST /{site}/desk/comments/{id}/notes",
        "POST /{site}/desk/comments/{id}/opinion",
        "POST /{site}/desk/corrections/{id}",
        "POST /{site}/desk/corrections/{id}/undo",
        "POST /{site}/desk/notices/{id}",
        "POST /{site}/desk/people/{id}/notes",
        "POST /{site}/desk/views",
        "POST /{site}/desk/views/{id}/let-go",
    ),
    Least.EDITOR: (
        "POST /{site}/desk/comments/{id}/pick",
        "GET /{site}/desk/picks",
        "POST /{site}/desk/comments/{id}/consent",
        "GET /{site}/desk/letters-page/{kind}",
        "GET /{site}/desk/stories/{slug}",
        "POST /{site}/desk/stories/{slug}/close",
        "POST /{site}/desk/stories/{slug}/reopen",
        "POST /{site}/desk/stories/{slug}/withdraw",
        "POST /{site}/desk/stories/{slug}/restore",
        "POST /{site}/desk/stories/{slug}/rules",
        "GET /{site}/desk/stories/{slug}/merge",
        "POST /{site}/desk/stories/{slug}/merge",
        "POST /{site}/desk/merges/{id}/undo",
        "GET /{site}/desk/policy",
        "POST /{site}/desk/policy",
        "GET /{site}/desk/times",
        "POST /{site}/desk/times",
        "POST /{site}/desk/times/{section}",
        "POST /{site}/desk/people/{id}/level",
        "POST /{site}/desk/people/{id}/ban",
        "POST /{site}/desk/people/{id}/unban",
        "POST /{site}/desk/people/{id}/off-ladder",
        "GET /{site}/desk/people/{id}/erase",
        "POST /{site}/desk/people/{id}/erase",
        "POST /{site}/desk/comments/{id}/lock",
        "POST /{site}/desk/comments/{id}/move",
        "GET /{site}/desk/rules",
        "GET /{site}/desk/rules/sections/{key}",
        "GET /{site}/desk/rules/stories/{slug}",
        "POST /{site}/desk/rules",
        "POST /{site}/desk/rules/sections/{key}",
        "POST /{site}/desk/rules/stories/{slug}",
    ),
}
LEAST = {route: least for least, routes in TABLE.items() for route in routes}


def known_routes() -> set[str]:
    """Every address we answer at, as the table writes them."""
    pages = {f"{route.method} {route.path}" for route in PAGE_ROUTES}
    return pages | {f"{route.method} /api{re.sub(r':[a-z]+', '', route.path)}" for route in ROUTES}


BODIES = {  # what a call must bring to be understood, so that it is the role that decides
    "POST /api/stories/{slug}/comments": {"text": "It had one."},
    "POST /api/stories/{slug}/preview": {"text": "It had one."},
    "PATCH /api/comments/{comment_id}": {"text": "It had one.", "revision": 1},
    "POST /api/desk/appeals/{appeal_id}/hearing": {"outcome": "refused", "revision": 1, "answer": "It stays."},
    "POST /api/desk/comments/{comment_id}/decisions": {"outcome": "approve", "revision": 1},
}


class House:
    """A site with somebody in every role, a comment, a decision on it; and an editor of another site."""

    def __init__(self, served: Served) -> None:
        self.served = served
        setting = served.setting
        other = setting.write(lambda w: a_site(w, key="gazette"))
        self.people: dict[str, Commenter | None] = {
            "nobody": None,
            "reader": setting.write(lambda w: a_commenter(w, setting.site, "saltmarsh")),
            "moderator": setting.write(lambda w: a_commenter(w, setting.site, "M. Lowen", role=Role.MODERATOR)),
            "editor": setting.editor,
            "editor elsewhere": setting.write(lambda w: a_commenter(w, other, "E. Voss", role=Role.EDITOR)),
        }
        self.comment = setting.post("The pier needs a lamp.", by=self.people["reader"])
        self.decision = setting.decide(self.comment, Outcome.APPROVE)

    def ask(self, who: str, route: str) -> httpx.Response:
        """What the address answers this visitor, who comes with a session of their own each time."""
        method, _, path = route.partition(" ")
        path = path.replace("/api/", PREFIX.replace("{site:str}", "{site}") + "/", 1) if "/api/" in route else path
        values = {
            "site": self.served.setting.site.key,
            "slug": self.served.setting.story.slug,
            "comment_id": str(self.comment.id),
            "decision_id": str(self.decision.id),
            "appeal_id": str(self.decision.id),
            "warning_id": str(self.comment.id),
            "id": self._id(path),
        }
        found = re.sub(r"{(\w+)}", lambda part: values.get(part[1], "x"), path)
        with self.served.client(self.people[who]) as client:
            return client.request(method, found, json=BODIES.get(route, {}) if "/api/" in route else None)

    def _id(self, path: str) -> str:
        if "/people/" in path:
            return str(self.served.setting.reader.id)
        return str(self.decision.id if "/decisions/" in path else self.comment.id)


def is_turned_away(answer: httpx.Response) -> bool:
    """Whether the asker was told to log in, or that this is not theirs."""
    leads_to_door = answer.status_code == 303 and "/log-in" in answer.headers["location"]
    return answer.status_code in (401, 403) or leads_to_door


def test_every_address_is_in_the_table() -> None:
    assert known_routes() == set(LEAST)


def test_no_address_is_in_the_table_twice() -> None:
    assert sum(len(routes) for routes in TABLE.values()) == len(LEAST)


@pytest.mark.parametrize(
    ("who", "rank"),
    [
        ("nobody", Least.ANYBODY),
        ("reader", Least.NAMED),
        ("moderator", Least.MODERATOR),
        ("editor", Least.EDITOR),
    ],
)
def test_an_address_is_open_to_its_roles_and_to_no_other(served: Served, who: str, rank: Least) -> None:
    house = House(served)

    answers = {route: house.ask(who, route) for route in sorted(LEAST)}

    open_though = [route for route, answer in answers.items() if rank < LEAST[route] and not is_turned_away(answer)]
    shut_though = [
        (route, answer.status_code)
        for route, answer in answers.items()
        if rank >= LEAST[route] and is_turned_away(answer) and route not in SHUT_FOR_A_REASON
    ]
    broken = [(route, answer.status_code) for route, answer in answers.items() if answer.status_code >= 500]
    assert (open_though, shut_though, broken) == ([], [], [])


def test_an_editor_of_another_site_is_nobody_special_here(served: Served) -> None:
    house = House(served)

    staffed = [route for route, least in LEAST.items() if least >= Least.MODERATOR]

    assert [route for route in staffed if not is_turned_away(house.ask("editor elsewhere", route))] == []


SHUT_FOR_A_REASON = {  # where the role alone is not enough
    "POST /{site}/log-in": "a password that is none",
    "POST /{site}/log-in/passkey": "an answer that no key gave",
    "POST /{site}/account/passkeys": "the same",
    "POST /{site}/second-factor": "a code that is none",
    "POST /{site}/second-factor/passkey": "an answer that no key gave",
    "GET /{site}/stories/{slug}/guest": "guests may not write on this site",
    "GET /{site}/embed/sign-in": "no page of the publisher's asks",
    "POST /{site}/embed/sign-in": "the same",
    "GET /{site}/comments/{id}/edit": "somebody else's comment",
    "GET /{site}/comments/{id}/delete": "somebody else's comment",
    "POST /{site}/comments/{id}/delete": "somebody else's comment",
    "DELETE /api/comments/{comment_id}": "somebody else's comment",
    "PATCH /api/comments/{comment_id}": "somebody else's comment",
}
