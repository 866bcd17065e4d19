"""The titles a layout knows its columns by."""

from __future__ import annotations

from credit_site.domain.rulebook import Column, Layout
from credit_site.domain.titles import title_keys

_DOCUMENT_NUMBER = "_document_number"


def known_titles(layout: Layout) -> frozenset[str]:
    """Titles, official codes and aliases of all columns."""
    return frozenset(title for column in layout.columns for title in _names(column))


def document_titles(layout: Layout) -> frozenset[str]:
    """Keys of the titles under which numbers of personal documents belong."""
    return title_keys(
        [
            title
            for column in layout.columns
            if column.field.endswith(_DOCUMENT_NUMBER)
            for title in _names(column)
        ]
    )


def _names(column: Column) -> tuple[str, ...]:
    return tuple(filter(None, (column.title, column.code, *column.aliases)))
