"""Look-ups on the desk and by machines, and verifying their receipts, as their users see them."""

from __future__ import annotations

import re
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

pytestmark = pytest.mark.both_databases

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


@pytest.mark.usefixtures("on_the_list")
def test_corrected_feedback_stands_with_its_corrections_and_the_office_only_reads(
    app: Flask, clerk: Person
) -> None:
    address = f"{ADDRESS}/{asked(clerk)}"
    for words in ("决定不予许可", "改为重点审查"):
        clerk.post(address, address, line="1", outcome="taken", words=words)
    office = signed_in(app, Role.CREDIT_OFFICE)
    page = checked(address, office.get(address))
    newest, earlier = page.main.index("改为重点审查"), page.main.index("决定不予许可")
    assert newest < page.main.index("已更正") < earlier
    assert "更正反馈" not in page.main
    answer = office.post(address, address, line="1", outcome="not_taken", words="信用办改写")
    assert answer.status_code == 422
    assert "只有查询的单位能反馈" in checked(address, answer).main
    assert "信用办改写" not in clerk.get(address).text


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
