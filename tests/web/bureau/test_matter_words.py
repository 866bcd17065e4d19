"""The inbox in plain words: each kind its own, places, clocks that are provisional, figures."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from credit_site.extensions import CITY_TIME
from credit_site.web.matters.said import asked_of
from credit_site.web.presenters.words import spoken_size
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.web.bureau.test_matters import bring, step
from tests.web.pages import Page, checked


def shown(person: Person, address: str) -> Page:
    with person.get(address) as answer:
        return checked(address, answer)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (MatterKind.OBJECTION, "哪里有误，应当是什么"),
        (MatterKind.REPAIR, "怎样纠正和履行的"),
        (MatterKind.SCREENING, "说明"),
        (MatterKind.TIP, "您看到了什么"),
    ],
)
def test_each_kind_has_the_titles_of_its_own_form(kind: MatterKind, title: str) -> None:
    assert asked_of(kind, {"statement": "一二三"}) == [(title, "一二三")]


def test_a_tip_that_holds_is_verified_and_its_letter_speaks_to_who_reported(
    app: Flask, stranger: Person
) -> None:
    address = bring(app, MatterKind.TIP, "medical")
    step(stranger, address, "accept")
    step(stranger, address, "uphold", words="已经立案查处")
    page = shown(stranger, address)
    assert "查实" in page.main
    for words in ("已同意", "申请人"):
        assert words not in page.main, words
    letter = shown(stranger, f"{address}/letter")
    assert "结果是：查实。" in letter.main
    assert "申请人" not in letter.main


def test_a_letter_to_nobody_known_calls_them_by_what_they_did(app: Flask, stranger: Person) -> None:
    address = bring(app, MatterKind.TIP, "medical", contact={})
    step(stranger, address, "refuse", words="不属于本部门")
    assert "举报人：" in shown(stranger, f"{address}/letter").main


def test_a_deadline_that_is_provisional_says_so(
    app: Flask, clock: StandingClock, settings: object
) -> None:
    clock.moment = datetime(2026, 12, 28, 10, 0, tzinfo=CITY_TIME)
    reviewer = signed_in(app, Role.REVIEWER, "health")
    address = bring(app, MatterKind.TIP, "medical")
    assert "（暂算" in shown(reviewer, address).main
    assert "（暂算" in shown(reviewer, "/bureau/matters").main


def test_the_inbox_is_filtered_by_the_division_of_the_record(app: Flask, reviewer: Person) -> None:
    bring(app, MatterKind.OBJECTION)
    assert "YY2026" in shown(reviewer, "/bureau/matters?division=410105").main
    assert "YY2026" not in shown(reviewer, "/bureau/matters?division=410102").main


def test_the_credit_office_sees_each_bureau_and_can_tell_places_and_months_apart(
    app: Flask,
) -> None:
    office = signed_in(app, Role.CREDIT_OFFICE)
    bring(app, MatterKind.OBJECTION)
    bring(app, MatterKind.TIP, "medical")
    rows = [row[:3] for row in shown(office, "/bureau/matters").rows()]
    assert ["郑州市市场监督管理局", "异议", "1"] in rows
    assert ["郑州市卫生健康委员会", "举报", "1"] in rows
    places = [row[:3] for row in shown(office, "/bureau/matters?by=division").rows()]
    assert ["金水区", "异议", "1"] in places
    months = [row[:3] for row in shown(office, "/bureau/matters?by=month").rows()]
    assert ["2026-06", "举报", "1"] in months
    narrowed = [row[:3] for row in shown(office, "/bureau/matters?division=410102").rows()]
    assert not narrowed


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 字节"), (13, "13 字节"), (1_024, "1 KiB"), (300_000, "293 KiB"), (3 << 20, "3.0 MiB")],
)
def test_the_size_of_a_file_is_never_nothing(size: int, words: str) -> None:
    assert spoken_size(size) == words
