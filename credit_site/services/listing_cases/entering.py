"""The way onto a list: what each step demands and does, inside its transaction."""

from __future__ import annotations

from credit_site.domain.document_numbers import has_year, normalise_number
from credit_site.domain.listing_cases import ListingAction, Way
from credit_site.domain.listing_rules import heavier
from credit_site.domain.rulebook import ListBranch
from credit_site.domain.working_days import add_working_days
from credit_site.services.dishonesty import dishonesty, is_favourable
from credit_site.services.listing_cases import publishing, resting
from credit_site.services.listing_cases.content import chosen_measures, entry_of
from credit_site.services.listing_cases.deeds import (
    Deed,
    another_person,
    further,
    objects_until,
    opened_on,
    procedure_now,
    registered_on,
)
from credit_site.services.listing_cases.hands import check_reviewed_by_another
from credit_site.services.listing_cases.numbers import check_number
from credit_site.services.listing_cases.public_words import read_through
from credit_site.services.reviewing import NotPossible

HUGE_FINE = "巨额罚款"
_A = ListingAction


def dismiss(deed: Deed) -> None:
    """The candidate is none."""
    deed.case.left_on = deed.case.left_on or deed.day
    deed.case.closed_on = deed.day


def give_notice(deed: Deed) -> None:
    """Ground, facts and measures are put to the subject; until it is served it can be rewritten."""
    case, said = deed.case, deed.said
    if said.get("ground"):
        case.ground = said["ground"]
    if said.get("facts"):
        deed.content["facts"] = said["facts"]
    if "measures" in said:
        deed.content["measures"] = said["measures"]
        if not chosen_measures(deed.content, deed.branch):
            raise NotPossible("请至少选择一项措施。")
    read_through(deed)
    _carried(deed)
    entry_of(deed.tools, case, deed.content, deed.now.date())
    case.rule = procedure_now(deed).rule
    case.left_on = case.left_on or max(deed.day, opened_on(case))
    case.begun_on = case.objects_from = case.heard_on = None
    for name in ("service", "objection", "hearing"):  # of a notice that is replaced
        deed.content.pop(name, None)
    deed.content["notice_number"], deed.content["notice_day"] = said["document"], str(deed.day)


def serve(deed: Deed) -> None:
    """From here the subject may object; of a service before the case, from its registration.

    Who was served before the system proposed the case could not bring anything forward to it.
    """
    case, today = deed.case, deed.now.date()
    case.begun_on = deed.day
    case.objects_from = today if deed.day < opened_on(case) else deed.day
    deed.content["service"] = deed.said["words"]


def announce(deed: Deed) -> None:
    """From here anybody may object."""
    if deed.day != deed.now.date():
        raise NotPossible("公示从今天开始，日期请填今天。")
    read_through(deed)
    entry_of(deed.tools, deed.case, deed.content, deed.now.date())
    _honest(deed)
    deed.case.rule = procedure_now(deed).rule
    deed.case.left_on = deed.case.begun_on = deed.case.objects_from = deed.day


def object_to(deed: Deed) -> None:
    """An objection that came in time, or a supplement to one."""
    until = objects_until(deed)
    if deed.day > until:
        raise NotPossible(f"异议期到 {until.isoformat()} 为止，请按收到异议的日期登记。")
    deed.content["objection"] = further(deed.content.get("objection", ""), deed.said["words"])
    deed.case.heard_on = None


def hear(deed: Deed) -> None:
    """The objection was looked into."""
    deed.case.heard_on = deed.day
    deed.content["hearing"] = deed.said["words"]


def decide(deed: Deed) -> None:
    """Lists the subject, after the period for objections and after what was objected was heard."""
    _after_objections(deed)
    _after_registration(deed)
    _decided_anew(deed)
    check_number(deed, deed.said["document"], deed.day)
    _honest(deed)
    _penalty(deed)
    decided(deed)


def _after_objections(deed: Deed) -> None:
    """The period runs out in any case: who was heard on one day may bring more on the next.

    An announcement is to everybody: that one objected and was heard ends it for nobody else.
    """
    until = objects_until(deed)
    if deed.day > until:
        return
    if deed.rules.way is Way.ANNOUNCE:
        raise NotPossible(
            f"公示的异议期到 {until.isoformat()} 为止，期满以后才能决定：有人提出异议并已听取的，"
            "也要等公示期满。"
        )
    raise NotPossible(
        f"异议期到 {until.isoformat()} 为止，期满以后才能作出列入决定：已经听取异议的，当事人在期内"
        "还可以补充意见和证据。"
    )


def _honest(deed: Deed) -> None:
    """Nobody who stands on a black list, or was seriously punished, is called trustworthy."""
    case, tools = deed.case, deed.tools
    if not is_favourable(tools.rulebook, case.list_name):
        return
    today = deed.now.date()
    said = dishonesty(tools.session, tools.rulebook, case.uscc, case.subject_name, today)
    if said:
        raise NotPossible(f"这个主体有失信记录（{said}），不能列入这个名单。")


