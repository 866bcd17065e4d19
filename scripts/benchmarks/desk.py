"""A bureau's workbook from upload to result page, beside openpyxl reading the same cells.

Ours: the worker's whole run (``work --once``, start-up included) over an XLSX file that waits for
it: recognised, every row checked and staged, sealed; and for a file with mistakes the annotated
workbook, which comes after the result page. Once over a faultless file, once over one with a
mistake in every row. The peer: ``openpyxl`` in read-only mode, going over the rows and checking
nothing.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from credit_site.app import create_app
from credit_site.cli.context import desk_tools
from credit_site.demonstration import rows, titles, with_mistakes, write_xlsx
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import Clock, clock, db
from credit_site.models import Submission
from credit_site.services.submissions import Delivery, receive_upload
from credit_site.settings import load_settings
from scripts.benchmarks.harness import TOP, Measured, machine, measured, say, table

LAYOUT, AGENCY = "penalty_2018_legal", "market-supervision"
PYTHON = TOP / ".venv" / "bin" / "python"
READ_ALL = (
    "import openpyxl, sys; book = openpyxl.load_workbook(sys.argv[1], read_only=True); "
    "print(sum(1 for row in book.active.iter_rows(values_only=True)))"
)


def main() -> None:
    """Measures and prints the table that README shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    count = parser.parse_args().records
    with tempfile.TemporaryDirectory(prefix="credit-site-bench-") as name:
        folder = Path(name)
        good = workbook(folder / "good.xlsx", count, 0.0)
        bad = workbook(folder / "bad.xlsx", count, 1.0)
        lines = [
            line("faultless", *checked(folder / "good", good)),
            line("a mistake in every row", *checked(folder / "bad", bad)),
            line("openpyxl, read-only, cells alone", measured([PYTHON, "-c", READ_ALL, bad]), ""),
        ]
    head = [f"{count:,} rows, XLSX", "result page", "whole run", "peak MiB"]
    print(f"{table(head, lines)}\n\n{machine('openpyxl', 'python-calamine')}")


def workbook(file: Path, count: int, share: float) -> Path:
    """A file of invented penalties, a share of its rows with a mistake."""
    layout = load_rulebook().layouts[LAYOUT]
    invented = rows(layout, None, count, 1, Clock().today())
    write_xlsx(file, titles(layout), with_mistakes(invented, layout, share, 1))
    return file


def checked(folder: Path, file: Path) -> tuple[Measured, str]:
    """Hands the file in, then measures the worker; also the seconds until the result page.

    Raises SystemExit where the check did not come to its end.
    """
    environ = {"CREDIT_SITE_DATA_DIR": str(folder), "CREDIT_SITE_DATABASE_URL": ""}
    measured([PYTHON, "-m", "credit_site", "init"], environ)
    app = create_app(load_settings(environ))
    with app.app_context():
        kept = desk_tools().files.keep(file)
        delivery = Delivery(file.name, LAYOUT, AGENCY, "bench")
        receive_upload(db.session(), kept, delivery, clock.now())
        db.session.remove()
        begin = clock.now()
    run = measured([PYTHON, "-m", "credit_site", "work", "--once"], environ)
    with app.app_context():
        done = db.session().get_one(Submission, 1)
        say(f"{done.rows} rows: {done.accepted} good, {done.rejected} rejected")
        if done.state != "read" or done.finished_at is None:
            raise SystemExit(f"the check did not come to its end: {done.state} {done.problem}")
        seconds = (done.finished_at - begin).total_seconds()
        db.session.remove()
    return run, f"{seconds:,.1f} s"


def line(title: str, run: Measured, shown: str) -> list[str]:
    """One line of the table."""
    return [title, shown, f"{run.seconds:,.1f} s", f"{run.peak_mib:,.0f}"]


if __name__ == "__main__":
    main()
