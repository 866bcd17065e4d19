"""Spam is held off; what was typed stays where somebody is told to wait."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.extensions import db
from credit_site.models import Matter
from tests.web.test_matters import PDF, TIP, Visitor, old_enough, receipt, visitor
from tests.web.test_numbers_of_persons import FORMS

__all__ = ["old_enough", "visitor"]
TOO_OFTEN = "提交得太频繁了"


@pytest.mark.parametrize("path", FORMS)
def test_too_much_from_one_address_waits_and_keeps_what_was_typed(
    app: Flask, visitor: Visitor, old_enough: None, path: str
) -> None:
    for number in range(10):
        receipt(visitor.send("/tips/new", TIP | {"statement": f"第 {number} 家店卖假烟"}))
    said = FORMS[path]
    answer = visitor.send(path, said, (PDF, "缴款书.pdf"))
    assert answer.status_code == 429
    assert TOO_OFTEN in answer.text
    for name in ("name", "phone", "statement", "court", "case", "place", "subject"):
        assert said.get(name, "") in answer.text, name
    for chosen in ("role", "wish"):
        assert chosen not in said or f'value="{said[chosen]}" checked' in answer.text
    with app.app_context():
        assert db.session().query(Matter).count() == 10


@pytest.mark.parametrize("path", FORMS)
def test_who_fills_in_the_field_nobody_sees_is_held_off(
    app: Flask, visitor: Visitor, old_enough: None, path: str
) -> None:
    said = FORMS[path] | {"homepage": "https://spam.example"}
    answer = visitor.send(path, said, (PDF, "缴款书.pdf"))
    assert answer.status_code == 422
    assert "提交得太快" in answer.text
    assert "spam.example" not in answer.text
    with app.app_context():
        assert db.session().query(Matter).count() == 0


def test_guessing_receipts_is_slowed_down_and_keeps_what_was_typed(visitor: Visitor) -> None:
    number, secret = "YY20260601-ABCDEFGH", "ABCD-EFGH-IJKL-MNOP"
    assert [visitor.follow(number, secret).status_code for _ in range(20)] == [404] * 20
    answer = visitor.follow(number, secret)
    assert answer.status_code == 429
    assert TOO_OFTEN in answer.text
    assert number in answer.text
    assert secret in answer.text
    own = {"number": number, "secret": secret, "deed": "supply", "words": "补充的说明"}
    supplied = visitor.supply(own)
    assert supplied.status_code == 429
    assert TOO_OFTEN in supplied.text
    assert "补充的说明" in supplied.text
