"""From checked values to an entry: what is public, what is sealed, when and whether it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from credit_site.domain.cells import Value
from credit_site.domain.divisions import division_of
from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.public_content import PublicContent
from credit_site.domain.public_form import JsonValue
from credit_site.domain.redaction import public_name
from credit_site.domain.rulebook import Agency, FieldType, Register, Rulebook, Visibility
from credit_site.domain.showing import Showing
from credit_site.domain.subjects import (
    NATURAL_PERSON,
    document_number,
    is_under_age,
    kind_of_subject,
    subject_key,
)

__all__ = ["Entry", "EntryMaker", "JsonValue"]

_HUNDRED = 100
_UNDER_AGE = "未成年人的处罚信息不予公示，已存档。"


@dataclass
class Entry:
    """A record to be: public values in ``content``, everything else in ``sealed``.

    Without slots, for orjson writes it twice as fast so.

    ``withheld`` says in Chinese why it must not be published, empty otherwise. ``amount_fen`` is
    fine and confiscated amount together. ``subject_key`` identifies the subject and may hold a
    personal number: it is digested before it is stored.
    """

    register: str
    agency: str
    subject_name: str
    subject_kind: str
    uscc: str
    document_number: str
    document_number_key: str
    subject_key: str
    division: str
    decided_on: date | None
    amount_fen: int | None
    severity: str
    publication_start: date
    publication_end: date | None
    rule: str
    withheld: str
    content: dict[str, JsonValue]
    sealed: dict[str, str]


class EntryMaker:
    """Makes the entries of one file; ``today`` in the city's time."""

    def __init__(self, register: Register, rulebook: Rulebook, agency: Agency, today: date) -> None:
        self._register, self._rulebook = register, rulebook
        self._agency, self._today = agency, today
        self._showing = Showing(register, rulebook, agency, today)
        public = register.public_fields
        self._content = PublicContent(public)
        self._texts = tuple(f.name for f in public if f.type in (FieldType.STRING, FieldType.TEXT))
        self._never = tuple(
            field.name for field in register.fields if field.visibility is Visibility.NEVER
        )
        self._hidden = frozenset(self._never)
        self._remedies = (
            {branch.slug: branch.remedies for branch in rulebook.list_branches.values()}
            if any(field.name == "remedies" for field in public)
            else {}
        )

    def make(self, values: Mapping[str, Value]) -> Entry:
        """The entry of a checked row."""
        register = self._register
        kind = kind_of_subject(values)
        name = str(values.get(register.subject_field, ""))
        uscc = str(values.get(register.uscc_field, ""))
        number = str(values.get(register.number_field, ""))
        shown = self._showing.of(values, kind)
        entry = Entry(
            register.name,
            self._agency.slug,
            name,
            kind,
            uscc,
            number,
            normalise_number(number),
            subject_key(values, kind, name, uscc),
            self._division(values, uscc),
            self.decided_on(values),
            self._amount(values),
            shown.severity,
            shown.start,
            shown.end,
            shown.rule,
            shown.withheld,
            self._content.of(values),
            {field: str(values[field]) for field in self._never if field in values}
            if not self._hidden.isdisjoint(values)
            else {},
        )
        if remedies := self._remedies.get(str(values.get("branch"))):
            entry.content.setdefault("remedies", remedies)
        if kind == NATURAL_PERSON:
            self._redact(entry, document_number(values))
        return entry

    def identity(self, values: Mapping[str, Value]) -> tuple[str, ...] | None:
        """Register, agency, number and subject of a row; None where they could not be read."""
        register, kind = self._register, kind_of_subject(values)
        number = str(values.get(register.number_field, ""))
        uscc = str(values.get(register.uscc_field, ""))
        known = uscc or (kind == NATURAL_PERSON and document_number(values))
        if not number or not known:
            return None
        subject = subject_key(values, kind, str(values.get(register.subject_field, "")), uscc)
        return register.name, self._agency.slug, normalise_number(number), subject

    def decided_on(self, values: Mapping[str, Value]) -> date | None:
        """The day of the decision, where it could be read."""
        found = values.get(self._register.date_field)
        return found if isinstance(found, date) else None

    def _redact(self, entry: Entry, number: str) -> None:
        """A person's full name goes from every text, by the rule of today; minors are not shown."""
        full = entry.subject_name
        if is_under_age(number, entry.decided_on or self._today):
            entry.withheld = _UNDER_AGE
        masked = public_name(full, entry.subject_kind, self._rulebook, self._today)
        if masked == full:
            return
        entry.subject_name = masked
        entry.sealed[self._register.subject_field] = full
        for field in self._texts:
            text = entry.content.get(field)
            if isinstance(text, str) and full in text:
                entry.content[field] = text.replace(full, masked)

    def _division(self, values: Mapping[str, Value], uscc: str) -> str:
        where = values.get("enforcement_agency") or values.get("deciding_agency") or ""
        written = values.get("division_code", "")
        return division_of(str(where), uscc[2:8], str(written), self._rulebook)

    def _amount(self, values: Mapping[str, Value]) -> int | None:
        amounts = [values[name] for name in self._register.amount_fields if name in values]
        return int(sum(amounts) * _HUNDRED) if amounts else None  # type: ignore[arg-type]
