"""Whether and from when the end of a record can be applied for (信用修复), or it stops by itself.

信用修复管理办法 (发改委令第36号) 第四条; 第58号令; 发改办财金〔2019〕527号; 总局令第45号 and
第107号 for market supervision; of lists 总局令第44号 and the rule ``list_periods``. Only a law, a
regulation or a central document makes a record unrepairable, so that stands in the rules alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_site.domain.errors import RulebookError, RuleNotInForce
from credit_site.domain.list_periods import ListPlace, months_of, restricted
from credit_site.domain.publication_window import version_of
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.working_days import add_months


class RepairWay(StrEnum):
    """How a publication can end before, or at, its last day."""

    APPLICATION = "application"
    AUTOMATIC = "automatic"
    NEVER = "never"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class RepairFacts:
    """What the terms depend on; ``texts`` are kind of violation and articles of law."""

    rule: str
    list_name: str
    severity: str
    types: tuple[str, ...]
    texts: tuple[str, ...]
    start: date
    end: date | None
    branch: str = ""

    @property
    def place(self) -> ListPlace:
        """The list and its branch."""
        return ListPlace(self.list_name, self.branch)


@dataclass(frozen=True, slots=True)
class RepairTerms:
    """The way out: ``earliest`` first day of an application, ``ends`` last day shown anyhow.

    ``reason`` says it in a Chinese sentence; ``months`` is the shortest period shown.
    """

    way: RepairWay
    earliest: date | None
    ends: date | None
    months: int
    reason: str

    def open_on(self, day: date) -> bool:
        """Whether an application may be made on that day."""
        return self.way is RepairWay.APPLICATION and (
            self.earliest is not None and day >= self.earliest
        )


def repair_terms(facts: RepairFacts, rulebook: Rulebook) -> RepairTerms:
    """The terms under the version of the rule that stands on the record."""
    try:
        version = version_of(_version_id(facts.rule), rulebook)
    except (RuleNotInForce, RulebookError):
        return RepairTerms(
            RepairWay.ELSEWHERE, None, facts.end, 0, "这条信息的修复条件以认定机关的规定为准。"
        )
    if facts.list_name:
        return _of_listing(facts, version.values, rulebook)
    return _of_penalty(facts, version.values)


def _version_id(rule: str) -> str:
    """Entries of lists name their list behind the version: ``list_periods/2000-01-01/watch``."""
    return "/".join(rule.split("/")[:2])


def _of_listing(
    facts: RepairFacts, values: Mapping[str, object], rulebook: Rulebook
) -> RepairTerms:
    months = months_of(values, facts.place, "early_removal")
    if facts.list_name == "published-elsewhere":
        said = "这是转载的名单，移出由原公布单位决定；原名单移出后，本站同步移除。"
        return RepairTerms(RepairWay.ELSEWHERE, None, facts.end, 0, said)
    if not months:
        said = "到期自动移出，不需要申请。"
        return RepairTerms(RepairWay.AUTOMATIC, None, facts.end, 0, said)
    if restricted(facts.place, facts.start, facts.end, rulebook):
        said = "因法律法规规定的限制延长到限制期满，期满以前不能提前移出，期满自动移出。"
        return RepairTerms(RepairWay.AUTOMATIC, None, facts.end, 0, said)
    said = f"列入满 {months} 个月、义务已经履行完毕的，可以申请提前移出。"
    return RepairTerms(
        RepairWay.APPLICATION, add_months(facts.start, months), facts.end, months, said
    )


def _of_penalty(facts: RepairFacts, values: Mapping[str, object]) -> RepairTerms:
    unrepairable = _unrepairable(facts, values)
    if unrepairable:
        said = f"处罚种类有“{unrepairable}”的，按规定不能提前终止公示，到期自动停止。"
        return RepairTerms(RepairWay.NEVER, None, facts.end, 0, said)
    period = values[facts.severity]
    assert isinstance(period, Mapping), "every class has a period"
    shortest, longest = int(period["shortest"]), int(period["longest"])
    special = _special(facts, values)
    months = max(shortest, special) if special else shortest
    if months >= longest:
        said = f"公示满 {longest} 个月自动停止，不需要申请。"
        return RepairTerms(RepairWay.AUTOMATIC, None, facts.end, months, said)
    why = "（食品、药品等特殊领域）" if special and special == months else ""
    said = f"公示满 {months} 个月{why}、义务全部履行完毕的，可以申请提前终止公示。"
    return RepairTerms(
        RepairWay.APPLICATION, add_months(facts.start, months), facts.end, months, said
    )


def _unrepairable(facts: RepairFacts, values: Mapping[str, object]) -> str:
    """The kind of penalty that bars a repair; "" for none.

    Where the rule names violations as well, both must be met (发改办财金〔2019〕527号).
    """
    violations = _words(values, "not_repairable_violations")
    if violations and not _spoken_of(violations, facts.texts):
        return ""
    barred = _words(values, "not_repairable_types")
    return next((name for name in facts.types if name in barred), "")


def _special(facts: RepairFacts, values: Mapping[str, object]) -> int:
    """Months that must pass at least in the special fields; 0 outside of them."""
    months = values.get("special_shortest", 0)
    if _spoken_of(_words(values, "special_fields"), facts.texts):
        return int(months) if isinstance(months, int) else 0
    return 0


def _words(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = values.get(name, ())
    return tuple(map(str, found)) if isinstance(found, (list, tuple)) else ()


def _spoken_of(words: tuple[str, ...], texts: tuple[str, ...]) -> bool:
    return any(word in text for word in words for text in texts)
