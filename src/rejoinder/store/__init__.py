"""The memory. All SQL lives here; SQLite and PostgreSQL by one code."""
