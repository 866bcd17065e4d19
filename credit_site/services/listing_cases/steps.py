"""Going on with a case: one step after another, each with its day, document and consequences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.listing_cases import ListingAction, ListingState, Way, after, missing
from credit_site.domain.listing_rules import Procedure, procedure, procedure_of
from credit_site.models import ListingCase, ListingStep
from credit_site.services.audit import note
from credit_site.services.honours import DISHONEST
from credit_site.services.listing_cases.content import ListingTools, opened, seal
from credit_site.services.listing_cases.deeds import Deed, first_day, opened_on
from credit_site.services.listing_cases.effects import EFFECTS
from credit_site.services.listing_cases.hands import check_hands
from credit_site.services.reviewing import NotPossible, without_personal_numbers
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

LONGEST_WORDS = 2_000
_LONGEST_DOCUMENT = 128
_BEGUN = {True: "作为依据的处罚决定", False: "开始审查的日期"}
SYSTEM = "system"
_OVER = {
    "": "公示的列入信息已经终止，案件随之办结。",
    DISHONEST: "主体列入严重失信主体名单，守信名单的条目即时移出并公告，案件随之办结；请告知主体。",
}
WITHOUT_DOCUMENT = frozenset({
    ListingAction.DISMISS, ListingAction.SERVE, ListingAction.SERVE_DECISION,
    ListingAction.ANNOUNCE, ListingAction.OBJECT, ListingAction.HEAR,
    ListingAction.RETURN, ListingAction.PUBLISH, ListingAction.EXPIRE,
    ListingAction.EXTENSION_OBJECT, ListingAction.EXTENSION_HEAR,
    ListingAction.EXTENSION_RETURN, ListingAction.EXTENSION_SERVE,
})  # fmt: skip
"""Steps that need no document of their own."""
WITHOUT_WORDS = frozenset({ListingAction.NOTICE, ListingAction.ANNOUNCE, ListingAction.PUBLISH})
"""Steps that need no reason."""


class OutOfOrder(NotPossible):
    """A step that the state of the case does not let in; ``first`` must be taken before it."""

    def __init__(
        self, action: ListingAction, state: ListingState, first: ListingAction | None
    ) -> None:
        super().__init__("现在不能这样办：还没有到这一步，或者已经办过，请看这件案件现在的情况。")
        self.action, self.state, self.first = action, state, first


@dataclass(frozen=True, slots=True)
class StepOrder:
    """A step: the day it was done, reason or words, document, a file that came along.

    ``said`` is what belongs to one kind of step alone (``effects``); ``sha256`` names the file
    kept already.
    """

    action: ListingAction
    day: date
    words: str = ""
    document: str = ""
    sha256: str = ""
    file_kind: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


def take_step(
    tools: ListingTools, case_id: int, order: StepOrder, actor: str, now: datetime
) -> ListingState:
    """Carries a step out with all its consequences in one transaction. Raises NotPossible."""
    with write_transaction(tools.session) as session:
        case = session.get(ListingCase, case_id, with_for_update=True)
        if case is None:
            raise NotPossible("没有这件案件。")
        return step_within(tools, case, order, actor, now)


def step_within(
    tools: ListingTools, case: ListingCase, order: StepOrder, actor: str, now: datetime
) -> ListingState:
    """The same in the open transaction. Raises NotPossible."""
    rules = rules_of(tools, case, now.date())
    way, state = Way(case.way), ListingState(case.state)
    then = after(way, state, order.action, reviewed=rules.reviewed)
    if then is None:
        first = missing(way, state, order.action, reviewed=rules.reviewed)
        raise OutOfOrder(order.action, state, first)
    check_hands(tools.session, rules, order.action, actor)
    _check(tools.session, case, order, now.date())
    content = opened(case, tools.vault)
    deed = Deed(tools, case, rules, order.day, actor, now, _plain(order), content, order.sha256)
    before = (dict(content), case.ground)
    EFFECTS[order.action](deed)
    same = then is state and (deed.content, case.ground) == before
    if same and _taken_already(tools, case, order, actor):
        return then
    case.content = seal(deed.content, tools.vault)
    case.state = then.value
    tools.session.add(_step(tools.vault, case, order, actor, now))
    _note(tools.session, case, order, actor, now)
    if then is ListingState.LISTED and case.outcome:
        return close_case(tools, case, case.outcome, now)
    return then


def close_case(tools: ListingTools, case: ListingCase, reason: str, now: datetime) -> ListingState:
    """In the open transaction: the entry has ended, so its case comes to its end too."""
    order = StepOrder(ListingAction.EXPIRE, now.date(), _OVER.get(reason, _OVER[""]))
    return step_within(tools, case, order, SYSTEM, now)


def rules_of(tools: ListingTools, case: ListingCase, today: date) -> Procedure:
    """The procedure of a case: today's until it turned to the subject, from then on the same."""
    branch = tools.rulebook.list_branches[case.branch]
    if case.rule:
        return procedure_of(case.rule, branch, tools.rulebook)
    return procedure(branch, today, tools.rulebook)


