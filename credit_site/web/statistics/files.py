"""Figures as files: CSV for people's spreadsheets, JSON for programs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson
from flask import Response

from credit_site.services.open_data.csv_form import BOM, careful_line
from credit_site.services.statistics.figures import Figures
from credit_site.services.statistics.history import MonthOfList
from credit_site.web.presenters.statistics import CHARTS, StatisticsWords
from credit_site.web.presenters.words import Names
from credit_site.web.streams import attached

LISTS = "lists"
"""The table of the lists month by month, beside those of the breakdowns."""
Histories = Mapping[str, Sequence[MonthOfList]]


@dataclass(frozen=True, slots=True)
class Told:
    """Figures, how they are said, and by which dimensions they are narrowed."""

    figures: Figures
    say: StatisticsWords
    narrowed_by: Collection[str]

    def without(self, name: str) -> int:
        """How many records have no value of a dimension."""
        return self.say.without(name, self.figures, self.narrowed_by)


def csv_answer(name: str, title: str, told: Told, called: str) -> Response:
    """All values of a dimension with their numbers; ``called``: what the file tells, as a name."""
    values = told.say.ordered(name, told.figures)
    rows = [[told.say.label(name, one.value), str(one.count)] for one in values]
    if without := told.without(name):
        rows.append([f"（没有写明{title}）", str(without)])
    return _csv(name, [[title, "正在公示（条）"], *rows], f"{called}.csv")


def lists_csv(names: Names, lists: Histories) -> Response:
    """Every list month by month."""
    rows = (
        [names.list_name(slug), one.month, str(one.came), str(one.left), str(one.stood)]
        for slug, months in lists.items()
        for one in months
    )
    return _csv(LISTS, [["名单", "月份", "列入（条）", "移出（条）", "月末在列（条）"], *rows])


def json_answer(told: Told, today: date, lists: Histories) -> Response:
    """Total, breakdowns and lists, as of a day and a ledger number.

    ``without``: how many records have no value of a dimension, where there are any.
    """
    found, say = told.figures, told.say
    answer = {
        "as_of": today.isoformat(),
        "ledger": found.seq,
        "behind": found.behind,
        "total": found.total,
        "breakdowns": {
            name: [
                {"value": one.value, "label": say.label(name, one.value), "records": one.count}
                for one in say.ordered(name, found)
            ]
            for name in CHARTS
        },
        "without": {name: count for name in CHARTS if (count := told.without(name))},
        "lists": lists,
    }
    body = orjson.dumps(answer, option=orjson.OPT_INDENT_2)
    response = Response(body, content_type="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _csv(name: str, rows: Iterable[Sequence[str]], called: str = "") -> Response:
    text = BOM + "".join(map(careful_line, rows))
    response = Response(text, content_type="text/csv; charset=utf-8")
    return attached(response, f"statistics-{name}.csv", called)
