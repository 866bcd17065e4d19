"""Two people at one row, or at one record: each is told of the other, and nothing is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from tests.domain.penalty_rows import BOOK, LEGAL
from tests.support.forms import as_shown, cell_of
from tests.support.people import Person, signed_in
from tests.support.uploads import checked, decision, work

pytestmark = pytest.mark.both_databases

GROUND = {"reason": "笔误", "document": "更正通知书〔2026〕1号", "day": "2026-05-29"}
FIELDS = [column.field for column in BOOK.layouts[LEGAL].columns]
FACTS, CONTENT = FIELDS.index("violation_facts"), FIELDS.index("penalty_content")
BASIS, REMARKS = f"cell{FIELDS.index('legal_basis')}", f"cell{FIELDS.index('remarks')}"


def test_an_older_form_does_not_take_back_what_somebody_else_corrected(
    app: Flask, reviewer: Person, record: str
) -> None:
    form = reviewer.get(f"{record}/correct").text
    seen = form.split('name="seen" value="')[1].split('"')[0]
    mine = {f"cell{FACTS}": "销售白酒12瓶。", "seen": seen, **GROUND}
    colleague = signed_in(app, Role.CREDIT_OFFICE)
    theirs = {**mine, f"cell{FACTS}": "销售白酒20瓶。"}
    assert colleague.post(f"{record}/correct", **theirs).status_code == 303
    answer = reviewer.post(f"{record}/correct", **mine)
    assert answer.status_code == 409
    assert "别人刚刚更正过" in answer.text
    assert "现在这一格是：销售白酒20瓶。" in answer.text
    assert "销售白酒20瓶。" in app.test_client().get("/records/1").text


def test_an_older_form_keeps_what_somebody_else_corrected_in_cells_nobody_typed_into(
    app: Flask, reviewer: Person, record: str
) -> None:
    older = as_shown(reviewer.get(f"{record}/correct").text) | GROUND
    theirs = older | {f"cell{CONTENT}": "罚款人民币二万元整"}
    colleague = signed_in(app, Role.CREDIT_OFFICE)
    assert colleague.post(f"{record}/correct", **theirs).status_code == 303
    mine = older | {f"cell{FACTS}": "销售白酒12瓶。"}
    told = reviewer.post(f"{record}/correct", **mine)
    assert told.status_code == 409
    again = as_shown(told.text) | GROUND
    assert again[f"cell{CONTENT}"] == "罚款人民币二万元整"
    assert again[f"cell{FACTS}"] == "销售白酒12瓶。"
    assert reviewer.post(f"{record}/correct", **again).status_code == 303
    public = app.test_client().get("/records/1").text
    assert "罚款人民币二万元整" in public
    assert "销售白酒12瓶。" in public


def test_who_mends_a_row_that_somebody_else_has_just_mended_is_told_and_loses_nothing(
    app: Flask, clerk: Person
) -> None:
    number = checked(app, clerk, [decision(1), decision(2, legal_basis="")])
    address = f"/bureau/submissions/{number}/rows/3"
    form = clerk.get(address).text
    cell = cell_of(form, "处罚依据")
    seen = form.split('name="seen" value="')[1].split('"')[0]
    colleague = signed_in(app, Role.CLERK, "market-supervision", "another")
    colleague.post(address, **{cell: "《商标法》第六十条", "seen": seen})
    told = clerk.post(address, **{cell: "《商标法》第五十七条", "seen": seen})
    assert told.status_code == 409
    assert "刚刚改过这一行" in told.text
    assert "现在这一格是：《商标法》第六十条" in told.text
    assert 'value="《商标法》第五十七条"' in told.text
    newer = told.text.split('name="seen" value="')[1].split('"')[0]
    done = clerk.post(address, **{cell: "《商标法》第五十七条", "seen": newer})
    assert done.status_code == 303


def test_what_was_typed_into_a_row_is_kept_where_the_file_was_handed_in_meanwhile(
    app: Flask, clerk: Person
) -> None:
    number = checked(app, clerk, [decision(1), decision(2, legal_basis="")])
    address = f"/bureau/submissions/{number}/rows/3"
    cell = cell_of(clerk.get(address).text, "处罚依据")
    colleague = signed_in(app, Role.CLERK, "market-supervision", "another")
    colleague.post(f"/bureau/submissions/{number}/hand-in")
    told = clerk.post(address, **{cell: "《商标法》第五十七条"})
    assert told.status_code == 409
    assert "要改请先撤回。您填的还没有保存" in told.text
    assert 'value="《商标法》第五十七条"' in told.text
    colleague.post(f"/bureau/submissions/{number}/withdraw")
    assert clerk.post(address, **{cell: "《商标法》第五十七条"}).status_code == 303


def test_what_was_typed_into_a_row_is_given_back_where_it_was_published_meanwhile(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = checked(app, clerk, [decision(1)])
    address = f"/bureau/submissions/{number}/rows/2"
    cell = cell_of(clerk.get(address).text, "处罚依据")
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    told = clerk.post(address, **{cell: "《商标法》第五十七条"})
    assert told.status_code == 409
    assert "没有提交：第 2 行的修改" in told.text
    assert "《商标法》第五十七条" in told.text


def test_an_older_form_of_a_row_keeps_what_somebody_else_wrote_in_other_cells(
    app: Flask, clerk: Person
) -> None:
    number = checked(app, clerk, [decision(1, legal_basis="", remarks="")])
    address = f"/bureau/submissions/{number}/rows/2"
    older = as_shown(clerk.get(address).text)
    colleague = signed_in(app, Role.CLERK, "market-supervision", "another")
    theirs = colleague.post(address, **(older | {REMARKS: "同事写的备注"}))
    assert theirs.status_code == 422, "the legal basis is still missing"
    told = clerk.post(address, **(older | {BASIS: "《商标法》第六十条"}))
    again = as_shown(told.text)
    assert (told.status_code, again[REMARKS]) == (409, "同事写的备注")
    assert clerk.post(address, **again).status_code == 303
    assert "同事写的备注" in clerk.get(address).text
