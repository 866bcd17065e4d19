"""Clocks of matters that leave days out: tests, waiting for papers, extensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from credit_site.domain.matter_clocks import Clock, MatterDates, Rest, RestReason, clocks
from credit_site.domain.matters import MatterKind, MatterState
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.working_days import working_days_used

BOOK = load_rulebook()
RECEIVED = MatterDates(received=date(2026, 11, 23))
"""On a Monday."""
DUE = date(2026, 11, 26)


def november(day: int) -> date:
    return date(2026, 11, day)


def december(day: int) -> date:
    return date(2026, 12, day)


def inspection(first: date, last: date) -> Rest:
    return Rest(RestReason.TEST, first, last, "检验报告〔2026〕1号")


def own_data(*rests: Rest) -> Clock:
    dates = replace(RECEIVED, rests=rests)
    (found,) = clocks(MatterKind.OBJECTION, MatterState.RECEIVED, dates, BOOK)
    return found


def repair(dates: MatterDates, state: MatterState = MatterState.ACCEPTED) -> dict[str, Clock]:
    return {one.rule: one for one in clocks(MatterKind.REPAIR, state, dates, BOOK)}


def test_working_days_of_a_test_do_not_count_and_no_more_than_lie_in_it() -> None:
    assert own_data(inspection(november(24), november(25))).due.day == date(2026, 11, 30)
    assert own_data(inspection(november(28), november(29))).due.day == DUE, "a weekend"


def test_days_of_a_test_after_the_last_day_leave_late_what_was_late() -> None:
    late = own_data(inspection(november(27), date(2026, 12, 18)))
    assert (late.due.day, late.late(date(2026, 12, 18))) == (DUE, True)


def test_days_told_twice_are_left_out_once() -> None:
    once = inspection(november(24), november(25))
    assert own_data(once, once).due == own_data(once).due


def test_the_days_used_are_those_that_counted() -> None:
    left_out = ((november(24), november(25)), (date(2026, 12, 5), date(2026, 12, 6)))
    assert working_days_used(november(23), date(2026, 12, 7), left_out) == 8
    assert working_days_used(november(23), date(2026, 12, 7), ()) == 10


def test_clocks_rest_while_the_applicant_has_to_supply_papers() -> None:
    asked = replace(RECEIVED, rests=(Rest(RestReason.SUPPLY, november(25), None),))
    resting = repair(asked, MatterState.ASKED)
    for day in (november(25), date(2026, 12, 18)):
        left = {rule: clock.left(day) for rule, clock in resting.items()}
        assert left == {"repair_accepted": 2, "repair_answered": 9}
        assert not any(clock.late(day) for clock in resting.values())
    came = replace(RECEIVED, rests=(Rest(RestReason.SUPPLY, november(25), date(2026, 12, 17)),))
    again = repair(came, MatterState.RECEIVED)
    assert again["repair_accepted"].due.day == date(2026, 12, 21), "18 and 21 December are left"


def test_papers_asked_for_on_the_day_of_receipt_leave_the_whole_term() -> None:
    asked = replace(RECEIVED, rests=(Rest(RestReason.SUPPLY, RECEIVED.received, None),))
    assert repair(asked, MatterState.ASKED)["repair_accepted"].left(date(2026, 12, 18)) == 3


def test_papers_asked_for_on_the_last_day_leave_a_day_for_looking_at_them() -> None:
    asked = replace(RECEIVED, rests=(Rest(RestReason.SUPPLY, DUE, date(2026, 12, 1)),))
    assert repair(asked, MatterState.RECEIVED)["repair_accepted"].due.day == date(2026, 12, 2)


def test_papers_asked_for_too_late_do_not_stop_the_clock_that_had_run_out() -> None:
    asked = replace(RECEIVED, rests=(Rest(RestReason.SUPPLY, november(30), None),))
    found = repair(asked, MatterState.ASKED)
    assert found["repair_accepted"].late(date(2026, 12, 18))
    assert not found["repair_answered"].late(date(2026, 12, 18))


def test_a_decision_is_never_due_after_the_answer_that_tells_it() -> None:
    accepted_late = replace(RECEIVED, accepted=date(2026, 12, 2))
    for dates in (accepted_late, replace(accepted_late, extended=True)):
        found = repair(dates)
        assert found["repair_decided"].due.day == found["repair_answered"].due.day


def going_on(first: date, entered: date, *, late: bool = False) -> Rest:
    return Rest(RestReason.TEST, first, None, "委托书1号", "某检验所", entered=entered, late=late)


def test_a_clock_rests_from_the_first_day_of_a_test_until_its_end_is_entered() -> None:
    resting = own_data(going_on(november(25), november(26)))
    for day in (november(26), date(2026, 12, 18)):
        assert (resting.left(day), resting.late(day)) == (2, False)
    over = replace(going_on(november(25), november(26)), last=date(2026, 12, 17))
    assert own_data(over).due.day == date(2026, 12, 21), "18 and 21 December are left"


def test_a_test_entered_after_the_term_stops_no_clock_whenever_it_began() -> None:
    for late in (going_on(november(24), november(27)), going_on(november(24), DUE, late=True)):
        assert own_data(late).due.day == DUE
        assert own_data(late).late(november(27))
        over = replace(late, last=date(2026, 12, 18))
        assert own_data(over).due.day == DUE
    dates = replace(RECEIVED, rests=(going_on(november(24), november(27), late=True),))
    assert dates.left_out == ()


def test_a_second_test_is_entered_in_the_term_that_the_first_one_made_longer() -> None:
    first = replace(going_on(november(24), november(24)), last=november(27))
    second = replace(going_on(december(1), december(2)), last=december(2))
    assert own_data(first).due.day == december(2)
    assert own_data(first, second).due.day == december(4)
    too_late = replace(second, entered=december(3))
    assert own_data(first, too_late).due.day == december(2)


def test_the_term_of_the_unit_that_was_asked_is_not_saved_by_a_later_entry() -> None:
    test = replace(going_on(november(26), november(27)), last=november(27))
    asked = replace(RECEIVED, asked=november(23), rests=(test,))
    source, whole = clocks(MatterKind.OBJECTION, MatterState.ASKED, asked, BOOK)
    assert (source.own, source.due.day) == (False, DUE)
    assert (whole.own, whole.due.day) == (True, december(4))