def _plain(order: StepOrder) -> dict[str, str]:
    said = {name: text.strip() for name, text in order.said.items()}
    return said | {"words": order.words.strip(), "document": " ".join(order.document.split())}


def _check(session: Session, case: ListingCase, order: StepOrder, today: date) -> None:
    without_personal_numbers(order.words, order.document, *order.said.values())
    if order.action not in WITHOUT_WORDS and not order.words.strip():
        raise NotPossible("请写明理由或者情况。")
    if order.action not in WITHOUT_DOCUMENT and not order.document.strip():
        raise NotPossible("请写明文书的文号或者名称。")
    if len(order.words) > LONGEST_WORDS:
        raise NotPossible(f"最多写 {LONGEST_WORDS} 字。")
    if len(order.document) > _LONGEST_DOCUMENT:
        raise NotPossible(f"文号最多 {_LONGEST_DOCUMENT} 字。")
    _check_day(session, case, order, today)


def _check_day(session: Session, case: ListingCase, order: StepOrder, today: date) -> None:
    if order.day > today:
        raise NotPossible("日期不能晚于今天。")
    if order.day < (first := first_day(case)):
        raise NotPossible(f"日期不能早于{_BEGUN[bool(case.trigger)]}（{first.isoformat()}）。")
    if order.day < (proposed := opened_on(case)) and not order.sha256:
        raise NotPossible(
            f"这件候选是 {proposed.isoformat()} 才提示的：登记更早的告知、送达，须附当时的告知书"
            "或者送达回证。"
        )
    before = session.scalar(select(func.max(ListingStep.day)).where(ListingStep.case_id == case.id))
    if before is not None and order.day < before:
        raise NotPossible(f"日期不能早于上一步（{before.isoformat()}）。")


def _taken_already(tools: ListingTools, case: ListingCase, order: StepOrder, actor: str) -> bool:
    """Whether the last step is the very same: a form that was sent twice is one step."""
    query = select(ListingStep).where(ListingStep.case_id == case.id)
    last = tools.session.scalar(query.order_by(ListingStep.id.desc()).limit(1))
    if last is None:
        return False
    words = tools.vault.open(last.words).decode() if last.words is not None else ""
    done = (last.action, last.day, last.document, words, last.actor, last.sha256)
    plain = _plain(order)
    wanted = (order.action.value, order.day, plain["document"], plain["words"], actor, order.sha256)
    return done == wanted


def _step(
    vault: Vault, case: ListingCase, order: StepOrder, actor: str, now: datetime
) -> ListingStep:
    words = order.words.strip()
    return ListingStep(
        case_id=case.id,
        at=now,
        actor=actor,
        action=order.action.value,
        state=case.state,
        day=order.day,
        document=" ".join(order.document.split()),
        words=vault.seal(words.encode("utf-8", "replace")) if words else None,
        sha256=order.sha256,
        file_kind=order.file_kind,
    )


def _note(session: Session, case: ListingCase, order: StepOrder, actor: str, now: datetime) -> None:
    """In the audit log of the case, and of the record where there is one; without any words."""
    said = {"day": order.day.isoformat(), "document": order.document, "state": case.state}
    action = f"listing_{order.action.value}"
    note(session, now, actor, action, f"listing/{case.id}", **said)
    if case.record_id is not None:
        note(session, now, actor, action, f"record/{case.record_id}", **said, case=case.id)
