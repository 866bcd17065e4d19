"""Web hooks on the desk: set up, secret shown once, log, deeds, what is audited; and their help."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from credit_site.domain.permissions import Role
from credit_site.domain.web_hooks import PATIENCE
from credit_site.extensions import db
from credit_site.models import AuditEvent, HookSubscriber
from credit_site.settings import Settings
from scripts.receive_web_hooks import verified
from tests.support.entries import CODE, penalty
from tests.support.people import Person, signed_in
from tests.support.receivers import receiving
from tests.support.sites import StandingClock
from tests.support.uploads import work
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient, Page

INSIDE = "192.168.0.1"
SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")
GOOD = {"name": "某银行", "contact": "某人", "address": "https://example.com/hooks", "wish": "all:"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A site that may send to this machine."""
    return replace(settings, hooks_private_network="127.0.0.0/8")


@pytest.fixture
def office(app: Flask) -> Person:
    return signed_in(app, Role.CREDIT_OFFICE)


def page(person: Person, path: str) -> Page:
    return CheckingClient(person.client).get(path)


def added(office: Person, **fields: str) -> str:
    """The secret of a new subscriber, from the page that shows it once."""
    found = SECRET.search(office.post("/bureau/hooks", **{**GOOD, **fields}).text)
    assert found
    return found[0]


def test_a_secret_is_shown_once_and_kept_sealed(app: Flask, office: Person) -> None:
    secret = added(office)
    for path in ("/bureau/hooks", "/bureau/hooks/1"):
        assert not SECRET.search(page(office, path).html)
    with app.app_context():
        kept = db.session().get_one(HookSubscriber, 1).secret
        assert kept is not None
        assert secret.encode() not in kept
    other = SECRET.search(office.post("/bureau/hooks/1/exchange").text)
    assert other
    assert other[0] != secret
    assert "刚更换过" in page(office, "/bureau/hooks/1").main


def test_what_was_set_up_reaches_the_receiver_and_the_log_says_so(
    app: Flask, office: Person, publish: Publish
) -> None:
    with receiving() as receiver:
        secret = added(office, address=receiver.address)
        publish(penalty(1), penalty(2))
        work(app)
        (got,) = receiver.got
        assert verified(secret, got.headers, got.body, int(got.headers["webhook-timestamp"]))
        assert receiver.told == [(1, "publish"), (2, "publish")]
        shown = page(office, "/bureau/hooks/1")
        (row,) = shown.rows()
        assert (row[1], row[2], row[3]) == ("变化 2 条", "1–2", "204 收到")
        office.post("/bureau/hooks/1/test")
        office.post("/bureau/hooks/1/deliveries/1/again")
        assert "2 次测试或者重发" in page(office, "/bureau/hooks/1").main
        work(app)
        kinds = [row[1] for row in page(office, "/bureau/hooks/1").rows()]
        assert kinds == ["重发 2 条", "测试", "变化 2 条"]
        assert len(receiver.got) == 3


def test_the_desk_says_that_a_receiver_was_paused_after_three_days(
    app: Flask, office: Person, publish: Publish, clock: StandingClock
) -> None:
    with receiving() as receiver:
        receiver.answers = [500, 500]
        added(office, address=receiver.address)
        publish(penalty(1))
        work(app)
        assert "账本上 1 笔" in page(office, "/bureau/hooks").main
        assert "已经失败 1 次" in page(office, "/bureau/hooks/1").main
        clock.moment += PATIENCE
        work(app)
        office = signed_in(app, Role.CREDIT_OFFICE, name="another")
        assert "“某银行”连续三天没有收到数据推送" in page(office, "/bureau/").main
        assert "连续三天收不到，已暂停" in page(office, "/bureau/hooks").main
        office.post("/bureau/hooks/1/resume")
        work(app)
        assert len(receiver.got) == 3
        assert "连续三天" not in page(office, "/bureau/").main


