"""What each step demands and does beyond changing the state, inside its transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.listing_rules import (
    Procedure,
    heavier,
    longest_end,
    objection_until,
    procedure,
)
from credit_site.domain.rulebook import ListBranch
from credit_site.domain.working_days import add_months
from credit_site.models import ListingCase
from credit_site.services.listing_cases import publishing
from credit_site.services.listing_cases.content import ListingTools, entry_of
from credit_site.services.publication import EndReason
from credit_site.services.reviewing import NotPossible

_LONGEST_APOLOGY = 500
CONDITIONS = {
    "performed": "决定的义务已经全部履行",
    "mended": "危害后果已经消除，失信行为已经纠正",
    "unrestricted": "法律法规规定的限制期限已满，或者没有限制",
}
"""What must be confirmed for an early removal (总局令第44号)."""


@dataclass(slots=True)
class Deed:
    """A step being carried out; ``content`` is what is written in the case, to be changed."""

    tools: ListingTools
    case: ListingCase
    rules: Procedure
    day: date
    actor: str
    now: datetime
    said: Mapping[str, str]
    content: dict[str, str]

    @property
    def branch(self) -> ListBranch:
        """The law of the case."""
        return self.tools.rulebook.list_branches[self.case.branch]


def _dismiss(deed: Deed) -> None:
    deed.case.left_on = deed.case.left_on or deed.day
    deed.case.closed_on = deed.day


def _notice(deed: Deed) -> None:
    case, branch, said = deed.case, deed.branch, deed.said
    if said.get("ground"):
        case.ground = said["ground"]
    if said.get("facts"):
        deed.content["facts"] = said["facts"]
    if "measures" in said:
        deed.content["measures"] = said["measures"]
    if branch.heavier_penalty and publishing.fact_ids(deed.tools, case):
        _heavy_enough(deed)
    entry_of(deed.tools, case, deed.content, deed.now.date())
    rules = procedure(branch, deed.day, deed.tools.rulebook)
    case.rule, case.left_on = rules.rule, case.left_on or deed.day
    deed.content["notice_number"], deed.content["notice_day"] = said["document"], str(deed.day)


def _serve(deed: Deed) -> None:
    deed.case.begun_on = deed.day
    deed.content["service"] = deed.said["words"]


def _announce(deed: Deed) -> None:
    if deed.day != deed.now.date():
        raise NotPossible("公示从今天开始，日期请填今天。")
    entry_of(deed.tools, deed.case, deed.content, deed.now.date())
    deed.case.rule = procedure(deed.branch, deed.day, deed.tools.rulebook).rule
    deed.case.left_on = deed.case.begun_on = deed.day


def _object(deed: Deed) -> None:
    until = objection_until(deed.rules, _begun(deed.case)).day
    if deed.day > until:
        raise NotPossible(f"异议期到 {until.isoformat()} 为止，请按收到异议的日期登记。")
    deed.content["objection"] = deed.said["words"]
    deed.case.heard_on = None


def _hear(deed: Deed) -> None:
    deed.case.heard_on = deed.day
    deed.content["hearing"] = deed.said["words"]


def _decide(deed: Deed) -> None:
    case, until = deed.case, objection_until(deed.rules, _begun(deed.case)).day
    if deed.day <= until and case.heard_on is None:
        raise NotPossible(
            f"异议期到 {until.isoformat()} 为止，期满以后或者听取异议以后才能作出列入决定。"
        )
    _penalty(deed)
    _decided(deed)


def _decided(deed: Deed) -> None:
    case = deed.case
    case.decided_on, case.decided_by = deed.day, deed.actor
    case.decision_number = deed.said["document"]
    deed.content["decision_words"] = deed.said["words"]
    entry_of(deed.tools, case, deed.content, deed.now.date())


def _penalty(deed: Deed) -> None:
    """总局令第44号 第2、13条: a heavier penalty, decided on together with the listing."""
    case, branch = deed.case, deed.branch
    if publishing.fact_ids(deed.tools, case):
        if branch.heavier_penalty:
            _heavy_enough(deed)
        return
    number, kind = deed.said.get("penalty_number", ""), deed.said.get("heavy", "")
    if branch.with_penalty and not number:
        raise NotPossible("列入须与行政处罚一并决定，请填写同日作出的行政处罚决定书文号。")
    if branch.heavier_penalty and not _is_heavy(branch, kind):
        raise NotPossible(_NOT_HEAVY)
    case.penalty_number = number
    deed.content["heavy"] = kind


_NOT_HEAVY = (
    "没有较重行政处罚（较高数额罚款、降低资质等级、吊销许可证件、限制经营、停产停业、关闭、限制从业"
    "等）的，不能列入这个名单。"
)
HUGE_FINE = "巨额罚款"


def _is_heavy(branch: ListBranch, kind: str) -> bool:
    return kind == HUGE_FINE or bool(heavier(branch, (kind,), ""))


def _heavy_enough(deed: Deed) -> None:
    if not publishing.heavy_facts(deed.tools, deed.case, deed.branch):
        raise NotPossible(_NOT_HEAVY)


def _spare(deed: Deed) -> None:
    deed.case.closed_on = deed.day
    deed.content["spared_words"] = deed.said["words"]


def _confirm(deed: Deed) -> None:
    _another_person(deed, "上一级的审核不能由作出决定的人办理。")
    deed.case.confirmed_on = deed.day
    deed.content["confirmation"] = deed.said["document"]


def _return(deed: Deed) -> None:
    _another_person(deed, "上一级的审核不能由作出决定的人办理。")
    case = deed.case
    case.decided_on, case.decided_by, case.decision_number = None, "", ""
    case.heard_on = case.heard_on or deed.day
    deed.content["returned"] = deed.said["words"]


def _publish(deed: Deed) -> None:
    if not deed.rules.reviewed:
        _another_person(deed, "决定和公示由两个人办理：请由作出决定以外的人公示。")
    publishing.publish(deed.tools, deed.case, deed.now)
    deed.case.listed_on = deed.now.date()


def _extend(deed: Deed) -> None:
    case = deed.case
    assert case.decided_on is not None, "what is listed was decided"
    longest = longest_end(deed.rules, case.decided_on)
    if longest is None:
        raise NotPossible("这个名单没有延长期限的规定，到期移出。")
    try:
        until = date.fromisoformat(deed.said.get("until", ""))
    except ValueError:
        raise NotPossible("请填写延长到哪一天，例如 2029-03-05。") from None
    if case.ends_on is None or until <= case.ends_on:
        raise NotPossible("延长后的日期要晚于现在的期限。")
    if until > longest:
        raise NotPossible(f"最长只能延长到 {longest.isoformat()}。")
    publishing.prolong(deed.tools, case, until, deed.now)


def _remove_early(deed: Deed) -> None:
    earliest = earliest_removal(deed.tools, deed.case)
    if earliest is None:
        raise NotPossible("这个名单没有提前移出的规定，到期移出。")
    if deed.day < earliest:
        raise NotPossible(f"最早可以在 {earliest.isoformat()} 提前移出。")
    missing = [text for name, text in CONDITIONS.items() if not deed.said.get(name)]
    if missing:
        raise NotPossible(f"提前移出须逐项确认，还没有确认：{'；'.join(missing)}。")
    number = publishing.newer_heavy(deed.tools, deed.case, deed.branch)
    if number:
        raise NotPossible(f"列入以后又受到较重行政处罚（{number}），不能提前移出。")
    _remove(deed, EndReason.REPAIRED)


def earliest_removal(tools: ListingTools, case: ListingCase) -> date | None:
    """From which day on the subject can be removed before the end; None where it cannot."""
    assert case.decided_on is not None, "what is listed was decided"
    values = tools.rulebook.rule("list_periods").on(case.decided_on).values[case.list_name]
    months = values.get("early_removal", 0) if isinstance(values, Mapping) else 0
    return add_months(case.decided_on, months) if months else None


def _remove_revoked(deed: Deed) -> None:
    _remove(deed, EndReason.REVOKED)


def _remove_error(deed: Deed) -> None:
    apology = deed.said.get("apology", "")
    if not apology:
        raise NotPossible("列入有误的，请写明向当事人致歉的内容，会随移出公告公开。")
    named = (deed.case.subject_name, deed.content.get("subject_name", ""), deed.case.uscc)
    if any(name and name in apology for name in named):
        raise NotPossible("移出后公开的内容里不再出现主体的名称和代码，请从致歉内容里删去。")
    deed.case.apology = apology[:_LONGEST_APOLOGY]
    _remove(deed, EndReason.ERROR)


def _remove(deed: Deed, why: EndReason) -> None:
    publishing.end(deed.tools, deed.case, why, deed.now)
    deed.case.closed_on = deed.day
    deed.content["removal_words"] = deed.said["words"]
    deed.content["removal_number"] = deed.said["document"]


def _expire(deed: Deed) -> None:
    publishing.end(deed.tools, deed.case, EndReason.EXPIRED, deed.now)
    deed.case.closed_on = deed.day


def _restore(deed: Deed) -> None:
    case = deed.case
    if case.outcome != EndReason.REPAIRED:
        raise NotPossible("只有提前移出的才能恢复列入。")
    if not deed.rules.restored_on_false_papers:
        raise NotPossible("这个名单没有恢复列入的规定。")
    if deed.said["document"] == case.decision_number:
        raise NotPossible("恢复列入要有新的决定书文号，期限重新计算。")
    case.confirmed_on = case.listed_on = case.ends_on = case.closed_on = None
    case.outcome, case.record_id = "", None
    _decided(deed)


def _begun(case: ListingCase) -> date:
    assert case.begun_on is not None, "the table of transitions lets nobody in before"
    return case.begun_on


def _another_person(deed: Deed, problem: str) -> None:
    """What one decided another one lets out."""
    if deed.actor == deed.case.decided_by:
        raise NotPossible(problem)


EFFECTS: Mapping[ListingAction, Callable[[Deed], None]] = {
    ListingAction.DISMISS: _dismiss,
    ListingAction.NOTICE: _notice,
    ListingAction.SERVE: _serve,
    ListingAction.ANNOUNCE: _announce,
    ListingAction.OBJECT: _object,
    ListingAction.HEAR: _hear,
    ListingAction.DECIDE: _decide,
    ListingAction.SPARE: _spare,
    ListingAction.CONFIRM: _confirm,
    ListingAction.RETURN: _return,
    ListingAction.PUBLISH: _publish,
    ListingAction.EXTEND: _extend,
    ListingAction.REMOVE_EARLY: _remove_early,
    ListingAction.REMOVE_REVOKED: _remove_revoked,
    ListingAction.REMOVE_ERROR: _remove_error,
    ListingAction.EXPIRE: _expire,
    ListingAction.RESTORE: _restore,
}