def _decided_anew(deed: Deed) -> None:
    """Who is listed again is so by a new decision, with a new number."""
    before = resting.restored(deed.tools, deed.case)
    number = normalise_number(deed.said["document"])
    if before is not None and normalise_number(before.decision_number) == number:
        raise NotPossible("恢复列入要有新的决定书文号，期限重新计算。")


def _after_registration(deed: Deed) -> None:
    """Nobody is served and listed on one and the same day, whatever days are typed.

    The law counts from the service itself; a service that is registered late leaves the subject at
    least the time to be heard of: a working day after it was registered.
    """
    registered = registered_on(deed, _A.SERVE, _A.ANNOUNCE)
    assert registered is not None, "the table of transitions lets nobody in before"
    earliest = add_working_days(registered, 1).day
    if deed.day < earliest:
        raise NotPossible(
            f"送达（公示）是 {registered.isoformat()} 登记的，登记以后至少过一个工作日才能作出列入"
            f"决定：最早 {earliest.isoformat()}。"
        )


def decided(deed: Deed) -> None:
    """The decision as the case keeps it."""
    case = deed.case
    case.decided_on, case.decided_by = deed.day, deed.actor
    case.decision_number = deed.said["document"]
    deed.content["decision_words"] = deed.said["words"]
    case.served_on = None
    entry_of(deed.tools, case, deed.content, deed.now.date())


def _penalty(deed: Deed) -> None:
    """总局令第44号 第2、13条: a heavier penalty, decided on together with the listing."""
    case, branch = deed.case, deed.branch
    if case.restores is not None or resting.fact_ids(deed.tools, case):
        _carried(deed)
        return
    number, kind = deed.said.get("penalty_number", ""), deed.said.get("heavy", "")
    if branch.with_penalty and not has_year(number):
        raise NotPossible(
            "列入须与行政处罚一并决定，请填写同日作出的行政处罚决定书完整的文号，"
            "例如 郑市监处罚〔2026〕12号。"
        )
    if branch.heavier_penalty and not _is_heavy(branch, kind):
        raise NotPossible(resting.NOT_HEAVY)
    if branch.with_penalty:
        _together(deed)
        case.penalty_number = number
    deed.content["heavy"] = kind


def _together(deed: Deed) -> None:
    """«一并»: the penalty is of the day of the listing; else there is a procedure of its own.

    总局令第44号 第13条 has penalty and listing decided in one procedure. Where the penalty is
    older, a case is opened on its public record, with a notice and a period for objections of its
    own.
    """
    day = deed.said.get("penalty_day", "")
    known = resting.of_number(deed.tools, deed.case, deed.said["penalty_number"])
    if day != deed.day.isoformat() or any(one.decided_on != deed.day for one in known):
        raise NotPossible(
            "行政处罚决定与列入决定不是同一天的，不是一并决定。处罚已经另行作出的，请在它公示以后从"
            "那条处罚记录另开案件，单独告知、听取异议。"
        )


def _is_heavy(branch: ListBranch, kind: str) -> bool:
    return kind == HUGE_FINE or bool(heavier(branch, (kind,), ""))


def _carried(deed: Deed) -> None:
    """What the case rests on may have been revoked or ended since."""
    said = resting.problem(deed.tools, deed.case, deed.branch)
    if said:
        raise NotPossible(said)


def spare(deed: Deed) -> None:
    """Decided not to list."""
    deed.case.closed_on = deed.day
    deed.content["spared_words"] = deed.said["words"]


def confirm(deed: Deed) -> None:
    """The level above agrees."""
    another_person(deed, "上一级的审核不能由作出决定的人办理。")
    check_reviewed_by_another(deed, deed.case.decided_by)
    read_through(deed)
    check_number(deed, deed.case.decision_number, deed.case.decided_on)
    _carried(deed)
    deed.case.confirmed_on = deed.day
    deed.content["confirmation"] = deed.said["document"]


def send_back(deed: Deed) -> None:
    """The level above does not agree."""
    another_person(deed, "上一级的审核不能由作出决定的人办理。")
    case = deed.case
    case.decided_on, case.decided_by, case.decision_number = None, "", ""
    case.heard_on = case.heard_on or deed.day
    deed.content["returned"] = deed.said["words"]


def serve_decision(deed: Deed) -> None:
    """The decision reached the subject, with the notice on repair (两书同达)."""
    served = deed.case.served_on
    if served is not None:
        raise NotPossible(f"决定书已于 {served.isoformat()} 送达，不重复登记。")
    deed.case.served_on = deed.day


def publish(deed: Deed) -> None:
    """The entry becomes public."""
    if not deed.rules.reviewed:
        another_person(deed, "决定和公示由两个人办理：请由作出决定以外的人公示。")
        check_number(deed, deed.case.decision_number, deed.case.decided_on)
    if deed.rules.way is Way.NOTICE and deed.case.served_on is None:
        raise NotPossible(
            "列入决定书还没有登记送达：决定书和信用修复告知书一并送达当事人（两书同达）以后才能公示。"
        )
    read_through(deed)
    _carried(deed)
    _honest(deed)
    publishing.publish(deed.tools, deed.case, deed.now)
    deed.case.listed_on = deed.now.date()
