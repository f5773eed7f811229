"""Whether it is there, whether it can work, and the figures of what it does."""

import re
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from tests.makers import Setting
from tests.web.api import SITE, Api

from rejoinder.store.database import Database, Unreachable
from rejoinder.web.api import health


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    with Api(Setting(database)) as client:
        yield client


def figure(api: Api, name: str, **labels: str) -> float:
    """The figure of this series in /metrics; 0 where there is none yet."""
    for line in api.get("/metrics").text.splitlines():
        found = re.fullmatch(rf"{name}\{{(.*)\}} (\S+)", line)
        if found and dict(re.findall(r'(\w+)="([^"]*)"', found[1])) == labels:
            return float(found[2])
    return 0.0


def silent(_: object) -> "Future[Any]":
    return Future()


def gone(_: object) -> "Future[Any]":
    raise Unreachable("nobody there")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_all_is_well(api: Api, method: str, path: str) -> None:
    answer = api.request(method, path)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("broken", [silent, gone])
def test_without_its_database_it_is_there_and_not_ready(api: Api, broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    monkeypatch.setattr(api.setting.database, "read", broken)

    assert api.get("/healthz").status_code == 200
    assert api.get("/readyz").status_code == 503
    assert api.get("/metrics").status_code == 200


def test_requests_are_counted_and_timed_by_the_template_of_their_route(api: Api) -> None:
    route = "/api/v1/sites/{site}/stories/{slug}"
    before = figure(api, "rejoinder_requests_total", route=route, method="GET", status="200")
    timed = figure(api, "rejoinder_request_seconds_count", route=route, method="GET")

    api.get(f"{SITE}/stories/{api.setting.story.slug}")

    assert figure(api, "rejoinder_requests_total", route=route, method="GET", status="200") == before + 1
    assert figure(api, "rejoinder_request_seconds_count", route=route, method="GET") == timed + 1


@pytest.mark.parametrize(
    ("method", "path", "labels"),
    [
        ("GET", f"{SITE}/stories/none", {"route": "/api/v1/sites/{site}/stories/{slug}", "status": "404"}),
        ("GET", "/a/path/of/nobody", {"route": "unknown", "status": "404"}),
        ("PUT", f"{SITE}/stories", {"route": "/api/v1/sites/{site}/stories", "status": "405"}),
    ],
)
def test_what_was_refused_is_counted_as_what_was_answered(
    api: Api, method: str, path: str, labels: dict[str, str]
) -> None:
    before = figure(api, "rejoinder_requests_total", method=method, **labels)

    api.request(method, path)

    assert figure(api, "rejoinder_requests_total", method=method, **labels) == before + 1


def test_a_method_that_nobody_knows_makes_no_series_of_its_own(api: Api) -> None:
    api.request("BREW", "/healthz")

    assert "BREW" not in api.get("/metrics").text


def test_jobs_are_among_the_figures(api: Api) -> None:
    from rejoinder.jobs.worker import DONE  # noqa: PLC0415 - importing it is what puts its figures there

    DONE.labels("letter", "done")

    assert 'rejoinder_jobs_total{kind="letter",result="done"}' in api.get("/metrics").text
