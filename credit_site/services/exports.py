"""Files of public records in a layout's columns, cut by ledger position."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import Layout
from credit_site.models import Record, State
from credit_site.services.layout_cells import layout_cell
from credit_site.services.layout_records import belongs
from credit_site.services.ledger import head
from credit_site.services.public_records import visible

_BATCH = 1_000
ENDED_TITLES = ("公示编号", "终止日期", "终止原因")


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A written file: name, rows without the header, bytes, SHA-256 (hex)."""

    name: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one export holds: ledger entries after ``since`` up to and including ``until``."""

    layout: str
    since: int
    until: int
    files: tuple[ExportedFile, ...]


def export_records(
    session: Session,
    layout: Layout,
    folder: Path,
    today: date,
    since: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Manifest:
    """Writes what became public or changed after ``since``, and what ended since then.

    One consistent state, in the order of the ledger: the same state gives the same bytes. Only
    public values; columns that are never shown stay empty. Files appear whole, the manifest last.
    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    until = head(session).seq
    span = f"{layout.name}-{since}-{until}"
    changed = _rows(session, layout, today, since, progress)
    files = [_write(folder / f"{span}.csv", [c.title for c in layout.columns], changed)]
    if since:
        ended = _ended_rows(session, layout, since)
        files.append(_write(folder / f"{span}-ended.csv", ENDED_TITLES, ended))
    session.rollback()
    manifest = Manifest(layout.name, since, until, tuple(files))
    body = orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2).decode() + "\n"
    _settle(folder / f"{span}.json", lambda stream: stream.write(body))
    return manifest


def _rows(
    session: Session,
    layout: Layout,
    today: date,
    since: int,
    progress: Callable[[int], None] | None,
) -> Iterator[list[str]]:
    query = visible(today).where(belongs(layout), Record.ledger_seq > since)
    found = session.scalars(query.order_by(Record.ledger_seq).execution_options(yield_per=_BATCH))
    for batch in found.partitions():
        for record in batch:
            content = record.content
            yield [layout_cell(column, content) for column in layout.columns]
        if progress is not None:
            progress(len(batch))


def _ended_rows(session: Session, layout: Layout, since: int) -> Iterator[list[str]]:
    query = select(Record).where(
        belongs(layout),
        Record.state == State.ENDED,
        Record.ledger_seq > since,
        Record.id <= since,
    )
    for record in session.scalars(query.order_by(Record.ledger_seq)):
        ended = record.ended_on.isoformat() if record.ended_on else ""
        yield [str(record.id), ended, record.end_reason]


def _write(
    path: Path, titles: list[str] | tuple[str, ...], rows: Iterator[list[str]]
) -> ExportedFile:
    count = 0

    def fill(stream: TextIO) -> None:
        nonlocal count
        writer = csv.writer(stream)
        writer.writerow(titles)
        for row in rows:
            writer.writerow(row)
            count += 1

    _settle(path, fill)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return ExportedFile(path.name, count, path.stat().st_size, digest)


def _settle(path: Path, fill: Callable[[TextIO], object]) -> None:
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open(
            "w", encoding="utf-8-sig" if path.suffix == ".csv" else "utf-8", newline=""
        ) as stream:
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
