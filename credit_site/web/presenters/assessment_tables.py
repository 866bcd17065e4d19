"""An assessment as tables: what pages, workbooks and printed reports show alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from credit_site.domain.assessment.figures import Count, Tally, median, worst
from credit_site.domain.assessment.ranking import Share, Standing

Value = int | float | str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is and as it is said; ``note`` stands small below it.

    ``parts`` are numerator and denominator of a share.
    """

    value: Value
    text: str
    note: str = ""
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One bureau, one division, or all of them (``href`` "")."""

    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of figures; ``name`` is its anchor, ``first`` the title of the row names."""

    name: str
    title: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def shares(self, column: int) -> bool:
        """Whether a column holds shares."""
        return any(row.cells[column].parts for row in self.rows)


@dataclass(frozen=True, slots=True)
class Groups:
    """Whose figures: in order, how each is called and where it is shown; ``first`` names them."""

    name: str
    title: str
    first: str
    order: tuple[Standing, ...]
    tallies: Mapping[str, Tally]
    called: Callable[[str], str]
    address: Callable[[str], str]


def number(value: int) -> Cell:
    """A count."""
    return Cell(value, f"{value:,}")


def days(value: float | None) -> Cell:
    """Working days, perhaps a half; nothing where there are none."""
    if value is None:
        return Cell(None, "")
    return Cell(value, f"{value:.1f}".removesuffix(".0"))


def percent(good: int, of: int) -> Cell:
    """A share to a tenth of a percent, with its parts; nothing of nothing."""
    if not of:
        return Cell(None, "—")
    share = (good * 2000 + of) // (of * 2) / 10
    return Cell(share, f"{share:.1f}%", f"{good:,}/{of:,}", (good, of))


_Extra = tuple[str, Callable[[Tally], Cell]]
_LATENESS: tuple[_Extra, ...] = (
    ("迟报中位数（工作日）", lambda tally: days(median(tally.late))),
    ("最迟（工作日）", lambda tally: days(worst(tally.late))),
)
_TAKEN = "办结用时中位数（工作日）"
_TIPS: tuple[_Extra, ...] = ((_TAKEN, lambda tally: days(median(tally.tip_days))),)
_OBJECTIONS: tuple[_Extra, ...] = ((_TAKEN, lambda tally: days(median(tally.objection_days))),)
_REPAIRS: tuple[_Extra, ...] = ((_TAKEN, lambda tally: days(median(tally.repair_days))),)
_THEMES: tuple[tuple[str, str, tuple[Count, ...], tuple[_Extra, ...]], ...] = (
    (
        "disclosure", "公示和迟报",
        (Count.DISCLOSED, Count.ON_TIME, Count.LATE, Count.IN_TWENTY, Count.BACKLOG, Count.UNDATED,
         Count.LISTED_ENTRIES),
        _LATENESS,
    ),
    (
        "rows", "报送质量",
        (Count.FILES, Count.FILES_UNUSABLE, Count.ROWS, Count.ACCEPTED, Count.REJECTED,
         Count.UNCHANGED, Count.WITHHELD),
        (),
    ),
    (
        "changes", "更正、终止和撤回",
        (Count.AMENDED, Count.ENDED_ERROR, Count.ENDED_CORRECTED, Count.ENDED_REVOKED,
         Count.ENDED_REPAIRED, Count.ENDED_EXPIRED, Count.ENDED_DISHONEST, Count.ENDED_DELISTED,
         Count.WITHDRAWN_IN_TIME, Count.WITHDRAWN_LATE, Count.WITHDRAWALS_OVERDUE),
        (),
    ),
    (
        "objections", "异议",
        (Count.OBJECTIONS_RECEIVED, Count.OBJECTIONS_CLOSED, Count.OBJECTIONS_IN_TIME,
         Count.OBJECTIONS_OVERDUE, Count.OBJECTIONS_UPHELD),
        _OBJECTIONS,
    ),
    (
        "repairs", "信用修复和暂时屏蔽",
        (Count.REPAIRS_RECEIVED, Count.REPAIRS_CLOSED, Count.REPAIRS_IN_TIME,
         Count.REPAIRS_OVERDUE, Count.REPAIRS_UPHELD),
        _REPAIRS,
    ),
    (
        "tips", "举报",
        (Count.TIPS_RECEIVED, Count.TIPS_CLOSED, Count.TIPS_IN_TIME, Count.TIPS_OVERDUE,
         Count.TIPS_UPHELD),
        _TIPS,
    ),
    (
        "lists", "名单",
        (Count.CASES_BEGUN, Count.CASES_LISTED, Count.CASES_REMOVED),
        (),
    ),
    (
        "lookups", "联合惩戒查询",
        (Count.LOOKUPS, Count.LOOKUP_HITS, Count.LOOKUPS_TOLD),
        (),
    ),
    (
        "exchange", "平台交换",
        (Count.EXCHANGE_ACCEPTED, Count.EXCHANGE_REFUSED, Count.EXCHANGE_OPEN),
        (),
    ),
)  # fmt: skip
_DIVISIONAL = ("disclosure", "changes", "objections", "repairs", "tips", "lists")


