"""`rejoinder worker`: the jobs, in a process of their own."""

from rejoinder.cli.answers import AsJson, answer
from rejoinder.cli.logs import set_up_logging
from rejoinder.cli.opening import database_of, settings_here, shown_url


def worker(*, as_json: AsJson = False) -> None:  # noqa: ARG001 - the option is noted as it is read
    """Do the jobs: send letters, tidy up.

    `serve` does them itself, so this is for installations that set REJOINDER_WORKER=no there. Several may run side by
    side. It works until it is told to stop (Ctrl-C, or SIGTERM).
    """
    from rejoinder import app  # noqa: PLC0415 - the whole application is loaded only where it runs

    settings = settings_here()
    set_up_logging(settings)
    with database_of(settings):
        where = shown_url(settings.database_url)
    answer({"working": True, "database": where}, f"Working through the jobs of {where}. Stop with Ctrl-C.")
    app.work(settings)
