"""Exchange on the desk: channels of the credit office, refused rows of a bureau, what was sent."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from flask import Flask
from lxml import etree

from credit_site.domain.permissions import Role
from credit_site.extensions import clock, db, vault
from credit_site.services.exchange.running import run
from credit_site.services.exchange.terms import exchange_tools
from credit_site.settings import Settings
from tests.support.entries import PERSON_NUMBER, penalty, person
from tests.support.people import Person, signed_in
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

CHANNEL = {
    "name": "省平台",
    "profile": "penalty_2018_legal",
    "target": "folder",
    "format": "csv",
    "folder": "省平台",
    "schedule": "publication",
    "hour": "6",
}
RECEIPT = (
    "批次号,批内行号,处理结果,原因\n"
    "penalty_2018_legal-1-000001,1,失败,违法行为类型为空\n"
    "penalty_2018_legal-1-000001,2,成功,\n"
).encode()


@pytest.fixture
def office(app: Flask) -> Person:
    return signed_in(app, Role.CREDIT_OFFICE)


def turn(app: Flask, settings: Settings, channel: int = 1) -> None:
    """What the worker does when it is due."""
    with app.app_context():
        run(db.session(), exchange_tools(settings, vault(), clock), channel)
        db.session.remove()


def publish(app: Flask, *numbers: int) -> None:
    with app.app_context():
        desk = Desk(db.session(), vault(), clock.now())
        desk.files = numbers[0]
        desk.publish(*(penalty(number) for number in numbers))
        db.session.remove()


@pytest.fixture
def sent(app: Flask, office: Person, settings: Settings) -> None:
    """A channel through which two records went out."""
    assert office.post("/bureau/exchange/channels", **CHANNEL).status_code == 303
    publish(app, 1, 2)
    turn(app, settings)


def bring(office: Person, content: bytes = RECEIPT, name: str = "回执.csv") -> str:
    file = (BytesIO(content), name)
    answer = office.post("/bureau/exchange/channels/1/receipts", file=file)
    assert answer.status_code == 303
    return office.get("/bureau/exchange/channels/1").text


def test_a_channel_is_made_tried_paused_and_goes_on(office: Person) -> None:
    page = office.post("/bureau/exchange/channels", **{**CHANNEL, "folder": "../x"})
    assert page.status_code == 422
    assert "文件夹名称只用汉字" in page.text
    assert 'value="省平台"' in page.text, "what was typed is still there"
    office.post("/bureau/exchange/channels", **CHANNEL)
    assert "省平台" in office.get("/bureau/exchange").text
    here = "/bureau/exchange/channels/1"
    office.post(f"{here}/try")
    assert "试连成功" in office.get(here).text
    office.post(f"{here}/pause")
    assert "已暂停" in office.get("/bureau/exchange").text
    office.post(f"{here}/resume")
    assert "已暂停" not in office.get("/bureau/exchange").text
    assert office.post(here, **{**CHANNEL, "name": "新名称"}).status_code == 303
    assert "新名称" in office.get("/bureau/exchange").text


def test_the_address_of_a_database_is_never_shown_again(office: Person, settings: Settings) -> None:
    secret = f"{settings.exchange_dir}/top-secret.sqlite3"
    given = {**CHANNEL, "target": "database", "address": f"sqlite:///{secret}"}
    office.post("/bureau/exchange/channels", **{**given, "folder": ""})
    for path in ("/bureau/exchange", "/bureau/exchange/channels/1"):
        page = office.get(path).text
        assert "加密保存" in page
        assert "top-secret" not in page
    wrong = {**given, "name": "另一个", "address": "postgresql://u:top-secret@127.0.0.1:9/x"}
    answer = office.post("/bureau/exchange/channels", **wrong)
    assert answer.status_code == 422
    assert "连不上前置库" in answer.text
    assert "top-secret" not in answer.text


def test_what_was_sent_when_is_shown_with_its_manifest(
    office: Person, clerk: Person, sent: None
) -> None:
    index = clerk.get("/bureau/exchange").text
    assert "penalty_2018_legal-1-000001" in index
    assert "已送达，等回执" in index
    page = clerk.get("/bureau/exchange/batches/1").text
    assert "2026年6月1日 10:00" in page
    manifest = clerk.get("/bureau/exchange/batches/1/manifest.json")
    assert json.loads(manifest.data)["rows"]["total"] == 2
    assert "attachment" in manifest.headers["Content-Disposition"]
    for path in ("/bureau/exchange/batches/9", "/bureau/exchange/batches/9/manifest.json"):
        assert clerk.get(path).status_code == 404


def test_a_refused_row_stands_on_its_bureau_s_desk_until_it_is_corrected(
    app: Flask,
    settings: Settings,
    office: Person,
    reviewer: Person,
    clerk: Person,
    stranger: Person,
    sent: None,
) -> None:
    assert "入库 1 行，退回 1 行" in bring(office)
    assert "平台退回了 1 行数据" in reviewer.get("/bureau/").text
    page = reviewer.get("/bureau/exchange/refused").text
    assert "违法行为类型为空" in page
    assert "/bureau/records/1/correct" in page
    assert "/bureau/records/1/correct" not in clerk.get("/bureau/exchange/refused").text
    for path in ("/bureau/exchange/refused", "/bureau/exchange", "/bureau/exchange/batches/1"):
        assert "违法行为类型为空" not in stranger.get(path).text
    assert "平台退回了" not in stranger.get("/bureau/").text
    publish_correction(app)
    turn(app, settings)
    assert "没有退回的" in reviewer.get("/bureau/exchange/refused").text
    assert "已经处理" in reviewer.get("/bureau/exchange/batches/1").text


def publish_correction(app: Flask) -> None:
    with app.app_context():
        desk = Desk(db.session(), vault(), clock.now())
        desk.files = 7
        better = penalty(1)
        better.content["violation_type"] = "销售侵犯注册商标专用权的商品"
        desk.publish(better)
        db.session.remove()


def test_a_reviewer_asks_for_the_same_row_again(
    app: Flask,
    settings: Settings,
    office: Person,
    reviewer: Person,
    clerk: Person,
    stranger: Person,
    sent: None,
) -> None:
    bring(office)
    assert clerk.post("/bureau/exchange/rows/1/again").status_code == 403
    assert stranger.post("/bureau/exchange/rows/1/again").status_code == 404
    assert reviewer.post("/bureau/exchange/rows/99/again").status_code == 404
    reviewer.post("/bureau/exchange/rows/1/again")
    assert "已安排重送" in reviewer.get("/bureau/exchange/refused").text
    reviewer.post("/bureau/exchange/rows/1/again")
    assert "下一批会带上" in reviewer.get("/bureau/exchange/refused").text
    turn(app, settings)
    assert "penalty_2018_legal-1-000002" in reviewer.get("/bureau/exchange").text


def test_receipts_by_hand_say_what_was_wrong_with_them(office: Person, sent: None) -> None:
    bring(office)
    assert "已经读过" in bring(office)
    assert "没有看到回执" in bring(office, "甲,乙\n1,2\n".encode(), "别的.csv")
    assert "没有对上" in bring(office, RECEIPT.replace(b"000001,2", b"000001,5"))
    office.post("/bureau/exchange/channels/1/receipts")
    assert "还没有选文件" in office.get("/bureau/exchange/channels/1").text


def test_what_is_late_is_said_with_its_limit(
    app: Flask, office: Person, reviewer: Person, clock: StandingClock
) -> None:
    office.post("/bureau/exchange/channels", **CHANNEL)
    publish(app, 1)
    assert "逾期" not in reviewer.get("/bureau/exchange").text
    clock.move(days=3)
    late = signed_in(app, Role.AUDITOR, name="later").get("/bureau/exchange").text
    assert "1 条变化超过 2 个工作日没有送达" in late


def test_formats_are_explained_and_their_schema_can_be_fetched(clerk: Person) -> None:
    page = clerk.get("/bureau/exchange/profiles/penalty_2018_person").text
    assert "不公开，本格式要求" in page
    assert "CREATE TABLE ex_penalty_2018_person" in page
    assert "证件号码一列" not in clerk.get("/bureau/exchange/profiles/penalty_2018_legal").text
    assert "不送，留空" in clerk.get("/bureau/exchange/profiles/penalty_2018_legal").text
    schema = clerk.get("/bureau/exchange/profiles/penalty_2016.xsd")
    etree.XMLSchema(etree.fromstring(schema.data))
    assert clerk.get("/bureau/exchange/profiles/none").status_code == 404
    assert clerk.get("/bureau/exchange/profiles/none.xsd").status_code == 404


def test_no_page_shows_a_number_of_a_person(app: Flask, settings: Settings, office: Person) -> None:
    office.post("/bureau/exchange/channels", **{**CHANNEL, "profile": "penalty_2018_person"})
    with app.app_context():
        Desk(db.session(), vault(), clock.now()).publish(person(1))
        db.session.remove()
    turn(app, settings)
    said = f"数据标识,处理结果,原因\n1,失败,{PERSON_NUMBER}查无此人\n".encode()
    bring(office, said, f"{PERSON_NUMBER}.csv".replace(PERSON_NUMBER, "退回"))
    for path in ("/bureau/exchange", "/bureau/exchange/refused", "/bureau/exchange/batches/1"):
        page = office.get(path).text
        assert "查无此人" in page
        assert PERSON_NUMBER not in page
        assert "欧阳某某" not in page
    assert "只有本站的账号能读（0600）" in office.get("/bureau/exchange/batches/1").text
