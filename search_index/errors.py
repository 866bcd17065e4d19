"""What can go wrong with an engine, in words of our own: vendor errors end here."""

from __future__ import annotations


class SearchUnavailable(Exception):
    """The engine cannot answer now; the message says why and never quotes a query."""


class WriterBusy(Exception):
    """Another process holds the one writer of this index."""
