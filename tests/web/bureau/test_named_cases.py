"""Where a sentence of the desk names a case, it leads there; honours lost to an error are told."""

from __future__ import annotations

from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db, vault
from credit_site.models import ListingCase
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.naming import parts_of
from tests.support.listings import ABOVE, BOOK, SUBJECT, A, Walk
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.support.uploads import work
from tests.web.bureau.test_listings import KEY, later, opened, seen
from tests.web.pages import CheckingClient, checked

LOST = "那次列入已经认定有误或者撤销"
CASE = {**SUBJECT, "branch": "intellectual-property", "ground": "wilful-infringement"}
CASE |= {"facts_on": "2026-05-20", "reason": "情节严重"}


def test_a_second_case_of_a_subject_is_refused_with_the_way_to_the_first(
    reviewer: Person,
) -> None:
    case = opened(reviewer)
    answer = reviewer.post("/bureau/listings", **CASE, form_key=f"{KEY}-2")
    assert answer.status_code == 422
    assert checked("/bureau/listings", answer).link("名单案件第 1 号") == case


def test_a_case_of_another_bureau_is_told_without_a_way_that_is_shut(
    app: Flask, reviewer: Person
) -> None:
    opened(reviewer)
    with app.app_context():
        db.session().get_one(ListingCase, 1).agency = "commerce"
        db.session().commit()
        db.session.remove()
    answer = reviewer.post("/bureau/listings", **CASE, form_key=f"{KEY}-2")
    assert answer.status_code == 422
    page = checked("/bureau/listings", answer)
    assert "由郑州市商务局办理（第 1 号），请与该部门联系" in page.main
    assert "/bureau/listings/1" not in set(page.links())


def test_a_name_in_a_sentence_is_cut_out_and_the_rest_stays() -> None:
    said = "请在名单案件第 12 号“提前移出”里办理。"
    assert list(parts_of(said)) == [
        ("请在", None),
        ("名单案件第 12 号", 12),
        ("“提前移出”里办理。", None),
    ]
    assert list(parts_of("<b>没有</b>")) == [("<b>没有</b>", None)]


def test_an_honour_lost_to_an_error_may_be_given_again_and_the_public_line_changes(
    app: Flask, clock: StandingClock
) -> None:
    with app.app_context():
        way = Walk(ListingTools(db.session(), vault(), BOOK), clock)
        red = way.open("trustworthy")
        way.step(A.ANNOUNCE, document="")
        clock.move(days=12)
        way.step(A.DECIDE)
        way.step(A.PUBLISH, ABOVE)
        lost = way.record_id
        black = way.open(form_key="another form")
        way.listed()
        db.session.remove()
    public = CheckingClient(app.test_client())
    assert f"编号 {lost}" in public.get("/lists/trustworthy").main
    assert "因失信移出" in public.get("/lists/trustworthy").main
    with app.app_context():
        way = Walk(ListingTools(db.session(), vault(), BOOK), clock)
        way.case = black
        way.step(A.REMOVE_ERROR)
        db.session.remove()
    left = public.get("/lists/trustworthy").main
    assert "因失信" not in left
    assert "移出所依据的列入后来被认定有误或者撤销" in left
    gone = public.get(f"/records/{lost}", status=410).main
    assert "移出所依据的列入后来被认定有误或者撤销" in gone
    work(app)
    told_on_the_desk(app, red, black)


def told_on_the_desk(app: Flask, red: int, black: int) -> None:
    """On both cases and on the first page, with the way to a new case; no other bureau hears it."""
    reviewer, _ = later(app)
    for path in ("/bureau/", f"/bureau/listings/{red}", f"/bureau/listings/{black}"):
        page = seen(reviewer, path)
        assert LOST in page.main
        again = seen(reviewer, page.link("重新列入"))
        assert "守信" in again.main
    other = signed_in(app, Role.REVIEWER, "health", name="elsewhere")
    assert LOST not in seen(other, "/bureau/").main
