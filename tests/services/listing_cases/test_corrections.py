"""A correction mends slips of the pen; what was decided goes through the case alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from credit_site.models import ListingCase
from credit_site.services import correcting
from credit_site.services.corrected_cells import Correction
from credit_site.services.grounds import Ground
from credit_site.services.listing_cases.content import entry_of, opened
from credit_site.services.listing_cases.served import served_entry, served_view
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.reviewing import NotPossible, Sealing
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import penalty
from tests.support.listings import BOOK, CLERK, SUBJECT, A, Walk
from tests.support.publishing import Desk

LAYOUT = BOOK.layouts["serious_dishonesty"]
PLACES = {column.field: place for place, column in enumerate(LAYOUT.columns)}
GROUND = Ground("笔误", "郑市监更〔2026〕1号", date(2026, 6, 11))


def correct(
    way: Walk, record_id: int, actor: str = "account:9", *, above: bool = True, **said: str
) -> None:
    cells = {PLACES[name]: text for name, text in said.items()}
    done = correcting.correct(
        way.tools.session,
        Sealing(way.tools.vault, BOOK),
        record_id,
        Correction(cells, above),
        GROUND,
        actor,
        way.clock.now(),
    )
    assert done == ((), False)


@pytest.mark.parametrize(
    ("field", "text", "title"),
    [
        ("ground", "从事严重违法专利、商标代理行为", "列入事由"),
        ("legal_basis", "某某办法", "列入依据"),
        ("measures", "列为重点监管对象", "惩戒措施"),
        ("valid_until", "2028-06-11", "有效期至"),
        ("listed_on", "2026-06-01", "列入日期"),
        ("branch", "e-commerce", "领域"),
        ("list", "watch", "名单"),
    ],
)
def test_what_was_decided_is_not_corrected(way: Walk, field: str, text: str, title: str) -> None:
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match=f"{title}”是列入决定的内容"):
        correct(way, record_id, **{field: text})  # type: ignore[arg-type]  # cells by field


def test_a_name_is_mended_in_the_entry_and_in_its_case(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    correct(way, record_id, subject_name="郑州某某食品股份有限公司")
    record = get(desk.session, record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert record.subject_name == "郑州某某食品股份有限公司"
    assert record.publication_end == date(2029, 6, 11)
    case = desk.session.get_one(ListingCase, way.case)
    assert case.subject_name == "郑州某某食品股份有限公司"
    assert opened(case, way.tools.vault)["subject_name"] == "郑州某某食品股份有限公司"
    way.step(A.REMOVE_REVOKED)


def test_an_entry_that_was_prolonged_keeps_its_end_through_a_correction(
    desk: Desk, way: Walk
) -> None:
    way.open()
    record_id = way.listed()
    way.prolonged("2030-06-01")
    correct(way, record_id, facts="更正后的事实")
    record = get(desk.session, record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert record.publication_end == date(2030, 6, 1)
    assert record.content["valid_until"] == "2030-06-01"


def test_a_file_changes_nothing_that_a_case_decided(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    case = desk.session.get_one(ListingCase, way.case)
    entry = entry_of(way.tools, case, way.view.content, way.clock.today())
    other = replace(entry, content={**entry.content, "measures": "列为重点监管对象"})
    assert desk.publish(other)["rejected"] == 1
    assert "list_entry_barred" in desk.issues
    record = get(desk.session, record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert record.revision == 1


def test_notice_and_decision_stay_what_was_served(way: Walk) -> None:
    way.open()
    record_id = way.listed()
    number = way.view.decision_number
    correct(way, record_id, subject_name="郑州某某食品股份有限公司", facts="更正后的事实")
    correct(way, record_id, subject_name="郑州某某食物有限公司")
    assert way.view.content["subject_name"] == "郑州某某食物有限公司"
    served = served_view(way.view, BOOK)
    assert served.content["subject_name"] == SUBJECT["subject_name"]
    assert served.content["facts"] == SUBJECT["facts"]
    entry = served_entry(way.tools, way.case)
    assert (entry.subject_name, entry.document_number) == (SUBJECT["subject_name"], number)


def test_name_and_code_together_are_another_subject(way: Walk) -> None:
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match="成了另一个主体，不是笔误。请以“列入有误”移出"):
        correct(way, record_id, subject_name="河南别家酒业有限公司", uscc=invented_uscc(88))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"uscc": invented_uscc(88)}, "这个代码在本站是河南别家酒业有限公司的"),
        ({"subject_name": "河南别家酒业有限公司"}, f"这个名称在本站是代码 {invented_uscc(88)} 的"),
    ],
)
def test_what_belongs_to_somebody_else_is_no_slip_of_the_pen(
    desk: Desk, way: Walk, changes: dict[str, str], problem: str
) -> None:
    other = "河南别家酒业有限公司"
    desk.publish(penalty(5, subject_name=other, uscc=invented_uscc(88)))
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match=problem):
        correct(way, record_id, **changes)  # type: ignore[arg-type]  # cells by field


def test_who_it_is_is_corrected_by_a_second_person_of_the_level_above(way: Walk) -> None:
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match="由上一级（信用管理部门）核对更正"):
        correct(way, record_id, above=False, subject_name="郑州某某食物有限公司")
    way.tools.session.rollback()
    with pytest.raises(NotPossible, match="须由另一个人核对更正"):
        correct(way, record_id, CLERK, subject_name="郑州某某食物有限公司")
    way.tools.session.rollback()
    correct(way, record_id, above=False, facts="更正后的事实")
