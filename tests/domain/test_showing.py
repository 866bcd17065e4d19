from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.cells import Value
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.publication_window import PenaltyFacts, publication_window
from credit_site.domain.showing import Showing, is_simple_procedure
from tests.domain.penalty_rows import AGENCY, BOOK, ELSEWHERE, LIST, OLD, PERSON, TODAY, entry

REGISTER = BOOK.registers["penalty"]
AGENCIES = [AGENCY, BOOK.agencies["commerce"]]
SHOWINGS = {agency: Showing(REGISTER, BOOK, agency, TODAY) for agency in AGENCIES}
THRESHOLDS = [0, 3000, 2_000_000]
FINES = st.one_of(
    st.none(),
    st.sampled_from([Decimal(t) + d for t in THRESHOLDS for d in (0, Decimal("0.01"), 1)]),
    st.decimals(0, 10_000_000, places=2),
)
TYPES = st.lists(st.sampled_from(["罚款", "警告", "没收违法所得", "责令停产停业"]), max_size=3)


@given(
    st.sampled_from(AGENCIES),
    st.dates(date(2019, 7, 1), TODAY),
    TYPES,
    FINES,
    st.sampled_from(["legal_person", "natural_person"]),
)
def test_fines_of_one_band_are_shown_as_the_rule_says_for_each(
    agency: object, decided: date, types: list[str], fine: Decimal | None, kind: str
) -> None:
    found = next(a for a in AGENCIES if a is agency)
    values: dict[str, Value] = {"decision_date": decided, "penalty_types": tuple(types)}
    if fine is not None:
        values["fine_yuan"] = fine
    shown = SHOWINGS[found].of(values, kind)
    facts = PenaltyFacts(decided, tuple(types), fine, None, found, kind, TODAY)
    window = publication_window(facts, BOOK)
    assert (shown.severity, shown.start, shown.end, shown.rule) == (
        window.severity, window.start, window.end, window.rule,
    )  # fmt: skip
    over = window.end is not None and window.end < TODAY
    assert bool(shown.withheld) == (bool(window.reason) or over)


def test_a_decision_before_any_rule_is_kept_but_not_shown() -> None:
    old = entry(OLD)
    assert "没有可以适用的公示期限规定" in old.withheld
    assert (old.publication_start, old.publication_end) == (date(2017, 5, 8), date(2017, 5, 8))
    with pytest.raises(RuleNotInForce):
        publication_window(
            PenaltyFacts(date(2017, 5, 8), (), None, None, AGENCY, "legal_person", TODAY), BOOK
        )


def test_a_record_whose_time_is_over_is_not_shown_again() -> None:
    over = entry(decision_date="2019-08-01")
    assert over.publication_end is not None
    assert over.publication_end < TODAY
    assert "届满" in over.withheld


def test_rows_of_2016_that_are_not_for_the_public_or_revoked_are_withheld() -> None:
    recent = {"decision_date": "2026-05-06"}
    assert entry(OLD, **recent).withheld == ""
    assert "信息使用范围" in entry(OLD, **recent, use_scope="1").withheld
    assert "信息使用范围" in entry(OLD, **recent, use_scope="授权查询").withheld
    assert "撤销" in entry(OLD, **recent, status="撤销").withheld
    assert entry(OLD, **recent, status="异议").withheld == ""


def test_minor_cases_are_withheld_with_the_reason() -> None:
    minor = entry(penalty_types="警告", fine_yuan="")
    assert minor.severity == "minor"
    assert minor.withheld


@pytest.mark.parametrize(
    ("field", "text", "simple"),
    [
        ("decision_number", "郑市监当罚〔2026〕1号", True),
        ("violation_facts", "本案适用简易程序", True),
        ("penalty_content", "当场作出行政处罚决定：罚款100元", True),
        ("violation_facts", "本案不适用简易程序", False),
        ("violation_facts", "执法人员当场查获白酒12瓶", False),
    ],
)
def test_the_simple_procedure_is_known_by_number_and_words(
    field: str, text: str, simple: bool
) -> None:
    assert is_simple_procedure({field: text}) is simple


def test_a_persons_simple_procedure_is_not_shown() -> None:
    assert "简易程序" in entry(PERSON, penalty_content="适用简易程序，罚款1万元").withheld


def test_a_listing_ends_with_its_decision_or_its_lists_longest_time() -> None:
    assert entry(LIST, valid_until="2027-05-06").publication_end == date(2027, 5, 6)
    assert entry(LIST).publication_end == date(2029, 5, 6)
    assert entry(LIST, valid_until="长期").publication_end == date(2029, 5, 6)
    old = {
        "branch": "business-2016",
        "ground": BOOK.list_branches["business-2016"].grounds[0].name,
        "listed_on": "2020-01-02",
    }
    assert "届满" in entry(LIST, **old).withheld


def test_a_listing_without_a_date_is_shown_from_today_for_five_years() -> None:
    found = entry(ELSEWHERE)
    assert (found.publication_start, found.publication_end) == (TODAY, date(2031, 6, 1))
    assert (found.decided_on, found.withheld) == (None, "")


def test_only_an_entry_of_a_list_in_black_is_graded() -> None:
    showing = Showing(BOOK.registers["serious_dishonesty"], BOOK, AGENCY, TODAY)
    for name, listed in BOOK.lists.items():
        shown = showing.of({"list": name, "listed_on": TODAY}, "legal_person")
        assert shown.severity == ("serious" if listed.tone == "black" else "")
