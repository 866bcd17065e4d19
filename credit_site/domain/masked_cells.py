"""Cells on pages of the desk: numbers of personal documents are never said back."""

from __future__ import annotations

from collections.abc import Sequence

from credit_site.domain.errors import UnusableFile
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.kept_numbers import MASK
from credit_site.domain.row_forms import is_secret
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.validation import match_header
from credit_site.domain.validation.header import MatchedColumn


def shown_cell(text: str, *, secret: bool) -> str:
    """As much of a cell as a page may say: asterisks where a number of a document stands."""
    return MASK * len(text) if secret else mask_personal_numbers(text)


def kept_cell(old: str, typed: str, *, secret: bool) -> str:
    """What a cell says after it was typed into: what came back as it was shown stays what it is.

    A number of which asterisks are left is no number: it has to be written anew.
    """
    plain = typed.strip()
    if plain == shown_cell(old, secret=secret).strip():
        return old
    return "" if secret and MASK in plain else plain


def places_of_identity(
    layout: Layout, titles: Sequence[str], rulebook: Rulebook
) -> tuple[int, ...]:
    """Which columns of a file say whom a row is about, and under which number."""
    register = rulebook.registers[layout.register]
    found = {item.column.field: item.index for item in reversed(_columns(layout, titles))}
    wanted = (register.subject_field, register.number_field)
    return tuple(found[field] for field in wanted if field in found)


def secret_places(layout: Layout, titles: Sequence[str], rulebook: Rulebook) -> frozenset[int]:
    """Which columns of a file hold numbers of personal documents."""
    register = rulebook.registers[layout.register]
    columns = _columns(layout, titles)
    return frozenset(c.index for c in columns if is_secret(register.field(c.column.field)))


def _columns(layout: Layout, titles: Sequence[str]) -> Sequence[MatchedColumn]:
    try:
        return match_header(layout, titles).columns
    except UnusableFile:
        return ()
