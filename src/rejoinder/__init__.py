"""Rejoinder: the reader discussion under a news story."""

__version__ = "0.1.0"
