"""Somebody's drafts, as lists name them."""

from __future__ import annotations

from dataclasses import dataclass

from credit_site.domain.row_forms import fields_of
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.drafts import DraftView, drafts
from credit_site.web.frame import words


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list: whom it is about, its number, in which layout, of which bureau."""

    view: DraftView
    subject: str
    number: str
    layout: str
    bureau: str


def draft_lines(actor: str) -> list[DraftLine]:
    """The drafts of whoever is signed in, the one worked on last before the others."""
    known = load_rulebook().layouts
    return [_line(view) for view in drafts(db.session(), vault(), actor) if view.layout in known]


def _line(view: DraftView) -> DraftLine:
    book = load_rulebook()
    layout = book.layouts[view.layout]
    register = book.registers[layout.register]
    names = {layout.columns[field.place].field: field.name for field in fields_of(layout, book)}
    subject, number = (
        view.texts.get(names.get(field, ""), "")
        for field in (register.subject_field, register.number_field)
    )
    return DraftLine(view, subject, number, layout.title, words().names.agency(view.agency))
