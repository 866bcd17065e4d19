"""Uploads bad files by the thousand to a site of its own and tells what did not hold.

``scripts/fuzz_uploads [--files 10000] [--seed 1]``; exit status 1 where something did not hold.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import islice
from pathlib import Path

from credit_site.domain.permissions import Role
from tests.support.fuzzing.files import bad_files
from tests.support.fuzzing.running import Fuzzing, Report
from tests.support.people import signed_in
from tests.support.sites import StandingClock, make_tables, running, site_settings

ROUND = 250
BUREAU = "market-supervision"


def main() -> None:
    """Arguments in, a report out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=10_000, help="how many files (10000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same files (1)")
    given = parser.parse_args()
    report = fuzz(given.files, given.seed)
    for problem in report.problems:
        print(problem)
    told = ", ".join(f"{name} {count:,}" for name, count in sorted(report.outcomes.items()))
    print(f"seed {given.seed}: {report.files:,} files ({told}), {len(report.problems)} problems")
    sys.exit(1 if report.problems else 0)


def fuzz(files: int, seed: int) -> Report:
    """The files of a seed, in rounds, each on a site of its own."""
    stream, report = islice(bad_files(seed), files), Report()
    while chunk := list(islice(stream, ROUND)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            address = f"sqlite:///{folder / 'site.sqlite3'}"
            make_tables(address, folder)
            with running(site_settings(address, folder), StandingClock()) as app:
                clerk = signed_in(app, Role.CLERK, BUREAU)
                Fuzzing(app, clerk, report).run(chunk)
        say(f"{report.files:,} files, {len(report.problems)} problems")
    return report


def say(text: str) -> None:
    """Progress, beside the report."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
