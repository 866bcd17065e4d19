"""What moves the clocks of a matter: tests, waiting for papers, the one extension."""

from __future__ import annotations

from datetime import date, timedelta

import orjson

from credit_site.domain.matter_clocks import MatterDates, Rest, RestReason
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import working_days_between
from credit_site.models import Matter
from credit_site.services.matters.days import clocks_of, dates_of
from credit_site.services.reviewing import NotPossible

_LONGEST_DOCUMENT = 200
_DAY = timedelta(days=1)


def check_test(dates: MatterDates, test: Rest | None, papers: int, today: date) -> Rest:
    """The days of a test that can be left out (河南省社会信用条例 第41条). Raises NotPossible.

    It lies between receipt and today, so that no more days are left out than have passed; days
    after a last day that was missed change nothing: what was late stays late.
    """
    if test is None or test.last is None or test.last < test.first:
        raise NotPossible("请写明检验、鉴定的第一天和最后一天，例如 2026-03-05。")
    first, last = test.first, test.last
    if first < dates.received:
        raise NotPossible(f"第一天不能早于收到这件事项的 {dates.received.isoformat()}。")
    if last > today:
        raise NotPossible("最后一天不能晚于今天；检验、鉴定还没有做完的，先登记到今天。")
    if any(begun <= last and first <= ended for begun, ended in dates.left_out):
        raise NotPossible("这几天里有已经扣除过的，请只登记还没有扣除的日子。")
    if not working_days_between(first - _DAY, last):
        raise NotPossible("这几天都不是工作日，本来就不计入期限。")
    if not test.document.strip() or not papers:
        raise NotPossible("请写明检验、鉴定的文书（名称或者文号），并附上这份文书。")
    return test


def leave_out(one: Matter, test: Rest) -> None:
    """The days of a test do not count any more; it was checked."""
    _keep(one, test)


def _check_asked_once(dates: MatterDates) -> None:
    if any(rest.reason is RestReason.SUPPLY for rest in dates.rests):
        raise NotPossible(
            "已经请补充过一次：需要补充的要一次告知，不能再请补充。"
            "材料还不齐的，请按现有材料受理或者不予受理，并写明理由。"
        )


def wait(one: Matter, today: date, rulebook: Rulebook) -> None:
    """Clocks rest until the papers come that are asked for today, where the rule is so.

    What is missing is told once (一次告知). Raises NotPossible.
    """
    _check_asked_once(dates_of(one))
    rule = rulebook.rule("deadlines").on(dates_of(one).received)
    if not rule.values["supplying_counts"]:
        _keep(one, Rest(RestReason.SUPPLY, today, None))


def go_on(one: Matter, today: date) -> None:
    """Clocks that rest go on after today."""
    rests = orjson.loads(one.rests)
    for rest in rests:
        rest["last"] = rest["last"] or today.isoformat()
    one.rests = orjson.dumps(rests).decode()


def extend(one: Matter, today: date, rulebook: Rulebook) -> None:
    """The decision gets its one extension, before its term is over. Raises NotPossible."""
    if one.extended:
        raise NotPossible("已经延长过一次，不能再延长。")
    before = _decision_due(one, rulebook)
    if before < today:
        raise NotPossible(f"办理期限到 {before.isoformat()} 已经满了，只能在期满以前延长。")
    one.extended = True
    if _decision_due(one, rulebook) <= before:
        raise NotPossible("决定不能晚于答复申请人的最后一天，不能再延长。")


def _decision_due(one: Matter, rulebook: Rulebook) -> date:
    found = clocks_of(one, rulebook)
    return min(clock.due.day for clock in found if clock.rule == "repair_decided")


def _keep(one: Matter, rest: Rest) -> None:
    said = {
        "reason": rest.reason.value,
        "first": rest.first.isoformat(),
        "last": rest.last.isoformat() if rest.last else "",
        "document": " ".join(rest.document.split())[:_LONGEST_DOCUMENT],
    }
    one.rests = orjson.dumps([*orjson.loads(one.rests), said]).decode()
