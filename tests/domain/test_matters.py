"""Objections, applications and tips: every step in every state, and their clocks."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.domain.matter_clocks import MatterDates, clocks
from credit_site.domain.matters import MatterAction, MatterKind, MatterState, after, possible
from credit_site.domain.rulebook import load_rulebook

BOOK = load_rulebook()
A = MatterAction
# What may be done where, said once more on purpose: a slip in the one table is seen in the other.
APPLICATION = {
    "received": {A.ACCEPT, A.REFUSE, A.ASK, A.WITHDRAW, A.REROUTE},
    "asked": {A.SUPPLY, A.REFUSE, A.WITHDRAW},
    "accepted": {A.EXTEND, A.UPHOLD, A.REJECT, A.WITHDRAW},
}
TESTS = {A.EXCLUDE, A.TESTED}
EXPECTED = {
    MatterKind.REPAIR: APPLICATION,
    MatterKind.SCREENING: APPLICATION,
    MatterKind.OBJECTION: {
        "received": {A.REFUSE, A.ASK, *TESTS, A.UPHOLD, A.REJECT, A.WITHDRAW, A.REROUTE},
        "asked": {A.ANSWER, *TESTS, A.WITHDRAW},
        "accepted": {*TESTS, A.UPHOLD, A.REJECT, A.WITHDRAW},
    },
    MatterKind.TIP: {
        "received": {A.ACCEPT, A.REFUSE, A.ASK, A.WITHDRAW, A.REROUTE},
        "asked": {A.SUPPLY, A.REFUSE, A.WITHDRAW},
        "accepted": {A.UPHOLD, A.REJECT, A.WITHDRAW, A.REROUTE},
    },
}


@pytest.mark.parametrize("kind", MatterKind)
@pytest.mark.parametrize("state", MatterState)
def test_only_the_steps_of_a_state_can_be_taken(kind: MatterKind, state: MatterState) -> None:
    assert set(possible(kind, state)) == EXPECTED[kind].get(state.value, set())


@pytest.mark.parametrize("state", MatterState)
def test_an_application_for_what_has_ended_is_neither_granted_nor_rejected(
    state: MatterState,
) -> None:
    for kind in (MatterKind.REPAIR, MatterKind.SCREENING):
        found = set(possible(kind, state, ended=True))
        assert found == ({A.WITHDRAW, A.LAPSE} if state.open else set())
    objection = MatterKind.OBJECTION
    assert possible(objection, state, ended=True) == possible(objection, state)


@pytest.mark.parametrize("kind", MatterKind)
def test_what_is_closed_stays_closed(kind: MatterKind) -> None:
    for state in MatterState:
        if not state.open:
            assert not possible(kind, state)
    ends = {after(kind, s, a) for s in MatterState for a in MatterAction} - {None}
    assert ends <= set(MatterState)


def test_an_objection_runs_three_days_and_seven_once_the_source_is_asked() -> None:
    received = date(2026, 11, 23)
    (own,) = clocks(
        MatterKind.OBJECTION, MatterState.RECEIVED, MatterDates(received=received), BOOK
    )
    assert (own.due.day, own.left(date(2026, 11, 25))) == (date(2026, 11, 26), 1)
    asked = MatterDates(received=received, asked=date(2026, 11, 24))
    source, whole = clocks(MatterKind.OBJECTION, MatterState.ASKED, asked, BOOK)
    assert source.due.day == date(2026, 11, 27)
    assert whole.due.day == date(2026, 12, 2)


def test_a_repair_is_accepted_in_three_decided_in_seven_and_answered_in_ten() -> None:
    received, accepted = date(2026, 11, 23), date(2026, 11, 25)
    dates = MatterDates(received=received, accepted=accepted)
    found = {c.rule: c for c in clocks(MatterKind.REPAIR, MatterState.ACCEPTED, dates, BOOK)}
    assert found["repair_accepted"].due.day == date(2026, 11, 26)
    assert found["repair_accepted"].left(date(2026, 12, 30)) == 1
    assert found["repair_decided"].due.day == date(2026, 12, 4)
    assert found["repair_answered"].due.day == date(2026, 12, 7)
    longer = MatterDates(received=received, accepted=accepted, extended=True)
    extended = {c.rule: c for c in clocks(MatterKind.REPAIR, MatterState.ACCEPTED, longer, BOOK)}
    assert extended["repair_decided"].due.day == date(2026, 12, 15)
    assert extended["repair_answered"].due.day == date(2026, 12, 16)
