"""Ranking by hand: shares, the city's average, few cases, ties, grades; freezing and thawing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from credit_site.domain.assessment.document import Assessment, assess, frozen, thawed
from credit_site.domain.assessment.figures import Count, MonthFigures, Tally, median, worst
from credit_site.domain.assessment.ranking import Method, Standing, method_on, standings
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.rulebook import load_rulebook

BOOK = load_rulebook()
METHOD = method_on(date(2026, 5, 31), BOOK)
MAY = CalendarMonth(2026, 5)


def timely(on_time: int, late: int) -> Tally:
    """A bureau of which nothing is known but how many decisions went out in time."""
    counts = {Count.DISCLOSED: on_time + late, Count.ON_TIME: on_time, Count.LATE: late}
    return Tally(Counter(counts))


def only_timely(**changes: object) -> Method:
    made = replace(METHOD, indicators=METHOD.indicators[:1])
    return replace(made, **changes)  # type: ignore[arg-type]  # named fields of a method


def ranks(found: tuple[Standing, ...]) -> dict[str, int]:
    return {one.key: one.rank for one in found}


def test_the_weights_of_the_rule_make_a_hundred_and_every_count_has_a_name() -> None:
    assert sum(one.weight for one in METHOD.indicators) == 100
    labels = BOOK.rule("assessment").labels
    assert {count.value for count in Count} <= labels.keys()
    assert {one.name for one in METHOD.indicators} <= labels.keys()
    assert {name for name, _ in METHOD.grades} <= labels.keys()


def test_a_score_is_the_share_with_the_citys_average_beside_it() -> None:
    found = standings({"a": timely(90, 10), "b": timely(80, 20)}, only_timely())
    # The city: 170 of 200 = 0.85; a: (90 + 20 × 0.85) / 120, b: (80 + 17) / 120.
    assert [(one.key, one.score) for one in found] == [("a", 89.2), ("b", 80.8)]
    assert found[0].shares[0].used == 89.2
    assert (found[0].shares[0].good, found[0].shares[0].of) == (90, 100)


def test_a_few_faultless_cases_do_not_beat_many_nearly_faultless_ones() -> None:
    tallies = {"small": timely(5, 0), "large": timely(497, 3), "weak": timely(150, 50)}
    assert ranks(standings(tallies, only_timely())) == {"large": 1, "small": 2, "weak": 3}


def test_one_late_decision_does_not_put_a_small_bureau_last() -> None:
    tallies = {"small": timely(4, 1), "weak": timely(150, 50), "large": timely(490, 10)}
    assert ranks(standings(tallies, only_timely()))["small"] == 2


def test_without_the_citys_average_they_would() -> None:
    tallies = {"small": timely(5, 0), "large": timely(497, 3)}
    assert ranks(standings(tallies, only_timely(prior_cases=0)))["small"] == 1


def test_too_few_cases_are_not_ranked_and_come_last() -> None:
    found = standings({"few": timely(4, 0), "b": timely(8, 2)}, only_timely())
    assert [(one.key, one.rank, one.grade) for one in found] == [
        ("b", 1, "passing"),
        ("few", 0, ""),
    ]


def test_equal_scores_share_a_rank_and_the_next_is_left_out() -> None:
    tallies = {"c": timely(50, 50), "b": timely(90, 10), "a": timely(90, 10)}
    assert [(one.key, one.rank) for one in standings(tallies, only_timely())] == [
        ("a", 1),
        ("b", 1),
        ("c", 3),
    ]


def test_who_has_no_cases_of_a_kind_stands_there_at_the_average() -> None:
    answered = {Count.TIPS_CLOSED: 10, Count.TIPS_IN_TIME: 5}
    with_tips = Tally(timely(50, 0).counts + Counter(answered))
    found = standings({"tips": with_tips, "none": timely(50, 0)}, METHOD)
    shares = {one.key: {share.indicator: share for share in one.shares} for one in found}
    assert shares["none"]["answering"].of == 0
    assert shares["none"]["answering"].used == 50.0
    assert "withdrawing" not in shares["none"], "of which nobody has any case"


def test_grades_follow_the_thresholds_of_the_rule() -> None:
    tallies = {
        "a": timely(1000, 0),
        "b": timely(900, 100),
        "c": timely(700, 300),
        "d": timely(0, 1000),
    }
    found = standings(tallies, only_timely())
    grades = {one.key: one.grade for one in found}
    assert grades == {"a": "excellent", "b": "good", "c": "passing", "d": "improving"}


def test_of_nothing_nothing_is_ranked() -> None:
    assert standings({}, METHOD) == ()
    (one,) = standings({"a": Tally(Counter({Count.FILES: 1}))}, METHOD)
    assert (one.rank, one.score, one.shares) == (0, 0.0, ())


@pytest.mark.parametrize(
    ("days", "middle", "most"),
    [({}, None, None), ({3: 1}, 3, 3), ({1: 1, 4: 1}, 2.5, 4), ({1: 5, 9: 2}, 1, 9)],
)
def test_median_and_worst_of_days(days: dict[int, int], middle: float | None, most: int) -> None:
    assert (median(Counter(days)), worst(Counter(days))) == (middle, most)


def example() -> Assessment:
    cells = {
        ("commerce", "410105"): Tally(timely(8, 2).counts, Counter({3: 1, 10: 1}), Counter({2: 1})),
        ("commerce", ""): Tally(Counter({Count.ROWS: 3})),
        ("health", "410105"): timely(1, 0),
    }
    faults = {"commerce": Counter({("required", "处罚依据"): 2})}
    return assess(MonthFigures(cells, faults), METHOD, MAY, date(2026, 6, 1))


def test_what_was_frozen_is_thawed_the_same() -> None:
    assert thawed(frozen(example())) == example()
    assert frozen(thawed(frozen(example()))) == frozen(example())


def test_bureaus_and_divisions_are_sums_of_the_cells() -> None:
    figures = example().figures
    assert figures.by_agency()["commerce"][Count.ROWS] == 3
    assert figures.by_agency()["commerce"][Count.DISCLOSED] == 10
    assert figures.by_division()["410105"][Count.DISCLOSED] == 11
    assert set(figures.by_division()) == {"410105"}, "rows belong to no division"
    assert figures.total()[Count.DISCLOSED] == 11
