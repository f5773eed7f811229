"""Other people's files, read into neutral records. Nothing here writes to the store."""
