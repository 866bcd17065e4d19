"""On which document an entry is prolonged, and to which day.

总局令第44号: a listing ends after three years, or with the restrictions of law that run longer; so
the kind of the restriction and its own last day are asked, and the entry goes no further. The watch
list is prolonged on repetition alone (知识产权信用管理规定).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from credit_site.domain.document_numbers import is_complete, normalise_number
from credit_site.domain.listing_rules import ON_RESTRICTION
from credit_site.services.listing_cases import resting
from credit_site.services.listing_cases.deeds import Deed
from credit_site.services.reviewing import NotPossible

_NO_RESTRICTION = (
    "只有法律法规规定的限制（{}）还没有届满的，才能延长，延长到限制期满：请填写限制的决定书完整的文号，"
    "例如 郑市监处罚〔2026〕12号，并附这份决定书。"
)
_NO_REPETITION = (
    "这个名单只有期内再次发生失信行为的才能延长：请填写列入以后再次认定失信行为的文书完整的文号，"
    "例如 郑市监处罚〔2026〕12号，并附这份文书。"
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why and to which day; ``restriction`` its kind, ``restricted_until`` its own last day."""

    until: date
    because: str
    restriction: str = ""
    restricted_until: str = ""


def grounds(deed: Deed, since: date, longest: date) -> Grounds:
    """What the branch lets an entry be prolonged on. Raises NotPossible."""
    if deed.branch.extension == ON_RESTRICTION:
        return _restriction(deed, longest)
    until = _later(deed, "until", "延长后的日期要晚于现在的期限。")
    if until > longest:
        raise NotPossible(f"最长只能延长到 {longest.isoformat()}。")
    return Grounds(until, _repetition(deed, since))


def _restriction(deed: Deed, longest: date) -> Grounds:
    """The entry ends with the restriction, and at the latest where no entry may stand longer."""
    number, kind = _number(deed), deed.said.get("restriction", "")
    problem = _NO_RESTRICTION.format("、".join(deed.branch.restrictions))
    if kind not in deed.branch.restrictions:
        raise NotPossible(problem)
    _on_file(deed, number, problem)
    _holds(deed, number, kind)
    ends = _later(deed, "restricted_until", "限制在名单的期限以前就届满了，不需要延长。")
    return Grounds(min(ends, longest), number, kind, ends.isoformat())


def _holds(deed: Deed, number: str, kind: str) -> None:
    """What is on record under the number must be of the subject, and hold the restriction."""
    found = resting.under_number(deed.tools.session, number)
    own = [one for one in found if one.uscc == deed.case.uscc and one.uscc]
    if found and not own:
        raise NotPossible(f"本站记录里，{number}不是对这个主体的处罚，请核对文号。")
    types = [one.content.get("penalty_types") for one in own]
    if own and not any(isinstance(said, list) and kind in said for said in types):
        raise NotPossible(f"本站记录里，{number}没有“{kind}”，不能作为延长的依据。")
    same = normalise_number(deed.case.penalty_number) == normalise_number(number)
    if not own and same and deed.content.get("heavy") != kind:
        raise NotPossible(f"列入时登记的这份处罚不是“{kind}”，不能作为延长的依据。")


def _repetition(deed: Deed, since: date) -> str:
    newer = next(resting.newer(deed.tools.session, deed.case.uscc, since), None)
    if newer is not None:
        return newer.document_number
    _on_file(deed, _number(deed), _NO_REPETITION)
    return _number(deed)


def _number(deed: Deed) -> str:
    return " ".join(deed.said.get("because", "").split())


def _on_file(deed: Deed, number: str, problem: str) -> None:
    """A complete number with its document attached, and not one that is known to be void."""
    if not is_complete(number) or not deed.proof:
        raise NotPossible(problem)
    if void := resting.void_of(deed.tools, deed.case, number):
        raise NotPossible(f"{void}，不能作为延长的依据。")


def _later(deed: Deed, name: str, problem: str) -> date:
    """A day of the form, later than the end there is."""
    try:
        until = date.fromisoformat(deed.said.get(name, ""))
    except ValueError:
        raise NotPossible("请填写延长到哪一天（限制的最后一天），例如 2029-03-05。") from None
    if deed.case.ends_on is None or until <= deed.case.ends_on:
        raise NotPossible(problem)
    return until
