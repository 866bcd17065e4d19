from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from credit_site.domain.rulebook import load_rulebook
from credit_site.web.presenters.words import Names, money, spoken_day, spoken_moment, yuan_figure


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        ("0.50", "0.50元"),
        ("300", "300元"),
        ("3250.50", "3,250.50元"),
        ("9999", "9,999元"),
        ("10000", "1万元"),
        ("125000", "12.5万元"),
        ("10001", "10,001元"),
        ("12345.60", "12,345.60元"),
        ("100000000", "10,000万元"),
    ],
)
def test_money_is_said_as_people_say_it(yuan: str, said: str) -> None:
    assert money(Decimal(yuan)) == said


def test_figures_of_a_table_have_two_places() -> None:
    assert yuan_figure(Decimal("1234567.5")) == "1,234,567.50"


def test_days_and_moments_are_the_city_s() -> None:
    assert spoken_day(date(2026, 5, 6)) == "2026年5月6日"
    assert spoken_moment(datetime(2026, 5, 6, 16, 5, tzinfo=UTC)) == "2026年5月7日 00:05"


def test_a_slug_the_rulebook_does_not_know_is_said_as_it_is() -> None:
    names = Names(load_rulebook())
    for say in (names.register, names.agency, names.short_agency, names.division, names.list_name):
        assert say("unknown") == "unknown"
    assert names.facet("campaign", "剑网") == "剑网"
    assert names.facet("severity", "serious") == "严重"
