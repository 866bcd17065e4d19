"""Documents as engines compare them: folded texts, keys for exact matches, order of ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from search_index.documents import TEXT_FIELDS, SearchDocument
from search_index.folding import fold

_NO_DAY = 0
_SEAM = "\x03"
ID_BITS = 40
"""The low bits of the order ``newest``; a day number stands above them."""
_SHORT_ID_BITS = 32
_MOST_YUAN = (1 << _SHORT_ID_BITS) - 1


def day_number(day: date | None) -> int:
    """Days since the year 1; 0 for none."""
    return day.toordinal() if day else _NO_DAY


def month_of(day: date | None) -> str:
    """The month as 2026-05; "" for none."""
    return f"{day:%Y-%m}" if day else ""


def newest_first(document: SearchDocument) -> int:
    """A number that is higher for a later decision, then for a higher id."""
    return (day_number(document.decided_on) << ID_BITS) | document.id


def largest_first(document: SearchDocument) -> int:
    """A number that is higher for more whole yuan, then for a higher id; 64 bits."""
    yuan = min(document.amount_fen // 100, _MOST_YUAN)
    return (yuan << _SHORT_ID_BITS) | (document.id & _MOST_YUAN)


def folded_texts(document: SearchDocument) -> dict[str, str]:
    """The folded text of every field, lines apart."""
    return {
        name: "\n".join(fold(line) for line in text.split("\n"))
        for name in TEXT_FIELDS
        if (text := document.texts.get(name))
    }


def exact_keys(document: SearchDocument) -> frozenset[str]:
    """Folded name, code and document number: who types one of them whole means this record."""
    values = (document.name, document.uscc, document.document_number)
    return frozenset(fold(value) for value in values if value)


def all_exact_keys(documents: Sequence[SearchDocument]) -> list[list[str]]:
    """The same for many documents, folded in one go."""
    joined = _SEAM.join(f"{d.name}{_SEAM}{d.uscc}{_SEAM}{d.document_number}" for d in documents)
    keys = fold(joined).split(_SEAM)
    triples = zip(keys[0::3], keys[1::3], keys[2::3], strict=True)
    return [list(dict.fromkeys(filter(None, triple))) for triple in triples]


def facet_values(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """Each facet's name with each of the document's values."""
    yield "register", document.register
    yield "agency", document.agency
    yield "division", document.division
    yield "violation_type", document.violation_type
    yield "campaign", document.campaign
    yield "list_name", document.list_name
    yield "severity", document.severity
    yield "year", str(document.decided_on.year) if document.decided_on else ""
    yield "month", month_of(document.decided_on)
    yield "product_field", document.product_field
    yield "amount_band", document.amount_band
    for category in document.categories:
        yield "category", category


def filter_values(document: SearchDocument) -> Iterator[tuple[str, str]]:
    """The same, and what only narrows a search."""
    yield from facet_values(document)
    yield "branch", document.branch
