"""Files as clerks upload them, and the worker that checks them, for tests."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

import xlsxwriter
from flask import Flask
from sqlalchemy import func
from werkzeug.test import TestResponse

from credit_site.cli.context import desk_tools, followers
from credit_site.domain.cells import Cell
from credit_site.extensions import clock, db, search_engine, vault
from credit_site.models import Record
from credit_site.services.job_runner import JobRunner
from credit_site.worker import Worker
from tests.domain.penalty_rows import BOOK, CLEAN, LEGAL, invented_uscc
from tests.support.people import Person

Row = Mapping[str, Cell]


def decision(number: int, **changes: Cell) -> Row:
    """A faultless row: decision ``number`` against a company of its own."""
    return {
        **CLEAN[LEGAL],
        "counterparty_name": f"郑州第{number}号食品有限公司",
        "uscc": invented_uscc(number),
        "decision_number": f"郑市监处罚〔2026〕{number}号",
        **changes,
    }


def table(rows: Sequence[Row], layout: str = LEGAL) -> bytes:
    """The rows as a CSV file in UTF-8 with all columns of the layout."""
    stream, columns = StringIO(), BOOK.layouts[layout].columns
    writer = csv.writer(stream)
    writer.writerow([column.title for column in columns])
    for row in rows:
        writer.writerow([row.get(column.field, "") for column in columns])
    return stream.getvalue().encode("utf-8-sig")


def workbook(rows: Sequence[Row], layout: str = LEGAL) -> bytes:
    """The same as an XLSX file."""
    stream, columns = BytesIO(), BOOK.layouts[layout].columns
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [column.title for column in columns])
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [row.get(column.field, "") for column in columns])
    return stream.getvalue()


def upload(person: Person, content: bytes, name: str = "六月.csv", **fields: str) -> TestResponse:
    """Sends a file as the form does."""
    return person.post("/bureau/upload", file=(BytesIO(content), name), **fields)


def number_of(answer: TestResponse) -> int:
    """The number of the submission that an upload led to."""
    found = re.search(r"/bureau/submissions/([0-9]+)$", answer.location)
    assert answer.status_code == 303, answer.text
    assert found, answer.location
    return int(found[1])


def runner() -> JobRunner:
    """The worker's part that carries out jobs."""
    return JobRunner(db.session(), desk_tools())


def work(app: Flask) -> None:
    """Everything there is to do for the worker, to its end."""
    with app.app_context():
        jobs = runner()
        jobs.begin()
        Worker(db.session(), search_engine(), vault(), clock, followers(), jobs).catch_up()
        db.session.remove()


def checked(app: Flask, person: Person, rows: Sequence[Row]) -> int:
    """Uploads rows and lets the worker check them; the submission's number."""
    number = number_of(upload(person, table(rows)))
    work(app)
    return number


def published(app: Flask, clerk: Person, reviewer: Person, row: Row) -> str:
    """The address on the desk of a record that the one uploaded and the other published."""
    number = checked(app, clerk, [row])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    with app.app_context():
        newest = db.session().query(func.max(Record.id)).scalar()
        return f"/bureau/records/{newest}"
