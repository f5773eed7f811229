"""The front door: answers hot pages from rendered bytes, before any framework, for people without a session."""
