"""The titles a layout knows its columns by."""

from __future__ import annotations

from collections.abc import Sequence

from credit_site.domain.errors import UnusableFile
from credit_site.domain.rulebook import Column, Layout
from credit_site.domain.titles import title_key
from credit_site.domain.validation import match_header

_DOCUMENT_NUMBER = "_document_number"


def known_titles(layout: Layout) -> frozenset[str]:
    """Titles, official codes and aliases of all columns."""
    return frozenset(title for column in layout.columns for title in _names(column))


def document_columns(layout: Layout, titles: Sequence[str]) -> dict[int, str]:
    """Which columns of a file hold numbers of personal documents: place and field."""
    columns = [column for column in layout.columns if column.field.endswith(_DOCUMENT_NUMBER)]
    fields = {title_key(title): column.field for column in columns for title in _names(column)}
    keys = enumerate(map(title_key, titles))
    found = {place: fields[key] for place, key in keys if key in fields}
    try:
        matched = match_header(layout, titles).columns
    except UnusableFile:
        return found
    read = {item.index: item.column.field for item in matched}
    return found | {at: name for at, name in read.items() if name.endswith(_DOCUMENT_NUMBER)}


def _names(column: Column) -> tuple[str, ...]:
    return tuple(filter(None, (column.title, column.code, *column.aliases)))
