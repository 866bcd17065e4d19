"""The form of one decision, made from the files of its layout and its register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import (
    Agency,
    Column,
    Field,
    FieldType,
    Layout,
    Rulebook,
    Visibility,
)

HIDDEN = "●●●●●●"
"""Stands in the place of a number of a person that was kept; sent back it changes nothing."""
_AGENCY_FIELDS = {"enforcement_agency", "source_agency", "deciding_agency"}
_AGENCY_CODES = {"enforcement_agency_uscc", "source_agency_uscc"}


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: ``kind`` is line, long, date, yuan, one or several; ``parts`` are what is chosen.

    ``options`` are (value, label); ``issues`` what is wrong with it.
    """

    index: int
    title: str
    kind: str
    text: str
    hint: str
    example: str
    required: bool
    max_length: int | None
    options: tuple[tuple[str, str], ...]
    issues: tuple[Issue, ...]
    private: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The values chosen of several."""
        return tuple(part for part in self.text.split(";") if part)


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields that belong together, under one heading."""

    title: str
    fields: tuple[FormField, ...]


def first_cells(layout: Layout, agency: Agency, rulebook: Rulebook) -> list[str]:
    """What can be filled in beforehand: the bureau's own name and code, the usual choices."""
    return [_first(column, layout, agency, rulebook) for column in layout.columns]


def form_groups(
    layout: Layout, rulebook: Rulebook, cells: Sequence[str], issues: Sequence[Issue]
) -> list[FormGroup]:
    """All fields in the layout's order, cut where another subject begins."""
    groups: list[tuple[str, list[FormField]]] = []
    register = rulebook.registers[layout.register]
    for index, column in enumerate(layout.columns):
        field = register.field(column.field)
        shown = _field(index, column, field, cells[index], issues, rulebook)
        title = _group(column.field)
        if not groups or groups[-1][0] != title:
            groups.append((title, []))
        groups[-1][1].append(shown)
    return [FormGroup(title, tuple(fields)) for title, fields in groups]


def whole_row(layout: Layout, issues: Sequence[Issue]) -> list[Issue]:
    """Issues that belong to no single field."""
    titles = {column.title for column in layout.columns}
    return [issue for issue in issues if issue.column not in titles]


def sent_back(old: Sequence[str], typed: Sequence[str | None], layout: Layout) -> list[str]:
    """The cells after what was sent; what came back covered, as it was shown, stays as it was."""
    return [
        before if new is None or new.strip() in (HIDDEN, _covered(before)) else new.strip()
        for before, new, _ in zip(old, typed, layout.columns, strict=True)
    ]


def _covered(text: str) -> str:
    return mask_personal_numbers(text).strip()


def _first(column: Column, layout: Layout, agency: Agency, rulebook: Rulebook) -> str:
    if column.field in _AGENCY_FIELDS:
        return agency.name
    if column.field in _AGENCY_CODES:
        return "" if agency.uscc_invented else agency.uscc
    if column.field == "list":
        return layout.defaults.get("list", "")
    if column.field in ("counterparty_type", "subject_type") and layout.subject_kind:
        choices = rulebook.registers[layout.register].field(column.field).choices
        return choices[-1] if layout.subject_kind == "natural_person" else choices[0]
    return ""


def _field(
    index: int,
    column: Column,
    field: Field,
    text: str,
    issues: Sequence[Issue],
    rulebook: Rulebook,
) -> FormField:
    private = field.visibility is Visibility.NEVER and field.type is FieldType.STRING
    options = _options(field, rulebook)
    return FormField(
        index,
        column.title,
        _kind(field, options),
        HIDDEN if private and text else mask_personal_numbers(text),
        _hint(field, column),
        field.example,
        column.required,
        column.max_length or field.max_length,
        options,
        tuple(issue for issue in issues if issue.column == column.title),
        private,
    )


def _kind(field: Field, options: tuple[tuple[str, str], ...]) -> str:
    if field.type is FieldType.CHOICES:
        return "several"
    if options:
        return "one"
    if field.type is FieldType.DATE:
        return "date"
    if field.type is FieldType.YUAN:
        return "yuan"
    return "long" if field.type is FieldType.TEXT else "line"


def _options(field: Field, rulebook: Rulebook) -> tuple[tuple[str, str], ...]:
    if field.name == "list":
        return tuple((slug, one.name) for slug, one in rulebook.lists.items())
    if field.name == "campaign":
        return tuple((one.name, one.name) for one in rulebook.campaigns.values())
    if field.name == "penalty_types":
        return tuple((one.name, one.name) for one in rulebook.penalty_types.values())
    return tuple((choice, choice) for choice in field.choices)


def _hint(field: Field, column: Column) -> str:
    unless = f"处罚类别有{'、'.join(column.required_with)}的必填。" if column.required_with else ""
    unit = "单位：万元。" if column.unit == "wan_yuan" else ""
    return f"{field.help}{unit}{unless}"


def _group(field: str) -> str:
    """The heading a field stands under, by how its name begins."""
    for title, beginnings in _STARTS:
        if field.startswith(beginnings):
            return title
    return "其他"


_STARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("公示和来源", ("publication", "source_agency", "enforcement_agency", "deciding_agency")),
    (
        "决定",
        (
            "decision",
            "penalty",
            "violation",
            "legal_basis",
            "fine",
            "confiscated",
            "suspended",
            "ground",
            "facts",
            "document_number",
            "listed_on",
            "valid_until",
            "list",
        ),
    ),
    (
        "当事人",
        (
            "counterparty",
            "subject",
            "uscc",
            "registration",
            "organisation",
            "tax",
            "institution",
            "social",
            "legal_representative",
        ),
    ),
)
