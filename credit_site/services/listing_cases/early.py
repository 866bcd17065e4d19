"""The early removal from a list: one set of conditions, by whichever door it is asked for.

总局令第44号: after one full year, duties performed, harm removed, no new heavier penalty, not
while legal restrictions run; of other lists the rule ``list_periods`` says from when. A credit
repair that is upheld and an end for repair on the desk lead here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from credit_site.domain.list_periods import ListPlace, earliest_removal, restricted
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Record
from credit_site.services.listing_cases.resting import newer, weight
from credit_site.services.reviewing import NotPossible

CONDITIONS = {
    "performed": "决定的义务已经全部履行",
    "mended": "危害后果已经消除，失信行为已经纠正",
    "unrestricted": "法律法规规定的限制期限已满，或者没有限制",
}
"""What must be confirmed one by one for an early removal (总局令第44号)."""
RESTRICTED = (
    "因法律法规规定的限制没有届满，已经决定延长到限制期满：限制期满以前不能提前移出。限制已经提前解除的，请先"
    "在名单案件里凭解除的文书撤回延长。"
)


def check_early(
    session: Session, rulebook: Rulebook, record: Record, day: date, confirmed: Mapping[str, str]
) -> None:
    """Raises NotPossible where an entry cannot be removed on a day; ``confirmed`` by name."""
    listed_on = record.decided_on
    if listed_on is None:
        raise NotPossible("这条信息没有列入日期，不能提前移出。")
    place = ListPlace(record.list_name, str(record.content.get("branch", "")))
    earliest = earliest_removal(place, listed_on, rulebook)
    if earliest is None:
        raise NotPossible("这个名单没有提前移出的规定，到期移出。")
    if restricted(place, listed_on, record.publication_end, rulebook):
        raise NotPossible(RESTRICTED)
    if day < earliest:
        raise NotPossible(f"最早可以在 {earliest.isoformat()} 提前移出。")
    missing = [text for name, text in CONDITIONS.items() if not confirmed.get(name)]
    if missing:
        raise NotPossible(f"提前移出须逐项确认，还没有确认：{'；'.join(missing)}。")
    branch = rulebook.list_branches.get(place.branch)
    heavy = (one for one in newer(session, record.uscc, listed_on) if weight(one, branch))
    again = next(heavy, None)
    if again is not None:
        raise NotPossible(f"列入以后又受到较重行政处罚（{again.document_number}），不能提前移出。")
