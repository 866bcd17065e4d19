"""What may come after a screening, exactly: for whoever has its number and secret, and the desk."""

from __future__ import annotations

from dataclasses import dataclass

from credit_site.domain.repair import RepairTerms, RepairWay
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.matters.screened import terms_after
from credit_site.services.matters.steps import SCREENED
from credit_site.services.matters.views import MatterView
from credit_site.web.presenters.words import spoken_day

_OPENINGS = {
    RepairWay.NEVER: "重整计划执行完毕以后，也不能申请信用修复：",
    RepairWay.AUTOMATIC: "重整计划执行完毕以后，不用申请信用修复：",
    RepairWay.ELSEWHERE: "重整计划执行完毕以后的信用修复：",
    RepairWay.APPLICATION: "重整计划执行完毕以后的信用修复：",
}


@dataclass(frozen=True, slots=True)
class Afterwards:
    """In Chinese what may come; ``form`` is the address of the form, "" while it is not open."""

    text: str
    form: str


def after_screening(found: MatterView) -> Afterwards | None:
    """None for what is no screening that was granted, and once the record has ended."""
    number = found.line.record_id
    if found.outcome != SCREENED or number is None:
        return None
    today = clock.today()
    terms = terms_after(db.session(), number, load_rulebook(), today)
    if terms is None:
        return None
    return Afterwards(
        _spoken(terms, number), f"/repairs/new?record={number}" if terms.open_on(today) else ""
    )


def _spoken(terms: RepairTerms, number: int) -> str:
    day = (
        f"从{spoken_day(terms.earliest)}起可以申请，填公示编号 {number}。" if terms.earliest else ""
    )
    last = f"公示期限到{spoken_day(terms.ends)}为止。" if terms.ends else ""
    return f"{_OPENINGS[terms.way]}{terms.reason}{day}{last}"