@pytest.mark.parametrize(
    ("fields", "advice"),
    [
        ({"name": " "}, "请写明接收方的名称"),
        ({"name": "长" * 61}, "请写明接收方的名称"),
        ({"contact": ""}, "请写明出了问题找谁"),
        ({"address": "example.com"}, "请写完整的地址"),
        ({"address": "http://example.com/"}, "必须加密传输"),
        ({"address": f"https://{INSIDE}/"}, "不能推送到内部网络"),
        ({"wish": "everything"}, "请选择推送什么"),
        ({"wish": "agency:nobody"}, "请选择推送哪一类信息"),
        ({"wish": "company:", "company": "123"}, "统一社会信用代码"),
    ],
)
def test_what_cannot_be_is_said_beside_the_form_and_what_was_typed_stays(
    app: Flask, office: Person, fields: dict[str, str], advice: str
) -> None:
    answer = office.post("/bureau/hooks", **{**GOOD, **fields})
    assert answer.status_code == 422
    assert advice in answer.text
    assert fields.get("contact", GOOD["contact"]) in answer.text
    with app.app_context():
        assert db.session().query(HookSubscriber).count() == 0
    added(office)
    answer = office.post("/bureau/hooks/1", **{**GOOD, **fields})
    assert answer.status_code == 422
    assert advice in answer.text


def test_a_subscriber_is_changed_paused_and_ended_for_good_and_all_is_audited(
    app: Flask, office: Person
) -> None:
    added(office)
    office.post("/bureau/hooks/1", **{**GOOD, "wish": "company:", "company": f" {CODE.lower()} "})
    assert f"企业 {CODE}" in page(office, "/bureau/hooks/1").main
    for deed in ("pause", "resume", "exchange", "revoke"):
        office.post(f"/bureau/hooks/1/{deed}")
    shown = page(office, "/bureau/hooks/1")
    assert "已停用" in shown.heading
    assert not shown.all("form", action="/bureau/hooks/1/resume")
    office.post("/bureau/hooks/1/resume")
    assert "请重新添加" in page(office, "/bureau/hooks/1").main
    with app.app_context():
        found = db.session().get_one(HookSubscriber, 1)
        assert (found.state, found.secret, found.old_secret) == ("revoked", None, None)
        query = select(AuditEvent).where(AuditEvent.subject == "hook/1").order_by(AuditEvent.id)
        events = list(db.session().scalars(query))
    assert [one.action for one in events] == [
        "hook_added", "hook_changed", "hook_paused", "hook_resumed", "hook_secret_exchanged",
        "hook_revoked",
    ]  # fmt: skip
    assert not [one for one in events if "whsec_" in one.details]


def test_an_auditor_reads_without_buttons_and_without_what_stands_behind_the_address(
    app: Flask, office: Person
) -> None:
    added(office, address="https://example.com/hooks?token=quiet")
    auditor = signed_in(app, Role.AUDITOR)
    assert not page(auditor, "/bureau/hooks").all("form", action="/bureau/hooks#add")
    shown = page(auditor, "/bureau/hooks/1")
    assert "quiet" not in shown.html
    assert "quiet" in page(office, "/bureau/hooks/1").html
    assert not [form for form in shown.all("form") if "/hooks/" in form.get("action", "")]


@pytest.mark.parametrize("number", ["2", "9" * 30])
def test_a_number_nobody_has_is_not_found(office: Person, number: str) -> None:
    assert office.get(f"/bureau/hooks/{number}").status_code == 404
    assert office.post(f"/bureau/hooks/{number}/pause").status_code == 404


def test_the_log_is_paged(app: Flask, office: Person) -> None:
    with receiving() as receiver:
        added(office, address=receiver.address)
        for _ in range(51):
            office.client.post(
                "/bureau/hooks/1/test", data={"csrf_token": office.token("/bureau/hooks/1")}
            )
        work(app)
    first = page(office, "/bureau/hooks/1")
    assert len(first.rows()) == 50
    assert len(page(office, first.link("更早的").partition("#")[0]).rows()) == 1


def test_the_help_page_shows_the_receiver_that_is_tested(pages: CheckingClient) -> None:
    shown = pages.get("/help/web-hooks")
    with pages.client.get("/help/web-hooks.py") as answer:
        text = answer.get_data(as_text=True)
        assert answer.mimetype == "text/plain"
    assert " ".join(text.split()) in shown.main
