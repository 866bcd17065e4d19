"""The page of figures beside counting the records themselves with SQL, over the same database.

Pages are asked for in this process, without a server, and none comes from a cache. The time of the
processor is told beside the clock's: it holds on a machine that others use as well.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median

from credit_site.app import create_app
from scripts.benchmarks.harness import Part, machine, measured, say, table

PAGES = {
    "page of everything": "/statistics/",
    "page of one bureau": "/statistics/?agency=market-supervision",
    "page of one year": "/statistics/?year=2025",
    "page of a common word": "/statistics/?q=食品",
    "everything as JSON": "/statistics/figures.json",
    "one table as CSV": "/statistics/violation_type.csv",
}
TIMES = 20
SHOWN = (
    "state = 'published' AND publication_start <= :day "
    "AND (publication_end IS NULL OR publication_end >= :day)"
)
COLUMNS = (
    "register", "agency", "division", "severity", "list_name", "substr(decided_on, 1, 7)",
    "content_json ->> 'violation_type'", "content_json ->> 'product_field'",
    "content_json ->> 'campaign'",
)  # fmt: skip
HEADER = ["answer", "times", "p50 ms", "worst ms", "p50 ms of processor"]


def main() -> None:
    """Fills a site of its own, unless one is given, and measures it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--site", help="a data folder that holds records, instead")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credit-site-bench-") as temporary:
        folder = Path(given.site).absolute() if given.site else Path(temporary)
        os.environ["CREDIT_SITE_DATA_DIR"] = str(folder)
        if not given.site:
            say(f"filling {given.records:,} records …")
            run("init")
            run("demo", "--records", str(given.records))
        report(folder)


def run(*arguments: str) -> tuple[float, str]:
    """Seconds and output of a command of the site."""
    command: list[Part] = [sys.executable, "-m", "credit_site", *arguments]
    done = measured(command)
    return done.seconds, done.output


def report(folder: Path) -> None:
    """Counting anew, pages, and counting by SQL."""
    seconds, output = run("statistics", "rebuild")
    counted = int(re.findall(r"(\d+) records", output)[-1])
    client = create_app().test_client()

    def asking(path: str) -> Callable[[], None]:
        def ask() -> None:
            with client.get(path) as answer:
                assert answer.status_code == 200, path

        return ask

    rows = [timed(name, asking(path), TIMES) for name, path in PAGES.items()]
    rows.append(timed("counting by SQL, no page", lambda: recount(folder), 3))
    print(machine("Flask", "SQLAlchemy", "tantivy"))
    print(f"\n{counted:,} records; all counted anew in {seconds:,.1f} s\n")
    print(table(HEADER, rows))


def timed(name: str, deed: Callable[[], None], times: int) -> list[str]:
    """A line of the table; the first time, when caches fill, does not count."""
    walls, processor = [], []
    for _ in range(times + 1):
        wall, own = time.perf_counter(), time.process_time()
        deed()
        processor.append((time.process_time() - own) * 1_000)
        walls.append((time.perf_counter() - wall) * 1_000)
    figures = (median(walls[1:]), max(walls[1:]), median(processor[1:]))
    return [name, str(times), *(f"{figure:,.1f}" for figure in figures)]


def recount(folder: Path) -> None:
    """As many groupings as the page shows."""
    day = {"day": date.today().isoformat()}  # noqa: DTZ011  # any day does
    with closing(sqlite3.connect(folder / "credit_site.sqlite3")) as connection:
        for column in COLUMNS:
            asked = f"SELECT {column}, count(*) FROM records WHERE {SHOWN} GROUP BY 1"  # noqa: S608
            connection.execute(asked, day).fetchall()


if __name__ == "__main__":
    main()
