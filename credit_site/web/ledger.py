"""``/ledger/``: the chain of everything that was published, for anybody to check."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from flask import Blueprint, Response, abort, current_app, render_template, stream_with_context

from credit_site.extensions import clock, db
from credit_site.services import ledger_pages
from credit_site.services.ledger import LedgerRow, head
from credit_site.services.ledger_pages import EntryView, said
from credit_site.services.public_records import by_ids
from credit_site.web.api.answers import problem
from credit_site.web.frame import words
from credit_site.web.parameters import LedgerParameters, given, read
from credit_site.web.presenters.words import ledger_deed

blueprint = Blueprint("ledger", __name__, url_prefix="/ledger")

PAGE = 20
SCRIPT = "scripts/verify_ledger.py"
_NUMBER = re.compile(r"[0-9]{0,18}", re.ASCII)
_SINCE = "since 是账本的序号，只能是不超过 18 位的数字，例如 since=120；从头取的，不写 since。"
_BOM = "\ufeff"
_MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/x-ndjson"}
_BIGGEST = 1 << 62


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in words; ``name`` is whom its record is about, "" where it is not shown today."""

    view: EntryView
    deed: str
    register: str
    name: str


@blueprint.get("/")
def index() -> str:
    """The head, what the ledger is, and its newest entries; ``before`` leads to earlier ones."""
    before = read(LedgerParameters).before
    found = ledger_pages.entries_before(db.session(), before, PAGE)
    return render_template(
        "ledger/index.html",
        head=head(db.session()),
        entries=_lines(found),
        before=before,
        earlier=found[-1].seq if found and found[-1].seq > 1 else 0,
    )


@blueprint.get("/<int:seq>")
def show(seq: int) -> str:
    """One entry: its line, its hash, and what they mean."""
    found = ledger_pages.entry(db.session(), seq) if seq < _BIGGEST else None
    if found is None:
        abort(404)
    (line,) = _lines([found])
    newest = head(db.session()).seq
    return render_template("ledger/show.html", line=line, one=found, newest=newest)


@blueprint.get("/entries.<any(jsonl, csv):ending>")
def entries(ending: str) -> Response:
    """All fields of the entries after ``since``, as they were hashed, from one to the newest.

    A ``since`` that is no number is refused: whoever follows must not get everything unnoticed.
    """
    if any(name == "since" and not _NUMBER.fullmatch(text) for name, text in given()):
        return problem(400, detail=_SINCE)
    newest = head(db.session()).seq
    batches = ledger_pages.entries_since(db.session(), read(LedgerParameters).since, newest)
    return _download("entries", ending, _csv(batches) if ending == "csv" else _json_lines(batches))


@blueprint.get("/verify.py")
def script() -> Response:
    """The script that checks them, as it is tested."""
    path = Path(current_app.root_path).parent / SCRIPT
    response = Response(path.read_bytes(), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="verify.py"'
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _lines(found: Sequence[EntryView]) -> list[EntryLine]:
    numbers = list({one.record_id for one in found})
    shown = {record.id: record for record in by_ids(db.session(), numbers, clock.today())}
    names = words().names
    return [
        EntryLine(
            one,
            ledger_deed(one.register, one.action, one.reason),
            names.register(one.register),
            shown[one.record_id].subject_name if one.record_id in shown else "",
        )
        for one in found
    ]


def _csv(batches: Iterable[Sequence[LedgerRow]]) -> Iterator[str]:
    stream = io.StringIO()
    writer = csv.writer(stream)
    stream.write(_BOM)
    writer.writerow(ledger_pages.TITLES)
    for batch in batches:
        writer.writerows(said(row).values() for row in batch)
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
    yield stream.getvalue()


def _json_lines(batches: Iterable[Sequence[LedgerRow]]) -> Iterator[bytes]:
    for batch in batches:
        yield b"".join(orjson.dumps(said(row)) + b"\n" for row in batch)


def _download(name: str, ending: str, lines: Iterator[str] | Iterator[bytes]) -> Response:
    kind = f"{_MEDIA_TYPES[ending]}; charset=utf-8"
    response = Response(stream_with_context(lines), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response
