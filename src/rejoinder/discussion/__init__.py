"""The subject: nouns and rules of a discussion. Pure: no framework, no database, no clock of its own."""
