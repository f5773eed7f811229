"""`rejoinder doctor`: is everything as it should be, and if not, what to do."""

from rejoinder.cli.answers import AsJson, answer, table
from rejoinder.cli.opening import settings_here
from rejoinder.cli.problems import PROBLEM, Told


def doctor(*, as_json: AsJson = False) -> None:  # noqa: ARG001 - the option is noted as it is read
    """Check the installation: database, migrations, mail, clock, secret, public address, jobs, counts.

    Each line says ok, warning or problem, and what to do about it. Nothing is changed. The exit code is 1 if there is a
    problem; warnings alone leave it at 0.
    """
    from rejoinder.cli.checks import Level, examine  # noqa: PLC0415 - they bring the web's client, of no use to others

    found = examine(settings_here())
    rows = [(each.level.value, each.about, " ".join(filter(None, (each.words, each.advice)))) for each in found]
    has_problem = any(each.level is Level.PROBLEM for each in found)
    answer({"ok": not has_problem, "checks": found}, table(("", "about", "what was found"), rows))
    if has_problem:
        raise Told(PROBLEM)
