"""Who sends a form for a record that somebody else has dealt with gets all of it back."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.domain.permissions import Role
from credit_site.extensions import clock, db, vault
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.publication import EndReason, end_record
from tests.domain.penalty_rows import BOOK, LEGAL
from tests.services.matters.acting import bring
from tests.support.forms import as_shown
from tests.support.people import Person, signed_in
from tests.support.personal_numbers import invented_id_number
from tests.support.publishing import Desk
from tests.support.uploads import work
from tests.web.pages import checked

THEIRS = {"reason": "罚错了人", "document": "郑市监终〔2026〕3号", "day": "2026-05-28"}
MINE = {"reason": "写了很久的理由", "document": "郑市监撤〔2026〕8号", "day": "2026-05-29"}
FACTS = [column.field for column in BOOK.layouts[LEGAL].columns].index("violation_facts")


@pytest.fixture
def colleague(app: Flask) -> Person:
    return signed_in(app, Role.REVIEWER, "market-supervision", "colleague")


def told(person: Person, address: str, **sent: Any) -> str:  # noqa: ANN401  # parts of a form
    """What stands on the page for whoever came too late."""
    answer = person.post(address, **sent)
    assert answer.status_code == 422
    return checked(address, answer).main


@pytest.mark.parametrize(
    ("deed", "chosen", "said"),
    [
        ("end", {"why": "repaired"}, ("没有提交：终止公示", "信用修复，由本部门决定")),
        ("revoke", {"fate": "void"}, ("没有提交：撤回", "被确认无效")),
        ("dispute", {}, ("没有提交：标注“异议处理中”",)),
        ("announce", {"fate": "changed"}, ("没有提交：记下等待撤回", "被依法变更")),
        ("restore", {}, ("没有提交：恢复公示",)),
    ],
)
def test_after_its_end_the_words_come_back_and_who_ended_it_when_why_and_on_what(
    reviewer: Person,
    colleague: Person,
    record: str,
    deed: str,
    chosen: dict[str, str],
    said: tuple[str, ...],
) -> None:
    colleague.post(f"{record}/end", why="error", **THEIRS)
    paper = (BytesIO(b"%PDF-1.7 decision"), "x.pdf")
    page = told(reviewer, f"{record}/{deed}", **MINE, **chosen, file=paper)
    ended = "colleague已经于2026年6月1日"
    why = "办理：终止公示（公示有误，理由是“罚错了人”，郑市监终〔2026〕3号，2026-05-28）。"
    for words in (*MINE.values(), *said, ended, why):
        assert words in page, words
    assert "没有保存，请留好原件" in page


def test_a_correction_comes_back_cell_by_cell(
    reviewer: Person, colleague: Person, record: str
) -> None:
    shown = as_shown(reviewer.get(f"{record}/correct").text)
    colleague.post(f"{record}/end", why="error", **THEIRS)
    typed = shown | {f"cell{FACTS}": f"当事人{invented_id_number(3)}售假21瓶。"}
    page = told(reviewer, f"{record}/correct", **typed, **MINE)
    section = page.split("您填写的内容还在这里")[1].split("现在的内容")[0]
    assert "售假21瓶。" in section
    assert "写了很久的理由" in section
    assert "罚款" not in section, "what nobody typed does not come back"
    assert invented_id_number(3) not in page


def test_what_somebody_else_has_done_already_is_said_with_the_words(
    reviewer: Person, colleague: Person, record: str
) -> None:
    colleague.post(f"{record}/dispute", **THEIRS)
    page = told(reviewer, f"{record}/dispute", **MINE)
    for words in (*MINE.values(), "colleague已经于", "标注异议（理由是“罚错了人”，"):
        assert words in page, words
    colleague.post(f"{record}/announce", fate="void", **THEIRS)
    page = told(reviewer, f"{record}/announce", fate="void", **MINE)
    assert "记下等待撤回（决定被确认无效，" in page
    colleague.post(f"{record}/dismiss", **THEIRS)
    assert "取消等待撤回（理由是“罚错了人”，" in told(reviewer, f"{record}/dismiss", **MINE)


def test_an_end_by_a_matter_or_by_nobody_is_told_too(
    app: Flask, reviewer: Person, record: str
) -> None:
    with app.app_context():
        desk = Desk(db.session(), vault(), clock.now())
        number, _ = bring(desk, MatterKind.OBJECTION, clock.now())
        order = StepOrder(MatterAction.UPHOLD, "属实", "异议决定〔2026〕2号", "ended")
        take_step(StepTools(desk.session, desk.vault, BOOK), number, order, "system", clock.now())
        db.session.remove()
    page = told(reviewer, f"{record}/end", why="error", **MINE)
    assert "系统已经于2026年6月1日" in page
    assert "办理：异议成立，终止公示（公示有误，异议决定〔2026〕2号）。" in page


def test_what_is_refused_while_the_record_stands_stays_in_its_form(
    app: Flask, reviewer: Person, record: str
) -> None:
    page = reviewer.post(f"{record}/end", why="", **MINE)
    assert "没有提交" not in page.text
    assert 'value="写了很久的理由"' in page.text
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.CORRECTED, "clerk", clock.now())
        db.session.remove()
    work(app)
    assert "没有提交：终止公示" in told(reviewer, f"{record}/end", why="error", **MINE)
