"""The OpenAPI document: it says everything the API does, and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.makers import Setting
from tests.web.api import Api

from rejoinder.store.database import Database
from rejoinder.web.api.routes import PREFIX, ROUTES


@pytest.fixture
def document(database: Database) -> Iterator[dict[str, Any]]:
    with Api(Setting(database)) as api:
        answer = api.get("/api/v1/openapi.json")
        assert answer.headers["content-type"].startswith("application/vnd.oai.openapi+json")
        yield answer.json()


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def test_the_document_has_our_routes_and_no_others(document: dict[str, Any]) -> None:
    ours = {(route.method, _template(PREFIX + route.path)) for route in ROUTES}

    assert set(operations(document)) == ours


def test_every_operation_has_a_summary_and_a_typed_answer(document: dict[str, Any]) -> None:
    for (_, path), operation in operations(document).items():
        good = [status for status in operation["responses"] if status.startswith("2")]
        assert operation["summary"].endswith("."), path
        for status in good:
            content = operation["responses"][status].get("content", {})
            assert status == "204" or "$ref" in content["application/json"]["schema"], path


def test_every_refusal_of_an_operation_is_described_as_a_problem(document: dict[str, Any]) -> None:
    for (_, path), operation in operations(document).items():
        bad = {status: said for status, said in operation["responses"].items() if not status.startswith("2")}
        assert "503" in bad, path
        assert "400" not in bad, path
        for said in bad.values():
            assert said["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_every_parameter_of_a_path_is_described(document: dict[str, Any]) -> None:
    for (_, path), operation in operations(document).items():
        described = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert described == {part[1:-1] for part in path.split("/") if part.startswith("{")}


def test_what_needs_a_session_says_so(document: dict[str, Any]) -> None:
    [cookie] = document["components"]["securitySchemes"].values()

    needing = {key for key, operation in operations(document).items() if operation.get("security")}

    assert cookie["name"] == "rejoinder"
    assert needing == {(route.method, _template(PREFIX + route.path)) for route in ROUTES if 401 in route.refusals}


def test_requests_refuse_what_they_do_not_know(document: dict[str, Any]) -> None:
    bodies = [operation["requestBody"] for operation in operations(document).values() if "requestBody" in operation]

    assert len(bodies) == 13
    for body in bodies:
        name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert document["components"]["schemas"][name]["properties"]


@pytest.mark.parametrize("path", ["/schema", "/schema/openapi.json", "/schema/swagger", "/api/v1/swagger", "/docs"])
def test_there_are_no_pages_of_anybody_else_s(database: Database, path: str) -> None:
    with Api(Setting(database)) as api:
        assert api.get(path).status_code == 404


def _template(path: str) -> str:
    return path.replace(":str}", "}").replace(":uuid}", "}")
