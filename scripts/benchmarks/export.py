"""Whole registers as downloads, beside Datasette's CSV stream of the same cells.

gunicorn serves them with one process, as the peer has one; a client on the same machine takes
what comes and throws it away. Memory is that of the server. Then a snapshot of everything, and
the same downloads again with the day's snapshot at hand.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import sqlite3
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from scripts.benchmarks.harness import MIB, Part, PeakMemory, machine, measured, say, table
from scripts.benchmarks.search import fill
from scripts.benchmarks.search_pages import GUNICORN, PROGRAMS, serving

FORMS = ("csv", "jsonl", "xlsx", "parquet")
KEPT_FORMS = ("csv", "jsonl")
REGISTER = "penalty"
PEER_TABLE = "records"
_LEAST = 0.8
HEADER = ["download", "rows", "seconds", "rows/s", "ratio", "CPU s", "ratio", "MB", "peak MiB"]


@dataclass(frozen=True, slots=True)
class Taken:
    """A download: wall seconds, the server's CPU seconds, bytes, its peak memory."""

    seconds: float
    cpu: float
    bytes: int
    peak_mib: float


def main() -> None:
    """Measures and prints the tables that README shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--site", type=Path, help="a data folder that holds the records already")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credit-site-bench-") as name:
        folder = Path(name)
        site = (arguments.site or folder / "site").absolute()
        environ = {"CREDIT_SITE_DATA_DIR": str(site), "CREDIT_SITE_DATABASE_URL": ""}
        environ["WEB_CONCURRENCY"] = "1"
        if arguments.site is None:
            fill(environ, arguments.records, arguments.seed)
        print(report(environ, folder))
    print(machine("datasette", "gunicorn", "pyarrow", "orjson"))


def report(environ: Mapping[str, str], folder: Path) -> str:
    """The table of the downloads, the peer last."""
    kept = folder / "kept.csv"
    addresses = [f"/data/{REGISTER}.{form}" for form in FORMS]
    ours = taken(GUNICORN, environ, addresses, kept)
    made = snapshot(environ)
    again = [f"/data/{REGISTER}.{form}" for form in KEPT_FORMS]
    ours += taken(GUNICORN, environ, again, folder / "again")
    peer = folder / "peer.sqlite3"
    rows = make_peer(kept, peer)
    command: list[Part] = [PROGRAMS / "datasette", "serve", peer, "--host", "127.0.0.1"]
    command += ["--setting", "max_csv_mb", "0"]  # else it stops at 100
    address = f"/peer/{PEER_TABLE}.csv?_stream=on"
    (theirs,) = taken(command, {}, [address], folder / "peer.csv")
    if theirs.bytes < ours[0].bytes * _LEAST:
        raise SystemExit(f"{address} breaks off after {theirs.bytes:,} bytes")
    names = [f"`{address}`" for address in addresses] + [f"`{one}`, snapshot kept" for one in again]
    lines = [_line(name, one, rows, theirs) for name, one in zip(names, ours, strict=True)]
    lines.append(_line("Datasette, CSV stream", theirs, rows, theirs))
    return f"{table(HEADER, lines)}\n\nsnapshot of everything: {made}\n"


def _line(name: str, one: Taken, rows: int, peer: Taken) -> list[str]:
    figures = [f"{one.seconds:,.1f}", f"{rows / one.seconds:,.0f}"]
    figures += [f"{peer.seconds / one.seconds:,.1f}"]
    figures += [f"{one.cpu:,.1f}", f"{peer.cpu / one.cpu:,.1f}", f"{one.bytes / 1e6:,.0f}"]
    return [name, f"{rows:,}", *figures, f"{one.peak_mib:,.0f}"]


def taken(
    command: Sequence[Part], environ: Mapping[str, str], addresses: Sequence[str], kept: Path
) -> list[Taken]:
    """Takes each address once, each from a server that was just started; keeps the first."""
    found: list[Taken] = []
    for address in addresses:
        say(f"{address} …")
        with serving(command, environ) as port:
            (server,) = psutil.Process().children()
            found.append(_take(server.pid, port, address, kept if not found else None))
    return found


def _take(server: int, port: int, address: str, kept: Path | None) -> Taken:
    memory = PeakMemory(server)
    memory.start()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    begin, spent, size = time.perf_counter(), cpu_seconds(server), 0
    connection.request("GET", address)
    response = connection.getresponse()
    if response.status != 200:
        raise SystemExit(f"{address}: {response.status}")
    parts = []
    while part := response.read(MIB):
        size += len(part)
        if kept is not None:
            parts.append(part)
    seconds, spent = time.perf_counter() - begin, cpu_seconds(server) - spent
    memory.stop()
    if kept is not None:
        kept.write_bytes(b"".join(parts))
    return Taken(seconds, spent, size, memory.bytes / MIB)


def cpu_seconds(server: int) -> float:
    """Processor time of a server and its children so far."""
    root = psutil.Process(server)
    times = (process.cpu_times() for process in [root, *root.children(recursive=True)])
    return sum(one.user + one.system for one in times)


def make_peer(source: Path, peer: Path) -> int:
    """The cells of our own CSV as one table; returns how many rows."""
    say("the same cells for the peer …")
    with sqlite3.connect(peer) as connection, source.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        titles = next(rows)
        columns = ", ".join(f'"{title}" TEXT' for title in titles[1:])
        connection.execute(
            f'CREATE TABLE {PEER_TABLE} ("{titles[0]}" INTEGER PRIMARY KEY, {columns})'
        )
        places = ", ".join("?" * len(titles))
        statement = f"INSERT INTO {PEER_TABLE} VALUES ({places})"  # noqa: S608  # our own titles
        return connection.executemany(statement, rows).rowcount


def snapshot(environ: Mapping[str, str]) -> str:
    """The seconds and memory of writing every register in every form."""
    say("a snapshot …")
    program: list[Part] = [PROGRAMS / "python", "-m", "credit_site", "snapshot"]
    done = measured(program, environ)
    return f"{done.seconds:,.1f} s, {done.peak_mib:,.0f} MiB"


if __name__ == "__main__":
    main()
