"""Whoever was shown a key can hand in with it, and so does not review what came by it."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import Record
from tests.support.people import Person, signed_in
from tests.support.uploads import checked, decision, table, work
from tests.web.bureau.conftest import BUREAU
from tests.web.bureau.test_keys import made, report, send

pytestmark = pytest.mark.both_databases

PLACE = "/bureau/submissions/1"
OWN_KEY = "接口密钥是您建立或者更换的"
ALONE = "本部门没有别的审核员"


def handed_in(app: Flask, key: str) -> None:
    """One faultless decision, submission 1, checked."""
    send(app, key, table([decision(1)]))
    work(app)


def waiting_for(person: Person) -> str:
    """What the desk says waits for somebody."""
    return person.get("/bureau/").text.split('id="to-do"')[1].split("</section>")[0]


def tried_to_publish(app: Flask, person: Person) -> int:
    """How many records there are after somebody has tried."""
    person.post(f"{PLACE}/publish")
    work(app)
    with app.app_context():
        return db.session().query(Record).count()


def test_whoever_made_the_key_does_not_review_what_came_by_it(app: Flask, reviewer: Person) -> None:
    another = signed_in(app, Role.REVIEWER, BUREAU, "another")
    handed_in(app, made(reviewer))
    page = reviewer.get(f"{PLACE}/review").text
    assert OWN_KEY in page
    assert ALONE not in page
    assert f"{PLACE}/publish" not in page
    assert PLACE not in waiting_for(reviewer)
    assert tried_to_publish(app, reviewer) == 0
    reviewer.post(f"{PLACE}/rows/2/hold", reason="文号待核")
    reviewer.post(f"{PLACE}/send-back", reason="文号待核")
    assert "等待审核" in reviewer.get(PLACE).text
    assert PLACE in waiting_for(another)
    assert "（密钥由reviewer-market-supervision建立）" in another.get(f"{PLACE}/review").text
    assert tried_to_publish(app, another) == 1


def test_a_clerk_who_hands_it_in_again_does_not_wash_it_clean(
    app: Flask, reviewer: Person, clerk: Person
) -> None:
    handed_in(app, made(reviewer))
    clerk.post(f"{PLACE}/withdraw")
    clerk.post(f"{PLACE}/hand-in")
    assert tried_to_publish(app, reviewer) == 0


def test_it_counts_who_had_the_key_when_the_call_came(app: Flask, reviewer: Person) -> None:
    first, another = made(reviewer), signed_in(app, Role.REVIEWER, BUREAU, "another")
    handed_in(app, first)
    page = another.post("/bureau/keys/1/exchange").text
    found = re.search(r"csk_[0-9A-Za-z_-]{43}", page)
    assert found
    assert "您不能审核" in page
    send(app, found[0], table([decision(2)]))
    work(app)
    assert OWN_KEY in reviewer.get("/bureau/submissions/1/review").text
    assert OWN_KEY not in another.get("/bureau/submissions/1/review").text
    assert OWN_KEY in another.get("/bureau/submissions/2/review").text
    assert OWN_KEY not in reviewer.get("/bureau/submissions/2/review").text


def test_the_only_reviewer_is_told_what_to_do_and_the_credit_office_can_review(
    app: Flask, reviewer: Person
) -> None:
    assert "您是本部门唯一的审核员" in reviewer.get("/bureau/keys").text
    handed_in(app, made(reviewer))
    page = reviewer.get(f"{PLACE}/review").text
    assert f"{ALONE}，请信用管理部门审核。密钥由信用管理部门更换以后" in page
    office = signed_in(app, Role.CREDIT_OFFICE)
    sole = "由部门里唯一的审核员建立"
    assert sole in reviewer.get("/bureau/keys").text
    assert sole in office.get("/bureau/keys").text
    assert tried_to_publish(app, office) == 1
    signed_in(app, Role.REVIEWER, BUREAU, "another")
    assert sole not in office.get("/bureau/keys").text
    assert "您是本部门唯一的审核员" not in reviewer.get("/bureau/keys").text


def test_a_key_of_the_credit_office_leaves_the_only_reviewer_free(
    app: Flask, reviewer: Person
) -> None:
    office = signed_in(app, Role.CREDIT_OFFICE)
    handed_in(app, made(office, agency=BUREAU))
    assert OWN_KEY in office.get(f"{PLACE}/review").text
    assert ALONE not in office.get(f"{PLACE}/review").text
    assert tried_to_publish(app, office) == 0
    assert tried_to_publish(app, reviewer) == 1


def test_the_only_reviewer_who_uploads_is_told_who_reviews(app: Flask, reviewer: Person) -> None:
    number = checked(app, reviewer, [decision(1)])
    reviewer.post(f"/bureau/submissions/{number}/hand-in")
    page = reviewer.get(f"/bureau/submissions/{number}/review").text
    assert f"须由另一个人审核。{ALONE}，请信用管理部门审核。" in page


def test_a_bureau_that_publishes_directly_is_not_kept_waiting(app: Flask, reviewer: Person) -> None:
    key = made(reviewer)
    signed_in(app, Role.CREDIT_OFFICE).post("/bureau/direct/grant", agency=BUREAU)
    handed_in(app, key)
    assert report(app, key, 1)["state"] == "closed"


def test_who_grants_direct_publication_lets_nothing_out_that_came_by_a_key_of_the_same_person(
    app: Flask, reviewer: Person
) -> None:
    office = signed_in(app, Role.CREDIT_OFFICE)
    key = made(office, agency=BUREAU)
    office.post("/bureau/direct/grant", agency=BUREAU)
    handed_in(app, key)
    assert report(app, key, 1)["state"] == "submitted"
    assert tried_to_publish(app, reviewer) == 1
