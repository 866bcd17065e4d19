"""Feeds of 50 entries in every format: unknown, changed by one ending, unchanged.

Each request goes through the whole application but for the network; what is told is processor
time, which others on the machine disturb less. Beside it feedgen alone makes the same 50 entries
from values that lie ready: no query, no description, nothing remembered.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import feedparser
from feedgen.feed import FeedGenerator
from flask import Flask
from flask.testing import FlaskClient

from credit_site.app import create_app
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, search_engine, vault
from credit_site.services.documents import DocumentBuilder
from credit_site.services.public_records import latest
from credit_site.services.publication import EndReason, end_record
from credit_site.services.search_follower import SearchFollower
from credit_site.web.feeds.documents import KNOWN, MEMORY
from credit_site.web.feeds.windows import ENDED, RECORDS
from scripts.benchmarks.harness import TOP, machine, measured, say, table

ROUNDS = 40
PYTHON = TOP / ".venv" / "bin" / "python"
FEEDS = (
    "/feeds/all.atom",
    "/feeds/all.rss",
    "/feeds/all.json",
    "/feeds/agencies/market-supervision.atom",
    "/feeds/lists/serious-dishonesty.atom",
    "/feeds/divisions/410105.atom",
    "/feeds/divisions/410106.atom",
    "/feeds/campaigns/lightning.atom",
    "/feeds/campaigns/escort.atom",
    "/feeds/search.atom?q=%E9%A3%9F%E5%93%81",
)
HEADER = ["feed", "unknown ms", "changed ms", "worst", "304 ms", "kB", "gzip kB"]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--site", help="a data folder that may be changed, instead of a new one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(given.site or folder).absolute()
        if not given.site:
            say(f"{given.records:,} invented records …")
            _prepare(site, given.records)
        os.environ["CREDIT_SITE_DATA_DIR"] = str(site)
        app = create_app()
        rows = [_measured(app, path) for path in FEEDS]
        peer = _peer(app.test_client().get(FEEDS[0]).data)
    print(machine("feedgen", "lxml", "Flask"))
    print(table(HEADER, [*rows, peer]))


def _prepare(site: Path, records: int) -> None:
    environ = {"CREDIT_SITE_DATA_DIR": str(site)}
    for words in (["init"], ["demo", "--records", str(records)], ["work", "--once"]):
        measured([PYTHON, "-m", "credit_site", *words], environ)


def _measured(app: Flask, path: str) -> list[str]:
    client, plain = app.test_client(), {"Accept-Encoding": "gzip"}
    _forget(app)
    client.get(path, headers=plain)  # templates, query plans, file caches
    unknown = [_timed(client, path, plain, _forget) for _ in range(ROUNDS)]
    changed = [_timed(client, path, plain, _end_one) for _ in range(ROUNDS)]
    _follow(app)
    tag = {"If-None-Match": client.get(path, headers=plain).headers["ETag"]}
    unchanged = [_timed(client, path, plain | tag) for _ in range(ROUNDS)]
    sizes = [len(client.get(path).data), len(client.get(path, headers=plain).data)]
    times = [_middle(unknown), _middle(changed), max(changed), _middle(unchanged)]
    return [path, *(f"{one:.1f}" for one in times), *(f"{size / 1000:.0f}" for size in sizes)]


def _forget(app: Flask) -> None:
    """As a process that has just begun."""
    for name in (MEMORY, KNOWN, RECORDS, ENDED):
        app.extensions[name] = type(app.extensions[name])()


def _end_one(app: Flask) -> None:
    """Ends one of the newest records: every feed of everything has changed."""
    with app.app_context():
        record = latest(db.session(), clock.today(), limit=1)[0]
        end_record(db.session(), vault(), record.id, EndReason.REPAIRED, "benchmark", clock.now())


def _follow(app: Flask) -> None:
    """Brings the search index up to the ledger."""
    with app.app_context():
        follower = SearchFollower(search_engine(), DocumentBuilder(load_rulebook()))
        while follower.step(db.session()):
            pass
        follower.commit()
        follower.tell(db.session(), clock.now())


def _timed(
    client: FlaskClient,
    path: str,
    headers: Mapping[str, str],
    before: Callable[[Flask], None] = lambda _: None,
) -> float:
    """Milliseconds of processor time for one answer; 304 where a tag is sent."""
    before(client.application)
    begin = time.process_time()
    response = client.get(path, headers=headers)
    seconds = time.process_time() - begin
    expected = 304 if "If-None-Match" in headers else 200
    if response.status_code != expected:
        raise SystemExit(f"{path} answers {response.status_code}")
    return seconds * 1_000


def _middle(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]


def _peer(document: bytes) -> list[str]:
    """Feedgen alone, with the entries of a feed of ours."""
    feed = feedparser.parse(document)
    build = _builder(feed)
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        build()
        times.append((time.process_time() - begin) * 1_000)
    size = f"{len(build()) / 1000:.0f}"
    return ["feedgen alone, Atom", f"{_middle(times):.1f}", "", f"{max(times):.1f}", "", size, ""]


def _builder(feed: feedparser.FeedParserDict) -> Callable[[], bytes]:
    def build() -> bytes:
        generator = FeedGenerator()
        generator.id(feed.feed.id)
        generator.title(feed.feed.title)
        for item in feed.entries:
            entry = generator.add_entry(order="append")
            entry.id(item.id)
            entry.title(item.title)
            entry.link({"href": item.link})
            entry.author({"name": item.author})
            entry.summary(item.summary)
            entry.content(item.content[0].value, type="html")
            entry.category([{"term": tag.term, "label": tag.label} for tag in item.tags])
            entry.published(item.published)
            entry.updated(item.updated)
        built: bytes = generator.atom_str()
        return built

    return build


if __name__ == "__main__":
    main()
