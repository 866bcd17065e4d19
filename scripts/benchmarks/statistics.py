"""The page of figures beside counting the records themselves with SQL, over the same database.

Each page is asked for many times by one client; no answer comes from a cache.
"""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from scripts.benchmarks.harness import Part, machine, measured, say, table
from scripts.benchmarks.search_pages import GUNICORN, load, serving

PAGES = {
    "figures of everything": "/statistics/",
    "of one bureau": "/statistics/?agency=market-supervision",
    "of one year": "/statistics/?year=2025",
    "of a common word": "/statistics/?q=%E9%A3%9F%E5%93%81",
    "of a rare word": "/statistics/?q=%E4%BA%BA%E5%8F%82",
    "everything as JSON": "/statistics/figures.json",
}
TIMES = 30
SHOWN = "state = 'published' AND publication_start <= :day AND publication_end >= :day"
COLUMNS = (
    "register", "agency", "division", "severity", "list_name", "substr(decided_on, 1, 7)",
    "content_json ->> 'violation_type'", "content_json ->> 'product_field'",
    "content_json ->> 'campaign'",
)  # fmt: skip
HEADER = ["page, 1 client", "times", "p50 ms", "p95 ms", "worst ms", "failed"]


def main() -> None:
    """Fills a site of its own, unless one is given, and measures it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--site", help="a data folder that holds records, instead")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credit-site-bench-") as temporary:
        folder = Path(given.site).absolute() if given.site else Path(temporary)
        if not given.site:
            fill(folder, given.records)
        report(folder)


def fill(folder: Path, records: int) -> None:
    """An installation with invented records, indexed."""
    say(f"filling {records:,} records …")
    for arguments in (["init"], ["demo", "--records", str(records)]):
        run(folder, *arguments)


def run(folder: Path, *arguments: str) -> tuple[float, str]:
    """Seconds and output of a command of the site."""
    command: list[Part] = [sys.executable, "-m", "credit_site", *arguments]
    done = measured(command, {"CREDIT_SITE_DATA_DIR": str(folder)})
    return done.seconds, done.output


def report(folder: Path) -> None:
    """Rebuilding, pages, and counting by SQL."""
    seconds, output = run(folder, "statistics", "rebuild")
    counted = int(re.findall(r"(\d+) records", output)[-1])
    rows = []
    with serving(GUNICORN, {"CREDIT_SITE_DATA_DIR": str(folder)}) as port:
        for name, path in PAGES.items():
            load(port, [path] * 4, 1)
            rows.append(load(port, [path] * TIMES, 1).row(name))
    rows.append(["counting by SQL, no page", "1", *recount(folder), "0"])
    print(machine("Flask", "SQLAlchemy", "tantivy"))
    print(f"\n{counted:,} records; all counted anew in {seconds:,.1f} s\n")
    print(table(HEADER, rows))


def recount(folder: Path) -> Sequence[str]:
    """Milliseconds that SQL takes for as many groupings as the page shows."""
    day = {"day": date.today().isoformat()}  # noqa: DTZ011  # any day does
    begin = time.perf_counter()
    with closing(sqlite3.connect(folder / "credit_site.sqlite3")) as connection:
        for column in COLUMNS:
            asked = f"SELECT {column}, count(*) FROM records WHERE {SHOWN} GROUP BY 1"  # noqa: S608
            connection.execute(asked, day).fetchall()
    took = f"{(time.perf_counter() - begin) * 1_000:,.1f}"
    return took, took, took


if __name__ == "__main__":
    main()
