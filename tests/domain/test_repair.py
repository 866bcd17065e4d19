"""From when a repair can be applied for: the same facts under rules of different dates."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.domain.repair import RepairFacts, RepairWay, repair_terms
from credit_site.domain.rulebook import load_rulebook

BOOK = load_rulebook()
GENERAL = "publication_periods"
MARKET = "publication_periods_market_supervision"


def facts(rule: str, **changes: object) -> RepairFacts:
    given: dict[str, object] = {
        "rule": rule,
        "list_name": "",
        "severity": "general",
        "types": ("罚款",),
        "texts": ("虚假宣传",),
        "start": date(2026, 1, 31),
        "end": date(2027, 1, 31),
    }
    return RepairFacts(**(given | changes))  # type: ignore[arg-type]  # named fields


@pytest.mark.parametrize(
    ("rule", "severity", "way", "months"),
    [
        (f"{GENERAL}/2026-04-01", "general", RepairWay.APPLICATION, 3),
        (f"{GENERAL}/2026-04-01", "serious", RepairWay.APPLICATION, 12),
        (f"{GENERAL}/2023-05-01", "serious", RepairWay.APPLICATION, 3),
        (f"{GENERAL}/2019-07-01", "serious", RepairWay.APPLICATION, 6),
        (f"{MARKET}/2025-12-25", "minor", RepairWay.AUTOMATIC, 3),
        (f"{MARKET}/2025-12-25", "general", RepairWay.APPLICATION, 3),
        (f"{MARKET}/2021-09-01", "general", RepairWay.APPLICATION, 6),
        (f"{MARKET}/2021-09-01", "serious", RepairWay.AUTOMATIC, 36),
    ],
)
def test_the_same_facts_have_other_terms_under_another_rule(
    rule: str, severity: str, way: RepairWay, months: int
) -> None:
    terms = repair_terms(facts(rule, severity=severity), BOOK)
    assert (terms.way, terms.months) == (way, months)


def test_an_application_is_open_from_the_corresponding_day_on() -> None:
    terms = repair_terms(facts(f"{GENERAL}/2026-04-01"), BOOK)
    assert terms.earliest == date(2026, 4, 30)
    assert not terms.open_on(date(2026, 4, 29))
    assert terms.open_on(date(2026, 4, 30))
    assert "满 3 个月" in terms.reason


def test_food_and_drugs_wait_a_year_under_order_58() -> None:
    terms = repair_terms(facts(f"{GENERAL}/2023-05-01", texts=("生产经营不合格食品",)), BOOK)
    assert (terms.months, terms.earliest) == (12, date(2027, 1, 31))
    assert "特殊领域" in terms.reason


def test_under_the_rules_of_2019_counterfeiting_with_a_closure_is_never_repaired() -> None:
    rule = f"{GENERAL}/2019-07-01"
    closed = ("罚款", "责令停产停业")
    barred = facts(rule, severity="serious", types=closed, texts=("销售假冒商品",))
    assert repair_terms(barred, BOOK).way is RepairWay.NEVER
    other = facts(rule, severity="serious", types=closed)
    assert repair_terms(other, BOOK).way is RepairWay.APPLICATION
    today = facts(
        f"{GENERAL}/2026-04-01", severity="serious", types=closed, texts=("销售假冒商品",)
    )
    assert repair_terms(today, BOOK).way is RepairWay.APPLICATION


def test_the_serious_list_opens_after_a_year_the_watch_list_after_half_of_it() -> None:
    terms = {
        name: repair_terms(facts(f"list_periods/2000-01-01/{name}", list_name=name), BOOK)
        for name in ("serious-dishonesty", "watch", "trustworthy", "published-elsewhere")
    }
    assert terms["serious-dishonesty"].earliest == date(2027, 1, 31)
    assert terms["watch"].earliest == date(2026, 7, 31)
    assert terms["trustworthy"].way is RepairWay.AUTOMATIC
    assert terms["published-elsewhere"].way is RepairWay.ELSEWHERE


def test_nobody_leaves_early_while_the_restriction_runs_for_which_he_was_prolonged() -> None:
    rule = "list_periods/2000-01-01/serious-dishonesty"
    given = {"list_name": "serious-dishonesty", "end": date(2031, 1, 31)}
    terms = repair_terms(facts(rule, branch="intellectual-property", **given), BOOK)
    assert (terms.way, terms.earliest) == (RepairWay.AUTOMATIC, None)
    assert "限制期满" in terms.reason
    other = repair_terms(facts(rule, branch="culture-market", **given), BOOK)
    assert other.earliest == date(2027, 1, 31)


def test_a_record_without_a_known_rule_is_left_to_whoever_decided() -> None:
    assert repair_terms(facts(""), BOOK).way is RepairWay.ELSEWHERE
