"""信用修复告知书: the notice on repair that is served together with a decision (两书同达)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from flask import abort, render_template

from credit_site.domain.entries import Entry
from credit_site.domain.permissions import Permission
from credit_site.domain.repair import RepairFacts, RepairTerms, repair_terms
from credit_site.domain.rulebook import Basis, load_rulebook
from credit_site.domain.subjects import NATURAL_PERSON
from credit_site.extensions import clock, db, vault
from credit_site.services import desk_views
from credit_site.services.dishonesty import is_favourable
from credit_site.services.record_entries import public_entry, repairable_part
from credit_site.web.bureau import records
from credit_site.web.bureau.access import needs
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.submissions import found
from credit_site.web.desk_parameters import SubmissionParameters
from credit_site.web.frame import words
from credit_site.web.parameters import read
from credit_site.web.presenters.words import SEVERITIES

_TEXTS = ("violation_type", "violation_facts", "legal_basis", "ground", "facts", "product_field")


@dataclass(frozen=True, slots=True)
class Notice:
    """What the notice says; ``name`` in full: it goes to the subject alone."""

    name: str
    you: str
    entry: Entry
    list_name: str
    severity: str
    terms: RepairTerms
    answered: int
    basis: Sequence[Basis]


@needs(Permission.READ)
def notice(number: int, row: int) -> str:
    """The notice of a row that waits for review, ready to print."""
    view = found(number)
    staged = desk_views.row(db.session(), vault(), load_rulebook(), number, row)
    if staged is None or staged.entry is None or not repairable(staged.entry):
        abort(404)
    return notice_of(staged.entry, view.agency)


@needs(Permission.READ)
def record_notice(number: int) -> str:
    """The notice of a record, as long as it is public: for a decision that is served later."""
    one = records.found(number)
    entry = public_entry(db.session(), number, vault(), clock.today())
    if entry is None or not repairable(entry):
        abort(404)
    return notice_of(entry, one.agency)


@needs(Permission.READ)
def submission_notices(number: int) -> str:
    """The notices of what a submission brought and is public, a sheet each; a hundred at a time."""
    view, after, today = found(number), read(SubmissionParameters).after, clock.today()
    part = repairable_part(db.session(), vault(), number, load_rulebook(), today, after)
    if not part.entries:
        abort(404)
    notices = [(record, _notice(entry)) for record, entry in part.entries]
    return render_template(
        "bureau/notices.html",
        one=view,
        part=part,
        notices=notices,
        basis=list(dict.fromkeys(chain(*(notice.basis for _, notice in notices)))),
        bureau=bureau_name(view.agency),
        made_on=today,
    )


def repairable(entry: Entry) -> bool:
    """Whether there is anything to repair: who stands on a list of honour has nothing."""
    return not is_favourable(load_rulebook(), str(entry.content.get("list", "")))


def notice_of(
    entry: Entry,
    agency: str,
    made_on: date | None = None,
    served: date | None = None,
    since: Sequence[str] = (),
) -> str:
    """The page of a notice; ``made_on`` the day it bears, today's while it is to be signed.

    ``since`` is what happened after that day, for whoever reads it here: the sheet stays.
    """
    return render_template(
        "bureau/notice.html",
        n=_notice(entry),
        bureau=bureau_name(agency),
        made_on=made_on or clock.today(),
        served=served,
        since=since,
    )


def spoken_to(kind: str) -> str:
    """How a document addresses its subject: 你 a natural person, 你单位 any other."""
    return "你" if kind == NATURAL_PERSON else "你单位"


def _basis(entry: Entry) -> Sequence[Basis]:
    """What the publication rests on: of a list, its branch's own law and no other list's."""
    branch = load_rulebook().list_branches.get(str(entry.content.get("branch", "")))
    return branch.basis if branch else words().basis_of(entry.rule)


def _notice(entry: Entry) -> Notice:
    book = load_rulebook()
    register = book.registers[entry.register]
    slug = entry.content.get("list", "")
    listed = words().names.list_name(slug) if isinstance(slug, str) and slug else ""
    days = book.rule("deadlines").on(entry.decided_on or clock.today()).values["repair_answered"]
    assert isinstance(days, int), "the rulebook gives whole days"
    return Notice(
        entry.sealed.get(register.subject_field, entry.subject_name),
        spoken_to(entry.subject_kind),
        entry,
        listed,
        SEVERITIES.get(entry.severity, ""),
        repair_terms(_facts(entry), book),
        days,
        _basis(entry),
    )


def _facts(entry: Entry) -> RepairFacts:
    types, listed = entry.content.get("penalty_types"), entry.content.get("list")
    said = (entry.content.get(name) for name in _TEXTS)
    return RepairFacts(
        entry.rule,
        listed if isinstance(listed, str) else "",
        entry.severity,
        tuple(map(str, types)) if isinstance(types, list) else (),
        tuple(text for text in said if isinstance(text, str)),
        entry.publication_start,
        entry.publication_end,
        str(entry.content.get("branch") or ""),
    )
