"""Where the log of a long-running command goes: to stderr, for people or for machines."""

import logging
import sys

import structlog

from rejoinder.settings import LogFormat, Settings


def set_up_logging(settings: Settings) -> None:
    """Sends every log line to stderr in the chosen format, from the chosen level on."""
    level = logging.getLevelNamesMapping()[settings.log_level.value.upper()]
    last = (
        structlog.processors.JSONRenderer()
        if settings.log_format is LogFormat.JSON
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            *([structlog.processors.format_exc_info] if settings.log_format is LogFormat.JSON else []),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(
        stream=sys.stderr, level=max(level, logging.WARNING), format="%(levelname)s %(name)s %(message)s"
    )