def ranking(whose: Groups, labels: Mapping[str, str]) -> Table:
    """Ranks, scores and the shares they come from."""
    used = [share.indicator for share in whose.order[0].shares] if whose.order else []
    columns = ("名次", "得分", "档次", *(labels[name] for name in used))
    rows = [
        Row(
            whose.called(one.key),
            whose.address(one.key),
            (*_standing(one, labels), *map(_share, one.shares)),
        )
        for one in whose.order
        if one.rank or whose.tallies[one.key][Count.DISCLOSED]
    ]
    return Table(whose.name, whose.title, whose.first, columns, tuple(rows))


def themes(whose: Groups, labels: Mapping[str, str], names: Iterable[str] = ()) -> list[Table]:
    """A table for each subject of which there is anything to tell; all together at its end."""
    wanted = set(names)
    found = [_table(whose, theme, labels) for theme in _THEMES if not wanted or theme[0] in wanted]
    return [table for table in found if table.rows]


def divisional(whose: Groups, labels: Mapping[str, str]) -> list[Table]:
    """The subjects that are counted by division."""
    return themes(whose, labels, _DIVISIONAL)


def _table(
    whose: Groups,
    theme: tuple[str, str, tuple[Count, ...], tuple[_Extra, ...]],
    labels: Mapping[str, str],
) -> Table:
    name, title, counts, extras = theme
    told = [(one.key, whose.tallies[one.key]) for one in whose.order]
    told = [(key, tally) for key, tally in told if tally.sum(counts)]
    shown = [count for count in counts if any(tally[count] for _, tally in told)]
    extras = tuple(
        (said, make) for said, make in extras if any(make(tally).text for _, tally in told)
    )

    def row(called: str, href: str, tally: Tally) -> Row:
        cells = (number(tally[count]) for count in shown)
        return Row(called, href, (*cells, *(make(tally) for _, make in extras)))

    rows = [row(whose.called(key), whose.address(key), tally) for key, tally in told]
    if len(rows) > 1:
        rows.append(row("合计", "", sum((tally for _, tally in told), Tally())))
    columns = (*(labels[count] for count in shown), *(said for said, _ in extras))
    anchor = name if whose.name == "bureaus" else f"{whose.name}-{name}"
    return Table(anchor, title, whose.first, columns, tuple(rows))


def _standing(one: Standing, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    if not one.rank:
        return Cell(None, "不排名"), Cell(None, "—"), Cell(None, "件数太少")
    grade = labels[one.grade]
    return number(one.rank), Cell(one.score, f"{one.score:.1f}"), Cell(grade, grade)


def _share(share: Share) -> Cell:
    return percent(share.good, share.of)
