"""Work that waits in the database: claimed, run outside any transaction, and marked."""
