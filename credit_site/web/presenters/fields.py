"""The public fields of a record as its register says them, in the official order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Field, FieldType, Register
from credit_site.services.public_records import PublicRecord
from credit_site.web.presenters.words import Names, yuan_figure

NO_END = "2099-12-31"
LONG_TEXT = 60
_FIGURES = (FieldType.YUAN, FieldType.DATE, FieldType.USCC)

Say = Callable[[JsonValue], str]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: title, value, help; ``numeric`` aligns figures, ``long`` takes the whole width.

    ``term`` is the slug of the glossary's entry about it, empty for none.
    """

    title: str
    value: str
    help: str
    numeric: bool
    long: bool
    link: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    term: str
    title: str
    help: str
    numeric: bool
    links: bool
    say: Say


class FieldWords:
    """Says the fields of one register, on each of the ``lists`` in its words.

    What does not depend on a record is worked out once.
    """

    def __init__(self, register: Register, names: Names, lists: Iterable[str]) -> None:
        self._forms = {
            name: tuple(_form(field, register, names, name) for field in register.public_fields)
            for name in ("", *lists)
        }

    def rows(self, record: PublicRecord) -> tuple[FieldRow, ...]:
        """Every public field that has a value."""
        return self.said(record.content)

    def said(self, content: Mapping[str, JsonValue]) -> tuple[FieldRow, ...]:
        """The same of content that is not a record yet, or no more."""
        forms = self._forms.get(str(content.get("list", "")), self._forms[""])
        return tuple(
            _row(form, value)
            for form in forms
            if (value := content.get(form.name)) not in (None, "", [])
        )


def texts(value: JsonValue) -> tuple[str, ...]:
    """A value as texts: none, one, or those of a list."""
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, list):
        return tuple(map(str, value))
    return () if value is None else (str(value),)


def _row(form: _Form, value: JsonValue) -> FieldRow:
    text = form.say(value)
    link = f"/companies/{text}" if form.links else ""
    long = len(text) > LONG_TEXT
    return FieldRow(form.title, text, form.help, form.numeric, long, link, form.term)


def _form(field: Field, register: Register, names: Names, list_name: str) -> _Form:
    title = field.tone_titles.get(names.tone(list_name), field.title)
    title = f"{title}（元）" if field.type is FieldType.YUAN else title
    numeric, links = field.type in _FIGURES, field.name == register.uscc_field
    term = names.term_of(field.name, list_name)
    return _Form(field.name, term, title, field.help, numeric, links, _say(field, names))


def _say(field: Field, names: Names) -> Say:
    if field.name == "list":
        return lambda value: names.list_name(str(value))
    if field.name == "branch":
        return lambda value: names.branch(str(value))
    if field.type is FieldType.YUAN:
        return lambda value: yuan_figure(Decimal(str(value)))
    if field.type is FieldType.DATE:
        return lambda value: "长期" if value == NO_END else str(value)
    return lambda value: value if isinstance(value, str) else "；".join(texts(value))
