"""Objections, applications and tips from the public: forms, receipts, following, spam."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from importlib import import_module
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from credit_site.extensions import db
from credit_site.models import Matter, MatterFile, Record
from tests.support.entries import penalty
from tests.support.personal_numbers import invented_id_number
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.pages import Page, checked, text_of

WHO = {"name": "王经理", "role": "representative", "phone": "0371-60000000"}
OBJECTION = {"record": "1", "wish": "wrong", "statement": "罚款金额多写了一个零", **WHO}
REPAIR = {"record": "1", "statement": "罚款已经缴清", "commitment": "y", **WHO}
TIP = {"topic": "tobacco", "division": "410105", "statement": "店里卖假烟", "place": "某某路"}
PDF = b"%PDF-1.7 a receipt"


class Visitor:
    """Fills forms in as a person does: reads the page first, takes a while."""

    def __init__(self, app: Flask, clock: StandingClock) -> None:
        self.client, self.clock = app.test_client(), clock

    def form_key(self, path: str) -> str:
        found = re.search(r'name="form_key" value="([^"]+)"', self.client.get(path).text)
        assert found
        self.clock.move(seconds=20)
        return found[1]

    def send(
        self,
        path: str,
        fields: dict[str, str],
        *files: tuple[bytes, str],
        authority: tuple[bytes, str] | None = None,
    ) -> TestResponse:
        key = fields.get("form_key") or self.form_key(path)
        sent: dict[str, object] = {**fields, "form_key": key, "papers": _papers(*files)}
        if authority:
            sent["authority"] = _papers(authority)
        return self.client.post(path, data=sent, follow_redirects=True)

    def supply(self, own: dict[str, str], *files: tuple[bytes, str]) -> TestResponse:
        return self.client.post("/track/steps", data={**own, "papers": _papers(*files)})

    def follow(self, number: str, secret: str) -> TestResponse:
        return self.client.post("/track", data={"number": number, "secret": secret})


def _papers(*files: tuple[bytes, str]) -> list[tuple[BytesIO, str]]:
    return [(BytesIO(content), name) for content, name in files]


@pytest.fixture
def visitor(app: Flask, clock: StandingClock) -> Visitor:
    return Visitor(app, clock)


@pytest.fixture
def old_enough(publish: Publish) -> None:
    publish(replace(penalty(1), publication_start=date(2026, 2, 6)))


def receipt(answer: TestResponse) -> tuple[str, str]:
    assert answer.status_code == 200, answer.text
    page = checked("/objections/new", answer)
    number, secret = (text_of(one) for one in page.all("dd"))
    return number, secret


def read(answer: TestResponse) -> Page:
    return checked("/track", answer)


def test_an_objection_gives_a_receipt_and_is_followed_with_its_secret(
    visitor: Visitor, old_enough: None
) -> None:
    number, secret = receipt(visitor.send("/objections/new?record=1", OBJECTION))
    assert number.startswith("YY20260601-")
    page = read(visitor.follow(number, secret))
    assert "已收到，等待办理" in page.main
    assert "2026年6月4日前" in page.main
    assert "罚款金额多写了一个零" in page.main
    assert "异议处理中" in visitor.client.get("/records/1").text
    assert visitor.follow(number, "A" * 16).status_code == 404


def test_it_is_taken_back_by_its_sender(visitor: Visitor, old_enough: None) -> None:
    number, secret = receipt(visitor.send("/objections/new?record=1", OBJECTION))
    own = {"number": number, "secret": secret, "deed": "withdraw"}
    assert "已撤回" in read(visitor.client.post("/track/steps", data=own)).main
    assert "异议处理中" not in visitor.client.get("/records/1").text
    assert visitor.client.post("/track/steps", data=own).status_code == 422


def test_the_record_page_says_from_when_a_repair_is_possible(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    assert "最早可以在2026年8月6日申请" in client.get("/records/1").text
    page = client.get("/repairs/new?record=1").text
    assert "最早可以在2026年8月6日申请" in page
    assert 'name="statement"' not in page


def test_a_repair_too_early_is_refused_with_the_day(
    app: Flask, visitor: Visitor, publish: Publish
) -> None:
    publish(penalty(1))
    key = visitor.form_key("/objections/new?record=1")
    answer = visitor.send("/repairs/new", REPAIR | {"form_key": key}, (PDF, "缴款书.pdf"))
    assert answer.status_code == 422
    assert "最早可以在 2026-08-06 申请" in answer.text
    with app.app_context():
        assert db.session().query(Matter).count() == 0


def test_a_repair_needs_proof_and_commitment(
    app: Flask, visitor: Visitor, old_enough: None
) -> None:
    path = "/repairs/new?record=1"
    assert "请附上已经履行义务的证明" in visitor.send(path, REPAIR).text
    without = {name: value for name, value in REPAIR.items() if name != "commitment"}
    assert "必须作出承诺" in visitor.send(path, without, (PDF, "缴款书.pdf")).text
    receipt(visitor.send(path, REPAIR, (PDF, "缴款书.pdf")))
    with app.app_context():
        file = db.session().query(MatterFile).one()
        assert (file.kind, file.size) == ("application/pdf", len(PDF))


def test_a_tip_needs_no_name_and_goes_to_the_bureau_of_the_goods(
    app: Flask, visitor: Visitor
) -> None:
    number, secret = receipt(visitor.send("/tips/new", TIP, (PDF, "照片.pdf")))
    assert "由郑州市烟草专卖局办理" in read(visitor.follow(number, secret)).main
    with app.app_context():
        matter = db.session().query(Matter).one()
        assert (matter.agency, matter.division, matter.contact) == ("tobacco", "410105", None)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00 a program", "图片.jpg", "不是 PDF、JPG 或者 PNG"),
        (b"", "空的.pdf", "是空的，没有内容"),
    ],
)
def test_files_are_told_by_their_content_and_size(
    visitor: Visitor, content: bytes, name: str, words: str
) -> None:
    answer = visitor.send("/tips/new", TIP, (content, name))
    assert answer.status_code == 422
    assert words in answer.text
    assert "店里卖假烟" in answer.text


def test_a_file_over_the_limit_is_named(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = import_module("credit_site.web.matters.papers")
    monkeypatch.setattr(papers, "_MOST_BYTES", 1_000)
    answer = visitor.send("/tips/new", TIP, (PDF + b"x" * 1_000, "很大.pdf"))
    assert "“很大.pdf”超过了 10 MiB" in answer.text


def test_more_than_five_files_are_too_many(visitor: Visitor) -> None:
    answer = visitor.send("/tips/new", TIP, *[(PDF, f"{n}.pdf") for n in range(6)])
    assert "最多附 5 个文件" in answer.text


def test_a_tip_takes_no_files_by_a_field_that_its_form_does_not_have(
    app: Flask, visitor: Visitor
) -> None:
    paper = (PDF, "授权.pdf")
    answer = visitor.send("/tips/new", TIP, (PDF, "照片.pdf"), authority=paper)
    assert answer.status_code == 200
    with app.app_context():
        assert [one.role for one in db.session().query(MatterFile)] == ["proof"]
        db.session.remove()


def test_every_mistake_stands_beside_its_field(visitor: Visitor, old_enough: None) -> None:
    answer = visitor.send("/objections/new?record=1", {"record": "1", "phone": "不告诉你"})
    assert answer.status_code == 422
    page = checked("/objections/new", answer)
    for words in ("请填写联系人", "请选择您和这条信息的关系", "能打通的电话", "请选择哪里有误"):
        assert words in page.main, words


def test_the_number_of_a_person_is_not_taken(visitor: Visitor) -> None:
    said = TIP | {"statement": f"老板的身份证是 {invented_id_number(4)}"}
    answer = visitor.send("/tips/new", said)
    assert answer.status_code == 422
    assert "请删去身份证" in answer.text


def test_a_form_sent_twice_is_one_matter(app: Flask, visitor: Visitor) -> None:
    key = visitor.form_key("/tips/new")
    first = receipt(visitor.send("/tips/new", TIP | {"form_key": key}))
    assert receipt(visitor.send("/tips/new", TIP | {"form_key": key})) == first
    with app.app_context():
        assert db.session().query(Matter).count() == 1


def test_machines_are_held_off_without_a_riddle(
    app: Flask, visitor: Visitor, clock: StandingClock
) -> None:
    key = visitor.form_key("/tips/new")
    assert "提交得太快" in visitor.send("/tips/new", TIP | {"form_key": key, "homepage": "x"}).text
    assert "已经失效" in visitor.send("/tips/new", TIP | {"form_key": "made-up"}).text
    clock.move(days=2)
    assert "打开得太久" in visitor.send("/tips/new", TIP | {"form_key": key}).text
    answers = [visitor.send("/tips/new", TIP).status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2
    with app.app_context():
        assert db.session().query(Matter).count() == 10


def test_an_unknown_record_is_said_and_nothing_is_lost(visitor: Visitor) -> None:
    answer = visitor.send("/objections/new", OBJECTION | {"record": "77"})
    assert "没有找到这个公示编号" in answer.text
    assert "罚款金额多写了一个零" in answer.text
    assert visitor.client.get("/objections/new?record=77").status_code == 404


def test_nothing_of_a_sender_is_on_a_public_page(
    app: Flask, visitor: Visitor, old_enough: None
) -> None:
    receipt(visitor.send("/objections/new?record=1", OBJECTION))
    for path in ("/records/1", "/search?q=王经理", "/feeds/all.atom", "/api/v1/search", "/track"):
        page = visitor.client.get(path).text
        assert "60000000" not in page, path
        assert "多写了一个零" not in page, path
    with app.app_context():
        assert db.session().query(Record).one().disputed


def test_a_refused_form_says_so_in_its_title_and_leads_to_each_mistake(
    client: FlaskClient, publish: Publish
) -> None:
    publish(penalty(1))
    answer = client.post("/objections/new?record=1", data={"record": "1", "name": "某人"})
    page = checked("/objections/new", answer)
    assert page.title.startswith("有误：提出异议")
    summary = page.one("div", id="problems")
    assert (summary.get("role"), summary.get("autofocus")) == ("alert", "")
    led_to = {link.get("href", "").removeprefix("#") for link in summary.iter("a")}
    assert led_to == {"wish", "statement", "role", "phone"}
    assert led_to <= {element.get("id") for element in page.tree.iter()}
