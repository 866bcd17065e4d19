from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.public_records import PublicRecord
from credit_site.web.feeds.describe import RecordDescriber
from credit_site.web.feeds.values import Author, Fact, FeedItem
from credit_site.web.presenters.records import RecordWords
from tests.web.feeds.feed_examples import ADDRESSES

PENALTY = PublicRecord(
    id=7,
    register="penalty",
    agency="market-supervision",
    subject_name="郑州某某食品有限公司",
    subject_kind="legal_person",
    uscc="",
    document_number="郑市监处罚〔2026〕7号",
    division="410105",
    decided_on=date(2026, 5, 6),
    amount_yuan=Decimal("12345.60"),
    severity="general",
    publication_start=date(2026, 5, 6),
    publication_end=date(2027, 5, 6),
    published_at=datetime(2026, 5, 7, tzinfo=UTC),
    updated_at=datetime(2026, 5, 8, tzinfo=UTC),
    revision=2,
    ledger_seq=9,
    rule="publication_periods/2026-04-01",
    disputed=False,
    list_name="",
    content={
        "violation_type": "销售假冒商品",
        "violation_facts": "销售侵犯注册商标专用权的商品",
        "penalty_types": ["罚款", "没收违法所得、没收非法财物"],
        "fine_yuan": "12345.60",
        "decision_date": "2026-05-06",
        "unknown_field": "不在目录中",
    },
    salt=b"0123456789abcdef",
)
LISTED = replace(
    PENALTY,
    register="serious_dishonesty",
    list_name="serious-dishonesty",
    amount_yuan=None,
    document_number="",
    content={"list": "serious-dishonesty", "ground": "故意侵犯知识产权"},
)


def described(record: PublicRecord) -> FeedItem:
    site = Author("信用信息公示", ADDRESSES.home())
    return RecordDescriber(RecordWords(load_rulebook()), ADDRESSES, site).item(record)


def test_a_penalty_is_told_in_one_sentence() -> None:
    sentence = described(PENALTY).sentence
    assert sentence.startswith("2026年5月6日，")
    assert "郑州某某食品有限公司" in sentence
    assert sentence.endswith("。")


def test_the_title_says_whom_what_and_under_which_number() -> None:
    assert described(PENALTY).title == (
        "郑州某某食品有限公司：罚款、没收违法所得、没收非法财物（郑市监处罚〔2026〕7号）"
    )


def test_facts_stand_in_the_register_s_order_under_its_titles() -> None:
    assert described(PENALTY).facts == (
        Fact("违法行为类型", "销售假冒商品"),
        Fact("违法事实", "销售侵犯注册商标专用权的商品"),
        Fact("处罚类别", "罚款；没收违法所得、没收非法财物"),
        Fact("罚款金额（元）", "12,345.60"),
        Fact("处罚决定日期", "2026-05-06"),
        Fact("公示至", "2027-05-06（含当日）"),
    )


def test_what_the_register_does_not_know_is_not_shown() -> None:
    assert "不在目录中" not in str(described(PENALTY))


def test_fields_that_are_never_shown_are_not_shown_even_where_content_had_them() -> None:
    leaked = replace(PENALTY, content={"legal_representative_document_number": "泄露"})
    assert "泄露" not in str(described(leaked))


def test_a_disputed_record_says_so() -> None:
    assert described(replace(PENALTY, disputed=True)).facts[-1].label == "异议"
    assert all(fact.label != "异议" for fact in described(PENALTY).facts)


def test_an_entry_of_a_list_names_the_list() -> None:
    name = load_rulebook().lists["serious-dishonesty"].name
    item = described(LISTED)
    assert name in item.title
    assert name in item.sentence
    assert name in {category.label for category in item.categories}


def test_categories_are_register_agency_division_and_kinds_of_penalty() -> None:
    terms = [category.term for category in described(PENALTY).categories]
    assert terms == [
        "penalty",
        "market-supervision",
        "410105",
        "罚款",
        "没收违法所得、没收非法财物",
    ]


def test_published_and_updated_are_the_record_s() -> None:
    item = described(PENALTY)
    assert (item.published, item.updated) == (PENALTY.published_at, PENALTY.updated_at)


def test_an_agency_that_left_the_rulebook_is_called_by_its_slug() -> None:
    assert described(replace(PENALTY, agency="abolished")).author.name == "abolished"
