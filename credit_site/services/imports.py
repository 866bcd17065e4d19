"""A whole file: received, read, checked, and taken in, chunk after chunk."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from credit_site.domain.errors import UnusableFile
from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import Agency, Layout, Rulebook
from credit_site.extensions import Clock, CurrentClock
from credit_site.intake import Limits, known_titles, open_table
from credit_site.models import Submission
from credit_site.services.file_store import FileStore
from credit_site.services.from_elsewhere import SeenElsewhere
from credit_site.services.known import Known, Prospect, known_to, prospect
from credit_site.services.prepared import Prepared
from credit_site.services.reviewing import close
from credit_site.services.rows import ReadRow, Recipe, RowReader, stageable
from credit_site.services.storing import StoringThread
from credit_site.services.submissions import Delivery, finish, receive, refuse
from credit_site.services.taking import stage_rows, take_rows
from credit_site.vault import Vault

Progress = Callable[[int], None]
SHOWN_ISSUES = 200


class Mode(StrEnum):
    """What is to happen with the rows that hold."""

    STAGE = "stage"
    PUBLISH = "publish"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class ImportTools:
    """Everything an import works with."""

    session: Session
    vault: Vault
    files: FileStore
    rulebook: Rulebook
    clock: Clock | CurrentClock
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """How a file is laid out, whose it is, who brings it, and what is to happen with it."""

    layout: Layout
    agency: Agency
    actor: str
    mode: Mode


@dataclass(slots=True)
class ImportReport:
    """Outcome of an import.

    ``rows`` = accepted + rejected + unchanged; withheld are among the accepted: taken in, but not
    public by rule. ``gone`` are numbers and names of copied entries that their source has no more.
    ``issues`` by row number: all of them if they were asked for, else those of the
    first rows that have any.
    """

    submission_id: int | None = None
    repeats: int | None = None
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    row_estimate: int | None = None
    gone: Sequence[tuple[int, str]] = ()
    notes: tuple[Issue, ...] = ()
    issues: dict[int, list[Issue]] = field(default_factory=dict)
    most_issues: int | None = SHOWN_ISSUES

    def add_issues(self, issues: Sequence[Issue]) -> None:
        """Keeps issues, as far as asked for."""
        for issue in issues:
            if self.most_issues is not None and len(self.issues) >= self.most_issues:
                return
            self.issues.setdefault(issue.row or 0, []).append(issue)


def import_file(
    tools: ImportTools,
    path: Path,
    order: ImportOrder,
    report: ImportReport | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Takes a file in. Raises UnusableFile; the file is kept and the refusal noted all the same.

    Each chunk is one transaction; killed between two of them, the same file goes on where it
    stood, because rows already taken in are found unchanged. Reading goes on while a thread
    stores what was read: storing waits for the disk most of its time.
    """
    report, started = report or ImportReport(), time.perf_counter()
    seen = SeenElsewhere(order.layout, tools.rulebook)
    with StoringThread() as storing:
        received = storing.run(partial(_receive, tools, path, order, report))
        try:
            reader = _reader(tools, path, order, report)
            chunks = _watched(seen, filter(None, reader.chunks()))
            for rows in storing.each(received, partial(_take, tools, order.mode, report), chunks):
                if progress is not None:
                    progress(rows)
            report.notes = reader.all_notes
        except UnusableFile as problem:
            received.result()
            if report.submission_id is not None:
                refuse(tools.session, report.submission_id, problem.message, tools.clock.now())
            raise
    _finish(tools, order, report, seen)
    report.seconds = time.perf_counter() - started
    return report


def _watched(
    seen: SeenElsewhere, chunks: Iterable[list[ReadRow[Prepared]]]
) -> Iterator[list[ReadRow[Prepared]]]:
    for chunk in chunks:
        if seen.copied:
            seen.take(list(map(stageable, chunk)))
        yield chunk


def _finish(
    tools: ImportTools, order: ImportOrder, report: ImportReport, seen: SeenElsewhere
) -> None:
    """What is no more in a list from elsewhere is told, and proposed as from the desk."""
    number, session = report.submission_id, tools.session
    if number is not None:
        finish(session, number, tools.clock.now(), partial(_propose, tools.rulebook, seen))
        if order.mode is Mode.PUBLISH:
            close(session, number, tools.clock.now())
    report.gone = seen.missing(session, tools.rulebook, order.agency.slug)
    session.rollback()


def _propose(
    rulebook: Rulebook, seen: SeenElsewhere, session: Session, submission: Submission, now: datetime
) -> None:
    seen.propose(session, rulebook, submission, now)


def _receive(tools: ImportTools, path: Path, order: ImportOrder, report: ImportReport) -> None:
    if order.mode is Mode.CHECK:
        return
    if path.stat().st_size > tools.limits.max_bytes:
        open_table(path, tools.limits)  # too large to keep: says so
    kept = tools.files.keep(path)
    delivery = Delivery(path.name, order.layout.name, order.agency.slug, order.actor)
    received = receive(tools.session, kept, delivery, tools.clock.now())
    report.submission_id, report.repeats = received.submission_id, received.repeats


def _reader(tools: ImportTools, path: Path, order: ImportOrder, report: ImportReport) -> RowReader:
    table = open_table(path, tools.limits, known_titles(order.layout))
    recipe = Recipe(
        table.titles,
        order.layout.name,
        order.agency.slug,
        tools.clock.today(),
        tools.vault.digests,
    )
    reader = RowReader(table, recipe, tools.rulebook)
    report.notes, report.row_estimate = reader.notes, table.row_estimate
    return reader


def _take(
    tools: ImportTools, mode: Mode, report: ImportReport, chunk: list[ReadRow[Prepared]]
) -> None:
    for row in chunk:
        if row.issues:
            report.add_issues(row.issues)
    if mode is Mode.CHECK:
        report.counts += _would_take(tools, chunk)
        return
    assert report.submission_id is not None, "only a check has no submission"
    into = (tools.session, tools.vault, report.submission_id)
    if mode is Mode.PUBLISH:
        taken = take_rows(*into, chunk, tools.clock.now())
    else:
        taken = stage_rows(*into, list(map(stageable, chunk)), tools.clock.now())
    report.counts += taken.counts
    report.add_issues(taken.issues)


def _would_take(tools: ImportTools, chunk: list[ReadRow[Prepared]]) -> Counter[str]:
    items = [row.prepared for row in chunk if row.prepared is not None]
    known = known_to(tools.session, tools.vault, items)
    counts = Counter(rows=len(chunk))
    for row in chunk:
        counts[_expected(row, known)] += 1
    tools.session.rollback()
    return counts


def _expected(row: ReadRow[Prepared], known: dict[bytes, Known]) -> str:
    if row.prepared is None:
        return "rejected"
    found = known.get(row.prepared.key)
    ahead = prospect(row.prepared, found)
    if row.repeats or ahead is Prospect.SAME:
        return "unchanged"
    ended = ahead is Prospect.ENDED and not row.prepared.withheld
    return "rejected" if ended else "accepted"
