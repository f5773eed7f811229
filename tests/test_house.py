"""The house rules that a machine can hold, each with the reason it stands for."""

import ast
import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "rejoinder"
MODULES = sorted(SOURCE.rglob("*.py"))
SYNCHRONOUS = ("discussion", "actions", "store")
DRAWERS = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc"}
LONGEST_FUNCTION = 62  # lines; the longest verbs are one call with many named values
MIGRATIONS = SOURCE / "store" / "migrations"
OURS = {".py", ".toml", ".md", ".html", ".css", ".js", ".json", ".yml", ".yaml", ".po", ".pot", ".txt", ".sh", ""}

# Put together here, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile("|".join(f"/{folder}/" for folder in ("home", "Users", "root", "work")) + r"|\bC:\\")
LATER = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]) + r")\b")
UNEXPLAINED = re.compile(r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type:\s*ignore(\[[\w, -]+\])?)\s*$")


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def in_repository() -> list[Path]:
    """Every text file that is in the repository; the lock files are other people's words."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout, so nobody can say which files are ours")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    found = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in found if path.is_file() and path.suffix in OURS and not is_locked(path)]


def is_locked(path: Path) -> bool:
    return path.suffix == ".lock" or path.name.startswith("requirements")


@pytest.mark.parametrize("room", SYNCHRONOUS)
def test_rules_verbs_and_store_wait_for_nothing(room: str) -> None:
    waiting = [
        f"{named(path)}:{node.lineno}"
        for path in (SOURCE / room).rglob("*.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)
    ]

    assert waiting == []


def test_every_module_says_what_it_is() -> None:
    assert [named(path) for path in MODULES if not ast.get_docstring(tree(path))] == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = [path for path in SOURCE.rglob("*") if path.stem in DRAWERS and path.suffix in (".py", "")]

    assert [named(path) for path in drawers] == []


def test_functions_can_be_seen_whole() -> None:
    long = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in MODULES
        if MIGRATIONS not in path.parents
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_the_clock_is_handed_down() -> None:
    """Rules, verbs and store take `now`: what was asked when is settled where the request arrived."""
    asked = re.compile(r"datetime\.now\(|datetime\.utcnow\(|date\.today\(|time\.time\(\)")
    rooms = [path for room in SYNCHRONOUS for path in (SOURCE / room).rglob("*.py")]

    assert [named(path) for path in rooms if asked.search(path.read_text(encoding="utf-8"))] == []


def test_a_module_is_found_under_its_name() -> None:
    for path in MODULES:
        if MIGRATIONS in path.parents:
            continue
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        assert importlib.util.find_spec(name) is not None, named(path)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (MACHINE_PATHS, "where something lies on one machine is of no use on another"),
        (LATER, "what is left for later is an issue, not a comment"),
    ],
)
def test_what_does_not_belong_in_the_repository_is_not_in_it(rule: re.Pattern[str], why: str) -> None:
    found = [
        f"{named(path)}:{number}"
        for path in in_repository()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if rule.search(line)
    ]

    assert found == [], why


def test_every_exception_to_a_check_gives_its_reason_on_its_line() -> None:
    bare = [
        f"{named(path)}:{number}"
        for path in in_repository()
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNEXPLAINED.search(line)
    ]

    assert bare == []


def test_every_verb_is_one_transaction_handed_in() -> None:
    """A verb's public functions take the open transaction, or the picture it reads from, first."""
    other = [
        f"{path.name}:{node.name}"
        for path in (SOURCE / "actions").glob("*.py")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _first_hint(node) not in VERBS_TAKE
    ]

    assert other == []


VERBS_TAKE = {"Write", "Read", "Comment", "OnPerson", "int"}  # the last three: names for letters, which ask nothing


def _first_hint(node: ast.FunctionDef) -> str:
    hint = node.args.args[0].annotation if node.args.args else None
    return ast.unparse(hint) if hint else ""
