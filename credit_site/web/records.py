"""``/records/<id>``: one record as a document, or the notice that it has ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template

from credit_site.domain.rulebook import Rulebook, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.proofs import proof
from credit_site.services.public_records import EndedRecord, RevisionView, get, history
from credit_site.web.api.answers import answer, problem
from credit_site.web.errors import TEXTS
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
        return render_template("records/ended.html", record=found, reason=reason), 410
    say = words()
    return render_template(
        "records/show.html",
        record=found,
        title=found.document_number or found.subject_name,
        sentence=say.sentence(found),
        tags=say.tags(found),
        fields=say.fields(found),
        basis=say.basis(found),
        severity=severity_word(found),
        register=say.names.register(found.register),
        agency=say.names.agency(found.agency),
        revisions=_revisions(found.register, history(db.session(), record_id), load_rulebook()),
        permanent=f"{site_settings().url}/records/{record_id}",
        feeds=feed_links("company", found.uscc) if found.uscc else feed_links("all"),
    )


@blueprint.get("/records/<int:record_id>/proof.json")
def prove(record_id: int) -> Response:
    """Salt and canonical form of a visible record; 410 after its end, 404 otherwise."""
    found = proof(db.session(), record_id, clock.today()) if record_id < 1 << 62 else None
    if found is None:
        return problem(404, "没有这条信息", "编号有误，或者这条信息没有公示。")
    if isinstance(found, EndedRecord):
        return problem(410, *TEXTS[410])
    return answer(found)


def _revisions(register: str, views: list[RevisionView], rulebook: Rulebook) -> list[RevisionLine]:
    titles = {field.name: field.title for field in rulebook.registers[register].public_fields}
    return [RevisionLine(view, _titles(view.changed, titles)) for view in views]


def _titles(names: Iterable[str], titles: Mapping[str, str]) -> str:
    """Titles of fields; what is no field of the register is an element of its publication."""
    return "、".join(dict.fromkeys(titles.get(name, "公示要素") for name in names))
