"""The API as a program meets it: a small application of its routes over one database, and people who log in to it."""

import secrets
from datetime import timedelta
from typing import Any

from litestar import Litestar, Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.testing import TestClient
from tests.makers import Setting, after

from rejoinder.discussion.commenters import Commenter
from rejoinder.discussion.refusals import Refusal
from rejoinder.identity.tokens import sign
from rejoinder.store import accounts, sessions
from rejoinder.store.database import Database, Unreachable, Write
from rejoinder.web.api.health import HEALTH_ROUTES, measured
from rejoinder.web.api.openapi import openapi_config
from rejoinder.web.api.problems import answer, is_for_api
from rejoinder.web.api.routes import API_ROUTES
from rejoinder.web.options import Options
from rejoinder.web.visits import SESSION

SECRET = "of the tests alone"
HOST = "http://courier.example"
SITE = "/api/v1/sites/courier"


def an_app(database: Database, **options: Any) -> Litestar:
    """The API over this database, two hours after NOON."""
    chosen: dict[str, Any] = {"clock": lambda: after(hours=2), "public_url": HOST, "secret": SECRET} | options
    known = Options(database=database, **chosen)
    app = Litestar(
        [*API_ROUTES, *HEALTH_ROUTES],
        openapi_config=openapi_config(session_cookie=known.session_cookie),
        state=State({"options": known}),
        exception_handlers=dict.fromkeys((Refusal, Unreachable, HTTPException), _worded),
    )
    app.asgi_handler = measured(app.asgi_handler)
    return app


def _worded(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Problem details for the API; for everything else what stands in for a page here."""
    return answer(request, error) if is_for_api(request) else Response("a page", status_code=404)


class Api(TestClient[Litestar]):
    """A client of the API; `log_in` gives it somebody's session."""

    def __init__(self, setting: Setting, **options: Any) -> None:
        super().__init__(an_app(setting.database, **options), base_url=HOST, raise_server_exceptions=False)
        self.setting = setting
        self.comments = f"{SITE}/stories/{setting.story.slug}/comments"

    def log_in(self, commenter: Commenter, *, second_factor: bool = True) -> "Api":
        """Gives the client a session of this commenter's, as a page of ours would hold it."""
        token = secrets.token_urlsafe(16)
        self.setting.database.write(lambda w: _session(w, commenter, token, second_factor=second_factor)).result()
        self.cookies.set("rejoinder", sign(token, SECRET, SESSION))
        self.headers["Sec-Fetch-Site"] = "same-origin"
        return self

    def log_out(self) -> "Api":
        self.cookies.clear()
        return self

    def posted(self, text: str = "The early boat is never late.", **more: Any) -> dict[str, Any]:
        """The comment that posting this text gives."""
        answer = self.post(self.comments, json={"text": text, **more})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found


def _session(w: Write, commenter: Commenter, token: str, *, second_factor: bool) -> None:
    assert commenter.account_seq is not None
    account = accounts.by_seq(w, commenter.account_seq)
    sessions.add(w, account, token, lasts=timedelta(days=1), agent="test", now=after(hours=1))
    if second_factor:
        found = sessions.by_token(w, token, now=after(hours=1))
        assert found is not None
        sessions.note_second_factor(w, found.token_hash, now=after(hours=1))
