"""A receipt of many lines as its reader needs it: counted, the listed first, the rest compact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from credit_site.domain.lookups import GRAVEST, Result
from credit_site.domain.rulebook import Measure
from credit_site.services.lookups.views import LineView
from credit_site.web.presenters.lookups import RESULTS

_ORDER = (*GRAVEST, Result.CHANGED, Result.UNCLEAR, Result.NOT_ASKED, Result.NONE)
_NAMED = 30
_ON_NO_LIST = "截至查询时，不在任何正在公示的名单上"
_BY_NAME = "没有写代码的只按名称查，没有核对统一社会信用代码"


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one result and, where nothing follows from it, of one note.

    ``full``: each line is told with its entries and feedback; else they are rows of a table.
    ``measures`` are those of most of its entries, for whom they are named once.
    """

    anchor: str
    title: str
    tone: str
    note: str
    full: bool
    lines: tuple[LineView, ...]
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines have a result, and where on the page they begin."""

    anchor: str
    title: str
    tone: str
    lines: int


def groups(lines: Sequence[LineView]) -> list[Group]:
    """The lines, the gravest first; what they say alike is the group's note."""
    found: list[Group] = []
    for result in _ORDER:
        title, tone = RESULTS[result]
        notes = dict.fromkeys(_note(line) for line in lines if line.result is result)
        for number, note in enumerate(notes, 1):
            alike = tuple(one for one in lines if one.result is result and _note(one) == note)
            anchor = result.value if number == 1 else f"{result.value}-{number}"
            full = result in (*GRAVEST, Result.CHANGED)
            said, usual = _said(note, alike), _usual(alike)
            found.append(Group(anchor, title, tone, said, full, alike, usual))
    return found


def counted(lines: Iterable[LineView]) -> list[Counted]:
    """The results that occur, the gravest first."""
    counts = Counter(line.result for line in lines)
    return [Counted(one.value, *RESULTS[one], counts[one]) for one in _ORDER if counts[one]]


def every_measure(lines: Iterable[LineView]) -> list[Measure]:
    """Each measure that applies to any line, once."""
    return list(dict.fromkeys(one for line in lines for one in line.measures))


def changed_lines(lines: Iterable[LineView]) -> tuple[list[LineView], int]:
    """Lines whose grounds have changed, one a row: so many as are named, and how many more."""
    changed = (line for line in lines if line.result is Result.CHANGED)
    firsts: dict[int, LineView] = {}
    for line in changed:
        firsts.setdefault(line.row, line)
    every = list(firsts.values())
    return every[:_NAMED], len(every[_NAMED:])


def untold(lines: Iterable[LineView]) -> list[LineView]:
    """Lines that wait for feedback."""
    return [line for line in lines if line.answerable and line.feedback is None]


def beside(line: LineView) -> str:
    """As what a line stands beside another one of its row, in Chinese; "" for the row's own."""
    return f"第 {line.row} 行的{line.role}" if line.role else ""


def _usual(lines: Iterable[LineView]) -> tuple[Measure, ...]:
    """The measures that most entries name, where several do."""
    named = Counter(entry.measures for line in lines for entry in line.entries if entry.measures)
    (usual, count), *_ = named.most_common(1) or [((), 0)]
    return usual if count > 1 else ()


def _note(line: LineView) -> str:
    """What a row of the table leaves to its group."""
    return "" if line.entries or line.result is Result.CHANGED else line.note


def _said(note: str, lines: Iterable[LineView]) -> str:
    if not all(line.result is Result.NONE for line in lines):
        return note
    by_name = any(not line.code for line in lines)
    return f"{_ON_NO_LIST}；{_BY_NAME}" if by_name else _ON_NO_LIST
