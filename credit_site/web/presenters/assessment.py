"""A month's assessment in words and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from credit_site.domain.assessment.document import Assessment
from credit_site.domain.assessment.figures import Count, Tally, median, worst
from credit_site.domain.assessment.ranking import Indicator
from credit_site.domain.rulebook import Basis, Rulebook
from credit_site.web.presenters.assessment_tables import (
    Groups,
    Table,
    days,
    divisional,
    percent,
    ranking,
    themes,
)
from credit_site.web.presenters.words import Names, fault_words

MOST_FAULTS = 15


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """An indicator as the page explains it."""

    name: str
    weight: int
    good: str
    of: str


@dataclass(frozen=True, slots=True)
class MethodWords:
    """How the ranking is made, for people to check."""

    version: str
    decisions_from: str
    prior_cases: int
    least_cases: int
    grades: tuple[tuple[str, str], ...]
    indicators: tuple[IndicatorWords, ...]
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class AssessmentWords:
    """Everything a report shows of its figures."""

    summary: tuple[str, ...]
    ranking: Table
    tables: tuple[Table, ...]
    divisions: Table
    division_tables: tuple[Table, ...]
    silent: tuple[str, ...]
    faults: tuple[tuple[str, str], ...]
    method: MethodWords

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Anchors and titles of the page's parts."""
        found = [("ranking", self.ranking.title)] if self.ranking.rows else []
        found += [(table.name, table.title) for table in self.tables]
        found += [("divisions", self.divisions.title)] if self.divisions.rows else []
        return [*found, ("method", "评分办法")]

    @property
    def all_tables(self) -> tuple[Table, ...]:
        """In the order of the page."""
        return (self.ranking, *self.tables, self.divisions, *self.division_tables)


class AssessmentPresenter:
    """Says assessments with the rulebook's words."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book, self._names = rulebook, Names(rulebook)
        self._labels: Mapping[str, str] = rulebook.rule("assessment").labels

    def show(self, found: Assessment, only: str = "") -> AssessmentWords:
        """The whole assessment, or (``only``) what concerns one bureau."""
        bureaus, divisions = self._bureaus(found, only), self._divisions(found, only)
        return AssessmentWords(
            tuple(self._summary(found, bureaus)),
            ranking(bureaus, self._labels),
            tuple(themes(bureaus, self._labels)),
            ranking(divisions, self._labels),
            tuple(divisional(divisions, self._labels)),
            () if only else tuple(self._silent(found)),
            tuple(self._faults(found, only)),
            self._method(found),
        )

    def _bureaus(self, found: Assessment, only: str) -> Groups:
        order = tuple(one for one in found.bureaus if one.key == only or not only)
        return Groups(
            "bureaus",
            "部门排名",
            "部门",
            order,
            found.figures.by_agency(),
            self._names.short_agency,
            lambda slug: f"/agencies/{slug}" if slug in self._book.agencies else "",
        )

    def _divisions(self, found: Assessment, only: str) -> Groups:
        return Groups(
            "divisions",
            "区县排名",
            "区县",
            () if only else found.divisions,
            found.figures.by_division(),
            self._division,
            lambda code: f"/search?division={code}&sort=newest",
        )

    def _division(self, code: str) -> str:
        """A district; the city itself stands for what its bureaus did without naming one."""
        name = self._names.division(code)
        return f"{name}（市级）" if code.endswith("00") else name

    def _summary(self, found: Assessment, whose: Groups) -> Iterable[str]:
        tallies = [whose.tallies[one.key] for one in whose.order]
        total = sum(tallies, Tally())
        active = sum(1 for tally in tallies if tally[Count.DISCLOSED])
        if not total[Count.DISCLOSED]:
            yield "本月没有公示行政处罚决定。"
        else:
            yield from _disclosed(total, active)
        if total[Count.ROWS]:
            taken = total[Count.ACCEPTED] + total[Count.UNCHANGED]
            yield (
                f"收到报送数据 {total[Count.ROWS]:,} 行，{percent(taken, total[Count.ROWS]).text}"
                f"合格，{total[Count.REJECTED]:,} 行不合格、至统计时没有改好。"
            )
        yield from _matters(total)

    def _silent(self, found: Assessment) -> Iterable[str]:
        """Bureaus of which nothing became public."""
        tallies = found.figures.by_agency()
        for slug, agency in self._book.agencies.items():
            if not tallies.get(slug, Tally())[Count.DISCLOSED]:
                yield agency.short_name

    def _faults(self, found: Assessment, only: str) -> Iterable[tuple[str, str]]:
        figures = found.figures
        counted = figures.faults.get(only, Counter()) if only else figures.all_faults()
        for (code, column), rows in counted.most_common(MOST_FAULTS):
            yield fault_words(code, column), f"{rows:,}"

    def _method(self, found: Assessment) -> MethodWords:
        method = found.method
        rule = self._book.rule("assessment")
        basis = next((v.basis for v in rule.versions if v.id == method.version), ())
        return MethodWords(
            method.version,
            method.decisions_from.isoformat(),
            method.prior_cases,
            method.least_cases,
            tuple((self._labels[name], str(least)) for name, least in method.grades),
            tuple(map(self._indicator, method.indicators)),
            basis,
        )

    def _indicator(self, one: Indicator) -> IndicatorWords:
        return IndicatorWords(
            self._labels[one.name], one.weight, self._joined(one.good), self._joined(one.of)
        )

    def _joined(self, counts: Iterable[Count]) -> str:
        return "＋".join(self._labels[count] for count in counts)


def _disclosed(total: Tally, active: int) -> Iterable[str]:
    dated = total[Count.ON_TIME] + total[Count.LATE]
    said = f"{active} 个部门公示行政处罚决定 {total[Count.DISCLOSED]:,} 条"
    if dated:
        share = percent(total[Count.ON_TIME], dated)
        said += (
            f"；计算及时率的 {dated:,} 条中，{total[Count.ON_TIME]:,} 条（{share.text}）在决定"
            f"作出后 7 个工作日以内公示，{total[Count.IN_TWENTY]:,} 条在 20 个工作日以内"
        )
    yield f"{said}。"
    if total[Count.LATE]:
        yield (
            f"迟报 {total[Count.LATE]:,} 条，超过第 7 个工作日的天数中位数为"
            f" {days(median(total.late)).text} 个工作日，最迟的超过 {worst(total.late)} 个工作日。"
        )
    if total[Count.BACKLOG]:
        yield f"另有补录的存量决定 {total[Count.BACKLOG]:,} 条，不计入及时率。"


def _matters(total: Tally) -> Iterable[str]:
    closed = total.sum((Count.OBJECTIONS_CLOSED, Count.REPAIRS_CLOSED, Count.TIPS_CLOSED))
    timely = total.sum((Count.OBJECTIONS_IN_TIME, Count.REPAIRS_IN_TIME, Count.TIPS_IN_TIME))
    overdue = total.sum((Count.OBJECTIONS_OVERDUE, Count.REPAIRS_OVERDUE, Count.TIPS_OVERDUE))
    if closed or overdue:
        yield (
            f"办结异议、修复申请和举报 {closed:,} 件，其中按期 {timely:,} 件；"
            f"逾期未办 {overdue:,} 件。"
        )
    if total[Count.TIPS_CLOSED]:
        yield f"举报从收到到答复，中位数为 {days(median(total.tip_days)).text} 个工作日。"
