"""What desk, letter and sender read of a matter whose record has ended meanwhile; the inbox."""

from __future__ import annotations

import pytest
from flask import Flask

from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from credit_site.extensions import clock, db, vault
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import penalty
from tests.support.people import Person, signed_in
from tests.web.bureau.test_matters import bring, step
from tests.web.pages import checked, text_of

SAID = "这条信息已于2026年6月1日终止公示（处罚决定被撤销、变更或者确认违法、无效）。"


def end(app: Flask) -> None:
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.REVOKED, "account:9", clock.now())
        db.session.remove()


@pytest.mark.parametrize("kind", [MatterKind.REPAIR, MatterKind.OBJECTION])
def test_the_desk_says_that_a_record_has_ended_and_offers_no_end(
    app: Flask, reviewer: Person, kind: MatterKind
) -> None:
    address = bring(app, kind)
    assert "终止公示（" not in reviewer.get(address).text
    end(app)
    with reviewer.get(address) as answer:
        page = checked(address, answer)
    assert SAID in page.main
    assert "马上" not in page.main, "nothing is carried out any more"
    assert ("终止办理" in page.main) is (kind is MatterKind.REPAIR)
    assert 'name="outcome"' not in page.html
    assert step(reviewer, address, "accept" if kind is MatterKind.REPAIR else "ask") in (422, 303)


def test_an_application_is_closed_with_what_happened_and_the_letter_says_it_once(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.REPAIR)
    end(app)
    assert step(reviewer, address, "uphold") == 422
    assert step(reviewer, address, "lapse", words=f"{SAID}不再需要办理。", document="") == 303
    with reviewer.get(f"{address}/letter") as answer:
        letter = checked("/letter", answer).main
    assert letter.count(SAID) == 1
    assert "终止办理" in letter
    assert "停止使用" not in letter


def test_an_objection_upheld_afterwards_does_not_say_that_it_ended_the_record(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.OBJECTION)
    end(app)
    assert step(reviewer, address, "uphold", outcome="ended") == 422
    assert step(reviewer, address, "uphold") == 303
    letter = reviewer.get(f"{address}/letter").text
    assert SAID in letter
    assert "停止使用" not in letter


def test_the_inbox_names_number_and_subject_until_the_record_has_ended(
    app: Flask, reviewer: Person
) -> None:
    bring(app, MatterKind.OBJECTION)
    name = penalty(1).subject_name
    assert f"公示编号 1，{name}，" in reviewer.get("/bureau/matters").text
    end(app)
    page = reviewer.get("/bureau/matters").text
    assert "公示编号 1（已终止公示）" in page
    assert name not in page


def test_who_decides_what_another_has_ended_meanwhile_reads_who_ended_it_on_which_document(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.REPAIR)
    assert step(reviewer, address, "accept") == 303
    other = signed_in(app, Role.REVIEWER, "market-supervision", name="second")
    said = {"reason": "重复公示", "document": "更正通知〔2026〕3号", "day": "2026-06-01"}
    assert other.post("/bureau/records/1/end", why="error", **said).status_code == 303
    typed = {"words": "符合条件", "document": "修〔2026〕1号"}
    with reviewer.post(address, action="uphold", **typed) as answer:
        assert answer.status_code == 422
        page = checked(address, answer)
    late = text_of(page.one("section", **{"aria-labelledby": "late"}))
    assert "没有提交：准予修复" in late
    assert "second" in late
    assert "终止公示这条信息（公示有误，更正通知〔2026〕3号）" in late
    assert "受理" not in late
    for kept in typed.values():
        assert kept in late


def test_the_inbox_asks_to_close_what_waits_for_papers_that_nobody_needs_any_more(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.REPAIR)
    assert step(reviewer, address, "ask") == 303
    end(app)
    page = checked("/bureau/matters", reviewer.get("/bureau/matters"))
    (row,) = (row for row in page.rows() if "XF2026" in row[0])
    assert row[4] == "信息已终止公示，请终止办理"
