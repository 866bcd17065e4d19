"""A report as workbook, CSV, JSON and PDF: the same frozen figures."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from io import BytesIO, StringIO
from typing import Any

import orjson
from flask import Response, render_template

from credit_site.domain.assessment.document import Assessment, document_of
from credit_site.domain.assessment.figures import Count, median, worst
from credit_site.domain.cells import Cell
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import CITY_TIME
from credit_site.intake.plain_sheet import Sheet, write_book
from credit_site.services.assessment.views import ReportView
from credit_site.services.pdf import PdfTooHeavy, render_pdf
from credit_site.web.assessment.reading import found_report, presenter
from credit_site.web.frame import site_settings, site_standing
from credit_site.web.presenters.assessment import AssessmentWords, MethodWords
from credit_site.web.presenters.assessment_print import print_content
from credit_site.web.presenters.assessment_tables import Cell as Figure
from credit_site.web.presenters.assessment_tables import Table
from credit_site.web.presenters.words import Names
from credit_site.web.screening import WORKBOOK

_BOM = "\ufeff"
_BUSY = "服务器正忙，请过一会儿再试；现在可以下载 Excel、CSV，或者直接打印网页。"
_PLACE = ("month", "version", "agency", "agency_name", "division", "division_name")
_DAYS = (
    "late_median", "late_worst", "tip_days_median", "objection_days_median", "repair_days_median",
)  # fmt: skip
_FORBIDDEN = str.maketrans("[]:*?/\\", "〔〕：＊？／＼")
_LONGEST_SHEET = 31


_Answer = Response | tuple[str, int]


def report(month: str, ending: str) -> _Answer:
    """The newest version."""
    return _answer(month, 0, ending)


def version(month: str, version: int, ending: str) -> _Answer:
    """A version as it was published."""
    return _answer(month, version, ending)


def _answer(month: str, number: int, ending: str) -> _Answer:
    view, found = found_report(month, number)
    make, kind = _FORMS[ending]
    try:
        content = make(view, found)
    except PdfTooHeavy:
        said = {"title": "暂时不能生成 PDF", "text": _BUSY, "code": 503}
        return render_template("errors/error.html", **said), 503
    response = Response(content, content_type=kind)
    name = f"assessment-{month}-{view.line.version}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _json(view: ReportView, found: Assessment) -> bytes:
    line, address = view.line, f"{site_settings().url}/assessment/{view.line.month}"
    said: dict[str, Any] = {
        "url": f"{address}/versions/{line.version}",
        "version": line.version,
        "published_on": line.published_on,
        "correction": line.note,
        "foreword": view.foreword,
        "labels": load_rulebook().rule("assessment").labels,
    }
    return orjson.dumps(said | document_of(found), option=orjson.OPT_INDENT_2)


def _csv(view: ReportView, found: Assessment) -> str:
    stream, names = StringIO(), Names(load_rulebook())
    writer = csv.writer(stream)
    writer.writerow([*_PLACE, *(count.value for count in Count), *_DAYS])
    for (agency, division), tally in found.figures.cells.items():
        place = agency, names.agency(agency), division, names.division(division)
        answered = tally.tip_days, tally.objection_days, tally.repair_days
        days = median(tally.late), worst(tally.late), *map(median, answered)
        writer.writerow(
            [
                view.line.month,
                view.line.version,
                *place,
                *(tally[count] for count in Count),
                *map(_plain, days),
            ]
        )
    return _BOM + stream.getvalue()


def _plain(days: float | None) -> str:
    """6, 2.5, or nothing."""
    return "" if days is None else f"{days:g}"


def _workbook(view: ReportView, found: Assessment) -> bytes:
    stream, words = BytesIO(), presenter().show(found)
    sheets = [_sheet(table) for table in words.all_tables if table.rows]
    titles = (("部门", 24), ("要做什么", 40), ("行数", 12))
    faults = Sheet("不合格的行", titles, ((f.bureau, f.text, f.rows) for f in words.faults))
    about = Sheet("说明", (("项目", 14), ("内容", 80)), _about(view, words))
    method = Sheet("评分办法", (("项目", 24), ("内容", 80)), _method(words.method))
    write_book([about, *sheets, faults, method], stream)
    return stream.getvalue()


def _about(view: ReportView, words: AssessmentWords) -> Iterator[tuple[Cell, ...]]:
    line = view.line
    yield "月份", str(line.month)
    yield "版本", line.version
    yield "发布和统计日期", line.published_on
    if line.note:
        yield "更正说明", line.note
    for text in (*view.foreword.splitlines(), *words.summary):
        yield "", text
    if words.silent:
        yield "没有公示处罚的部门", "、".join(words.silent)


def _method(method: MethodWords) -> Iterator[tuple[Cell, ...]]:
    """How the ranking comes about, for whoever has the workbook alone."""
    for one in method.indicators:
        yield f"{one.name}（权重 {one.weight}）", f"（{one.good}）÷（{one.of}）"
    yield from method.notes
    yield "规则版本", method.version
    for basis in method.basis:
        seen = "" if basis.verified else "（未核实）"
        yield "依据", "：".join(filter(None, (basis.document, basis.article))) + seen


def _sheet(table: Table) -> Sheet:
    name = f"{table.first} {table.title}".translate(_FORBIDDEN)[:_LONGEST_SHEET]
    titles = [
        title for at, title in enumerate(table.columns) for title in _titles(table, at, title)
    ]
    widths = [(table.first, 24), *((title, 16) for title in titles)]
    return Sheet(name, widths, _rows(table))


def _titles(table: Table, at: int, title: str) -> tuple[str, ...]:
    """A share stands in three columns: percent, and the two numbers it comes from."""
    return (f"{title}（%）", f"{title}：分子", f"{title}：分母") if table.shares(at) else (title,)


def _rows(table: Table) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        yield (
            row.name,
            *(value for at, cell in enumerate(row.cells) for value in _cells(table, at, cell)),
        )


def _cells(table: Table, at: int, cell: Figure) -> tuple[Cell, ...]:
    value = "" if cell.value is None else cell.value
    return (value, *(cell.parts or ("", ""))) if table.shares(at) else (value,)


def _pdf(view: ReportView, found: Assessment) -> bytes:
    site, day = site_settings(), found.as_of
    content = print_content(view, presenter().show(found), site.name, site.url)
    moment = datetime(day.year, day.month, day.day, tzinfo=CITY_TIME)
    content["invented"] = site_standing().demonstration
    return _typeset(orjson.dumps(content), moment)


@lru_cache(maxsize=8)
def _typeset(content: bytes, moment: datetime) -> bytes:
    """A report never changes: each process typesets it once. Raises PdfTooHeavy."""
    said: dict[str, JsonValue] = orjson.loads(content)
    return render_pdf("assessment_report.typ", said, moment)


_FORMS: dict[str, tuple[Callable[[ReportView, Assessment], bytes | str], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "json": (_json, "application/json; charset=utf-8"),
    "xlsx": (_workbook, WORKBOOK),
    "pdf": (_pdf, "application/pdf"),
}
