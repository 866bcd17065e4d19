"""A correction mends slips of the pen; what was decided goes through the case alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from credit_site.models import ListingCase
from credit_site.services import amending
from credit_site.services.grounds import Ground
from credit_site.services.listing_cases.content import entry_of, opened
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.reviewing import NotPossible, Sealing
from tests.support.listings import BOOK, A, Walk
from tests.support.publishing import Desk

LAYOUT = BOOK.layouts["serious_dishonesty"]
PLACES = {column.field: place for place, column in enumerate(LAYOUT.columns)}
GROUND = Ground("笔误", "郑市监更〔2026〕1号", date(2026, 6, 1))


def correct(way: Walk, record_id: int, **said: str) -> None:
    cells = {PLACES[name]: text for name, text in said.items()}
    issues = amending.correct(
        way.tools.session,
        Sealing(way.tools.vault, BOOK),
        record_id,
        cells,
        GROUND,
        "account:9",
        way.clock.now(),
    )
    assert issues == ()


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
        correct(way, record_id, **{field: text})


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
