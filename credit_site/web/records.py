"""``/records/<id>``: one record as a document, or the notice that it has ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, render_template

from credit_site.domain.rulebook import Rulebook, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.list_pages import apology_for
from credit_site.services.matters.terms import terms_of
from credit_site.services.public_records import EndedRecord, RevisionView, get, history
from credit_site.web.feeds.links import feed_links
from credit_site.web.frame import site_settings, words
from credit_site.web.presenters.records import severity_word
from credit_site.web.presenters.words import END_REASONS

blueprint = Blueprint("records", __name__)


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """An earlier wording: its number, when it stood, and the titles of the fields that changed."""

    view: RevisionView
    changed: str


@blueprint.get("/records/<int:record_id>")
def show(record_id: int) -> str | tuple[str, int]:
    """200 with the record, 410 with a neutral notice after its end, 404 otherwise."""
    found = get(db.session(), record_id, clock.today()) if record_id < 1 << 62 else None
    if found is None:
        abort(404)
    if isinstance(found, EndedRecord):
        reason = END_REASONS.get(found.reason, "")
        apology = apology_for(db.session(), record_id)
        page = render_template("records/ended.html", record=found, reason=reason, apology=apology)
        return page, 410
    say, terms = words(), terms_of(found, load_rulebook())
    return render_template(
        "records/show.html",
        record=found,
        title=found.document_number or found.subject_name,
        sentence=say.sentence(found),
        tags=say.tags(found),
        fields=say.fields(found),
        basis=say.basis(found),
        severity=severity_word(found),
        terms=terms,
        can_apply=terms.open_on(clock.today()),
        register=say.names.register(found.register),
        agency=say.names.agency(found.agency),
        revisions=_revisions(found.register, history(db.session(), record_id), load_rulebook()),
        permanent=f"{site_settings().url}/records/{record_id}",
        feeds=feed_links("company", found.uscc) if found.uscc else feed_links("all"),
    )


def _revisions(register: str, views: list[RevisionView], rulebook: Rulebook) -> list[RevisionLine]:
    titles = {field.name: field.title for field in rulebook.registers[register].public_fields}
    return [RevisionLine(view, _titles(view.changed, titles)) for view in views]


def _titles(names: Iterable[str], titles: Mapping[str, str]) -> str:
    """Titles of fields; what is no field of the register is an element of its publication."""
    return "、".join(dict.fromkeys(titles.get(name, "公示要素") for name in names))
