"""A bureau's workbook from upload to result page, beside openpyxl reading the same cells.

Ours: a worker that runs already, as it does beside every site, and an XLSX file that is handed in:
recognised, every row checked and staged, sealed; and for a file with mistakes the annotated
workbook, which comes after the result page. Once over a faultless file, once over one with a
mistake in every row. The peer: ``openpyxl`` in read-only mode, going over the rows and checking
nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from credit_site.app import create_app
from credit_site.cli.context import desk_tools
from credit_site.demonstration import rows, titles, with_mistakes, write_xlsx
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import JobState
from credit_site.extensions import Clock, clock, db
from credit_site.models import Job, Submission
from credit_site.services.submissions import Delivery, is_checked, receive_upload
from credit_site.settings import load_settings
from scripts.benchmarks.harness import MIB, TOP, PeakMemory, machine, measured, say, table

LAYOUT, AGENCY = "penalty_2018_legal", "market-supervision"
PYTHON = TOP / ".venv" / "bin" / "python"
FEW = 20
LOOK_SECONDS = 0.1
READ_ALL = (
    "import openpyxl, sys; book = openpyxl.load_workbook(sys.argv[1], read_only=True); "
    "print(sum(1 for row in book.active.iter_rows(values_only=True)))"
)


@dataclass(frozen=True, slots=True)
class Handled:
    """Seconds from upload to the result page, to the end of all that follows; peaks in MiB."""

    shown: float
    done: float
    shown_mib: float
    done_mib: float


def main() -> None:
    """Measures and prints the table that README shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    count = parser.parse_args().records
    with tempfile.TemporaryDirectory(prefix="credit-site-bench-") as name:
        folder = Path(name)
        few = workbook(folder / "few.xlsx", FEW, 0.0)
        good = workbook(folder / "good.xlsx", count, 0.0)
        bad = workbook(folder / "bad.xlsx", count, 1.0)
        lines = [
            line("faultless", handled(folder / "good", few, good)),
            line("a mistake in every row", handled(folder / "bad", few, bad)),
        ]
        peer = measured([PYTHON, "-c", READ_ALL, bad])
    peak = f"{peer.peak_mib:,.0f}"
    lines.append(["openpyxl, read-only, cells alone", f"{peer.seconds:,.1f} s", peak, "", ""])
    head = [f"{count:,} rows, XLSX", "result page", "peak MiB", "annotated too", "peak MiB"]
    print(f"{table(head, lines)}\n\n{machine('openpyxl', 'python-calamine')}")


def workbook(file: Path, count: int, share: float) -> Path:
    """A file of invented penalties, a share of its rows with a mistake."""
    layout = load_rulebook().layouts[LAYOUT]
    invented = rows(layout, None, count, 1, Clock().today())
    write_xlsx(file, titles(layout), with_mistakes(invented, layout, share, 1))
    return file


def handled(folder: Path, few: Path, file: Path) -> Handled:
    """Hands a file in while a worker runs that has shown with another one that it is awake.

    Raises SystemExit where the check did not come to its end.
    """
    environ = {"CREDIT_SITE_DATA_DIR": str(folder), "CREDIT_SITE_DATABASE_URL": ""}
    measured([PYTHON, "-m", "credit_site", "init"], environ)
    app = create_app(load_settings(environ))
    with working(environ) as worker:
        hand_in(app, few)
        wait(app, idle)
        peak = PeakMemory(worker.pid)
        peak.start()
        begin = time.time()
        number = hand_in(app, file)
        wait(app, lambda: is_checked(db.session(), number))
        shown_mib = peak.bytes / MIB
        wait(app, idle)
        done = time.time() - begin
        peak.stop()
    with app.app_context():
        found = db.session().get_one(Submission, number)
        say(f"{found.rows} rows: {found.accepted} good, {found.rejected} rejected")
        if found.state != "read" or found.finished_at is None:
            raise SystemExit(f"the check did not come to its end: {found.state} {found.problem}")
        shown = found.finished_at.timestamp() - begin
        db.session.remove()
    return Handled(shown, done, shown_mib, peak.bytes / MIB)


@contextmanager
def working(environ: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The worker, until it is not needed any more."""
    command = [str(PYTHON), "-m", "credit_site", "work"]
    with subprocess.Popen(command, cwd=TOP, env=os.environ | environ) as worker:
        try:
            yield worker
        finally:
            worker.terminate()


def hand_in(app: Flask, file: Path) -> int:
    """The submission's number."""
    with app.app_context():
        kept = desk_tools().files.keep(file)
        delivery = Delivery(file.name, LAYOUT, AGENCY, "bench")
        number = receive_upload(db.session(), kept, delivery, clock.now()).submission_id
        db.session.remove()
    return number


def idle() -> bool:
    """Whether the worker has done all that it was asked for."""
    open_jobs = select(Job.id).where(Job.state.in_((JobState.WAITING, JobState.RUNNING)))
    return db.session().scalar(open_jobs.limit(1)) is None


def wait(app: Flask, until: Callable[[], bool]) -> None:
    """Looks every moment."""
    while True:
        with app.app_context():
            reached = until()
            db.session.remove()
        if reached:
            return
        time.sleep(LOOK_SECONDS)


def line(title: str, run: Handled) -> list[str]:
    """One line of the table."""
    return [
        title,
        f"{run.shown:,.1f} s",
        f"{run.shown_mib:,.0f}",
        f"{run.done:,.1f} s",
        f"{run.done_mib:,.0f}",
    ]


if __name__ == "__main__":
    main()
