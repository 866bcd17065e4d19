"""What the printed report says: the words and tables of the page as plain values."""

from __future__ import annotations

from credit_site.domain.public_form import JsonValue
from credit_site.services.assessment.views import ReportView
from credit_site.web.presenters.assessment import AssessmentWords
from credit_site.web.presenters.assessment_tables import Table
from credit_site.web.presenters.words import spoken_day


def title_of(view: ReportView) -> str:
    """2026年5月行政处罚信息公示情况通报."""
    month = view.line.month
    return f"{month.year}年{month.month}月行政处罚信息公示情况通报"


def print_content(
    view: ReportView, words: AssessmentWords, site: str, url: str
) -> dict[str, JsonValue]:
    """For the template ``pdf/assessment_report.typ``."""
    line, method = view.line, words.method
    day = spoken_day(line.published_on) if line.published_on else ""
    return {
        "site": site,
        "title": title_of(view),
        "version": line.version,
        "published": f"{day}发布，数字统计到这一天",
        "note": line.note,
        "paragraphs": view.foreword.splitlines(),
        "summary": list(words.summary),
        "tables": [_table(table) for table in words.all_tables if table.rows],
        "faults": [[one.bureau, one.text, f"{one.rows:,}"] for one in words.faults],
        "silent": list(words.silent),
        "method": {
            "version": method.version,
            "prior": method.prior_cases,
            "least": method.least_cases,
            "since": method.decisions_from,
            "indicators": [{"name": i.name, "weight": i.weight} for i in method.indicators],
        },
        "address": f"{url}/assessment/{line.month}/versions/{line.version}",
    }


def _table(table: Table) -> dict[str, JsonValue]:
    divisional = table.name.startswith("divisions-")
    return {
        "title": f"各区县：{table.title}" if divisional else table.title,
        "first": table.first,
        "columns": list(table.columns),
        "rows": [
            {"name": row.name, "cells": [f"{c.text} {c.note}".strip() for c in row.cells]}
            for row in table.rows
        ],
    }
