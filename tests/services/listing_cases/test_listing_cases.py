"""Cases of entry on a list: proposed or opened, decided, published, prolonged, removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.listing_cases import ListingAction, ListingState, Way, after
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.models import (
    AuditEvent,
    LedgerEntry,
    ListingCase,
    ListingFact,
    ListingStep,
    Record,
)
from credit_site.services.file_store import FileStore
from credit_site.services.ledger import verify
from credit_site.services.list_pages import announced, apology_for, left_list
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.opening import CaseWish, open_case
from credit_site.services.listing_cases.proposing import ListingProposer
from credit_site.services.listing_cases.steps import StepOrder, take_step
from credit_site.services.listing_cases.views import CaseView, case_of_record, case_view
from credit_site.services.publication import EndReason, end_expired, end_record
from credit_site.services.public_records import EndedRecord, PublicRecord, get
from credit_site.services.reviewing import NotPossible
from tests.support.entries import CODE, penalty, saying
from tests.support.personal_numbers import invented_id_number
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

BOOK = load_rulebook()
A, S = ListingAction, ListingState
CLERK, ABOVE = "account:1", "account:2"
SUBJECT = {
    "subject_name": "郑州某某食品有限公司",
    "subject_type": "法人及非法人组织",
    "uscc": CODE,
    "facts": "销售侵犯注册商标专用权的商品，数额特别巨大",
}
SAID = {
    "heavy": "吊销许可证件",
    "penalty_number": "郑市监处罚〔2026〕8号",
    "until": "2030-06-01",
    "apology": "因本机关工作失误，错误列入名单，现予移出并致歉。",
    "performed": "1",
    "mended": "1",
    "unrestricted": "1",
}


def heavy_penalty(number: int = 1, **changes: object) -> Entry:
    """A penalty that makes its subject a candidate."""
    entry = saying(
        penalty(number, severity="serious", **changes),
        violation_type="销售侵犯注册商标专用权的商品",
    )
    types = ["罚款", "吊销许可证件"]
    return replace(entry, content={**entry.content, "penalty_types": types})


@pytest.fixture
def tools(session: Session, tmp_path: Path) -> ListingTools:
    return ListingTools(session, vault(), BOOK, FileStore(tmp_path / "kept", vault()))


@pytest.fixture
def way(tools: ListingTools, clock: StandingClock) -> Walk:
    return Walk(tools, clock)


class Walk:
    """Takes steps of the first case, each on the day that the clock shows."""

    def __init__(self, tools: ListingTools, clock: StandingClock) -> None:
        self.tools, self.clock, self.case = tools, clock, 1
        self.number = 0

    def open(self, branch: str = "intellectual-property", **changes: object) -> int:
        wish = CaseWish(
            "form-of-the-case",
            "market-supervision",
            branch,
            BOOK.list_branches[branch].grounds[0].slug,
            "多次侵权，情节严重",
            date(2026, 5, 20),
            SUBJECT,
        )
        made = replace(wish, **changes)  # type: ignore[arg-type]  # named fields of a wish
        self.case = open_case(self.tools, made, CLERK, self.clock.now())
        return self.case

    def step(self, action: ListingAction, actor: str = CLERK, **said: object) -> ListingState:
        self.number += 1
        given = {
            "words": "经审查",
            "document": f"郑市监列〔2026〕{self.number}号",
            "day": self.clock.today(),
            "said": SAID,
        }
        order = StepOrder(action, **(given | said))  # type: ignore[arg-type]  # named fields
        return take_step(self.tools, self.case, order, actor, self.clock.now())

    def served(self) -> None:
        self.step(A.NOTICE)
        self.step(A.SERVE, words="直接送达", document="")

    def decided(self) -> None:
        self.served()
        self.clock.move(days=10)
        self.step(A.DECIDE)

    def listed(self) -> int:
        """As far as the public record, whose number is returned."""
        self.decided()
        self.step(A.CONFIRM, ABOVE)
        self.step(A.PUBLISH, document="")
        found = self.view.line.record_id
        assert found is not None
        return found

    @property
    def view(self) -> CaseView:
        found = case_view(self.tools, self.case, self.clock.today())
        assert found is not None
        return found


def actions(session: Session) -> list[tuple[str, str]]:
    query = select(LedgerEntry.action, LedgerEntry.reason).order_by(LedgerEntry.seq)
    return [(action, reason) for action, reason in session.execute(query)]


def propose(way: Walk) -> int:
    """Everything the follower has to do now."""
    proposer, done = ListingProposer(way.tools, way.clock), 0
    while count := proposer.step(way.tools.session):
        done += count
    return done


def states(session: Session) -> list[str]:
    return list(session.scalars(select(ListingCase.state).order_by(ListingCase.id)))


def test_a_heavier_penalty_proposes_its_subject_with_the_reason_and_only_once(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty())
    assert propose(way)
    (case,) = desk.session.query(ListingCase)
    assert (case.list_name, case.branch, case.agency) == (
        "serious-dishonesty",
        "intellectual-property",
        "market-supervision",
    )
    assert "吊销许可证件" in case.reason
    way.step(A.DISMISS, words="情节轻微", document="")
    desk.publish(saying(heavy_penalty(), violation_facts="更正后的事实"))
    propose(way)
    assert states(desk.session) == ["dismissed"]


def test_a_further_penalty_joins_the_candidate_and_after_its_end_begins_a_new_one(
    desk: Desk, way: Walk
) -> None:
    desk.publish(heavy_penalty(1))
    propose(way)
    desk.publish(heavy_penalty(2))
    propose(way)
    (case,) = desk.session.query(ListingCase)
    assert case.reason.count("处罚决定") == 2
    assert desk.session.query(ListingFact).count() == 2
    way.step(A.DISMISS, document="")
    desk.publish(heavy_penalty(3))
    propose(way)
    assert states(desk.session) == ["dismissed", "candidate"]


def test_natural_persons_and_mild_penalties_are_not_proposed(desk: Desk, way: Walk) -> None:
    desk.publish(penalty(1), heavy_penalty(2, subject_kind="natural_person", uscc=""))
    propose(way)
    assert states(desk.session) == []


def test_the_whole_way_from_notice_to_the_end_of_the_period(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    record = get(desk.session, record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert (record.list_name, record.publication_end) == ("serious-dishonesty", date(2029, 6, 11))
    assert record.content["branch"] == "intellectual-property"
    assert record.content["ground"] == "故意侵犯知识产权"
    assert "总局令第44号" in str(record.content["measures"])
    assert record.content["remedies"]
    assert case_of_record(desk.session, record_id) == 1
    way.clock.move(days=3 * 366)
    end_expired(desk.session, vault(), way.clock.now())
    propose(way)
    case = desk.session.get_one(ListingCase, 1)
    assert (case.state, case.outcome) == ("removed", "expired")
    assert actions(desk.session) == [("publish", ""), ("end", "expired")]
    (gone,) = left_list(desk.session, way.clock.today(), "serious-dishonesty")
    assert (gone.record.id, gone.record.reason, gone.apology) == (record_id, "expired", "")
    assert not verify(desk.session).problems


def test_the_decision_waits_for_the_end_of_the_objection_period(way: Walk) -> None:
    way.open()
    way.served()
    way.clock.move(days=7)  # five working days later, the last on which one may object
    with pytest.raises(NotPossible, match="异议期到 2026-06-08 为止"):
        way.step(A.DECIDE)
    way.clock.move(days=1)
    with pytest.raises(NotPossible, match="异议期到 2026-06-08 为止"):
        way.step(A.OBJECT, document="")
    assert way.step(A.DECIDE) is S.DECIDED


def test_after_an_objection_was_heard_it_is_decided_at_once_or_nobody_is_listed(way: Walk) -> None:
    way.open()
    way.served()
    way.step(A.OBJECT, words="没有主观故意", document="")
    with pytest.raises(NotPossible, match="状态已经变了"):
        way.step(A.DECIDE)
    way.step(A.HEAR, words="已经听取", document="")
    assert way.step(A.SPARE, words="能够证明没有主观故意（第十二条）") is S.SPARED
    with pytest.raises(NotPossible):
        way.step(A.DECIDE)


def test_without_a_heavier_penalty_nobody_is_listed_under_decree_44(way: Walk) -> None:
    way.open()
    way.served()
    way.clock.move(days=10)
    with pytest.raises(NotPossible, match="没有较重行政处罚"):
        way.step(A.DECIDE, said=SAID | {"heavy": "警告"})
    with pytest.raises(NotPossible, match="与行政处罚一并决定"):
        way.step(A.DECIDE, said=SAID | {"penalty_number": ""})


def test_a_penalty_that_was_revoked_carries_no_listing(desk: Desk, way: Walk) -> None:
    desk.publish(heavy_penalty())
    propose(way)
    end_record(desk.session, vault(), 1, EndReason.REVOKED, "clerk", way.clock.now())
    with pytest.raises(NotPossible, match="没有较重行政处罚"):
        way.step(A.NOTICE)


def test_the_level_above_is_another_person_and_may_send_it_back(way: Walk) -> None:
    way.open()
    way.decided()
    with pytest.raises(NotPossible, match="不能由作出决定的人"):
        way.step(A.CONFIRM)
    with pytest.raises(NotPossible, match="状态已经变了"):
        way.step(A.PUBLISH)
    assert way.step(A.RETURN, ABOVE, document="") is S.HEARD
    assert way.step(A.DECIDE) is S.DECIDED


def test_a_list_without_the_level_above_is_published_by_another_person(way: Walk) -> None:
    way.open("watch-intellectual-property")
    way.decided()
    with pytest.raises(NotPossible, match="两个人"):
        way.step(A.PUBLISH)
    assert way.step(A.PUBLISH, ABOVE) is S.LISTED


def test_an_entry_is_prolonged_within_the_rule_and_says_so(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    for until, problem in (("2029-06-11", "晚于"), ("2031-06-12", "最长"), ("明天", "哪一天")):
        with pytest.raises(NotPossible, match=problem):
            way.step(A.EXTEND, said={"until": until})
    way.step(A.EXTEND, words="限制从业五年")
    record = get(desk.session, record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert (record.publication_end, record.revision) == (date(2030, 6, 1), 2)
    assert actions(desk.session)[-1] == ("amend", "extended")
    assert not verify(desk.session).problems


def test_an_early_removal_waits_a_year_and_needs_every_condition(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match="2027-06-11"):
        way.step(A.REMOVE_EARLY)
    way.clock.move(days=365)
    with pytest.raises(NotPossible, match="危害后果"):
        way.step(A.REMOVE_EARLY, said={"performed": "1", "unrestricted": "1"})
    way.step(A.REMOVE_EARLY)
    ended = get(desk.session, record_id, way.clock.today())
    assert isinstance(ended, EndedRecord)
    assert ended.reason == "repaired"


def test_a_new_heavier_penalty_bars_the_early_removal(desk: Desk, way: Walk) -> None:
    way.open()
    way.listed()
    way.clock.move(days=400)
    desk.publish(heavy_penalty(9, decided_on=date(2027, 1, 5)))
    with pytest.raises(NotPossible, match="郑市监处罚〔2026〕9号"):
        way.step(A.REMOVE_EARLY)


def test_who_left_on_false_papers_is_listed_again_and_the_period_counts_anew(
    desk: Desk, way: Walk
) -> None:
    way.open()
    first = way.listed()
    way.clock.move(days=366)
    way.step(A.REMOVE_EARLY)
    way.clock.move(days=30)
    assert way.step(A.RESTORE, words="履行证明系伪造") is S.DECIDED
    way.step(A.CONFIRM, ABOVE)
    way.step(A.PUBLISH)
    again = way.view.line.record_id
    assert again != first
    found = get(desk.session, again, way.clock.today())
    assert isinstance(found, PublicRecord)
    assert found.publication_end == date(2030, 7, 12)


def test_an_error_is_apologised_for_in_public_without_the_name(desk: Desk, way: Walk) -> None:
    way.open()
    record_id = way.listed()
    with pytest.raises(NotPossible, match="致歉"):
        way.step(A.REMOVE_ERROR, said={})
    with pytest.raises(NotPossible, match="不再出现主体的名称"):
        way.step(A.REMOVE_ERROR, said={"apology": "向郑州某某食品有限公司致歉"})
    way.step(A.REMOVE_ERROR)
    assert apology_for(desk.session, record_id) == SAID["apology"]
    (gone,) = left_list(desk.session, way.clock.today(), "serious-dishonesty")
    assert (gone.record.reason, gone.apology) == ("error", SAID["apology"])


def test_the_trustworthy_are_announced_first_and_listed_where_nobody_objects(
    desk: Desk, way: Walk
) -> None:
    way.open("trustworthy")
    with pytest.raises(NotPossible, match="状态已经变了"):
        way.step(A.NOTICE)
    way.step(A.ANNOUNCE, document="")
    (shown,) = announced(desk.session, BOOK, "trustworthy")
    assert (shown.uscc, shown.since, shown.until) == (CODE, date(2026, 6, 1), date(2026, 6, 10))
    with pytest.raises(NotPossible, match="异议期到"):
        way.step(A.DECIDE)
    way.clock.move(days=10)
    way.step(A.DECIDE)
    assert announced(desk.session, BOOK, "trustworthy") == []
    way.step(A.PUBLISH, ABOVE)
    record = get(desk.session, way.view.line.record_id, way.clock.today())
    assert isinstance(record, PublicRecord)
    assert record.list_name == "trustworthy"


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
        way.open(**changes)
    assert way.tools.session.query(ListingCase).count() == 0


def test_the_same_form_is_one_case_and_a_subject_has_one_at_a_time(way: Walk) -> None:
    assert way.open() == way.open()
    with pytest.raises(NotPossible, match="第 1 号"):
        way.open(form_key="another-form")


def test_days_neither_run_backwards_nor_lie_in_the_future(way: Walk) -> None:
    way.open()
    way.step(A.NOTICE)
    with pytest.raises(NotPossible, match="不能早于上一步"):
        way.step(A.SERVE, day=date(2026, 5, 30))
    with pytest.raises(NotPossible, match="不能晚于今天"):
        way.step(A.SERVE, day=date(2026, 6, 2))


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
            with pytest.raises(NotPossible, match="状态已经变了"):
                way.step(action)
            desk.session.rollback()
            assert desk.session.get_one(ListingCase, 1).state == state.value
    assert desk.session.query(ListingStep).count() == 0
    assert desk.session.query(LedgerEntry).count() == 0
