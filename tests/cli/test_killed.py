"""An import and its follower killed at random moments: nothing is lost, doubled or half there."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

MOMENTS = 20
ROWS_MORE = 500
ROWS = MOMENTS * ROWS_MORE
REPOSITORY = Path(__file__).parents[2]


class Site:
    """A site of its own, driven by the command line as an operator drives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if "CREDIT_SITE" not in name},
            "CREDIT_SITE_DATA_DIR": str(folder / "var"),
        }

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            self.command(*arguments),
            env=self.environment,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*arguments),
            env=self.environment,
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @staticmethod
    def command(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "credit_site", *arguments]

    def query(self, statement: str) -> int:
        with closing(sqlite3.connect(self.folder / "var" / "credit_site.sqlite3")) as connection:
            found: int = connection.execute(statement).fetchone()[0]
        return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty site with a bureau's file beside it, as it is on each of twenty days: growing."""
    site = Site(tmp_path)
    site.run("init")
    maker = [sys.executable, str(REPOSITORY / "scripts" / "make_demo_data.py")]
    options = ["--records", str(ROWS), "--layout", "penalty_2018_legal", "--out"]
    subprocess.run([*maker, *options, str(tmp_path / "all.csv")], check=True, cwd=REPOSITORY)
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as stream:
        titles, *rows = csv.reader(stream)
    for moment in range(MOMENTS):
        with day_file(tmp_path, moment).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([titles, *rows[: (moment + 1) * ROWS_MORE]])
    return site


def day_file(folder: Path, moment: int) -> Path:
    """The file as it is on a day."""
    return folder / f"{moment}.csv"


def import_order(site: Site, moment: int) -> list[str]:
    """Taking the file of a day in."""
    place = str(day_file(site.folder, moment))
    options = ["--layout=penalty_2018_legal", "--agency=market-supervision", "--publish"]
    return ["import", place, *options]


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """The process and what it started, unless it has ended by itself."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_whatever_moment_kill_comes_the_next_import_completes_the_work(site: Site) -> None:
    chance = random.Random(2016)
    for moment in range(MOMENTS):
        order = ["work"] if moment % 4 == 3 else import_order(site, moment)
        victim = site.start(*order)
        time.sleep(chance.uniform(0.8, 2.2))
        kill_group(victim)
        assert site.query("SELECT count(*) FROM ledger_entries") == site.query(
            "SELECT coalesce(max(seq), 0) FROM ledger_entries"
        )
    report = json.loads(site.run(*import_order(site, MOMENTS - 1), "--json"))
    assert report["rejected"] == 0
    published = site.query("SELECT count(*) FROM records")
    withheld = site.query("SELECT count(*) FROM staged_rows WHERE state = 'withheld'")
    assert published + withheld == report["rows"] == ROWS
    assert site.query("SELECT count(*) FROM ledger_entries") == published
    assert site.run("ledger", "verify").startswith("OK")
    assert site.run("index", "status").startswith(f"ok: {published} documents")
