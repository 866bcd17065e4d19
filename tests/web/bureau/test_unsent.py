"""A form whose sender was signed out meanwhile comes back whole, and only to pages of this site."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from importlib import import_module

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from credit_site.domain.permissions import Role
from tests.support.people import Person, signed_in

DRAFT = "/bureau/decisions/new"
TYPED = {"cell1": "郑州甲乙商贸有限公司", "cell2": "第一行\n第二行"}
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
_HIDDEN = re.compile(r'<input type="hidden" name="(cell[0-9]+)" value="([^"]*)">')


@pytest.fixture
def clerk(app: Flask) -> Person:
    return signed_in(app, Role.CLERK, "market-supervision")


def test_a_form_with_an_old_token_can_be_sent_again(clerk: Person) -> None:
    answer = clerk.client.post(DRAFT, data={**TYPED, "csrf_token": "old"}, headers=FROM_HERE)
    assert answer.status_code == 400
    assert "您填的内容都还在" in answer.text
    assert dict(_HIDDEN.findall(answer.text)) == TYPED
    assert f'action="{DRAFT}"' in answer.text
    assert 'name="csrf_token"' in answer.text


def test_a_form_sent_after_the_session_ended_waits_for_the_next_one(app: Flask) -> None:
    stranger = app.test_client()
    answer = stranger.post(DRAFT, data=TYPED, headers={"Origin": "http://localhost"})
    assert answer.status_code == 403
    assert "登录已经过期" in answer.text
    assert dict(_HIDDEN.findall(answer.text)) == TYPED


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}]
)
def test_what_another_site_sends_is_not_offered_to_be_sent_again(
    app: Flask, clerk: Person, headers: dict[str, str]
) -> None:
    answer = clerk.client.post(DRAFT, data={**TYPED, "csrf_token": "x"}, headers=headers)
    assert answer.status_code == 400
    assert "这一页已经过时" in answer.text
    assert TYPED["cell1"] not in answer.text
    answer = app.test_client().post(DRAFT, data=TYPED, headers=headers)
    assert answer.status_code == 302


def test_a_number_of_a_person_does_not_come_back(
    clerk: Person, id_number: Callable[..., str]
) -> None:
    number = id_number()
    passport = "E" + "1234" * 2
    sent = {**TYPED, "cell3": number, "cell4": passport}
    answer = clerk.client.post(DRAFT, data=sent, headers=FROM_HERE)
    assert number not in answer.text
    assert passport not in answer.text
    assert "证件号码没有保留" in answer.text
    assert dict(_HIDDEN.findall(answer.text)) == TYPED


def test_on_a_full_disk_a_form_is_given_back(
    clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OperationalError("", {}, sqlite3.OperationalError("database or disk is full"))

    token = clerk.token()
    monkeypatch.setattr(import_module("credit_site.web.bureau.decisions"), "sent", full)
    sent = {**TYPED, "csrf_token": token}
    address = f"{DRAFT}?layout=penalty_2018_legal"
    answer = clerk.client.post(address, data=sent, headers=FROM_HERE)
    assert answer.status_code == 503
    assert "存储空间满了" in answer.text
    assert dict(_HIDDEN.findall(answer.text)) == TYPED
    assert "存储空间满了" in clerk.client.post(address, data=sent).text
