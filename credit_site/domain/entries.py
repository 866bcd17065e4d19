"""From checked values to an entry: what is public, what is sealed, when and whether it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.public_form import JsonValue
from credit_site.domain.publication_window import PenaltyFacts, list_window, publication_window
from credit_site.domain.redaction import NATURAL_PERSON, public_name
from credit_site.domain.rulebook import Agency, FieldType, Register, Rulebook, Visibility
from credit_site.domain.severity import Severity
from credit_site.domain.validation.cross_checks import kind_of_subject
from credit_site.domain.validation.values import Value

__all__ = ["Entry", "EntryMaker", "JsonValue"]

_HUNDRED = 100
_OF_AGE = 18
_CITY = "410100"


@dataclass(slots=True)
class Entry:
    """A record to be: public values in ``content``, everything else in ``sealed``.

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


class _Shown(NamedTuple):
    severity: str
    start: date
    end: date | None
    rule: str
    withheld: str


class EntryMaker:
    """Makes the entries of one file."""

    def __init__(self, register: Register, rulebook: Rulebook, agency: Agency, today: date) -> None:
        self._register, self._rulebook = register, rulebook
        self._agency, self._today = agency, today
        self._public = tuple((f.name, _FORMS.get(f.type)) for f in register.public_fields)
        self._texts = tuple(
            f.name
            for f in register.public_fields
            if f.type in (FieldType.STRING, FieldType.TEXT) and f.name != register.subject_field
        )
        self._never = tuple(f.name for f in register.fields if f.visibility is Visibility.NEVER)
        self._window = lru_cache(maxsize=65_536)(self._find_window)

    def make(self, values: Mapping[str, Value]) -> Entry:
        """The entry of a checked row."""
        register = self._register
        name, kind = _text(values, register.subject_field), kind_of_subject(values)
        number = _text(values, register.number_field)
        uscc = _text(values, register.uscc_field)
        decided = values.get(register.date_field)
        shown = self._shown(values, kind)
        entry = Entry(
            register.name,
            self._agency.slug,
            name,
            kind,
            uscc,
            number,
            normalise_number(number),
            uscc or _other_key(values, name),
            self._division(values, uscc),
            decided if isinstance(decided, date) else None,
            self._amount(values),
            shown.severity,
            shown.start,
            shown.end,
            shown.rule,
            shown.withheld,
            {
                field: values[field] if form is None else form(values[field])  # type: ignore[misc]
                for field, form in self._public
                if field in values
            },
            {field: str(values[field]) for field in self._never if field in values},
        )
        if kind == NATURAL_PERSON:
            self._redact(entry, values)
        return entry

    def _redact(self, entry: Entry, values: Mapping[str, Value]) -> None:
        full = entry.subject_name
        on = entry.decided_on or self._today
        masked = public_name(full, entry.subject_kind, self._rulebook, on)
        number = next(
            (entry.sealed[f] for f in self._never if f.endswith("_number") and f in entry.sealed),
            "",
        )
        entry.subject_key = f"{full}|{number}"
        if _under_age(number, on):
            entry.withheld = "未成年人的处罚信息不予公示，已存档。"
        if masked == full:
            return
        entry.subject_name = masked
        entry.sealed[self._register.subject_field] = full
        entry.content[self._register.subject_field] = masked
        for field in self._texts:
            text = entry.content.get(field)
            if isinstance(text, str) and full in text:
                entry.content[field] = text.replace(full, masked)

    def _shown(self, values: Mapping[str, Value], kind: str) -> _Shown:
        status, scope = values.get("status"), values.get("use_scope")
        if "list" in values:
            shown = self._on_list(values)
        else:
            types, fine = values.get("penalty_types", ()), values.get("fine_yuan")
            shown = self._window(values.get(self._register.date_field), types, fine, kind)
        if status == "1":
            return shown._replace(withheld="该处罚决定已撤销，不予公示。")
        if scope not in (None, "0"):
            return shown._replace(withheld="信息使用范围不是“公示”，不予公示。")
        return shown

    def _on_list(self, values: Mapping[str, Value]) -> _Shown:
        listed, until = values.get("listed_on"), values.get("valid_until")
        window = list_window(
            self._rulebook.lists[str(values["list"])],
            listed if isinstance(listed, date) else None,
            until if isinstance(until, date) else None,
            self._rulebook,
        )
        start = max(window.start, date(1949, 10, 1))
        return self._unless_over(
            _Shown(window.severity.value, start, window.end, window.rule, window.reason)
        )

    def _find_window(self, decided: Value, types: Value, fine: Value, kind: str) -> _Shown:
        assert isinstance(decided, date), "the date of the decision is required"
        facts = PenaltyFacts(
            decided_on=decided,
            types=types if isinstance(types, tuple) else (),
            fine_yuan=fine if isinstance(fine, Decimal) else None,
            confiscated_yuan=None,
            agency=self._agency,
            subject_kind=kind,
            published_on=self._today,
        )
        try:
            window = publication_window(facts, self._rulebook)
        except RuleNotInForce:
            reason = f"{decided.isoformat()} 没有适用的公示期限规则，已存档，不公示。"
            return _Shown(Severity.GENERAL.value, decided, decided, "", reason)
        return self._unless_over(
            _Shown(window.severity.value, window.start, window.end, window.rule, window.reason)
        )

    def _unless_over(self, shown: _Shown) -> _Shown:
        if shown.withheld or shown.end is None or shown.end >= self._today:
            return shown
        reason = f"公示期已于 {shown.end.isoformat()} 届满，已存档，不再公示。"
        return shown._replace(withheld=reason)

    def _division(self, values: Mapping[str, Value], uscc: str) -> str:
        where = _text(values, "enforcement_agency") or _text(values, "deciding_agency")
        named = division_named(where, self._rulebook)
        written = _text(values, "division_code")
        for code in (named, uscc[2:8], written):
            if code in self._rulebook.divisions:
                return code
        return ""

    def _amount(self, values: Mapping[str, Value]) -> int | None:
        found = [values[name] for name in self._register.amount_fields if name in values]
        amounts = [amount for amount in found if isinstance(amount, Decimal)]
        return int(sum(amounts) * _HUNDRED) if amounts else None


@lru_cache(maxsize=4_096)
def division_named(agency: str, rulebook: Rulebook) -> str:
    """Code of the district that a bureau's name holds; empty for bureaus of the city itself."""
    for code, division in rulebook.divisions.items():
        if code != _CITY and division.name in agency:
            return code
    return ""


def _text(values: Mapping[str, Value], name: str) -> str:
    found = values.get(name, "")
    return found if isinstance(found, str) else ""


def _other_key(values: Mapping[str, Value], name: str) -> str:
    for field in ("registration_number", "organisation_code"):
        if field in values:
            return f"{field}:{values[field]}"
    return "".join(name.split())


def _under_age(number: str, on: date) -> bool:
    """By the birthday in an ID-card number (18 characters)."""
    if len(number) != 18 or not number[6:14].isdigit():
        return False
    born = (int(number[6:10]), int(number[10:12]), int(number[12:14]))
    return (on.year - _OF_AGE, on.month, on.day) < born


_FORMS: dict[FieldType, Callable[[Value], JsonValue]] = {
    FieldType.DATE: lambda value: value.isoformat() if isinstance(value, date) else str(value),
    FieldType.YUAN: str,
    FieldType.CHOICES: lambda value: list(value) if isinstance(value, tuple) else [str(value)],
}
