"""Invented figures of a month, so that a demonstration has a report to show."""

from __future__ import annotations

from collections import Counter

from credit_site.demonstration.chance import Chance
from credit_site.domain.assessment.figures import Count, Fault, MonthFigures, Place, Tally
from credit_site.domain.rulebook import Rulebook

_SIZES = (412, 168, 96, 57, 38, 21, 12, 7, 3)
"""Decisions of the busiest bureaus; the others disclose nothing."""
_FAULTS: tuple[Fault, ...] = (
    ("required", "处罚依据"),
    ("bad_date", "处罚决定日期"),
    ("unknown_choice", "处罚类别"),
)
FOREWORD = (
    "本通报是演示：数字全部是编造的，用来说明通报的样子。\n"
    "本月各部门公示总体及时。迟报集中在月初的补报，请有关部门在决定作出之日就录入；"
    "报送的问题以处罚依据漏填最多，请对照空白表格的说明填写。"
)


def invented_figures(rulebook: Rulebook, seed: int) -> MonthFigures:
    """Figures that fit together: what is in time and what is late make up what is disclosed."""
    chance = Chance(f"assessment {seed}")
    cells: dict[Place, Tally] = {}
    faults: dict[str, Counter[Fault]] = {}
    for agency, size in zip(list(rulebook.agencies)[: len(_SIZES)], _SIZES, strict=True):
        for division in rulebook.divisions:
            number = chance.below(2 * size // len(rulebook.divisions) + 2)
            if number:
                cells[agency, division] = _disclosed(number, chance)
        cells[agency, ""] = _handed_in(size, chance)
        if cells[agency, ""][Count.REJECTED]:
            faults[agency] = Counter(
                chance.pick(_FAULTS) for _ in range(cells[agency, ""][Count.REJECTED])
            )
    return MonthFigures(cells, faults)


def _disclosed(number: int, chance: Chance) -> Tally:
    late = [chance.between(1, 18) for _ in range(number) if chance.below(12) == 0]
    objections, tips = chance.below(2), chance.below(3)
    counts = {
        Count.DISCLOSED: number,
        Count.ON_TIME: number - len(late),
        Count.LATE: len(late),
        Count.IN_TWENTY: number - sum(days > 13 for days in late),
        Count.AMENDED: chance.below(2),
        Count.ENDED_ERROR: int(chance.below(40) == 0),
        Count.ENDED_EXPIRED: chance.below(number + 1),
        Count.OBJECTIONS_RECEIVED: objections,
        Count.OBJECTIONS_CLOSED: objections,
        Count.OBJECTIONS_IN_TIME: objections,
        Count.TIPS_RECEIVED: tips,
        Count.TIPS_CLOSED: tips,
        Count.TIPS_IN_TIME: tips - int(tips > 0 and chance.below(8) == 0),
    }
    answered = Counter(chance.between(2, 30) for _ in range(tips))
    objected = Counter(chance.between(1, 3) for _ in range(objections))
    return Tally(Counter(counts), Counter(late), answered, objected)


def _handed_in(size: int, chance: Chance) -> Tally:
    rejected = chance.below(size // 20 + 2)
    counts = {
        Count.FILES: chance.between(1, 5),
        Count.ROWS: size + rejected,
        Count.ACCEPTED: size,
        Count.REJECTED: rejected,
        Count.WITHHELD: chance.below(size // 10 + 1),
        Count.LOOKUPS: chance.below(40),
        Count.LOOKUP_HITS: 0,
        Count.EXCHANGE_ACCEPTED: size,
        Count.EXCHANGE_REFUSED: chance.below(4),
    }
    return Tally(Counter(counts))
