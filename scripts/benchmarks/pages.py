"""A public page asked for again and again, beside a bare Flask view that answers the same bytes.

``scripts/bench pages --site FOLDER`` (a data folder that holds records). Processor time of one
process through the whole application, but for the network: others on the machine disturb it less.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask, Response
from werkzeug.test import EnvironBuilder, run_wsgi_app

from credit_site.app import create_app
from scripts.benchmarks.harness import machine, table

PATHS = ("/", "/about", "/records/1", "/agencies/market-supervision", "/rules/publication_periods")
HEADER = ["page", "kB", "first µs", "known µs", "304 µs", "bare view µs", "ratio"]
ROUNDS, CALLS = 7, 60


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", required=True, help="data folder, as CREDIT_SITE_DATA_DIR")
    os.environ["CREDIT_SITE_DATA_DIR"] = str(Path(parser.parse_args().site).absolute())
    app = create_app()
    print(machine("flask", "werkzeug"))
    print(table(HEADER, [_row(app, path) for path in PATHS]))


def _row(app: Flask, path: str) -> list[str]:
    begin = time.process_time()
    body, _, headers = run_wsgi_app(app, EnvironBuilder(path).get_environ(), buffered=True)
    first = time.process_time() - begin
    content, tag = b"".join(body), headers["ETag"]
    bare = Flask("bare")
    bare.add_url_rule("/", "page", lambda: Response(content, content_type="text/html"))
    known, unchanged = _microseconds(app, path), _microseconds(app, path, tag)
    peer = _microseconds(bare, "/")
    figures = [first * 1e6, known, unchanged, peer]
    kilobytes = f"{len(content) / 1_000:.1f}"
    return [f"`{path}`", kilobytes, *(f"{one:,.0f}" for one in figures), f"{peer / known:.2f}"]


def _microseconds(app: Flask, path: str, tag: str = "") -> float:
    """Of one call, the best of some rounds."""
    headers = [("If-None-Match", tag)] if tag else []
    environ = EnvironBuilder(path, headers=headers).get_environ()

    def calls() -> None:
        for _ in range(CALLS):
            run_wsgi_app(app, dict(environ), buffered=True)

    return min(_seconds(calls) for _ in range(ROUNDS)) / CALLS * 1e6


def _seconds(work: Callable[[], None]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
