"""The inbox of objections, applications and tips: who sees it, steps, letters, papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from flask import Flask

from credit_site.domain.matters import MatterKind
from credit_site.domain.permissions import Role
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.file_store import FileStore
from credit_site.services.matters.opening import SentFile, Wish, open_matter
from credit_site.services.matters.purging import MatterPurger
from tests.support.entries import penalty
from tests.support.people import Person, signed_in
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.web.pages import checked

pytestmark = pytest.mark.both_databases

PDF = b"%PDF-1.7 paid"


WHO = {"name": "王经理", "role": "agent", "phone": "0371-60000000"}


def bring(
    app: Flask, kind: MatterKind, topic: str = "food", contact: Mapping[str, str] = WHO
) -> str:
    """Publishes a record where there is none and brings something forward; its address."""
    with app.app_context():
        session = db.session()
        entry = replace(penalty(1), publication_start=date(2026, 2, 6))
        Desk(session, vault(), clock.now()).publish(entry)
        kept = FileStore(app.config["SETTINGS"].data_path / "files", vault()).keep_stream(
            BytesIO(PDF)
        )
        wish = Wish(
            kind,
            f"form-{kind.value}-{topic}",
            "health" if kind is MatterKind.TIP else "",
            contact,
            {"statement": "罚款已经缴清"},
            None if kind is MatterKind.TIP else 1,
            "410105",
            topic if kind is MatterKind.TIP else "",
            (SentFile("proof", "application/pdf", kept.size, kept.sha256, "缴款书.pdf"),),
        )
        open_matter(session, vault(), load_rulebook(), wish, clock.now())
        db.session.remove()
    return "/bureau/matters/1"


def step(person: Person, address: str, action: str, **said: str) -> int:
    given = {"words": "经核实", "document": "决定〔2026〕1号", **said}
    return person.post(address, action=action, **given).status_code


def test_the_inbox_shows_number_subject_and_deadline_but_nobodys_name(
    app: Flask, clerk: Person
) -> None:
    bring(app, MatterKind.OBJECTION)
    with clerk.get("/bureau/matters") as answer:
        page = checked("/bureau/matters", answer)
    assert "异议 YY20260601-" in page.main
    assert "2026年6月4日" in page.main
    assert "王经理" not in page.main


def test_a_matter_shows_what_is_asked_and_how_to_reach_the_sender(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.REPAIR)
    with reviewer.get(address) as answer:
        page = checked(address, answer)
    for words in ("罚款已经缴清", "王经理", "受委托的代理人", "缴款书.pdf", "修复申请受理"):
        assert words in page.main, words


def test_another_bureau_sees_nothing_of_it(app: Flask, stranger: Person) -> None:
    address = bring(app, MatterKind.OBJECTION)
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/papers/1").status_code == 404
    assert step(stranger, address, "reject") == 404
    assert "YY2026" not in stranger.get("/bureau/matters").text


def test_a_repair_is_accepted_granted_and_the_record_gone_at_once(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.REPAIR)
    assert step(reviewer, address, "accept") == 303
    assert step(reviewer, address, "uphold", document="") == 422
    assert step(reviewer, address, "uphold") == 303
    assert app.test_client().get("/records/1").status_code == 410
    assert step(reviewer, address, "uphold") == 422
    with reviewer.get(f"{address}/letter") as answer:
        letter = checked("/letter", answer)
    assert "提出的信用修复申请（编号" in letter.main
    assert "结果是：准予修复。" in letter.main
    assert "停止使用" in letter.main
    assert "王经理" in letter.main


def test_a_letter_speaks_to_its_reader_and_says_what_happens(app: Flask, reviewer: Person) -> None:
    address = bring(app, MatterKind.SCREENING)
    assert [step(reviewer, address, one) for one in ("accept", "uphold")] == [303, 303]
    letter = checked("/letter", reviewer.get(f"{address}/letter")).main
    assert "提出的暂时屏蔽申请（编号" in letter
    assert "重整期间，相关信息暂停公示" in letter
    assert "重整失败的，恢复公示" in letter
    assert "（统一社会信用代码 " in letter, "it is the enterprise's letter, whoever wrote"
    assert "处罚决定 郑市监处罚〔2026〕" in letter


def test_the_letter_on_a_tip_says_what_was_found(app: Flask, stranger: Person) -> None:
    address = bring(app, MatterKind.TIP)
    assert [step(stranger, address, one) for one in ("accept", "reject")] == [303, 303]
    letter = checked("/letter", stranger.get(f"{address}/letter")).main
    assert "结果是：未查实。" in letter


def test_what_was_typed_stays_when_a_step_is_refused(app: Flask, reviewer: Person) -> None:
    address = bring(app, MatterKind.OBJECTION)
    answer = reviewer.post(address, action="uphold", words="金额确实有误", document="")
    assert answer.status_code == 422
    assert "请选择异议成立以后怎样处理" in answer.text
    assert "金额确实有误" in answer.text


def test_who_comes_too_late_gets_his_words_back_and_reads_who_decided_what(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.OBJECTION)
    other = signed_in(app, Role.REVIEWER, "market-supervision", name="second")
    assert (
        step(reviewer, address, "reject", words="金额无误", document="异议决定〔2026〕1号") == 303
    )
    with other.post(
        address,
        action="uphold",
        outcome="ended",
        words="证据不足，应当撤下",
        document="异议〔2026〕2号",
    ) as answer:
        assert answer.status_code == 422
        page = checked(address, answer)
    for words in ("异议不成立（异议决定〔2026〕1号）", "没有提交：异议成立", "终止公示"):
        assert words in page.main, words
    for words in ("证据不足，应当撤下", "异议〔2026〕2号"):
        assert words in page.main, words
    assert "没有提交" not in other.get(address).text


def test_the_steps_of_the_sender_are_not_the_desks(app: Flask, reviewer: Person) -> None:
    address = bring(app, MatterKind.OBJECTION)
    assert step(reviewer, address, "withdraw") == 400
    assert step(reviewer, address, "nonsense") == 400


def test_a_paper_is_saved_and_never_shown_in_the_browser(app: Flask, reviewer: Person) -> None:
    address = bring(app, MatterKind.REPAIR)
    with reviewer.get(f"{address}/papers/1") as answer:
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert reviewer.get(f"{address}/papers/2").status_code == 404


def test_a_tip_is_passed_on_to_the_bureau_whose_business_it_is(
    app: Flask, stranger: Person
) -> None:
    address = bring(app, MatterKind.TIP, "medical")
    assert "转给别的部门" in stranger.get(address).text
    assert step(stranger, address, "reroute", agency="tobacco") == 303
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("show", ["", "closed"])
def test_closed_ones_stand_apart_and_are_counted(app: Flask, reviewer: Person, show: str) -> None:
    address = bring(app, MatterKind.OBJECTION)
    step(reviewer, address, "reject")
    with reviewer.get(f"/bureau/matters?show={show}") as answer:
        page = checked("/bureau/matters", answer)
    listed = [row for row in page.rows() if "YY2026" in row[0]]
    assert bool(listed) is (show == "closed")
    assert ["2026-06", "异议", "1", "1", "0", "0", "1", "0", "0", "0"] in page.rows()


def test_who_does_not_deal_with_matters_sees_state_and_clocks_and_nothing_that_was_said(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    address = bring(app, MatterKind.REPAIR)
    step(reviewer, address, "refuse", words="材料里王经理的电话打不通")
    for person in (clerk, signed_in(app, Role.AUDITOR)):
        with person.get(address) as answer:
            page = checked(address, answer)
        assert "修复申请受理" in page.main
        assert "只给有权办理这件事项的人看" in page.main
        for words in ("王经理", "0371-60000000", "罚款已经缴清", "缴款书", "告知书"):
            assert words not in page.html, words
        assert person.get(f"{address}/papers/1").status_code == 403
        assert person.get(f"{address}/letter").status_code == 403


def test_after_the_purge_nothing_is_said_to_have_been_left_out_and_no_letter_is_printed(
    app: Flask, reviewer: Person, clock: StandingClock
) -> None:
    address = bring(app, MatterKind.OBJECTION)
    step(reviewer, address, "reject")
    clock.move(days=400)
    with app.app_context():
        store = FileStore(app.config["SETTINGS"].data_path / "files", vault())
        assert MatterPurger(store, load_rulebook(), clock).step(db.session())
        db.session.remove()
    person = signed_in(app, Role.REVIEWER, "market-supervision", name="later")
    with person.get(address) as answer:
        page = checked(address, answer)
    assert "联系方式已经删除" in page.main
    assert "没有留联系方式" not in page.main
    assert "打印告知书" not in page.main
    assert person.get(f"{address}/letter").status_code == 404


def test_a_record_leads_to_the_objection_to_it_and_does_not_offer_to_unmark_it(
    app: Flask, reviewer: Person
) -> None:
    address = bring(app, MatterKind.OBJECTION)
    page = reviewer.get("/bureau/records/1").text
    assert f'href="{address}"' in page
    assert "异议已经办结" not in page


def test_the_desk_is_reminded_of_a_screened_record_until_its_repair(
    app: Flask, reviewer: Person, stranger: Person
) -> None:
    address = bring(app, MatterKind.SCREENING)
    assert "暂时屏蔽的" not in reviewer.get("/bureau/").text
    step(reviewer, address, "accept")
    assert step(reviewer, address, "uphold", document="屏蔽决定〔2026〕1号") == 303
    desk = reviewer.get("/bureau/").text
    assert "2026年6月1日起屏蔽" in desk
    assert "屏蔽决定〔2026〕1号" in desk
    assert 'href="/bureau/records/1"' in desk
    assert "暂时屏蔽的" not in stranger.get("/bureau/").text
    ask_for_repair(app)
    step(reviewer, "/bureau/matters/2", "accept")
    assert step(reviewer, "/bureau/matters/2", "uphold") == 303
    assert "暂时屏蔽的" not in reviewer.get("/bureau/").text
    assert app.test_client().get("/records/1").status_code == 410


def ask_for_repair(app: Flask) -> None:
    """Of record 1, whether it is shown or screened."""
    with app.app_context():
        wish = Wish(MatterKind.REPAIR, "form of repair", "", WHO, {"statement": "执行完毕"}, 1)
        open_matter(db.session(), vault(), load_rulebook(), wish, clock.now())
        db.session.remove()
