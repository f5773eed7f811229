"""Why exactly: every problem has a sentence that goes through the catalogues, and a code for machines."""

import ast
import re
from pathlib import Path

import pytest

import rejoinder
from rejoinder.discussion.problems import MoveProblem, PolicyProblem
from rejoinder.discussion.refusals import BadPolicy, CannotMove, Problem, Refusal
from rejoinder.language import read_words

SOURCE = Path(rejoinder.__file__).parent
PROBLEMS = [each for kind in Problem.__subclasses__() for each in kind]
SEVERAL_CAUSES = {each.__name__ for each in Refusal.__subclasses__() if "%(problem)s" in each.sentence}
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "This policy cannot be published: %(problem)s."
msgstr "So kann die Richtlinie nicht erscheinen: %(problem)s."

msgid "clauses %(first)s and %(number)s both name “%(given)s”"
msgstr "die Ziffern %(first)s und %(number)s nennen beide „%(given)s“"
"""


@pytest.mark.parametrize("problem", PROBLEMS, ids=str)
def test_a_problem_goes_on_after_a_colon(problem: Problem) -> None:
    assert re.match(r"[a-z“%]|HS256", problem.value)


def test_problems_of_one_refusal_do_not_share_a_sentence() -> None:
    for kind in Problem.__subclasses__():
        assert len(kind.__members__) == len({each.value for each in kind}) == len(list(kind))


def test_nobody_words_a_problem_where_it_is_raised() -> None:
    """A sentence in the code of an action or a rule would reach people in English whatever they read."""
    raised = [
        (path.name, keyword.value)
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SEVERAL_CAUSES
        for keyword in node.keywords
        if keyword.arg == "problem"
    ]

    assert len(raised) > len(PROBLEMS) // 2
    assert [name for name, value in raised if not isinstance(value, ast.Attribute)] == []


def test_a_problem_is_told_in_the_language_with_its_places_filled(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "rejoinder.po").write_text(CATALOGUE, encoding="utf-8")
    refusal = BadPolicy(problem=PolicyProblem.TWICE, first=1, number=2, given="hate")

    said = read_words("de", tmp_path)

    told = "die Ziffern 1 und 2 nennen beide „hate“"
    assert said.sentence(refusal.sentence, refusal.data) == f"So kann die Richtlinie nicht erscheinen: {told}."
    assert str(refusal) == "This policy cannot be published: clauses 1 and 2 both name “hate”."


def test_a_refusal_says_its_problem_in_english_where_nobody_translates() -> None:
    assert str(CannotMove(problem=MoveProblem.TOO_MANY)) == (
        "This reply cannot be moved there: too many replies are below it."
    )
