"""Look-ups on the desk and by machines, and verifying their receipts, as their users see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from credit_site.domain.permissions import Role
from credit_site.extensions import db, vault
from credit_site.services.publication import EndReason, end_record
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE, penalty, saying
from tests.support.listings import stand_again
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.web.bureau.test_keys import made
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient, checked

ADDRESS = "/bureau/lookups"
API = "/api/v1/lookups"
MATTER = "豫受理〔2026〕88号"
ABOUT = {"subject": CODE, "purpose": "licence", "matter_number": MATTER}
CHANGED = "查询以后，结果所依据的信息有变化，请重新查询"


@pytest.fixture
def on_the_list(publish: Publish) -> None:
    said = "列为重点监管对象；不授予荣誉称号"
    publish(saying(listed(1), branch="intellectual-property", measures=said))


@pytest.fixture
def key(reviewer: Person) -> str:
    return made(reviewer)


def asked(person: Person, **changes: str) -> str:
    """The number of the receipt."""
    answer = person.post(ADDRESS, ADDRESS, **(ABOUT | changes))
    assert answer.status_code == 303, answer.text
    return answer.location.rsplit("/", 1)[1]


def sheet_of(person: Person, number: str) -> list[list[object]]:
    """The rows of the workbook."""
    sheet = person.get(f"{ADDRESS}/{number}/answers.xlsx").data
    return CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()  # type: ignore[return-value]  # cells


def ended(app: Flask, clock: StandingClock) -> None:
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.REPAIRED, "account:9", clock.now())


def by_key(app: Flask, key: str, sent: object, address: str = API) -> TestResponse:
    headers = {"Authorization": f"Bearer {key}"}
    return app.test_client().post(address, json=sent, headers=headers)


@pytest.mark.usefixtures("on_the_list")
def test_a_clerk_asks_and_gets_a_receipt_with_measures_and_their_basis(clerk: Person) -> None:
    number = asked(clerk)
    assert re.fullmatch(r"CX20260601-[A-Z2-7]{10}", number)
    page = checked(f"{ADDRESS}/{number}", clerk.get(f"{ADDRESS}/{number}"))
    for said in (number, CODE, MATTER, "严重失信（黑名单）", "不授予荣誉称号", "总局令第44号"):
        assert said in page.main
    assert f"https://credit.example/verify/{number}" in page.main
    index = checked(ADDRESS, clerk.get(ADDRESS))
    assert number in index.main
    assert "行政许可、资质审查" in index.main


@pytest.mark.usefixtures("on_the_list")
def test_feedback_stands_on_the_receipt_and_in_the_figures(clerk: Person) -> None:
    number = asked(clerk)
    address = f"{ADDRESS}/{number}"
    assert clerk.post(address, address, line="1", outcome="not_taken").status_code == 422
    told = clerk.post(address, address, line="1", outcome="taken", measures="no-honours")
    assert told.status_code == 303
    assert "已采取措施 不授予荣誉称号" in checked(address, clerk.get(address)).main
    figures = checked(ADDRESS, clerk.get(ADDRESS)).rows()[-1]
    assert figures[1:] == ["1", "1", "0", "0", "0", "0", "1", "0", "0"]


def test_no_favour_is_shown_beside_a_black_list(
    app: Flask, clerk: Person, key: str, publish: Publish
) -> None:
    favours = "绿色通道和容缺受理"
    publish(
        saying(listed(1, "trustworthy"), branch="trustworthy", measures=favours),
        saying(listed(2), branch="intellectual-property", measures="不授予荣誉称号"),
    )
    with app.app_context():
        stand_again(db.session(), 1)
    number = asked(clerk)
    page = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    assert "激励措施不适用" in page.main
    assert "绿色通道" not in page.main
    assert "激励措施不适用" in str(sheet_of(clerk, number))
    assert "绿色通道" not in str(sheet_of(clerk, number))
    sent = {"purpose": "honour", "matter_number": MATTER, "queries": [CODE]}
    black, red = by_key(app, key, sent).get_json()["lines"][0]["entries"]
    assert (black["tone"], black["favours_barred"]) == ("black", False)
    assert (red["tone"], red["favours_barred"], red["measures"], red["measures_as_decided"]) == (
        "red",
        True,
        [],
        "",
    )


@pytest.mark.parametrize("changes", [{"subject": ""}, {"purpose": ""}, {"matter_number": ""}])
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    clerk: Person, changes: dict[str, str]
) -> None:
    answer = clerk.post(ADDRESS, ADDRESS, **(ABOUT | changes))
    assert answer.status_code == 422
    page = checked(ADDRESS, answer)
    typed = {field.get("value") for field in page.all("input")}
    assert typed >= {text for text in (ABOUT | changes).values() if text not in {"", "licence"}}


@pytest.mark.usefixtures("on_the_list")
def test_another_bureau_finds_no_receipt_the_auditor_reads_and_the_office_asks(
    app: Flask, clerk: Person, stranger: Person
) -> None:
    address = f"{ADDRESS}/{asked(clerk)}"
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, line="1", outcome="taken").status_code == 404
    assert stranger.get(f"{address}/answers.xlsx").status_code == 404
    auditor = signed_in(app, Role.AUDITOR)
    assert auditor.get(address).status_code == 200
    assert auditor.post(ADDRESS, **ABOUT).status_code == 403
    office = signed_in(app, Role.CREDIT_OFFICE)
    number = asked(office)
    assert "信用管理部门" in checked(ADDRESS, office.get(f"{ADDRESS}/{number}")).main
    assert clerk.get(f"{ADDRESS}/{number}").status_code == 404


@pytest.mark.usefixtures("on_the_list")
def test_a_near_name_is_offered_with_its_code(clerk: Person) -> None:
    number = asked(clerk, subject="郑州某某食晶有限公司")
    page = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    assert "没有列入名单" not in page.main
    assert "没有确定主体" in page.main
    assert "不是答复" in page.main
    assert page.link("郑州某某食品有限公司") == f"{ADDRESS}?subject={CODE}"
    row = sheet_of(clerk, number)[1]
    assert row[3] == "没有确定主体"
    assert f"郑州某某食品有限公司（{CODE}" in str(row[4])


@pytest.mark.usefixtures("on_the_list")
def test_whoever_verifies_reads_that_a_name_was_not_answered(
    pages: CheckingClient, clerk: Person
) -> None:
    page = pages.get(f"/verify/{asked(clerk, subject='郑州某某食晶有限公司')}")
    assert "不表示没有列入名单" in page.main
    assert "某某食品" not in page.main
    page = pages.get(f"/verify/{asked(clerk, subject=invented_uscc(7))}")
    assert "查询时没有列入名单" in page.main
    assert "只按名称" not in page.main


def test_a_clean_answer_by_name_alone_says_so_to_whoever_verifies(
    pages: CheckingClient, clerk: Person, publish: Publish
) -> None:
    publish(penalty(1))
    page = pages.get(f"/verify/{asked(clerk, subject='郑州某某食品有限公司')}")
    assert "是本站出具的回执" in page.main
    assert "查询时没有列入名单；只按名称查询" in page.main


@pytest.mark.usefixtures("on_the_list")
def test_a_pasted_batch_and_its_file_are_answered_in_one_receipt_without_formulas(
    clerk: Person, id_number: Callable[..., str]
) -> None:
    names = f"{CODE}\n=1+2公司\n{id_number()}\n欧阳某某"
    file = (BytesIO("名称\n郑州某某食品有限公司\n".encode()), "名单.csv")
    address = f"{ADDRESS}/batch"
    answer = clerk.post(
        address, address, names=names, file=file, purpose="procurement", matter_number=MATTER
    )
    assert answer.status_code == 303, answer.text
    page = checked(ADDRESS, clerk.get(answer.location))
    assert id_number() not in page.html
    assert "欧阳某某" not in page.html
    sheet = clerk.get(f"{answer.location}/answers.xlsx").data
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    results = [row[3] for row in rows[1:]]
    assert results == [
        "严重失信（黑名单）",
        "没有确定主体",
        "没有查",
        "没有查",
        "严重失信（黑名单）",
    ]
    assert str(rows[2][1]).lstrip("'") == "=1+2公司"
    assert b"<f>" not in sheet


@pytest.mark.usefixtures("on_the_list")
def test_every_row_of_a_file_stands_on_the_receipt_which_says_what_was_read(
    clerk: Person, pages: CheckingClient
) -> None:
    rows = (
        "序号,投标单位,信用代码",
        f"1,,{CODE}",
        "2,郑州某某食品有限公司,",
        "3,,",
        f"4,郑州某某食品有限公司,{CODE}",
    )
    address = f"{ADDRESS}/batch"
    said = {"purpose": "tender", "matter_number": MATTER}
    file = BytesIO("\n".join(rows).encode()), "名单.csv"
    number = clerk.post(address, address, file=file, **said).location.rsplit("/", 1)[1]
    sheet = sheet_of(clerk, number)[1:]
    black = "严重失信（黑名单）"
    assert [(row[0], row[3]) for row in sheet] == [
        (2, black),
        (3, black),
        (4, "没有查"),
        (5, black),
    ]
    assert "没有写名称" in str(sheet[2][4])
    assert "名称读“投标单位”列，代码读“信用代码”列" in str(sheet[0])
    read = "文件第 1 行是列名，名称读“投标单位”列，代码读“信用代码”列"
    desk = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    public = pages.get(f"/verify/{number}")
    for page in (desk, public):
        assert read in page.main
        assert "第 4 行" in page.main
    assert "没有查，不表示没有列入名单" in public.main


@pytest.mark.usefixtures("on_the_list")
def test_a_file_whose_names_are_in_no_known_column_is_refused_with_its_titles(
    clerk: Person,
) -> None:
    address = f"{ADDRESS}/batch"
    said = {"purpose": "tender", "matter_number": MATTER}
    text = f"序号,参加者,税号\n1,某某公司,{CODE}\n2,郑州某某食品有限公司,\n"
    answer = clerk.post(address, address, file=(BytesIO(text.encode()), "名单.csv"), **said)
    assert answer.status_code == 422
    page = checked(address, answer)
    assert "第 3 行又没有统一社会信用代码" in page.main
    assert "“序号”、“参加者”、“税号”" in page.main
    assert "CX2026" not in checked(ADDRESS, clerk.get(ADDRESS)).main


@pytest.mark.usefixtures("on_the_list")
def test_rows_pasted_from_a_spreadsheet_are_looked_up_by_their_codes(clerk: Person) -> None:
    address = f"{ADDRESS}/batch"
    said = {"purpose": "tender", "matter_number": MATTER}
    names = f"序号\t名称\t代码\n1\t郑州某某食品有限公司\t{CODE}\n2\t{CODE}\t郑州某某食品有限公司"
    number = clerk.post(address, address, names=names, **said).location.rsplit("/", 1)[1]
    lines = [row[:4] for row in sheet_of(clerk, number)[1:]]
    name, black = "郑州某某食品有限公司", "严重失信（黑名单）"
    assert lines == [[2, name, CODE, black], [3, name, CODE, black]]


def test_no_receipt_is_left_where_nothing_could_be_looked_up(clerk: Person) -> None:
    address = f"{ADDRESS}/batch"
    said = {"purpose": "tender", "matter_number": MATTER}
    answer = clerk.post(address, address, names=f"{CODE[:-1]}\n欧阳**", **said)
    assert answer.status_code == 422
    page = checked(address, answer)
    assert "没有一行能查，没有留下回执。第 1 行：" in page.main
    assert "CX2026" not in checked(ADDRESS, clerk.get(ADDRESS)).main


def test_a_batch_without_lines_or_with_too_many_says_what_to_do(clerk: Person) -> None:
    address = f"{ADDRESS}/batch"
    said = {"purpose": "licence", "matter_number": MATTER}
    for names, words in (("", "每行一个"), (f"{CODE}\n" * 1_001, "分几次查")):
        answer = clerk.post(address, address, names=names, **said)
        assert answer.status_code == 422
        assert words in checked(address, answer).main


@pytest.mark.usefixtures("on_the_list")
def test_whoever_has_the_number_verifies_the_receipt(pages: CheckingClient, clerk: Person) -> None:
    number = asked(clerk)
    page = pages.get(f"/verify/{number.lower().replace('-', '')}")
    for said in ("是本站出具的回执", "郑州市市场监督管理局", "行政许可", CODE, "黑名单", "第 1 条"):
        assert said in page.main
    assert MATTER not in page.html, "the bureau's own number is its own business"
    assert page.one("meta", name="robots").get("content") == "noindex"
    sent = pages.client.post("/verify", data={"number": f" {number} "})
    assert sent.status_code == 303
    assert "是本站出具的回执" in pages.client.get(sent.location).text


@pytest.mark.usefixtures("on_the_list")
def test_after_the_end_nothing_shows_the_result_again(
    app: Flask, clock: StandingClock, pages: CheckingClient, clerk: Person, key: str
) -> None:
    number = asked(clerk)
    ended(app, clock)
    desk = checked(ADDRESS, clerk.get(f"{ADDRESS}/{number}"))
    public = pages.get(f"/verify/{number}")
    machine = app.test_client().get(f"{API}/{number}", headers={"Authorization": f"Bearer {key}"})
    assert machine.get_json()["lines"][0]["result"] == "changed"
    for text in (desk.main, public.main):
        assert CHANGED in text
        assert "是本站出具的回执" in public.main
    sheet = clerk.get(f"{ADDRESS}/{number}/answers.xlsx").data
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    for text in (desk.main, public.main, machine.text, str(rows)):
        for gone in ("黑名单", "郑市监列严", "不授予荣誉", "serious-dishonesty", "某某食品"):
            assert gone not in text


@pytest.mark.parametrize("number", ["CX20260601-ABCDEFGHJK", "nonsense", "YY20260601-ABCD", "C"])
def test_a_number_that_was_never_given_out_is_said_to_be_none(
    pages: CheckingClient, number: str
) -> None:
    page = pages.get(f"/verify/{number}", status=404)
    assert "没有出具过这个编号" in page.main


def test_an_empty_number_is_asked_for(pages: CheckingClient) -> None:
    answer = pages.client.post("/verify", data={"number": " - "})
    assert answer.status_code == 422


def test_numbers_cannot_be_tried_without_end(pages: CheckingClient) -> None:
    for _ in range(20):
        pages.client.get("/verify/CX20260601-ABCDEFGHJK")
    assert "频繁" in pages.get("/verify/CX20260601-ABCDEFGHJK", status=429).main
