"""From a stored record to the document that search knows: for one record and for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Row

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Register, Rulebook, SearchRole
from credit_site.domain.statistics_rules import AmountBands, statistics_rules
from credit_site.models import Record
from search_index import SearchDocument, fold
from search_index.names import Places, split_name

COLUMNS = (
    Record.id,
    Record.register,
    Record.agency,
    Record.subject_name,
    Record.uscc,
    Record.document_number_key,
    Record.division,
    Record.list_name,
    Record.decided_on,
    Record.amount_fen,
    Record.severity,
    Record.publication_start,
    Record.publication_end,
    Record.ledger_seq,
    Record.state,
    Record.content_json,
)
"""What a document is made from."""

_MASK = "*"
"""Stands in the masked name of a natural person, which has no place to leave out."""
RoleFields = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=4)
def places_of(rulebook: Rulebook) -> Places:
    """The city and its districts, which say little about whose name it is."""
    divisions = rulebook.divisions.values()
    return Places.of(name for d in divisions for name in (d.name, *d.aliases))


class DocumentBuilder:
    """Builds documents by the search roles that the register files give their fields."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._fields = {name: role_fields(r) for name, r in rulebook.registers.items()}
        self._category = {name: r.category_field for name, r in rulebook.registers.items()}
        self._places = places_of(rulebook)
        self._bands = AmountBands(statistics_rules(rulebook))

    def build(self, row: Row[*tuple[Any, ...]]) -> SearchDocument:
        """The document of a row of COLUMNS."""
        content: dict[str, JsonValue] = orjson.loads(row.content_json)
        texts = role_texts(self._fields[row.register], content)
        return self._document(row, content, self._named(row.subject_name, texts))

    def bare(self, row: Row[*tuple[Any, ...]]) -> SearchDocument:
        """The same without its texts: enough for what is counted, at a fifth of the cost."""
        return self._document(row, orjson.loads(row.content_json), {})

    def _document(
        self,
        row: Row[*tuple[Any, ...]],
        content: Mapping[str, JsonValue],
        texts: Mapping[str, str],
    ) -> SearchDocument:
        (
            number,
            register,
            agency,
            name,
            uscc,
            document_number,
            division,
            list_name,
            decided_on,
            amount_fen,
            severity,
            publication_start,
            publication_end,
            position,
            _state,
            _content_json,
        ) = row[: len(COLUMNS)]
        return SearchDocument(
            number,
            register,
            agency,
            division,
            _values(content.get(self._category[register])),
            _text(content.get("violation_type")),
            _text(content.get("campaign")),
            list_name,
            severity,
            decided_on,
            amount_fen or 0,
            publication_start,
            publication_end,
            position,
            uscc,
            document_number,
            name,
            texts,
            _text(content.get("product_field")),
            self._bands.of(amount_fen),
            _text(content.get("branch")),
        )

    def _named(self, name: str, texts: dict[str, str]) -> dict[str, str]:
        """Texts with the name once more without its place: it begins with its trade name, too."""
        if _MASK not in name:
            bare = split_name(name, self._places).bare
            if bare in fold(name):
                texts["name"] = f"{name}\n{bare}"
        return texts


def role_fields(register: Register) -> RoleFields:
    """The names of a register's fields by search role."""
    roles: dict[str, list[str]] = {}
    for field in register.public_fields:
        if field.search is not SearchRole.NONE:
            roles.setdefault(field.search.value, []).append(field.name)
    return tuple((role, tuple(names)) for role, names in roles.items())


def role_texts(fields: RoleFields, content: dict[str, JsonValue]) -> dict[str, str]:
    """What a record says under each search role; several fields stand on lines of their own."""
    texts = {}
    for role, names in fields:
        said = [_text(value) for name in names if (value := content.get(name))]
        if said:
            texts[role] = "\n".join(said)
    return texts


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else "\n".join(_values(value))


def _values(value: JsonValue) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return ()
