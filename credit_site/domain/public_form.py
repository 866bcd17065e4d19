"""The public form of a record: the exact bytes that the ledger's content hash covers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


@dataclass(slots=True)
class PublicForm:
    """What the public sees of a record, apart from how long it has been there.

    ``amount_fen`` is in fen (0.01 yuan); ``content_json`` holds the register's public fields as
    canonical JSON.
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
    content_json: str | bytes

    def canonical(self) -> bytes:
        """JSON with sorted keys, no white space, UTF-8; dates as YYYY-MM-DD."""
        return orjson.dumps(
            {
                "agency": self.agency,
                "amount_fen": self.amount_fen,
                "content": orjson.Fragment(self.content_json),
                "decided_on": self.decided_on,
                "division": self.division,
                "document_number": self.document_number,
                "id": self.id,
                "list_name": self.list_name,
                "publication_end": self.publication_end,
                "publication_start": self.publication_start,
                "register": self.register,
                "rule": self.rule,
                "severity": self.severity,
                "subject_kind": self.subject_kind,
                "subject_name": self.subject_name,
                "uscc": self.uscc,
            },
            option=orjson.OPT_SORT_KEYS,
        )


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
