"""Whatever is typed where: no page says the number of a person's document again."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Matter
from credit_site.web import desk_parameters, parameters
from tests.support.entries import penalty
from tests.support.people import signed_in
from tests.support.personal_numbers import invented_id_number
from tests.web.conftest import Publish
from tests.web.test_every_page import PAGES
from tests.web.test_matters import OBJECTION, PDF, REPAIR, TIP, Visitor, old_enough, visitor

__all__ = ["old_enough", "visitor"]

NUMBER = invented_id_number(5, "19491231")
GROUPED = " ".join(NUMBER[n : n + 4] for n in range(0, 18, 4))
OLD = NUMBER[:6] + NUMBER[8:17]
WRITTEN = (NUMBER, GROUPED, OLD)
SCREENING = {name: OBJECTION[name] for name in ("record", "name", "role", "phone")} | {
    "court": "某某市中级人民法院",
    "case": "（2026）某破1号",
}
FORMS = {
    "/objections/new": OBJECTION,
    "/repairs/new": REPAIR,
    "/screenings/new": SCREENING,
    "/tips/new": TIP | {"phone": "0371-60000000", "name": "热心人", "subject": "某某商行"},
}
SHORT = ("record", "name", "phone", "email", "court", "case")
ASKED = {
    item.name
    for module in (parameters, desk_parameters)
    for declared in vars(module).values()
    if isinstance(declared, type) and is_dataclass(declared)
    for item in fields(declared)
}
DESK = ("/bureau/matters", "/bureau/listings", "/bureau/listings/new", "/bureau/lookups",
        "/bureau/records", "/bureau/submissions", "/bureau/upload", "/bureau/audit")  # fmt: skip


def says(text: str) -> bool:
    """Whether a page holds the number, however it is split."""
    digits = re.sub(r"[\s\-+]|%20", "", text)
    return NUMBER in digits or OLD in digits


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_no_public_page_says_what_its_address_asks(
    client: FlaskClient, publish: Publish, path: str
) -> None:
    publish(penalty(1))
    for number in (NUMBER, GROUPED):
        asked = dict.fromkeys(sorted(ASKED), number)
        with client.get(path.partition("?")[0], query_string=asked) as answer:
            assert not says(answer.get_data(as_text=True)), path


@pytest.mark.parametrize("path", DESK)
def test_no_page_of_the_desk_says_what_its_address_asks(app: Flask, path: str) -> None:
    for role in (Role.ADMINISTRATOR, Role.REVIEWER):
        agency = "" if role is Role.ADMINISTRATOR else "market-supervision"
        person = signed_in(app, role, agency)
        for known in ({}, {"branch": "market-supervision", "agency": "market-supervision"}):
            asked = dict.fromkeys(sorted(ASKED), GROUPED) | known
            assert not says(person.client.get(path, query_string=asked).text), path


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("path", FORMS)
def test_no_field_of_a_form_takes_such_a_number(
    app: Flask, visitor: Visitor, old_enough: None, path: str, written: str
) -> None:
    given = FORMS[path]
    for name in given:
        if name == "commitment" or (written == OLD and name not in SHORT):
            continue  # in a text it may be the number of a business licence
        said = given | {name: written if name in SHORT else f"号码{written}"}
        answer = visitor.send(path, said, (PDF, "缴款书.pdf"))
        assert answer.status_code == 422, (path, name)
        assert not says(answer.text), (path, name)
        assert not re.search(r"[A-Za-z]{4,} ", "".join(problems(answer.text))), (path, name)
    with app.app_context():
        assert db.session().query(Matter).count() == 0


@pytest.mark.parametrize("written", WRITTEN)
def test_following_says_no_such_number(visitor: Visitor, written: str) -> None:
    answer = visitor.follow(written, written)
    assert answer.status_code == 404
    assert not says(answer.text)


def test_the_desk_says_no_such_number_again(app: Flask) -> None:
    reviewer = signed_in(app, Role.REVIEWER, "market-supervision")
    typed = dict.fromkeys(("subject_name", "uscc", "facts", "reason", "facts_on"), GROUPED)
    whose = {"branch": "market-supervision", "agency": "market-supervision"}
    case = typed | whose | {"form_key": "k" * 20}
    look_up = dict.fromkeys(("subject", "purpose", "matter_number"), GROUPED)
    for path, said in (("/bureau/listings", case), ("/bureau/lookups", look_up)):
        answer = reviewer.post(path, **said)
        assert answer.status_code == 422, path
        assert not says(answer.text), path


def problems(text: str) -> list[str]:
    return re.findall(r'class="cell-problem[^>]*>([^<]*)<', text)


@pytest.mark.parametrize("address", ["/search.csv", "/search.jsonl", "/feeds/search.atom"])
def test_a_download_of_a_number_is_refused_with_what_to_do(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address, query_string={"q": NUMBER})
    assert answer.status_code == 400
    assert "本站不按证件号码查询" in answer.text
    assert NUMBER not in answer.text
