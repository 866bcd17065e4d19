"""One decision filled in by hand, for tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import html5lib
from werkzeug.test import TestResponse

from credit_site.domain.row_forms import InputKind, chosen, fields_of
from tests.domain.penalty_rows import BOOK, LEGAL
from tests.support.people import Person
from tests.support.uploads import Row, decision

NEW = f"/bureau/decisions/new?layout={LEGAL}"
_HIDDEN = re.compile(r'<input type="hidden" name="(token|draft|version)" value="([^"]*)"')


def filled(row: Row, layout: str = LEGAL) -> dict[str, Any]:
    """A row as the form sends it."""
    values: dict[str, Any] = {}
    for field in fields_of(BOOK.layouts[layout], BOOK):
        text = str(row.get(field.name, ""))
        values[field.name] = chosen(text) if field.kind is InputKind.CHOICES else text
    return values


def hidden(page: TestResponse) -> dict[str, str]:
    """What tells the form on a page from others."""
    return dict(_HIDDEN.findall(page.text))


def send(
    person: Person, address: str, deed: str, fields: Mapping[str, Any], page: str = ""
) -> TestResponse:
    """Fills the form of a page in and sends it with one of its buttons."""
    opened = hidden(person.get(page or address))
    return person.post(address, **opened, **fields, deed=deed)


def as_shown(page: str) -> dict[str, str]:
    """The cells of a form of the desk as they stand on a page, and what tells how old it is."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    cells = {one.get("name", ""): one.text or "" for one in tree.iter("textarea")}
    inputs = {one.get("name", ""): one.get("value", "") for one in tree.iter("input")}
    kept = re.compile(r"cell\d+|seen|shown")
    return {name: text for name, text in (inputs | cells).items() if kept.fullmatch(name)}


def draft_of(person: Person, number: int = 1, **changes: str) -> str:
    """A draft of a faultless decision; its address."""
    answer = send(person, NEW, "save", filled(decision(number, **changes)))
    assert answer.status_code == 303, answer.text
    return answer.location


def cell_of(form: str, title: str) -> str:
    """The name of the field for a column."""
    return form.split(f">{title}<", maxsplit=1)[0].rsplit('for="', 1)[1].split('"', maxsplit=1)[0]
