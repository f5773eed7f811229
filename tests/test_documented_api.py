"""What docs/reference says of the API and of refusals is all there is, and all of it is so."""

import re
from pathlib import Path

from rejoinder.discussion.policy import REASONS
from rejoinder.discussion.problems import (
    HookProblem,
    MoveProblem,
    PolicyProblem,
    RulesProblem,
    SignInProblem,
    StoryProblem,
)
from rejoinder.discussion.refusals import Problem, Refusal
from rejoinder.web.api.health import HEALTH_ROUTES
from rejoinder.web.api.problems import FAULTS
from rejoinder.web.api.routes import ROUTES
from rejoinder.web.statuses import STATUS

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"
API = (REFERENCE / "api.md").read_text(encoding="utf-8")
REFUSALS = (REFERENCE / "refusals.md").read_text(encoding="utf-8")


def test_every_route_is_in_the_table_of_routes_and_no_other() -> None:
    routes = {f"{route.method} {_template(route.path)}" for route in ROUTES}
    routes |= {f"GET {path}" for handler in HEALTH_ROUTES for path in handler.paths}

    assert set(re.findall(r"^\| `([A-Z]+ /\S+)` \|", API, re.MULTILINE)) == routes


def test_every_refusal_is_listed_with_its_status_and_no_other() -> None:
    known = {refusal.code: STATUS[refusal.kind] for refusal in Refusal.__subclasses__()}
    known |= {fault.code: fault.status for fault in FAULTS}

    listed = re.findall(r"^\| `([\w-]+)` \| (\d+) \|", REFUSALS, re.MULTILINE)

    assert {code: int(status) for code, status in listed} == known
    assert len(listed) == len(known)


def test_every_reason_is_named() -> None:
    assert all(f"`{reason.code}`" in API for reason in REASONS)


def test_what_a_refusal_s_sentence_needs_is_explained() -> None:
    for refusal in Refusal.__subclasses__():
        [line] = [line for line in REFUSALS.splitlines() if line.startswith(f"| `{refusal.code}` ")]
        for place in re.findall(r"%\((\w+)\)", refusal.sentence):
            assert f"`{place}`" in line, refusal.code


def test_every_problem_is_listed_with_its_code_and_no_other() -> None:
    known = {(kind.__name__, each.code) for kind in Problem.__subclasses__() for each in kind}
    of = {
        "cannot-move": MoveProblem,
        "bad-rules": RulesProblem,
        "bad-story": StoryProblem,
        "bad-policy": PolicyProblem,
        "bad-hook": HookProblem,
        "bad-sign-in-settings": SignInProblem,
    }

    listed = re.findall(r"^\| ([\w-]+) \| `([\w-]+)` \|", REFUSALS, re.MULTILINE)

    assert sorted((of[refusal].__name__, code) for refusal, code in listed) == sorted(known)
    assert {each.code for each in Refusal.__subclasses__() if "%(problem)s" in each.sentence} == set(of)


def _template(path: str) -> str:
    return re.sub(r":\w+}", "}", path)
