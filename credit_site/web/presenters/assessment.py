"""A month's assessment in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from credit_site.domain.assessment.document import Assessment
from credit_site.domain.assessment.figures import Count, Tally, median, worst
from credit_site.domain.assessment.ranking import Indicator, Method
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
"""Kinds of faults that are told of a bureau."""
_FEW = (
    "只有几件的时候，比例说明不了什么。所以计算每项指标时，给每个部门都补上 {prior} 件“全市平均水平"
    "”的案件，再求比例。两件都按期，不会因此排到几百件只迟一两件的前面；迟了一件，也不会因此垫底。没有某类"
    "事项的部门，这一项等于全市平均；全市都没有的，这一项不计。"
)
_TIMELY = (
    "按第一次公示的日期（北京时间）和作出决定的日期之间的工作日计算，当日不计；{since} 以前作出的决"
    "定是存量补录，单列，不计入。"
)
_ANSWERED = (
    "按办结的月份统计；申请人自己撤回的不计入办结。逾期未办是到月底期限已过、还没有办结的。用时从收到的"
    "次日起算到办结，只计工作日。"
)


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
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FaultWords:
    """Rows of a bureau that were not taken in: what is to be done, and how many they are."""

    bureau: str
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class AssessmentWords:
    """Everything a report shows of its figures."""

    summary: tuple[str, ...]
    ranking: Table
    tables: tuple[Table, ...]
    divisions: Table
    division_tables: tuple[Table, ...]
    silent: tuple[str, ...]
    faults: tuple[FaultWords, ...]
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

    def _faults(self, found: Assessment, only: str) -> Iterable[FaultWords]:
        """Bureau by bureau, in the order of the rulebook, what is most frequent first."""
        faults = found.figures.faults
        known = [slug for slug in self._book.agencies if slug in faults]
        for slug in known if not only else [slug for slug in known if slug == only]:
            name = self._names.short_agency(slug)
            for (code, column), rows in faults[slug].most_common(MOST_FAULTS):
                yield FaultWords(name, fault_words(code, column), rows)

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
            tuple(self._notes(method)),
        )

    def _notes(self, method: Method) -> Iterable[tuple[str, str]]:
        """What else makes the ranking: title and text."""
        grades = "，".join(f"{least} 分以上{self._labels[name]}" for name, least in method.grades)
        yield "件数少的部门怎样比", _FEW.format(prior=method.prior_cases)
        yield "不排名", f"当月公示不足 {method.least_cases} 条的，只列数字。"
        yield "并列", "得分（保留一位小数）相同的名次相同，后面的名次空出来。"
        yield "分档", f"{grades}，其余待改进。"
        yield "及时", _TIMELY.format(since=method.decisions_from.isoformat())
        yield (
            "报送",
            "按收到文件的月份统计，统计时已经改好的行算合格；放弃的和重复上传的文件不计。",
        )
        yield "办理", _ANSWERED

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
