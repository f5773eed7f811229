"""What the databases' drivers raise when something breaks under us: a full disk, a read-only file, a lost server."""

import sqlite3

import psycopg

ENGINE_ERRORS: tuple[type[Exception], ...] = (sqlite3.Error, psycopg.Error)
