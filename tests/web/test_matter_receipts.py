"""The receipt is a page to which one comes back for a while, in the one browser that sent."""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.test import TestResponse

from tests.support.sites import StandingClock
from tests.web.pages import checked
from tests.web.test_matters import TIP, Visitor, receipt, visitor

__all__ = ["visitor"]


def sent(visitor: Visitor, words: str = "店里卖假烟") -> TestResponse:
    key = visitor.form_key("/tips/new")
    return visitor.client.post("/tips/new", data=TIP | {"form_key": key, "statement": words})


def cookie_of(answer: TestResponse) -> str:
    found = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith("receipt=")]
    return found[0]


def test_the_form_leads_on_to_the_receipt_which_comes_again_when_asked_again(
    visitor: Visitor,
) -> None:
    answer = sent(visitor)
    assert answer.status_code == 303
    page = visitor.client.get(answer.location)
    number, secret = receipt(page)
    assert page.headers["Cache-Control"] == "no-store"
    visitor.follow(number, secret)
    assert receipt(visitor.client.get(answer.location)) == (number, secret)


def test_number_and_secret_are_in_no_address_and_readable_in_no_cookie(visitor: Visitor) -> None:
    answer = sent(visitor)
    number, secret = receipt(visitor.client.get(answer.location))
    cookie = cookie_of(answer)
    for part in (number, secret, secret.replace("-", "")):
        assert part not in answer.location
        assert part not in cookie
    for said in ("HttpOnly", "SameSite=Lax", f"Path={answer.location}"):
        assert said in cookie


def test_two_receipts_do_not_take_each_others_place(visitor: Visitor) -> None:
    first, second = sent(visitor), sent(visitor, "店里还卖假酒")
    receipts = [receipt(visitor.client.get(one.location)) for one in (first, second)]
    assert receipts[0] != receipts[1]


def test_after_its_time_put_away_or_elsewhere_it_is_not_shown(
    app: Flask, visitor: Visitor, clock: StandingClock
) -> None:
    place = sent(visitor).location
    assert visitor.client.post(place).status_code == 303
    assert visitor.client.get(place).status_code == 404
    place = sent(visitor, "店里还卖假酒").location
    assert visitor.client.get(place).status_code == 200
    over = checked(place, app.test_client().get(place))
    assert (over.status, "回执不再显示" in over.main) == (404, True)
    clock.move(minutes=31)
    assert visitor.client.get(place).status_code == 404


def test_a_form_sent_twice_has_one_receipt_and_putting_it_away_leaves_none(
    visitor: Visitor,
) -> None:
    key = visitor.form_key("/tips/new")
    said = TIP | {"form_key": key}
    first, second = (visitor.client.post("/tips/new", data=said) for _ in range(2))
    assert first.location == second.location
    assert visitor.client.post(first.location).status_code == 303
    assert visitor.client.get(second.location).status_code == 404


def test_a_cookie_that_was_not_sealed_for_this_page_shows_nothing(visitor: Visitor) -> None:
    found = re.search(r'receipt="?([^";]+)', cookie_of(sent(visitor)))
    assert found
    elsewhere = "/track/receipts/another-page"
    for value in (found[1], "no seal", "AAAA"):
        visitor.client.set_cookie("receipt", value, path=elsewhere)
        assert visitor.client.get(elsewhere).status_code == 404


def test_a_browser_that_keeps_no_cookies_has_the_receipt_at_once(
    app: Flask, visitor: Visitor
) -> None:
    key = visitor.form_key("/tips/new")
    bare = app.test_client(use_cookies=False)
    answer = bare.post("/tips/new", data=TIP | {"form_key": key})
    number, _ = receipt(answer)
    assert number.startswith("JB2026")
    assert "收起回执" not in answer.text
