"""What belongs to another bureau is not there: every address, every role, real objects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, Rule

from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Record
from tests.support.forms import draft_of
from tests.support.people import Person, signed_in
from tests.support.uploads import checked, decision, work
from tests.web.bureau.test_access import HOLDERS, NEEDS, rules
from tests.web.bureau.test_listings import opened
from tests.web.bureau.test_matters import bring

OTHER = "market-supervision"
GROUND = {"reason": "笔误", "document": "更正〔2026〕1号", "day": "2026-05-29"}
# Kinds of objects that belong to a bureau, by the first word of their address.
OF_A_BUREAU = {"submissions", "records", "decisions", "keys", "matters", "listings"}
OF_NOBODY = {"accounts", "hooks", "subscribers", "assessment"}
"""Kept by administrators or the credit office for all; the table of roles says who."""


@pytest.fixture
def objects(app: Flask) -> dict[str, int]:
    """One of each kind, all of one bureau: a submission with a row, a record with a document…"""
    clerk, reviewer = (signed_in(app, role, OTHER) for role in (Role.CLERK, Role.REVIEWER))
    bring(app, MatterKind.OBJECTION)
    number = checked(app, clerk, [decision(1)])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    waiting = checked(app, clerk, [decision(2), decision(3, legal_basis="")])
    clerk.post(f"/bureau/submissions/{waiting}/hand-in")
    reviewer.post("/bureau/keys", name="一号机")
    with app.app_context():
        record = db.session().query(Record).filter_by(agency=OTHER).first()
        assert record is not None
        published = record.id
    document = (BytesIO(b"%PDF-1.7 x"), "x.pdf")
    reviewer.post(f"/bureau/records/{published}/dispute", **GROUND, file=document)
    return {
        "submissions": waiting,
        "records": published,
        "decisions": int(draft_of(clerk).rpartition("/")[2]),
        "keys": 1,
        "matters": 1,
        "listings": int(opened(reviewer).rpartition("/")[2]),
    }


def kind_of(rule: Rule) -> str:
    """What an address is about; "" where it names nothing."""
    found = re.match(r"/bureau/([a-z]+)/<int:number>", rule.rule)
    return found[1] if found else ""


def address(rule: Rule, number: int) -> str:
    """The address of a thing; of its second row, its first paper."""
    values: dict[str, object] = dict.fromkeys(rule.arguments, 2)
    values |= {"number": number, "sha256": "0" * 64, "position": 1}
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
    made = rule.build({name: values[name] for name in rule.arguments})
    assert made is not None
    return made[1]


def reached(app: Flask, objects: dict[str, int], person: Person) -> Iterator[tuple[Rule, int]]:
    """What somebody is answered at each address of the objects."""
    token = person.token()
    for rule in rules(app):
        if kind_of(rule) in OF_A_BUREAU:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                answer = person.client.open(
                    address(rule, objects[kind_of(rule)]),
                    method=method,
                    data={"csrf_token": token, **GROUND},
                    buffered=True,
                )
                yield rule, answer.status_code


def test_each_kind_of_object_is_known_to_belong_to_somebody(app: Flask) -> None:
    kinds = {kind_of(rule) for rule in rules(app)} - {""}
    assert kinds <= OF_A_BUREAU | OF_NOBODY, "say to whom a new kind of object belongs"


def test_nobody_reaches_what_is_another_bureaus(app: Flask, objects: dict[str, int]) -> None:
    for role in (Role.CLERK, Role.REVIEWER):
        person = signed_in(app, role, "commerce")
        for rule, status in reached(app, objects, person):
            allowed = role in HOLDERS[NEEDS[rule.endpoint]]
            assert status == (404 if allowed else 403), (role, rule)


def test_who_reads_everything_reaches_all_but_a_persons_own_drafts(
    app: Flask, objects: dict[str, int]
) -> None:
    person = signed_in(app, Role.AUDITOR)
    missing = {"bureau.record_document", "bureau.annotated", "bureau.matter_letter"}
    missing |= {"bureau.listing_paper", "bureau.listing_file", "bureau.submission_notices"}
    for rule, status in reached(app, objects, person):
        if Role.AUDITOR not in HOLDERS[NEEDS[rule.endpoint]]:
            assert status == 403, rule
        elif rule.endpoint not in missing:
            assert status == 200, rule
    office = signed_in(app, Role.CREDIT_OFFICE)
    assert office.get(f"/bureau/decisions/{objects['decisions']}").status_code == 404
