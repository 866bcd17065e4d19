"""What makes a person look first although a bureau publishes directly, and stays in the report."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask import Flask

from credit_site.domain.cells import Cell
from credit_site.domain.direct_publication import held_for_review
from credit_site.domain.permissions import Role
from credit_site.services.likely_repeats import REPEAT
from tests.domain.penalty_rows import BOOK, TODAY
from tests.support.people import Person, signed_in
from tests.support.uploads import decision, table, work
from tests.web.bureau.conftest import BUREAU
from tests.web.bureau.test_keys import made, report, send

pytestmark = pytest.mark.both_databases

COMMERCE = BOOK.agencies["commerce"]
DOUBTFUL: Mapping[str, Mapping[str, Cell]] = {
    "agency_not_own": {
        "enforcement_agency": COMMERCE.name,
        "enforcement_agency_uscc": COMMERCE.uscc,
    },
    "agency_code_of_another": {"source_agency_uscc": COMMERCE.uscc},
    "name_of_person": {"counterparty_name": "张某某"},
    "number_is_sequence": {"decision_number": "12"},
    "ends_before_decision": {"penalty_valid_until": "2026-05-05"},
    "amount_zero": {"fine_yuan": "0"},
    "amount_unasked": {"penalty_types": "警告"},
    "unit_in_cell": {"fine_yuan": "50000元"},
    "unit_doubtful": {"fine_yuan": "10000"},
}
OF_FILES, OF_REAL_CODES = {"unit_assumed"}, {"agency_code_differs"}
OF_ROWS_ALONE = {REPEAT}
"""Tried in ``test_direct_repeats``: the others go out."""


@pytest.fixture
def direct(app: Flask, reviewer: Person) -> str:
    """A key of a bureau that publishes directly."""
    signed_in(app, Role.CREDIT_OFFICE).post("/bureau/direct/grant", agency=BUREAU)
    return made(reviewer)


def test_every_warning_that_the_rule_names_is_tried_here() -> None:
    assert (
        held_for_review(TODAY, BOOK) == DOUBTFUL.keys() | OF_FILES | OF_REAL_CODES | OF_ROWS_ALONE
    )


@pytest.mark.parametrize("code", DOUBTFUL)
def test_with_a_doubt_about_whose_or_how_much_a_person_looks_first(
    app: Flask, direct: str, code: str
) -> None:
    send(app, direct, table([decision(1, **DOUBTFUL[code])]))
    work(app)
    found = report(app, direct, 1)
    assert found["state"] == "submitted", found
    assert f"'{code}'" in str(found["problems"])


def test_where_the_unit_of_a_column_is_a_guess_a_person_looks_first(
    app: Flask, direct: str
) -> None:
    content = table([decision(1)]).decode("utf-8-sig").replace("罚款金额（万元）", "罚款金额")
    send(app, direct, content.encode())
    work(app)
    found = report(app, direct, 1)
    assert found["state"] == "submitted", found
    assert f"{found['notes']}".count("unit_assumed") == 1
    assert found["problems"] == []


def test_other_warnings_go_out_and_stay_in_the_report(app: Flask, direct: str) -> None:
    send(app, direct, table([decision(1, decision_number="郑市监处罚12号"), decision(2)]))
    work(app)
    found = report(app, direct, 1)
    assert found["state"] == "closed"
    problems = found["problems"]
    assert isinstance(problems, list)
    assert [(one["row"], one["code"]) for one in problems] == [(2, "number_without_year")]
    assert "'published': 2, 'held': 0" in str(found["counts"])
