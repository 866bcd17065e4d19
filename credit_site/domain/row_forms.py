"""A form for one row of a layout: which fields, in which groups, filled in how.

Made from the layout's and the register's files alone, so that a field is described in one place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from credit_site.domain.rulebook import (
    Agency,
    Column,
    Field,
    FieldType,
    Group,
    Layout,
    Register,
    Rulebook,
    Visibility,
)
from credit_site.domain.subjects import NATURAL_PERSON

LONG_LINE = 200
"""From so many characters on a text has more than one line to stand in."""
OTHER_GROUP = "其他"
_PERSON = "自然人"
_OTHER_DOCUMENT = "其他"
_UNITS = {"wan_yuan": "万元", "yuan": "元"}
_AGENCIES = ("enforcement_agency", "source_agency", "deciding_agency")
_SEPARATOR = ";"


class InputKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    AMOUNT = "amount"
    CODE = "code"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class FormField:
    """One input; ``place`` is the column of the layout, ``name`` unlike any other of the form.

    ``options`` are values and what they are called; ``offers`` what may be chosen but need not;
    ``most`` characters.
    """

    name: str
    place: int
    title: str
    kind: InputKind
    required: bool
    need: str
    help: str
    example: str
    most: int | None
    unit: str
    options: tuple[tuple[str, str], ...]
    offers: tuple[str, ...]
    public: bool


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Inputs under one heading."""

    title: str
    fields: tuple[FormField, ...]


def need(column: Column) -> str:
    """Whether, and when, a column must be filled."""
    if column.required:
        return "必填"
    if column.required_with:
        return f"处罚类别含「{'、'.join(column.required_with)}」时必填"
    return "选填"


def form_of(layout: Layout, rulebook: Rulebook) -> tuple[FormGroup, ...]:
    """The form of a layout, in the order of its columns within the register's groups."""
    return _form(layout.name, rulebook)


@lru_cache(maxsize=32)
def _form(name: str, rulebook: Rulebook) -> tuple[FormGroup, ...]:
    layout = rulebook.layouts[name]
    register = rulebook.registers[layout.register]
    fields = list(_fields(layout, register, rulebook))
    places = {name: place for place, g in enumerate(register.groups) for name in g.fields}
    groups = (*register.groups, Group(OTHER_GROUP, ()))
    divided: list[list[FormField]] = [[] for _ in groups]
    for field in fields:
        column = layout.columns[field.place]
        divided[places.get(column.field, len(groups) - 1)].append(field)
    return tuple(
        FormGroup(group.title, tuple(found))
        for group, found in zip(groups, divided, strict=True)
        if found
    )


def fields_of(layout: Layout, rulebook: Rulebook) -> tuple[FormField, ...]:
    """All inputs in the order of the layout's columns."""
    fields = (field for group in form_of(layout, rulebook) for field in group.fields)
    return tuple(sorted(fields, key=lambda field: field.place))


def row_of(fields: Sequence[FormField], texts: Mapping[str, str]) -> list[str]:
    """What was filled in, as a row of a file of the layout."""
    return [texts.get(field.name, "") for field in fields]


def texts_of(fields: Sequence[FormField], row: Sequence[str]) -> dict[str, str]:
    """A row of such a file, as it is filled in."""
    pairs = zip(fields, row, strict=False)
    return {field.name: text for field, text in pairs if text}


def first_texts(layout: Layout, rulebook: Rulebook, agency: Agency) -> dict[str, str]:
    """What stands in a new form: what the layout leaves no choice in, and the bureau itself."""
    texts = {}
    for field in fields_of(layout, rulebook):
        column = layout.columns[field.place]
        if len(field.options) == 1 and field.required:
            texts[field.name] = field.options[0][0]
        elif column.field == "list":
            texts[field.name] = _list_name(layout.defaults.get("list", ""), rulebook)
        elif column.field in _AGENCIES:
            texts[field.name] = agency.name
        elif column.field.removesuffix("_uscc") in _AGENCIES and not agency.uscc_invented:
            texts[field.name] = agency.uscc
    return {name: text for name, text in texts.items() if text}


def joined(values: Iterable[str]) -> str:
    """Several choices as one cell holds them."""
    return _SEPARATOR.join(value for value in values if value)


def chosen(text: str) -> list[str]:
    """The choices that stand in a cell."""
    return [part.strip() for part in text.replace("；", _SEPARATOR).split(_SEPARATOR) if part]


def _fields(layout: Layout, register: Register, rulebook: Rulebook) -> Iterator[FormField]:
    seen: Counter[str] = Counter()
    for place, column in enumerate(layout.columns):
        field = register.field(column.field)
        seen[field.name] += 1
        more = f"-{seen[field.name]}" if seen[field.name] > 1 else ""
        yield FormField(
            name=field.name + more,
            place=place,
            title=column.title,
            kind=_kind(column, field),
            required=column.required,
            need=need(column),
            help=field.help,
            example=field.example if _is_written(field) else "",
            most=column.max_length or field.max_length,
            unit=_UNITS.get(column.unit, "元") if field.type is FieldType.YUAN else "",
            options=tuple(_options(layout, field, rulebook)),
            offers=tuple(one.name for one in rulebook.campaigns.values())
            if field.name == "campaign"
            else (),
            public=field.visibility is not Visibility.NEVER,
        )


def _is_written(field: Field) -> bool:
    return field.type not in (FieldType.CHOICE, FieldType.CHOICES, FieldType.DATE)


_KINDS = {
    FieldType.DATE: InputKind.DATE,
    FieldType.YUAN: InputKind.AMOUNT,
    FieldType.USCC: InputKind.CODE,
    FieldType.CHOICE: InputKind.CHOICE,
    FieldType.CHOICES: InputKind.CHOICES,
    FieldType.TEXT: InputKind.TEXT,
}


def _kind(column: Column, field: Field) -> InputKind:
    if is_secret(field):
        return InputKind.PERSONAL
    if field.name == "list":
        return InputKind.CHOICE
    if field.type in _KINDS:
        return _KINDS[field.type]
    longest = column.max_length or field.max_length or 0
    return InputKind.TEXT if longest > LONG_LINE else InputKind.LINE


def _options(layout: Layout, field: Field, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    if field.name == "list":
        yield from ((one.name, one.name) for one in rulebook.lists.values())
    elif field.type is FieldType.CHOICES:
        yield from ((one.name, one.name) for one in rulebook.penalty_types.values())
    elif field.type is FieldType.CHOICE:
        called = {value: name for name, value in field.choice_aliases.items()}
        for value in field.choices:
            if not layout.subject_kind or _fits(value, layout.subject_kind):
                yield value, f"{value} {called[value]}" if value.isdigit() and called else value
        if field.name.endswith("document_type"):
            yield _OTHER_DOCUMENT, _OTHER_DOCUMENT


def _fits(kind: str, subject_kind: str) -> bool:
    """Whether a kind of subject may stand in a layout; whatever is no kind of subject may."""
    if kind not in ("法人及非法人组织", "个体工商户", _PERSON):
        return True
    return (kind == _PERSON) is (subject_kind == NATURAL_PERSON)


def _list_name(slug: str, rulebook: Rulebook) -> str:
    found = rulebook.lists.get(slug)
    return found.name if found else ""


def is_secret(field: Field) -> bool:
    """Whether a field holds the number of a personal document."""
    return field.visibility is Visibility.NEVER and field.name.endswith("_document_number")
