"""The API under clients, nothing cached, beside a bare Flask view that answers the same bytes.

``scripts/bench api --records N``: record, search, changes (1,000 at a time) under gunicorn.
"""

from __future__ import annotations

import argparse
import http.client
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from scripts.benchmarks.harness import TOP, machine, measured, say, table
from scripts.benchmarks.search_pages import CLIENTS, COMMON, GUNICORN, Timings, load, serving

HEADER = [f"call, {CLIENTS} clients", "requests/s", "p95 ms", "kB", "bare view/s", "ratio"]
CALLS = 1_500
NO_LIMIT = "100000000/minute"
BARE = """from flask import Flask, Response
body = open({path!r}, "rb").read()
app = Flask("bare")
@app.get("/<path:_path>")
def view(_path):
    return Response(body, content_type="application/json")
@app.get("/")
def root():
    return "ok"
"""


def main() -> None:
    """Fills a site with invented records and measures three calls."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--site", type=Path, help="a data folder that holds the records already")
    arguments = parser.parse_args()
    records = arguments.records
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = (arguments.site or folder / "site").absolute()
        environ = {
            "CREDIT_SITE_DATA_DIR": str(site),
            "CREDIT_SITE_API_SEARCH_LIMIT": NO_LIMIT,
            "CREDIT_SITE_API_READ_LIMIT": NO_LIMIT,
        }
        if arguments.site is None:
            _fill(site, environ, records)
        rows = [measure(name, paths, environ, folder) for name, paths in calls(records)]
        print(machine("flask", "gunicorn"), f"{records:,} records", sep=" · ")
        print(table(HEADER, rows))


def _fill(site: Path, environ: Mapping[str, str], records: int) -> None:
    site.mkdir()
    for words in (["init"], ["demo", "--records", str(records)]):
        say(f"{words[0]} …")
        measured([TOP / ".venv/bin/python", "-m", "credit_site", *words], environ)


def calls(records: int) -> list[tuple[str, Sequence[str]]]:
    """Addresses that differ from each other, by the name of the call."""
    chance = Random(7)  # the same in every run
    seqs = [chance.randrange(1, int(records * 0.8)) for _ in range(CALLS)]
    words = [f"{word} {year}" for word in COMMON for year in range(2016, 2027)]
    return [
        ("`/api/v1/records/<id>`", [f"/api/v1/records/{seq}" for seq in seqs]),
        (
            "`/api/v1/search`, 20 items",
            ["/api/v1/search?" + urlencode({"q": text, "sort": "newest"}) for text in words],
        ),
        (
            "`/api/v1/changes`, 1,000 at a time",
            [f"/api/v1/changes?limit=1000&since={seq}" for seq in seqs[:150]],
        ),
    ]


def measure(name: str, paths: Sequence[str], environ: dict[str, str], folder: Path) -> list[str]:
    """One row: our call, and the bare view with the bytes of its median answer."""
    say(f"{name} …")
    with serving(GUNICORN, environ) as port:
        bodies = sorted((body(port, path) for path in paths[:20]), key=len)
        ours = load(port, paths)
    (folder / "body").write_bytes(bodies[len(bodies) // 2])
    (folder / "bare.py").write_text(BARE.format(path=str(folder / "body")), encoding="utf-8")
    command = [*GUNICORN, "--pythonpath", folder, "bare:app"]
    with serving(command, {"CREDIT_SITE_DATA_DIR": os.devnull}) as port:
        load(port, [f"/warm/{number}" for number in range(CLIENTS)])
        bare = load(port, [f"/{number}" for number in range(CALLS)])
    return row(name, ours, bare, len(bodies[len(bodies) // 2]))


def row(name: str, ours: Timings, bare: Timings, size: int) -> list[str]:
    """Figures of a call and of its peer. Raises SystemExit where calls failed."""
    if ours.empty or bare.empty:
        raise SystemExit(f"{name}: {ours.empty} calls failed, {bare.empty} of the bare view")
    rate, peer = (len(one.seconds) / one.wall for one in (ours, bare))
    figures = [f"{rate:,.0f}", f"{ours.at(0.95):,.1f}", f"{size / 1_000:,.1f}"]
    return [name, *figures, f"{peer:,.0f}", f"{rate / peer:.2f}"]


def body(port: int, path: str) -> bytes:
    """One answer, so that everything is loaded."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    return connection.getresponse().read()


if __name__ == "__main__":
    main()
