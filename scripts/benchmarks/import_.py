"""A bureau's file from CSV to searchable, beside sqlite-utils on the same file.

Ours: rows validated, published, in the ledger and in the search index, in a fresh data folder.
The peer: ``sqlite-utils insert --csv`` and ``enable-fts --tokenize trigram`` over all columns,
nothing validated. Both as commands, start-up included, one after the other.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarks.harness import TOP, Measured, Part, machine, measured, say, table

PROGRAMS = TOP / ".venv" / "bin"
LAYOUT = "penalty_2018_legal"
AGENCY = "market-supervision"


@dataclass(frozen=True, slots=True)
class Result:
    """One way of taking the file in: rows, wall seconds, peak MiB."""

    name: str
    rows: int
    seconds: float
    peak_mib: float

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


def main() -> None:
    """Measures and prints the table that README shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credit-site-bench-") as name:
        folder = Path(name)
        file = make_file(folder, arguments.records, arguments.seed)
        say(f"{file.stat().st_size / 1e6:.0f} MB of CSV; taking it in …")
        ours = import_and_index(folder, file)
        say(f"{ours.rate:,.0f} rows/s; now the peer …")
        peer = insert_and_enable_fts(folder, file, ours.rows)
    print(report([ours, peer]))


def make_file(folder: Path, records: int, seed: int) -> Path:
    """A bureau's file of invented records."""
    file = folder / "penalties.csv"
    script = TOP / "scripts" / "make_demo_data.py"
    options: list[Part] = [
        "--records",
        str(records),
        "--layout",
        LAYOUT,
        "--seed",
        str(seed),
        "--out",
        file,
    ]
    measured([PROGRAMS / "python", script, *options])
    return file


def import_and_index(folder: Path, file: Path) -> Result:
    """Imports into a fresh data folder; the clock stops when the last row can be found."""
    environ = {"CREDIT_SITE_DATA_DIR": str(folder / "site"), "CREDIT_SITE_DATABASE_URL": ""}
    site: list[Part] = [PROGRAMS / "python", "-m", "credit_site"]
    measured([*site, "init"], environ)
    options = ["--layout", LAYOUT, "--agency", AGENCY, "--publish", "--json"]
    run = measured([*site, "import", file, *options], environ, accepted=(0, 1))
    rows = int(json.loads(run.output)["rows"])
    status = measured([*site, "index", "status"], environ).output
    say(f"import: {run.output.strip()}\nindex: {status.strip()}")
    if not re.search(r"behind 0\b", status):
        raise SystemExit("the import ended before its rows could be found")
    return Result("import --publish, searchable", rows, run.seconds, run.peak_mib)


def insert_and_enable_fts(folder: Path, file: Path, rows: int) -> Result:
    """The peer's two commands over the same file."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        columns = next(csv.reader(stream))
    database, program = folder / "peer.sqlite3", PROGRAMS / "sqlite-utils"
    insert: Measured = measured([program, "insert", database, "penalties", file, "--csv"])
    enable: list[Part] = [
        program,
        "enable-fts",
        database,
        "penalties",
        *columns,
        "--tokenize",
        "trigram",
    ]
    fts = measured(enable)
    return Result(
        "sqlite-utils insert + enable-fts (trigram), not validated",
        rows,
        insert.seconds + fts.seconds,
        max(insert.peak_mib, fts.peak_mib),
    )


def report(results: list[Result]) -> str:
    """The Markdown table and the line on the machine."""
    slowest = results[-1].rate
    rows = [
        [
            result.name,
            f"{result.seconds:,.1f}",
            f"{result.rate:,.0f}",
            f"{result.rate / slowest:.1f}",
            f"{result.peak_mib:,.0f}",
        ]
        for result in results
    ]
    header = [f"{results[0].rows:,} penalties, CSV", "seconds", "rows/s", "ratio", "peak MiB"]
    packages = ("SQLAlchemy", "tantivy", "sqlite-utils")
    note = f"{machine(*packages)}. Memory: sum of PSS over all processes of the command."
    return f"{table(header, rows)}\n\n{note}"


if __name__ == "__main__":
    main()
