from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.public_records import PublicRecord
from credit_site.web.presenters.records import RecordWords, severity_word

WORDS = RecordWords(load_rulebook())
RECORD = PublicRecord(
    id=7,
    register="penalty",
    agency="market-supervision",
    subject_name="某某公司",
    subject_kind="legal_person",
    uscc="",
    document_number="郑市监处罚〔2026〕7号",
    division="",
    decided_on=date(2026, 5, 6),
    amount_yuan=Decimal(10_000),
    severity="general",
    publication_start=date(2026, 5, 6),
    publication_end=date(2027, 5, 6),
    published_at=datetime(2026, 5, 7, tzinfo=UTC),
    updated_at=datetime(2026, 5, 7, tzinfo=UTC),
    revision=1,
    ledger_seq=7,
    rule="publication_periods/2026-04-01",
    disputed=False,
    list_name="",
    content={},
    salt=b"0123456789abcdef",
)


def saying(**content: JsonValue) -> PublicRecord:
    """A penalty whose content says this."""
    return replace(RECORD, content=content)


def listed(name: str, **content: JsonValue) -> PublicRecord:
    """An entry of a list whose content says this."""
    return replace(
        RECORD, register="serious_dishonesty", list_name=name, content={"list": name, **content}
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "处以行政处罚。"),
        ({"penalty_types": ["警告"]}, "处以警告。"),
        ({"penalty_types": ["罚款"]}, "处以罚款。"),
        ({"penalty_types": ["罚款"], "fine_yuan": "10000.00"}, "处以罚款1万元。"),
        (
            {
                "penalty_types": ["罚款", "没收违法所得"],
                "fine_yuan": "500.00",
                "confiscated_yuan": "20.50",
            },
            "处以罚款500元、没收违法所得（没收金额20.50元）。",
        ),
    ],
)
def test_a_penalty_is_told_with_its_amounts(content: dict[str, JsonValue], said: str) -> None:
    sentence = WORDS.sentence(saying(**content))
    assert sentence == f"2026年5月6日，郑州市市场监督管理局对某某公司{said}"


def test_the_body_that_decided_and_the_reason_are_told_where_they_are_known() -> None:
    told = WORDS.sentence(
        saying(enforcement_agency="某区市场监督管理局", violation_type="虚假宣传")
    )
    assert "某区市场监督管理局因虚假宣传，对某某公司" in told


def test_a_listing_is_told_with_its_ground() -> None:
    told = WORDS.sentence(listed("serious-dishonesty", ground="制售假药"))
    assert told == "2026年5月6日，郑州市市场监督管理局因制售假药，将某某公司列入严重失信主体名单。"


def test_a_ground_that_says_why_itself_is_not_told_twice() -> None:
    ground = "因商标侵权行为五年内受到两次以上行政处罚"
    told = WORDS.sentence(listed("serious-dishonesty", ground=ground))
    assert "郑州市市场监督管理局因商标侵权行为五年内" in told
    assert WORDS.because(listed("serious-dishonesty", ground=ground)) == ground
    assert WORDS.because(listed("serious-dishonesty")) == ""


@pytest.mark.parametrize(("content", "why"), [({"ground": "涉金融"}, "（涉金融）"), ({}, "")])
def test_a_list_of_another_city_is_told_as_passed_on(
    content: dict[str, JsonValue], why: str
) -> None:
    told = WORDS.sentence(listed("published-elsewhere", **content))
    assert told == f"某某公司在外地公布的失信名单上{why}，由郑州市市场监督管理局转载。"


def test_a_line_of_a_listing_says_the_ground_and_its_tag_the_list() -> None:
    line = WORDS.line(listed("serious-dishonesty", ground="制售假药"))
    assert line.outcome == "制售假药"
    assert [(tag.text, tag.tone) for tag in line.tags] == [("严重失信主体名单", "serious")]
    assert WORDS.line(listed("watch")).outcome == "列入重点关注名单"


@pytest.mark.parametrize(
    ("record", "tags"),
    [
        (RECORD, []),
        (replace(RECORD, severity="serious"), [("严重", "serious")]),
        (replace(RECORD, disputed=True), [("异议处理中", "pending")]),
        (listed("trustworthy"), [("守信激励名单", "good")]),
        (listed("watch"), [("重点关注名单", "pending")]),
    ],
)
def test_every_state_has_a_word(record: PublicRecord, tags: list[tuple[str, str]]) -> None:
    assert [(tag.text, tag.tone) for tag in WORDS.tags(record)] == tags


def test_fields_are_said_by_their_type() -> None:
    record = saying(
        fine_yuan="12345.60",
        penalty_types=["警告", "罚款"],
        penalty_valid_until="2099-12-31",
        decision_date="2026-05-06",
        uscc="91410100MA0000015B",
        violation_facts="长" * 61,
        remarks="",
        campaign=None,
    )
    rows = {row.title: row for row in WORDS.fields(record)}
    assert {title: row.value for title, row in rows.items() if title != "违法事实"} == {
        "统一社会信用代码": "91410100MA0000015B",
        "处罚类别": "警告；罚款",
        "罚款金额（元）": "12,345.60",
        "处罚决定日期": "2026-05-06",
        "处罚有效期": "长期",
    }
    assert rows["统一社会信用代码"].link == "/companies/91410100MA0000015B"
    assert [title for title, row in rows.items() if row.long] == ["违法事实"]
    assert rows["罚款金额（元）"].numeric


def test_the_name_of_a_list_is_said_and_not_its_slug() -> None:
    (row,) = WORDS.fields(listed("watch"))
    assert (row.title, row.value) == ("名单", "重点关注名单")


def test_the_basis_is_that_of_the_rule_s_version() -> None:
    assert WORDS.basis(RECORD)
    assert WORDS.basis(replace(RECORD, rule="")) == ()
    assert WORDS.basis(replace(RECORD, rule="publication_periods/1999-01-01")) == ()


def test_severity_is_said_in_chinese() -> None:
    assert [
        severity_word(replace(RECORD, severity=s)) for s in ("minor", "general", "serious")
    ] == [
        "轻微",
        "一般",
        "严重",
    ]


@pytest.mark.parametrize(
    ("name", "branch", "usual_end", "longer_end"),
    [
        ("serious-dishonesty", "intellectual-property", date(2029, 5, 6), date(2030, 5, 6)),
        ("watch", "watch-intellectual-property", date(2027, 5, 6), date(2028, 5, 6)),
    ],
)
def test_an_end_beyond_the_usual_one_names_what_it_rests_on(
    name: str, branch: str, usual_end: date, longer_end: date
) -> None:
    entry = replace(
        listed(name, branch=branch),
        rule=f"list_periods/2000-01-01/{name}",
        publication_end=usual_end,
    )
    usual = WORDS.basis(entry)
    assert usual
    assert not any(one.prolongs for one in usual)
    longer = WORDS.basis(replace(entry, publication_end=longer_end))
    assert longer[: len(usual)] == usual
    assert any(one.prolongs for one in longer)
