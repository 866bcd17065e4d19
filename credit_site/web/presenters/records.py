"""A record as a document: sentence, fields in their official order, what it means, until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from credit_site.domain.list_periods import ListPlace, longer_basis, prolonged
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Basis, Rulebook, Version
from credit_site.services.corrections import Correction
from credit_site.services.public_records import PublicRecord
from credit_site.web.presenters.fields import FieldRow, FieldWords, texts
from credit_site.web.presenters.words import SEVERITIES, Names, money, reworded, spoken_day

DISPUTED = "异议处理中"


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in a word, with an icon; ``tone`` is serious, list, pending, good or plain."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """A record in one line of a list."""

    id: int
    href: str
    name: str
    outcome: str
    agency: str
    day: str
    number: str
    amount: str
    tags: tuple[Tag, ...]


class RecordWords:
    """Says records in the rulebook's words."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book = rulebook
        self.names = Names(rulebook)
        self._fields = {
            name: FieldWords(register, self.names, rulebook.lists)
            for name, register in rulebook.registers.items()
        }

    def line(self, record: PublicRecord) -> Line:
        """The record in one line."""
        return Line(
            record.id,
            f"/records/{record.id}",
            record.subject_name,
            self.gist(record),
            self.deciding_agency(record),
            record.decided_on.isoformat() if record.decided_on else "",
            record.document_number,
            money(record.amount_yuan) if record.amount_yuan else "",
            self.tags(record),
        )

    def kind(self, record: PublicRecord) -> str:
        """行政处罚, 失信名单, 守信名单, …."""
        return self.names.kind(record.register, record.list_name)

    def tone(self, record: PublicRecord) -> str:
        """Of the list: black, watch, red; empty for what is on none."""
        return self.names.tone(record.list_name)

    def sentence(self, record: PublicRecord) -> str:
        """One sentence a citizen understands, made from the fields."""
        day = f"{spoken_day(record.decided_on)}，" if record.decided_on else ""
        agency = self.deciding_agency(record)
        if record.list_name:
            return self._listed(record, day, agency)
        because = self.because(record, "，")
        return f"{day}{agency}{because}对{record.subject_name}处以{self.decision(record)}。"

    def outcome(self, record: PublicRecord) -> str:
        """What was decided, in a few words."""
        if record.list_name:
            return f"列入{self.names.list_name(record.list_name)}"
        return "、".join(texts(record.content.get("penalty_types"))) or "行政处罚"

    def gist(self, record: PublicRecord) -> str:
        """What it is about, beside a tag that names the list: the ground, or the penalties."""
        return (self.reason(record) if record.list_name else "") or self.outcome(record)

    def reason(self, record: PublicRecord) -> str:
        """Why it was decided, in the register's own words for it; empty if they are missing."""
        found = record.content.get("ground" if record.list_name else "violation_type")
        return found if isinstance(found, str) else ""

    def because(self, record: PublicRecord, after: str = "") -> str:
        """The reason as part of a sentence, 因…, with what follows it; "" without one."""
        reason = self.reason(record)
        return f"因{reason.removeprefix('因')}{after}" if reason else ""

    def decision(self, record: PublicRecord) -> str:
        """What was decided, with the amounts."""
        return self.outcome(record) if record.list_name else self._penalty(record)

    def deciding_agency(self, record: PublicRecord) -> str:
        """The body that decided, as it is written; else the bureau that reported."""
        for name in ("enforcement_agency", "deciding_agency"):
            written = record.content.get(name)
            if isinstance(written, str) and written:
                return written
        return self.names.agency(record.agency)

    def tags(self, record: PublicRecord) -> tuple[Tag, ...]:
        """States worth a word of their own."""
        return tuple(self._tags(record))

    def fields(self, record: PublicRecord) -> tuple[FieldRow, ...]:
        """Every public field that has a value, in the register's order."""
        return self._fields[record.register].rows(record)

    def content(self, register: str, content: Mapping[str, JsonValue]) -> tuple[FieldRow, ...]:
        """The same of content that is not a record yet, or no more."""
        return self._fields[register].said(content)

    def corrected(self, register: str, corrections: Iterable[Correction]) -> list[str]:
        """When and in which fields: 2026年11月26日更正：违法事实; what is no field is left out."""
        titles = {field.name: field.title for field in self._book.registers[register].public_fields}
        said = []
        for one in corrections:
            names = "、".join(titles[name] for name in one.changed if name in titles)
            said.append(spoken_day(one.on) + reworded(one.reason) + (f"：{names}" if names else ""))
        return said

    def basis(self, record: PublicRecord) -> tuple[Basis, ...]:
        """What the publication window rests on; where it is a longer one, that as well."""
        place = ListPlace(record.list_name, str(record.content.get("branch") or ""))
        usual, day = self.basis_of(record.rule, place.branch), record.decided_on
        if not record.list_name or day is None:
            return usual
        longer = prolonged(place, day, record.publication_end, self._book)
        return usual + longer_basis(place, day, self._book) if longer else usual

    def basis_of(self, rule: str, branch: str = "") -> tuple[Basis, ...]:
        """What a version of a rule rests on; for an entry of a list its list's and branch's own."""
        version, (_, _, of_list) = self._version(rule), (*rule.split("/"), "", "")[:3]
        every = version.basis if version is not None else ()
        usual = (one for one in every if not one.prolongs)
        return tuple(one for one in usual if one.holds_for(of_list, branch))

    def shortest_months(self, rule: str, severity: str) -> int:
        """After how many months shown a repair may be applied for; 0 for none."""
        version = self._version(rule)
        period = version.values.get(severity) if version is not None else None
        return int(period["shortest"]) if isinstance(period, Mapping) else 0

    def period_of(self, rule: str, severity: str, branch: str = "") -> str:
        """The document a window rests on, since when, and how long records of a class are shown."""
        version = self._version(rule)
        bases = self.basis_of(rule, branch)
        if version is None or not bases:
            return ""
        basis = bases[0]
        period = version.values.get(severity)
        months = ""
        if isinstance(period, Mapping):
            shortest, longest = int(period["shortest"]), int(period["longest"])
            span = f"{shortest}" if shortest == longest else f"{shortest} 至 {longest}"
            months = f"，公示 {span} 个月" if longest else "，不公示"
        since = f"（{spoken_day(version.since)}起施行）" if version.since else ""
        article = f"：{basis.article}" if basis.article else ""
        return f"{basis.document}{article}{since}{months}"

    def _version(self, rule: str) -> Version | None:
        found = self._book.rules.get(rule.partition("/")[0])
        versions = found.versions if found is not None else ()
        return next((version for version in versions if rule.startswith(version.id)), None)

    def _listed(self, record: PublicRecord, day: str, agency: str) -> str:
        name = self.names.list_name(record.list_name)
        if record.list_name == "published-elsewhere":
            ground = self.reason(record)
            why = f"（{ground}）" if ground else ""
            return f"{record.subject_name}在外地公布的失信名单上{why}，由{agency}转载。"
        return f"{day}{agency}{self.because(record, '，')}将{record.subject_name}列入{name}。"

    def _penalty(self, record: PublicRecord) -> str:
        fine = _amount(record.content.get("fine_yuan"))
        taken = _amount(record.content.get("confiscated_yuan"))
        fined = f"罚款{money(fine)}" if fine else "罚款"
        kinds = texts(record.content.get("penalty_types"))
        said = "、".join(fined if kind == "罚款" else kind for kind in kinds) or "行政处罚"
        return said + (f"（没收金额{money(taken)}）" if taken else "")

    def _tags(self, record: PublicRecord) -> Iterator[Tag]:
        if record.list_name:
            tone = self._book.lists[record.list_name].tone
            named = self.names.list_name(record.list_name)
            yield Tag(named, {"black": "serious", "red": "good"}.get(tone, "pending"))
        elif record.severity == "serious":
            yield Tag("严重", "serious")
        if record.disputed:
            yield Tag(DISPUTED, "pending")


def severity_word(record: PublicRecord) -> str:
    """轻微, 一般 or 严重."""
    return SEVERITIES.get(record.severity, record.severity)


def _amount(value: JsonValue) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) and value else None
