"""Entries made ready for storing: identity, fingerprint, canonical content, sealed part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

import orjson

from credit_site.domain.entries import Entry
from credit_site.vault import Digests, Vault

_SEPARATOR = "\x1f"


@dataclass(slots=True)
class Prepared:
    """An entry with everything that identifies and compares it.

    ``key`` (16 bytes) is the identity: register, agency, document number, subject.
    ``fingerprint`` (16 bytes) covers all that the bureau said, public or not.
    """

    row_number: int
    entry: Entry
    key: bytes
    fingerprint: bytes
    content_json: str
    sealed_json: bytes

    @property
    def list_name(self) -> str:
        """Slug of the list for entries of lists, else empty."""
        found = self.entry.content.get("list", "")
        return found if isinstance(found, str) else ""


def prepare(row_number: int, entry: Entry, digests: Digests | Vault) -> Prepared:
    """Digests are keyed: nobody without the secret can test a guess against them."""
    content = orjson.dumps(entry.content, option=orjson.OPT_SORT_KEYS)
    sealed = orjson.dumps(entry.sealed, option=orjson.OPT_SORT_KEYS) if entry.sealed else b""
    identity = (entry.register, entry.agency, entry.document_number_key, entry.subject_key)
    said = _SEPARATOR.join((entry.subject_name, entry.subject_kind, entry.withheld, ""))
    return Prepared(
        row_number,
        entry,
        digests.digest(_SEPARATOR.join(identity).encode()),
        digests.digest(b"%b%b%b%b" % (said.encode(), content, _SEPARATOR.encode(), sealed)),
        content.decode(),
        sealed,
    )


def seal_entry(prepared: Prepared, vault: Vault) -> bytes:
    """The whole entry, sealed, for the stage."""
    return vault.seal(orjson.dumps(prepared.entry))


def open_entry(sealed: bytes, vault: Vault) -> Entry:
    """The entry again; raises SealBroken."""
    stored: Mapping[str, object] = orjson.loads(vault.open(sealed))
    values = {item.name: stored[item.name] for item in fields(Entry)}
    for name in ("decided_on", "publication_start", "publication_end"):
        text = values[name]
        values[name] = date.fromisoformat(text) if isinstance(text, str) else None
    return Entry(**values)  # type: ignore[arg-type]  # written by seal_entry from an Entry
