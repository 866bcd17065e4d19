"""The same facts, decided on different days and by different bureaus."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.publication_window import (
    PenaltyFacts,
    Window,
    follows_severity,
    list_window,
    publication_window,
    why_over,
    window_of_severity,
)
from credit_site.domain.redaction import public_name
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.severity import Severity, severity_of

BOOK = load_rulebook()
TODAY = date(2026, 6, 1)


def window(
    decided: str,
    *types: str,
    fine: int | None = None,
    agency: str = "commerce",
    simple: bool = False,
) -> Window:
    facts = PenaltyFacts(
        decided_on=date.fromisoformat(decided),
        types=types,
        fine_yuan=None if fine is None else Decimal(fine),
        confiscated_yuan=None,
        agency=BOOK.agencies[agency],
        subject_kind="legal_person",
        published_on=TODAY,
        simple_procedure=simple,
    )
    return publication_window(facts, BOOK)


@pytest.mark.parametrize(
    ("decided", "types", "last"),
    [
        ("2019-07-01", ("罚款",), "2020-07-01"),
        ("2023-04-30", ("罚款",), "2024-04-30"),
        ("2023-05-01", ("罚款",), "2026-05-01"),
        ("2026-03-31", ("罚款",), "2029-03-31"),
        ("2026-04-01", ("罚款",), "2027-04-01"),
        ("2022-01-31", ("责令停产停业",), "2025-01-31"),
        ("2026-04-01", ("吊销许可证件", "罚款"), "2029-04-01"),
    ],
)
def test_the_rule_follows_the_date_of_the_decision(
    decided: str, types: tuple[str, ...], last: str
) -> None:
    found = window(decided, *types, fine=50_000)
    assert (found.published, found.end) == (True, date.fromisoformat(last))
    assert found.rule.startswith("publication_periods/")


def test_before_the_first_rule_nothing_is_guessed() -> None:
    with pytest.raises(RuleNotInForce):
        window("2019-06-30", "罚款", fine=50_000)


@pytest.mark.parametrize("decided", ["2020-01-01", "2024-01-01", "2026-05-01"])
def test_minor_penalties_are_not_published(decided: str) -> None:
    assert not window(decided, "警告").published
    assert not window(decided, "通报批评").published
    assert not window(decided, "罚款", fine=50_000, simple=True).published


def test_market_supervision_has_periods_of_its_own() -> None:
    bureau = "market-supervision"
    old = window("2025-12-24", "罚款", fine=50_000, agency=bureau)
    assert (old.start, old.end) == (TODAY, date(2029, 6, 1))  # counted from publication
    new = window("2025-12-25", "罚款", fine=50_000, agency=bureau)
    assert (new.start, new.end) == (date(2025, 12, 25), date(2026, 12, 25))
    assert window("2026-01-01", "通报批评", agency=bureau).end == date(2026, 4, 1)
    assert not window("2026-01-01", "警告", agency=bureau).published
    assert window("2021-08-31", "罚款", fine=50_000, agency=bureau).rule.startswith(
        "publication_periods/"
    )


def test_the_gravest_of_several_penalties_decides() -> None:
    agency = BOOK.agencies["commerce"]

    def severity(*types: str, fine: int | None = None) -> Severity:
        amount = None if fine is None else Decimal(fine)
        return severity_of(types, amount, BOOK, date(2026, 5, 1), agency)

    assert severity("警告") is Severity.MINOR
    assert severity("警告", "罚款", fine=5_000) is Severity.GENERAL
    assert severity("没收违法所得") is Severity.GENERAL
    assert severity("罚款", fine=2_000_000) is Severity.SERIOUS
    assert severity("罚款", "责令停产停业", fine=100) is Severity.SERIOUS


def test_a_list_entry_ends_when_its_decision_says_or_the_list_does() -> None:
    serious = BOOK.lists["serious-dishonesty"]
    listed = date(2026, 5, 6)
    assert list_window(serious, listed, None, BOOK).end == date(2029, 5, 6)
    assert list_window(serious, listed, date(2027, 1, 1), BOOK).end == date(2027, 1, 1)
    assert list_window(serious, listed, date(2099, 1, 1), BOOK).end == date(2031, 5, 6)
    trusted = BOOK.lists["trustworthy"]
    assert list_window(trusted, listed, date(2099, 1, 1), BOOK).end == date(2027, 5, 6)
    elsewhere = BOOK.lists["published-elsewhere"]
    assert list_window(elsewhere, listed, date(2099, 1, 1), BOOK).end == date(2031, 5, 6)
    assert list_window(elsewhere, None, None, BOOK).end is None


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张小三", "张**"),
        ("欧阳某某", "欧阳**"),
        ("欧阳", "欧*"),
        ("买买提·吐尔逊", "买******"),
        ("王", "王*"),
    ],
)
def test_of_a_natural_person_only_the_surname_is_shown(name: str, shown: str) -> None:
    assert public_name(name, "natural_person", BOOK, TODAY) == shown
    assert public_name(name, "sole_proprietor", BOOK, TODAY) == name


def test_a_severity_decided_on_opens_nothing_whose_time_is_over() -> None:
    book, start = load_rulebook(), date(2020, 1, 15)
    rule = book.rule("publication_periods").on(date(2026, 5, 6)).id
    end, reason = window_of_severity(Severity.SERIOUS, rule, start, date(2026, 6, 1), book)
    assert end == date(2023, 1, 15)
    assert reason == "公示期已于 2023-01-15 届满，不再公示，已存档。"


def test_what_the_severity_keeps_back_is_told_from_what_is_never_shown() -> None:
    minor = window_of_severity(
        Severity.MINOR,
        load_rulebook().rule("publication_periods").on(date(2026, 5, 6)).id,
        date(2026, 5, 6),
        date(2026, 5, 6),
        load_rulebook(),
    )[1]
    assert all(map(follows_severity, ("", minor, why_over(date(2026, 5, 1), date(2026, 6, 1)))))
    assert not follows_severity("未成年人的处罚信息不予公示，已存档。")


def test_a_person_who_decides_on_the_severity_decides_on_the_window() -> None:
    book, start = load_rulebook(), date(2026, 5, 6)
    general = book.rule("publication_periods").on(start).id
    assert window_of_severity(Severity.SERIOUS, general, start, start, book) == (
        date(2029, 5, 6),
        "",
    )
    assert window_of_severity(Severity.GENERAL, general, start, start, book) == (
        date(2027, 5, 6),
        "",
    )
    end, reason = window_of_severity(Severity.MINOR, general, start, start, book)
    assert end == start
    assert "不予公示" in reason
    with pytest.raises(RuleNotInForce):
        window_of_severity(Severity.MINOR, "publication_periods/1999-01-01", start, start, book)
