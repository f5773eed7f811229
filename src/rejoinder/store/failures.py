"""What the databases' drivers raise when something breaks under us: a full disk, a read-only file, a lost server."""

import sqlite3
import sys


def engine_errors() -> tuple[type[Exception], ...]:
    """The families of the drivers that are loaded: PostgreSQL's is loaded only where it is used."""
    psycopg = sys.modules.get("psycopg")
    return (sqlite3.Error,) if psycopg is None else (sqlite3.Error, psycopg.Error)
