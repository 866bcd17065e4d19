"""The public form of a record: the exact bytes that the ledger's content hash covers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

JsonValue = (
    str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
)


@dataclass(frozen=True, slots=True)
class PublicForm:
    """What the public sees of a record, apart from how long it has been there.

    ``amount_fen`` is in fen (0.01 yuan); ``content`` holds the register's public fields.
    """

    id: int
    register: str
    agency: str
    subject_name: str
    subject_kind: str
    uscc: str
    document_number: str
    division: str
    list_name: str
    decided_on: date | None
    amount_fen: int | None
    severity: str
    rule: str
    publication_start: date
    publication_end: date | None
    content: Mapping[str, JsonValue]

    def canonical(self) -> bytes:
        """JSON with sorted keys, no white space, UTF-8; dates as YYYY-MM-DD."""
        return orjson.dumps(self, option=orjson.OPT_SORT_KEYS)


def content_hash(salt: bytes, canonical: bytes) -> bytes:
    """SHA-256 over the record's 16-byte salt and its canonical public form."""
    return hashlib.sha256(salt + canonical).digest()


def changed_fields(before: bytes, after: bytes) -> tuple[str, ...]:
    """Names of the fields, content fields among them, in which two canonical forms differ."""
    old, new = (_flat(orjson.loads(form)) for form in (before, after))
    return tuple(sorted(name for name in old | new if old.get(name) != new.get(name)))


def _flat(form: dict[str, JsonValue]) -> dict[str, JsonValue]:
    content = form.pop("content")
    assert isinstance(content, Mapping)
    return {**form, **content}
