"""Entries made ready for storing: identity, fingerprint, canonical content, sealed part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple, Protocol

import orjson

from credit_site.domain.entries import Entry
from credit_site.vault import Digests, Vault

_SEPARATOR = "\x1f"


class EntryFacts(Protocol):
    """What is asked of every entry on its way in."""

    @property
    def key(self) -> bytes:
        """16 bytes of identity: register, agency, document number, subject."""

    @property
    def fingerprint(self) -> bytes:
        """16 bytes of all that the bureau said, public or not."""

    @property
    def list_name(self) -> str:
        """Slug of the list for entries of lists, else empty."""

    @property
    def uscc(self) -> str:
        """The subject's code, else empty."""

    @property
    def subject_name(self) -> str:
        """As it may be shown."""

    @property
    def decided_on(self) -> date | None:
        """Date of the decision, where it has one."""

    @property
    def withheld(self) -> str:
        """Why it must not be published, else empty."""


class Stageable(NamedTuple):
    """An entry for the stage: ``entry`` is the whole of it as JSON, to be sealed."""

    key: bytes
    fingerprint: bytes
    list_name: str
    uscc: str
    subject_name: str
    decided_on: date | None
    withheld: str
    entry: bytes

    def __reduce__(self) -> tuple[object, ...]:
        """A call is what pickle does soonest."""
        return Stageable, tuple(self)


@dataclass(slots=True)
class Prepared:
    """An entry with everything that identifies and compares it, ready for the register.

    ``content`` and ``sealed_json`` are canonical JSON.
    """

    row_number: int
    entry: Entry
    key: bytes
    fingerprint: bytes
    content: bytes
    sealed_json: bytes

    @property
    def content_json(self) -> str:
        """The public values as they are stored; not decoded where an entry is only staged."""
        return self.content.decode()

    @property
    def list_name(self) -> str:
        return self._said("list")

    @property
    def campaign(self) -> str:
        """The campaign it came of, else empty."""
        return self._said("campaign")

    @property
    def uscc(self) -> str:
        return self.entry.uscc

    @property
    def subject_name(self) -> str:
        return self.entry.subject_name

    @property
    def decided_on(self) -> date | None:
        return self.entry.decided_on

    @property
    def withheld(self) -> str:
        return self.entry.withheld

    def _said(self, field: str) -> str:
        found = self.entry.content.get(field, "")
        return found if isinstance(found, str) else ""

    def stageable(self) -> Stageable:
        """The same, as the stage wants it."""
        entry = self.entry
        return Stageable(
            self.key,
            self.fingerprint,
            self.list_name,
            entry.uscc,
            entry.subject_name,
            entry.decided_on,
            entry.withheld,
            orjson.dumps(entry),
        )


def prepare(row_number: int, entry: Entry, digests: Digests | Vault) -> Prepared:
    """Digests are keyed: nobody without the secret can test a guess against them."""
    content = orjson.dumps(entry.content, option=orjson.OPT_SORT_KEYS)
    sealed = orjson.dumps(entry.sealed, option=orjson.OPT_SORT_KEYS) if entry.sealed else b""
    identity = (entry.register, entry.agency, entry.document_number_key, entry.subject_key)
    said = _SEPARATOR.join((entry.subject_name, entry.subject_kind, entry.withheld, ""))
    return Prepared(
        row_number,
        entry,
        key_of(identity, digests),
        digests.digest(b"%b%b%b%b" % (said.encode(), content, _SEPARATOR.encode(), sealed)),
        content,
        sealed,
    )


def key_of(identity: Iterable[str], digests: Digests | Vault) -> bytes:
    """The key of a register's, an agency's, a number's and a subject's entry."""
    return digests.digest(_SEPARATOR.join(identity).encode())


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
