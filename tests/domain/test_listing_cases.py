"""The way onto a list and off it: every step in every state, rules of different days, clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.listing_candidates import PenaltyFact, proposal
from credit_site.domain.listing_cases import (
    ListingAction,
    ListingState,
    Way,
    after,
    missing,
    possible,
)
from credit_site.domain.listing_rules import (
    ListingDates,
    branches_for,
    clocks,
    heavier,
    longest_end,
    objection_until,
    procedure,
)
from credit_site.domain.rulebook import load_rulebook

BOOK = load_rulebook()
A, S = ListingAction, ListingState
# What may be done where, said once more on purpose: a slip in the one table is seen in the other.
BOTH = {
    S.OBJECTED: {A.OBJECT, A.HEAR, A.SPARE},
    S.HEARD: {A.OBJECT, A.DECIDE, A.SPARE},
    S.RETURNED: {A.OBJECT, A.DECIDE, A.SPARE},
    S.LISTED: {
        A.SERVE_DECISION,
        A.EXTENSION_NOTICE,
        A.EXTENSION_OBJECT,
        A.EXTENSION_HEAR,
        A.EXTENSION_DROP,
        A.EXTEND,
        A.EXTENSION_SERVE,
        A.EXTENSION_UNDO,
        A.REMOVE_EARLY,
        A.REMOVE_REVOKED,
        A.REMOVE_ERROR,
        A.EXPIRE,
    },
    S.REMOVED: {A.RESTORE},
}
FIRST = {
    Way.NOTICE: {
        S.CANDIDATE: {A.DISMISS, A.NOTICE},
        S.NOTICED: {A.DISMISS, A.NOTICE, A.SERVE},
        S.SERVED: {A.OBJECT, A.DECIDE, A.SPARE},
        S.HEARD: {A.NOTICE, A.OBJECT, A.DECIDE, A.SPARE},
        S.RETURNED: {A.NOTICE, A.OBJECT, A.DECIDE, A.SPARE},
    },
    Way.ANNOUNCE: {
        S.CANDIDATE: {A.DISMISS, A.ANNOUNCE},
        S.ANNOUNCED: {A.OBJECT, A.DECIDE, A.SPARE},
    },
}
REVIEW = {
    True: {
        S.DECIDED: {A.CONFIRM, A.RETURN, A.SPARE},
        S.CONFIRMED: {A.SERVE_DECISION, A.PUBLISH, A.SPARE},
    },
    False: {S.DECIDED: {A.SERVE_DECISION, A.PUBLISH, A.SPARE}},
}


@pytest.mark.parametrize("state", ListingState)
@pytest.mark.parametrize("reviewed", [True, False])
@pytest.mark.parametrize("way", Way)
def test_only_the_steps_of_a_state_can_be_taken(
    way: Way, reviewed: bool, state: ListingState
) -> None:
    expected = {**BOTH, **FIRST[way], **REVIEW[reviewed]}.get(state, set())
    if way is Way.ANNOUNCE and state is S.LISTED:
        expected = expected | {A.REMOVE_DISHONEST}
    if reviewed and state is S.LISTED:
        expected = expected | {A.EXTENSION_AGREE, A.EXTENSION_RETURN}
    found = {a for a in ListingAction if after(way, state, a, reviewed=reviewed) is not None}
    assert found == expected
    assert set(possible(way, state, reviewed=reviewed)) == expected - {A.EXPIRE}


def test_nothing_is_published_past_the_level_above() -> None:
    assert after(Way.NOTICE, S.DECIDED, A.PUBLISH, reviewed=True) is None
    assert after(Way.NOTICE, S.DECIDED, A.PUBLISH, reviewed=False) is S.LISTED


@pytest.mark.parametrize(
    ("state", "action", "first"),
    [
        (S.CANDIDATE, A.PUBLISH, A.NOTICE),
        (S.NOTICED, A.DECIDE, A.SERVE),
        (S.OBJECTED, A.DECIDE, A.HEAR),
        (S.DECIDED, A.PUBLISH, A.CONFIRM),
        (S.CONFIRMED, A.REMOVE_EARLY, A.PUBLISH),
        (S.LISTED, A.NOTICE, None),
        (S.SPARED, A.DECIDE, None),
        (S.CANDIDATE, A.HEAR, A.NOTICE),
        (S.NOTICED, A.HEAR, A.SERVE),
        (S.SERVED, A.HEAR, A.OBJECT),
        (S.HEARD, A.HEAR, None),
        (S.DECIDED, A.HEAR, None),
        (S.LISTED, A.HEAR, None),
    ],
)
def test_a_step_out_of_order_knows_which_one_is_missing(
    state: ListingState, action: ListingAction, first: ListingAction | None
) -> None:
    assert missing(Way.NOTICE, state, action, reviewed=True) is first


def fact(**changes: object) -> PenaltyFact:
    made = PenaltyFact(
        1,
        "market-supervision",
        date(2026, 5, 6),
        "郑市监处罚〔2026〕1号",
        ("罚款", "吊销许可证件"),
        "serious",
        ("销售侵犯注册商标专用权的商品",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # named fields of a fact


def proposed(one: PenaltyFact, *others: PenaltyFact, today: date) -> list[tuple[str, str]]:
    found = proposal(one, lambda: others, today, BOOK)
    return [(found.branch.list, found.branch.slug)] if found else []


def test_the_reason_of_a_proposal_names_the_penalty_the_act_and_the_branch() -> None:
    found = proposal(fact(), tuple, date(2026, 6, 1), BOOK)
    assert found is not None
    assert found.reason == (
        "2026-05-06 的处罚决定（郑市监处罚〔2026〕1号）：违法行为涉及“侵犯注册商标”，"
        "处罚有“吊销许可证件”。依据名单目录“知识产权”，请审查是否列入。"
    )


def test_the_same_two_general_fines_count_until_2021_and_not_under_decree_44() -> None:
    """工商总局令第83号 counted repetitions; 总局令第44号 asks for a heavier penalty."""
    plain = fact(types=("罚款",), severity="general")
    old, older = (
        replace(plain, record_id=1, decided_on=date(2021, 8, 31)),
        replace(plain, record_id=2, decided_on=date(2018, 3, 1)),
    )
    assert proposed(old, older, today=date(2021, 9, 10)) == [
        ("serious-dishonesty", "business-2016")
    ]
    later = replace(old, decided_on=date(2021, 9, 1))
    assert proposed(later, older, today=date(2021, 9, 10)) == []


def test_the_same_facts_come_under_another_branch_in_another_bureau() -> None:
    texts = ("侵犯著作权，发行盗版制品",)
    today = date(2026, 6, 1)
    assert proposed(fact(texts=texts), today=today) == [
        ("serious-dishonesty", "intellectual-property")
    ]
    culture = fact(texts=texts, agency="culture-and-tourism")
    assert proposed(culture, today=today) == [("serious-dishonesty", "culture-market")]
    health = fact(texts=("生产假冒商品",), agency="health")
    assert proposed(health, today=today) == [("serious-dishonesty", "local")]


def test_without_a_heavier_penalty_repeated_infringement_leads_to_the_watch_list_only() -> None:
    plain = fact(types=("罚款",), severity="general")
    second = replace(plain, record_id=2, decided_on=date(2025, 1, 1))
    assert proposed(plain, second, today=date(2026, 6, 1)) == [
        ("watch", "watch-intellectual-property")
    ]
    too_old = replace(second, decided_on=date(2024, 5, 5))
    assert proposed(plain, too_old, today=date(2026, 6, 1)) == []
    assert proposed(plain, today=date(2026, 6, 1)) == []


def test_a_penalty_too_long_ago_and_one_before_every_rule_lead_to_nothing() -> None:
    assert proposed(fact(), today=date(2027, 5, 7)) == []
    assert proposed(fact(decided_on=date(2015, 1, 1)), today=date(2015, 2, 1)) == []


def test_which_branches_a_bureau_has_depends_on_the_day_and_the_bureau() -> None:
    def slugs(agency: str, day: date) -> set[str]:
        return {branch.slug for branch in branches_for(BOOK, agency, day, "serious-dishonesty")}

    assert slugs("market-supervision", date(2021, 8, 31)) == {"business-2016", "local"}
    assert "intellectual-property" in slugs("market-supervision", date(2021, 9, 1))
    assert "business-2016" not in slugs("market-supervision", date(2021, 9, 1))
    assert slugs("health", date(2026, 1, 1)) == {"local"}
    assert slugs("health", date(2020, 4, 30)) == set()


def test_the_review_of_the_level_above_begins_with_the_provinces_regulations() -> None:
    branch = BOOK.list_branches["intellectual-property"]
    assert procedure(branch, date(2020, 5, 1), BOOK).reviewed
    assert not procedure(branch, date(2020, 4, 30), BOOK).reviewed
    assert not procedure(BOOK.list_branches["trustworthy"], date(2026, 1, 1), BOOK).reviewed
    with pytest.raises(RuleNotInForce):
        procedure(branch, date(2016, 5, 29), BOOK)
    with pytest.raises(RuleNotInForce):
        procedure(BOOK.list_branches["network-order"], date(2020, 4, 30), BOOK)


def test_a_heavier_penalty_is_one_of_the_decrees_kinds_or_a_huge_fine() -> None:
    branch = BOOK.list_branches["intellectual-property"]
    assert heavier(branch, ("罚款", "责令停产停业"), "serious") == "责令停产停业"
    assert heavier(branch, ("罚款",), "serious") == "巨额罚款"
    assert heavier(branch, ("罚款",), "general") == ""
    assert heavier(branch, ("暂扣许可证件",), "serious") == ""


def test_objections_run_in_working_days_over_holidays() -> None:
    rules = procedure(BOOK.list_branches["local"], date(2026, 9, 28), BOOK)
    assert objection_until(rules, date(2026, 9, 28)).day == date(2026, 10, 10)


def test_an_entry_can_be_prolonged_only_as_far_as_its_list_says() -> None:
    def longest(branch: str) -> date | None:
        rules = procedure(BOOK.list_branches[branch], date(2026, 6, 1), BOOK)
        return longest_end(rules, date(2026, 6, 1))

    assert longest("intellectual-property") == date(2031, 6, 1)
    assert longest("local") is None
    assert longest("culture-market") is None
    assert longest("watch-intellectual-property") == date(2029, 6, 1)
    assert longest("trustworthy") is None


def test_the_clocks_follow_one_another() -> None:
    rules = procedure(BOOK.list_branches["local"], date(2026, 6, 1), BOOK)
    dates = ListingDates(opened=date(2026, 6, 1))
    assert [c.rule for c in clocks(dates, rules, BOOK)] == ["candidate"]
    dates = replace(dates, left=date(2026, 6, 3), begun=date(2026, 6, 4))
    candidate, decision = clocks(dates, rules, BOOK)
    assert (candidate.done, decision.rule) == (date(2026, 6, 3), "decision")
    assert decision.due.day == date(2026, 7, 10)
    dates = replace(dates, decided=date(2026, 6, 15))
    assert [c.rule for c in clocks(dates, rules, BOOK)] == ["candidate", "decision", "review"]
    dates = replace(dates, confirmed=date(2026, 6, 18))
    service, last = clocks(dates, rules, BOOK)[-2:]
    assert (service.rule, service.done, service.due.day) == ("service", None, date(2026, 6, 30))
    assert (last.rule, last.done, last.due.day) == ("publication", None, date(2026, 6, 30))
    served = replace(dates, served=date(2026, 6, 26))
    service, last = clocks(served, rules, BOOK)[-2:]
    assert (service.done, last.due.day) == (date(2026, 6, 26), date(2026, 7, 7))


def test_the_time_to_decide_counts_from_the_end_of_the_period_or_a_later_hearing() -> None:
    rules = procedure(BOOK.list_branches["local"], date(2026, 6, 1), BOOK)
    dates = ListingDates(opened=date(2026, 6, 1), begun=date(2026, 6, 1))
    for heard in (None, date(2026, 6, 1), date(2026, 6, 8)):
        decision = clocks(replace(dates, heard=heard), rules, BOOK)[-1]
        assert decision.due.day == date(2026, 7, 7)
    later = clocks(replace(dates, heard=date(2026, 6, 9)), rules, BOOK)[-1]
    assert later.due.day == date(2026, 7, 8)
