"""Uploads bad files as a clerk does, lets the worker work, and looks at what became of them."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO, StringIO

from flask import Flask

from credit_site.extensions import db
from credit_site.models import AuditEvent, Job, StagedRow, Submission
from tests.support.fuzzing.cells import SECRETS
from tests.support.fuzzing.files import BadFile
from tests.support.people import Person
from tests.support.uploads import work

_NUMBER = re.compile(r"/bureau/submissions/([0-9]+)$")
_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
_NEEDLES = re.compile("|".join(n for s in SECRETS for n in (s, s.translate(_WIDE))))


@dataclass
class Report:
    """What was found; ``problems`` names the file by its place in the stream."""

    files: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


@dataclass
class Fuzzing:
    """One clerk with many files."""

    app: Flask
    clerk: Person
    report: Report = field(default_factory=Report)

    def run(self, files: Iterable[BadFile]) -> None:
        """Uploads the files together, then has them checked, then looks at each."""
        self.clerk.client.get("/bureau/")
        token, log = self.clerk.token(), _listen()
        sent = [(self._upload(file, token), file) for file in files]
        work(self.app)
        for number, file in sent:
            if number:
                self._look_at(number, file)
        self._settled()
        self._said_nothing("log", log.getvalue())
        _leave(log)

    def _upload(self, file: BadFile, token: str) -> int:
        self.report.files += 1
        data = {
            "csrf_token": token,
            "layout": file.layout,
            "file": (BytesIO(file.content), file.name),
        }
        answer = self.clerk.client.post("/bureau/upload", data=data)
        found = _NUMBER.search(answer.location or "")
        if answer.status_code == 303 and found:
            return int(found[1])
        if answer.status_code != 422:
            self._wrong(file, f"the upload was answered with {answer.status_code}")
        self._said_nothing(_called(file), answer.text)
        self.report.outcomes["not taken"] += 1
        return 0

    def _look_at(self, number: int, file: BadFile) -> None:
        for path in ("", "/progress", "/annotated.xlsx"):
            answer = self.clerk.client.get(f"/bureau/submissions/{number}{path}", buffered=True)
            if answer.status_code != 200 and path != "/annotated.xlsx":
                self._wrong(file, f"{path or 'the page'} answers {answer.status_code}")
            if path != "/annotated.xlsx":
                self._said_nothing(f"{_called(file)}, submission {number}{path}", answer.text)
        with self.app.app_context():
            self._rows(number, file)

    def _rows(self, number: int, file: BadFile) -> None:
        one = db.session().get_one(Submission, number)
        self.report.outcomes[one.state] += 1
        said = {"problem": one.problem, "titles": one.titles, "notes": one.notes}
        for what, text in {**said, "name": one.file_name}.items():
            self._said_nothing(f"{_called(file)}, {what}", text)
        rows = list(db.session().query(StagedRow).filter_by(submission_id=number))
        for row in rows:
            self._said_nothing(f"{_called(file)}, row {row.row_number}", row.issues + row.reason)
        if one.state not in ("read", "closed", "unusable"):
            self._wrong(file, f"it ended as {one.state}")
        if one.state != "unusable":
            self._none_lost(one, len(rows), file)

    def _none_lost(self, one: Submission, kept: int, file: BadFile) -> None:
        if kept != one.accepted + one.rejected:
            self._wrong(file, f"{one.accepted} + {one.rejected} rows, {kept} kept")
        if one.rows != one.accepted + one.rejected + one.unchanged:
            self._wrong(file, "the counts do not add up")
        if file.rows is not None and one.rows != file.rows:
            self._wrong(file, f"{file.rows} rows were sent, {one.rows} came in")

    def _settled(self) -> None:
        """No job failed, and the audit log names nobody's number."""
        with self.app.app_context():
            for job in db.session().query(Job).filter(Job.state != "done"):
                self.report.problems.append(f"job {job.id} {job.kind} is {job.state}")
            for (details,) in db.session().query(AuditEvent.details):
                self._said_nothing("audit log", details)

    def _said_nothing(self, where: str, text: str) -> None:
        if found := _NEEDLES.search(text):
            before = text[max(0, found.start() - 40) : found.start()]
            said = f"{before}######{text[found.end() :][:20]}"
            self.report.problems.append(f"{where}: a number of a person is told: {said!r}")
        if "Traceback" in text:
            self.report.problems.append(f"{where}: a traceback")

    def _wrong(self, file: BadFile, what: str) -> None:
        self.report.problems.append(f"{_called(file)}, number {self.report.files}: {what}")


def _called(file: BadFile) -> str:
    return f"{file.kind} .{file.name.rpartition('.')[2]} {file.layout or 'any layout'}"


class _Log(StringIO):
    """What is logged while files are worked on."""

    handler: logging.Handler


def _listen() -> _Log:
    log = _Log()
    log.handler = logging.StreamHandler(log)
    log.handler.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(log.handler)
    return log


def _leave(log: _Log) -> None:
    logging.getLogger().removeHandler(log.handler)
