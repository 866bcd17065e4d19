"""Who is refused reads where to go, and has the letter: with number and secret, from anywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.extensions import clock, db, vault
from credit_site.services.matters.opening import Receipt
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.publication import EndReason, end_record
from tests.services.matters.acting import BOOK, START, bring
from tests.support.entries import penalty
from tests.support.publishing import Desk
from tests.web.pages import Page, checked

OBJECTION, REPAIR = MatterKind.OBJECTION, MatterKind.REPAIR
REJECT, UPHOLD, REFUSE = MatterAction.REJECT, MatterAction.UPHOLD, MatterAction.REFUSE
REVIEW = "向郑州市人民政府申请行政复议"
COURT = "向有管辖权的人民法院提起行政诉讼"


def decided(app: Flask, kind: MatterKind, *actions: MatterAction) -> Receipt:
    """A matter about record 1 that was dealt with; what its sender keeps."""
    with app.app_context():
        desk = Desk(db.session(), vault(), clock.now())
        desk.publish(replace(penalty(1), publication_start=START))
        number, receipt = bring(desk, kind, clock.now())
        for action in actions:
            made = "" if action is REFUSE else "决定〔2026〕1号"
            order = StepOrder(action, "没有证据", made)
            take_step(StepTools(desk.session, desk.vault, BOOK), number, order, "a", clock.now())
        db.session.remove()
    return receipt


def read(client: FlaskClient, receipt: Receipt, path: str = "/track") -> Page:
    sent = {"number": receipt.number, "secret": receipt.secret}
    return checked(path, client.post(path, data=sent))


@pytest.mark.parametrize("kind", [OBJECTION, REPAIR])
def test_who_is_refused_reads_to_whom_and_to_which_court(
    app: Flask, client: FlaskClient, kind: MatterKind
) -> None:
    actions = [REJECT] if kind is OBJECTION else [MatterAction.ACCEPT, REJECT]
    receipt = decided(app, kind, *actions)
    page = read(client, receipt)
    assert REVIEW in page.main
    assert COURT in page.main
    letter = read(client, receipt, "/track/letter")
    for words in ("办理结果告知书", "没有证据", "决定〔2026〕1号", "王某", REVIEW, COURT):
        assert words in letter.main, words


def test_whose_wish_is_granted_has_the_letter_without_remedies(
    app: Flask, client: FlaskClient
) -> None:
    receipt = decided(app, REPAIR, MatterAction.ACCEPT, UPHOLD)
    assert "不服怎么办" not in read(client, receipt).main
    letter = read(client, receipt, "/track/letter").main
    assert "结果是：准予修复" in letter
    assert "行政复议" not in letter


def test_a_letter_names_the_enterprise_while_its_record_is_public_or_once_it_was_granted(
    app: Flask, client: FlaskClient
) -> None:
    record = penalty(1)
    names = (record.subject_name, record.uscc, record.document_number)
    receipt = decided(app, OBJECTION, REJECT)
    letter = read(client, receipt, "/track/letter").main
    assert all(name in letter for name in names)
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.REVOKED, "t", clock.now())
        db.session.remove()
    letter = read(client, receipt, "/track/letter").main
    assert not any(name in letter for name in names), "a stranger may have objected"
    assert "王某：" in letter


def test_who_was_granted_a_repair_is_named_though_the_record_has_ended(
    app: Flask, client: FlaskClient
) -> None:
    letter = read(client, decided(app, REPAIR, MatterAction.ACCEPT, UPHOLD), "/track/letter").main
    assert penalty(1).subject_name in letter
    assert f"处罚决定 {penalty(1).document_number}" in letter


def test_no_number_stands_on_the_letter_where_no_document_was_made(
    app: Flask, client: FlaskClient
) -> None:
    receipt = decided(app, REPAIR, REFUSE)
    page = read(client, receipt, "/track/letter")
    assert not [one for one in page.all("p") if one.get("class") == "number"]
    assert page.main.count(receipt.number) == 1
    assert REVIEW in page.main


def test_there_is_no_letter_before_a_decision_nor_without_the_secret(
    app: Flask, client: FlaskClient
) -> None:
    receipt = decided(app, OBJECTION)
    assert "告知书" not in read(client, receipt).main
    for secret in (receipt.secret, "A" * 16):
        sent = {"number": receipt.number, "secret": secret}
        assert client.post("/track/letter", data=sent).status_code == 303
