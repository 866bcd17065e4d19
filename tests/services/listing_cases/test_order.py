"""Nothing out of order, nothing without a basis, no person in the clear."""

from __future__ import annotations

from datetime import date

import pytest

from credit_site.domain.listing_cases import ListingAction, ListingState, Way, after
from credit_site.models import (
    AuditEvent,
    LedgerEntry,
    ListingCase,
    ListingStep,
    Record,
)
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.reviewing import NotPossible
from tests.support.listings import (
    SUBJECT,
    A,
    Walk,
)
from tests.support.personal_numbers import invented_id_number
from tests.support.publishing import Desk


def test_managers_of_network_services_are_masked_everywhere_in_public(
    desk: Desk, way: Walk
) -> None:
    number = invented_id_number(5)
    person = {
        "subject_name": "欧阳某某",
        "subject_type": "自然人",
        "subject_document_number": number,
        "facts": "欧阳某某负责的网站传播谣言",
    }
    way.open("network-order", agency="cyberspace", said=person)
    record = get(desk.session, way.listed(), way.clock.today())
    assert isinstance(record, PublicRecord)
    assert record.subject_name == "欧阳**"
    stored = [
        repr(vars(one))
        for kind in (ListingCase, ListingStep, AuditEvent, Record)
        for one in desk.session.query(kind)
    ]
    assert not [text for text in stored if "欧阳某某" in text or number in text]
    assert way.view.content["subject_name"] == "欧阳某某"


def test_a_natural_person_stands_on_no_other_list(way: Walk) -> None:
    person = {"subject_name": "欧阳某某", "subject_type": "自然人"}
    with pytest.raises(NotPossible, match="这个名单不列入自然人"):
        way.open(said=person)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"ground": "bad-smell"}, "没有依据的，不得列入"),
        ({"branch": "culture-market"}, "不能按这个领域认定"),
        ({"facts_on": date(2021, 8, 31)}, "不能按这个领域认定"),
        ({"facts_on": date(2026, 6, 2)}, "不能晚于今天"),
        ({"reason": " "}, "为什么"),
        ({"said": SUBJECT | {"uscc": "91410100MA0000015C"}}, "统一社会信用代码"),
        ({"record_id": 77}, "正在公示的处罚"),
    ],
)
def test_nothing_is_opened_without_a_basis_or_with_wrong_data(
    way: Walk, changes: dict[str, object], problem: str
) -> None:
    with pytest.raises(NotPossible, match=problem):
        way.open(**changes)  # type: ignore[arg-type]  # named fields of a wish
    assert way.tools.session.query(ListingCase).count() == 0


def test_the_same_form_is_one_case_and_a_subject_has_one_at_a_time(way: Walk) -> None:
    assert way.open() == way.open()
    with pytest.raises(NotPossible, match="第 1 号"):
        way.open(form_key="another-form")


def test_days_neither_run_backwards_nor_lie_in_the_future(way: Walk) -> None:
    way.open()
    way.clock.move(days=3)
    way.step(A.NOTICE)
    with pytest.raises(NotPossible, match="不能早于上一步"):
        way.step(A.SERVE, day=date(2026, 6, 2))
    with pytest.raises(NotPossible, match="不能晚于今天"):
        way.step(A.SERVE, day=date(2026, 6, 5))


@pytest.mark.parametrize(
    ("branch", "reviewed"),
    [
        ("intellectual-property", True),
        ("watch-intellectual-property", False),
        ("trustworthy", False),
    ],
)
def test_every_step_out_of_order_is_refused_and_changes_nothing(
    desk: Desk, way: Walk, branch: str, reviewed: bool
) -> None:
    way.open(branch)
    first = Way(desk.session.get_one(ListingCase, 1).way)
    for state in ListingState:
        for action in ListingAction:
            if after(first, state, action, reviewed=reviewed) is not None:
                continue
            desk.session.get_one(ListingCase, 1).state = state.value
            desk.session.commit()
            with pytest.raises(NotPossible, match="还没有到这一步"):
                way.step(action)
            desk.session.rollback()
            assert desk.session.get_one(ListingCase, 1).state == state.value
    assert desk.session.query(ListingStep).count() == 0
    assert desk.session.query(LedgerEntry).count() == 0
