"""The page that explains the open data to people and lists what there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import render_template

from credit_site.domain.rulebook import Register
from credit_site.extensions import CITY_TIME, clock, db
from credit_site.services.open_data.descriptions import Publication
from credit_site.services.open_data.forms import FORMS
from credit_site.services.open_data.manifest import Snapshot, WrittenFile
from credit_site.services.open_data.table import Kind, TableColumn
from credit_site.web.data.standing import newest_standing, publication
from credit_site.web.frame import figures

DAYS_SHOWN = 7
KINDS = {
    Kind.NUMBER: "整数",
    Kind.TEXT: "文字",
    Kind.DAY: "日期",
    Kind.YUAN: "金额",
    Kind.ADDRESS: "网址",
}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One form of a register: its address, for whom it is, about how large it is."""

    title: str
    href: str
    hint: str
    size: str


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """A register on the page."""

    name: str
    title: str
    rows: str
    files: tuple[FileRow, ...]
    columns: tuple[TableColumn, ...]


def index() -> str:
    """``/data/``: what there is, how large, of when, under which licence, and how to use it."""
    whose, snapshot = publication(), newest_standing()
    counts = figures().counts(db.session(), clock.today()).by_register
    parts = [
        _part(whose, register, counts.get(register.name, 0), snapshot)
        for register in whose.rulebook.registers.values()
    ]
    return render_template(
        "data/index.html",
        whose=whose,
        parts=parts,
        snapshot=snapshot,
        forms=FORMS.values(),
        days=tuple(_days(whose.moment)),
        kinds=KINDS,
    )


def _part(
    whose: Publication, register: Register, rows: int, snapshot: Snapshot | None
) -> RegisterPart:
    written = {file.form: file for file in _written(register.name, snapshot)}
    files = tuple(
        FileRow(
            form.title,
            f"/data/{register.name}.{ending}",
            form.hint,
            _about(written[ending], rows) if ending in written else "",
        )
        for ending, form in FORMS.items()
    )
    columns = whose.table(register.name).columns
    return RegisterPart(register.name, register.title, f"{rows:,}", files, columns)


def _about(written: WrittenFile, rows: int) -> str:
    """As many rows as there are now, at the size they had then; too few tell nothing."""
    if not written.rows:
        return ""
    return size_text(round(written.bytes * rows / written.rows))


def _written(register: str, snapshot: Snapshot | None) -> Iterator[WrittenFile]:
    for part in snapshot.registers if snapshot else ():
        if part.name == register:
            yield from part.files


def _days(moment: datetime | None) -> Iterator[date]:
    """The last days up to the newest entry, the newest first."""
    if moment is not None:
        last = moment.astimezone(CITY_TIME).date()
        yield from (last - timedelta(days=back) for back in range(DAYS_SHOWN))


def size_text(size: int) -> str:
    """About how large: 820 B, 12 KB, 3.4 MB."""
    value, unit = float(size), "B"
    for larger in ("KB", "MB", "GB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"
