#!/usr/bin/env python3
"""A copy of the public record that keeps itself right: mirror.py SITE FILE [--key K] [--every S].

Follows SITE/api/v1/changes into an SQLite FILE: adds, replaces, and deletes what has ended. Run it
again at any time, killed or not; it goes on where it was. Python 3.9 or later, nothing else.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import time
import urllib.error
import urllib.request
from typing import Any

TABLES = """CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, register TEXT, subject TEXT,
  uscc TEXT, document_number TEXT, agency TEXT, publication_end TEXT, record TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS records_uscc ON records (uscc);
CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL);
INSERT OR IGNORE INTO place VALUES (1, 0);"""
COLUMNS = ["id", "register", "subject_name", "uscc", "document_number", "agency", "publication_end"]


def fetch(address: str, key: str) -> dict[str, Any]:
    """One answer; waits where it is told to, tries again where the line breaks."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    for attempt in range(8):
        try:
            asked = urllib.request.Request(address, headers=headers)
            with urllib.request.urlopen(asked, timeout=60) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            if error.code not in (429, 500, 502, 503, 504):
                sys.exit(f"{error.code}: {error.read().decode('utf-8', 'replace')}")
            told = error.headers.get("Retry-After") or ""
            wait = int(told) if told.isdigit() else 2**attempt
        except (OSError, ValueError):
            wait = 2**attempt
        time.sleep(wait)
    sys.exit(f"no answer from {address}")


def apply(copy: sqlite3.Connection, answer: dict[str, Any]) -> None:
    """One answer and the place it leads to, in one transaction: all of it or nothing."""
    with copy:
        for change in answer["changes"]:
            copy.execute("DELETE FROM records WHERE id = ?", (change["id"],))
            if change["record"]:
                record = change["record"]
                row = [*(record[name] for name in COLUMNS), json.dumps(record, ensure_ascii=False)]
                copy.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        copy.execute("DELETE FROM records WHERE publication_end < ?", (answer["day"],))
        copy.execute("UPDATE place SET seq = ?", (answer["until"],))


def follow(site: str, copy: sqlite3.Connection, key: str) -> None:
    """To the end of what there is now."""
    copy.executescript(TABLES)
    more = True
    while more:
        (seq,) = copy.execute("SELECT seq FROM place").fetchone()
        answer = fetch(f"{site}/api/v1/changes?limit=1000&since={seq}", key)
        apply(copy, answer)
        more = answer["next"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("file")
    parser.add_argument("--key", default="")
    parser.add_argument("--every", type=int, default=0, help="seconds; 0: once")
    given = parser.parse_args()
    while True:
        follow(given.site.rstrip("/"), sqlite3.connect(given.file), given.key)
        if not given.every:
            break
        time.sleep(given.every)
