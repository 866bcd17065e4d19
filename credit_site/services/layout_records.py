"""Which records belong in the files of a layout."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from credit_site.domain.rulebook import Layout
from credit_site.models import Record

NATURAL_PERSON = "natural_person"


def belongs(layout: Layout) -> ColumnElement[bool]:
    """The condition on records: the layout's register, kind of subject and list."""
    condition = Record.register == layout.register
    if layout.subject_kind == NATURAL_PERSON:
        condition &= Record.subject_kind == NATURAL_PERSON
    elif layout.subject_kind:
        condition &= Record.subject_kind != NATURAL_PERSON
    named = Record.list_name == layout.defaults["list"] if "list" in layout.defaults else true()
    return condition & named


def belongs_here(layout: Layout, record: Record) -> bool:
    """The same of a record that is at hand; a test holds both to one answer."""
    person = record.subject_kind == NATURAL_PERSON
    kinds = {"": True, NATURAL_PERSON: person}
    return (
        record.register == layout.register
        and kinds.get(layout.subject_kind, not person)
        and record.list_name == layout.defaults.get("list", record.list_name)
    )
