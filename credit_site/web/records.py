"""``/records/<id>``: one record as a document, or the notice that it has ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from credit_site.domain.rulebook import Rulebook, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.matters.commitments import commitment_to
from credit_site.services.matters.terms import screening_barred, terms_of
from credit_site.services.proofs import proof
from credit_site.services.public_records import (
    EndedRecord,
    PublicRecord,
    get,
)
from credit_site.services.record_revisions import RevisionView, earlier_wordings
from credit_site.web.api.answers import answer, problem
from credit_site.web.citations import FORMS, LARGEST_ID, present_citation
from credit_site.web.describing import described, this_site
from credit_site.web.feeds.links import feed_links
from credit_site.web.frame import words
from credit_site.web.gone import gone_file, hidden_file, hidden_since, not_here
from credit_site.web.kept_parts import kept
from credit_site.web.presenters.fields import FieldRow
from credit_site.web.presenters.records import severity_word
from credit_site.web.presenters.structured import Crumb, report
from credit_site.web.presenters.words import reworded

blueprint = Blueprint("records", __name__)


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """An earlier wording: when it stood, why it was replaced, and titles of what changed."""

    view: RevisionView
    why: str
    changed: str


@blueprint.get("/records/<int:record_id>")
def show(record_id: int) -> str | Response:
    """200 with the record, 410 with a neutral notice after its end, 404 otherwise.

    What is screened for the time being is 404 as well, and its page says so.
    """
    found = get(db.session(), record_id, clock.today()) if record_id < LARGEST_ID else None
    return _page(found) if isinstance(found, PublicRecord) else not_here(record_id)


def _page(found: PublicRecord) -> str:
    say, title = words(), found.document_number or found.subject_name
    terms, rows = terms_of(found, load_rulebook()), say.fields(found)
    return render_template(
        "records/show.html",
        record=found,
        title=title,
        sentence=say.sentence(found),
        tags=say.tags(found),
        fields=[(_heading(row), row.value, row.link, row.long, row.numeric) for row in rows],
        basis=say.basis(found),
        severity=severity_word(found),
        terms=terms,
        can_apply=terms.open_on(clock.today()),
        may_screen=not screening_barred(found, load_rulebook()),
        kind=say.kind(found),
        tone=say.tone(found),
        agency=say.names.agency(found.agency),
        revisions=_revisions(
            found.register, earlier_wordings(db.session(), found), load_rulebook()
        ),
        citation=present_citation(found),
        citation_forms=FORMS,
        feeds=feed_links("company", found.uscc) if found.uscc else feed_links("all"),
        **described(
            f"/records/{found.id}", title, _way_to(found), report(this_site(), found, title, say)
        ),
    )


@blueprint.get("/records/<int:record_id>/commitment")
def commitment(record_id: int) -> str | Response:
    """What is committed to in public for the repair of a record; 410 and 404 as its page."""
    found = get(db.session(), record_id, clock.today()) if record_id < LARGEST_ID else None
    if not isinstance(found, PublicRecord):
        return not_here(record_id)
    return render_template(
        "records/commitment.html",
        record=found,
        line=words().line(found),
        commitment=commitment_to(db.session(), load_rulebook(), found),
    )


def _way_to(record: PublicRecord) -> tuple[Crumb, ...]:
    names, register = words().names, record.register
    first = (
        Crumb(f"/lists/{record.list_name}", names.list_name(record.list_name))
        if record.list_name
        else Crumb(f"/search?register={register}", names.register(register))
    )
    return (
        first,
        Crumb(f"/agencies/{record.agency}", names.agency(record.agency)),
    )


@blueprint.get("/records/<int:record_id>/proof.json")
def prove(record_id: int) -> Response:
    """Salt and canonical form of a visible record; 410 after its end, 404 otherwise."""
    found = proof(db.session(), record_id, clock.today()) if record_id < 1 << 62 else None
    if found is None:
        if since := hidden_since(record_id):
            return hidden_file(record_id, since, "json")
        return problem(404, "没有这条信息", "编号有误，或者这条信息没有公示。")
    if isinstance(found, EndedRecord):
        return gone_file(found, "json")
    return answer(found)


def _heading(row: FieldRow) -> Markup:
    return kept("terms", "heading", row.term, row.title, row.help)


def _revisions(register: str, views: list[RevisionView], rulebook: Rulebook) -> list[RevisionLine]:
    titles = {field.name: field.title for field in rulebook.registers[register].public_fields}
    return [
        RevisionLine(view, reworded(view.reason), _titles(view.changed, titles)) for view in views
    ]


def _titles(names: Iterable[str], titles: Mapping[str, str]) -> str:
    """Titles of the fields among them; where only the publication itself changed, that is said."""
    known = dict.fromkeys(titles[name] for name in names if name in titles)
    return "、".join(known) or "公示要素"
