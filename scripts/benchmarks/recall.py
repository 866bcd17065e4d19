"""Whether search finds all there is: every query's hits beside SQL LIKE over the same fields.

Invented records go into every engine, one in five in another width, script or case or with blanks;
then fragments of what records say are asked for in as many spellings, page by page. SQL is asked
twice: over folded texts, and, for what needs no folding, over the texts as they were before
anything was spelled otherwise or folded. Whoosh and the engine in memory get 20,000 records at
most.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import CITY_TIME
from credit_site.models import Record, State
from credit_site.services.documents import COLUMNS, DocumentBuilder
from scripts.benchmarks.harness import machine, say, table
from scripts.benchmarks.recall_like import Beside, LikeTable, Outcome, Written, compare
from scripts.benchmarks.recall_queries import Asked, make_queries, respelled
from scripts.benchmarks.search import fill
from search_index import SearchDocument, open_engine

MOST_RECORDS = {"tantivy": sys.maxsize, "whoosh": 20_000, "memory": 20_000}
ONE_RESPELLED_IN = 5
SHOWN = 20

Outcomes = Mapping[str, Sequence[Outcome]]


def main() -> None:
    """Measures, prints the tables and ends with 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--queries", type=int, default=600)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credit-site-bench-") as name:
        records = invented(Path(name) / "site", arguments.records, arguments.seed)
        plain = [record.plain for record in records]
        asked = make_queries(plain, arguments.queries, Random(arguments.seed))
        given = {engine: thinned(records, most) for engine, most in MOST_RECORDS.items()}
        outcomes = {
            engine: measure(f"{engine}:{Path(name) / engine}", records, asked)
            for engine, records in given.items()
        }
    print(report_kinds(outcomes))
    print(report_engines(outcomes, given))
    print(machine("tantivy", "whoosh", "opencc-python-reimplemented"))
    sys.exit(any(not one.is_equal for found in outcomes.values() for one in found))


def invented(site: Path, count: int, seed: int) -> list[Written]:
    """Demonstration records through the ordinary intake, some of them spelled otherwise after."""
    environ = {"CREDIT_SITE_DATA_DIR": str(site), "CREDIT_SITE_DATABASE_URL": ""}
    fill(environ | {"CREDIT_SITE_SEARCH_URL": ""}, count, seed)
    chance = Random(seed)
    return [
        Written(said, said if number % ONE_RESPELLED_IN else respelled(said, chance))
        for number, said in enumerate(published(site / "credit_site.sqlite3"))
    ]


def published(database: Path) -> Iterator[SearchDocument]:
    """What search is told of every published record, those of other days among them."""
    builder = DocumentBuilder(load_rulebook())
    query = select(*COLUMNS).where(Record.state == State.PUBLISHED).order_by(Record.id)
    opened = create_engine(f"sqlite:///{database}")
    with Session(opened) as session:
        yield from map(builder.build, session.execute(query))
    opened.dispose()


def thinned(records: Sequence[Written], most: int) -> Sequence[Written]:
    """At most so many records, evenly from all of them."""
    return records[:: -(-len(records) // most)]


def measure(url: str, records: Sequence[Written], asked: Sequence[Asked]) -> list[Outcome]:
    """Asks a new engine of the records, and SQL, for everything."""
    say(f"{url.partition(':')[0]}: {len(records):,} records, {len(asked)} queries …")
    today, begin = _today(), time.perf_counter()
    engine, like = open_engine(url), LikeTable(records, today)
    engine.rebuild(record.given for record in records)
    outcomes = [compare(engine, like, one, today) for one in asked]
    engine.close()
    say(f"  {time.perf_counter() - begin:,.0f} s")
    return outcomes


def report_kinds(outcomes: Outcomes) -> str:
    """How many queries of each kind were answered alike, by engine."""
    kinds = dict.fromkeys(one.asked.kind for found in outcomes.values() for one in found)
    return table(
        ["queries answered as by SQL", *outcomes],
        [[kind, *(_of_kind(found, kind) for found in outcomes.values())] for kind in kinds],
    )


def _of_kind(outcomes: Sequence[Outcome], kind: str) -> str:
    found = [one.is_equal for one in outcomes if one.asked.kind == kind]
    return f"{sum(found)} of {len(found)}"


def report_engines(outcomes: Outcomes, given: Mapping[str, Sequence[Written]]) -> str:
    """Sums by engine, and the queries that were answered otherwise."""
    header = ["beside SQL LIKE over", "records", "queries", "hits", "equal", "missing", "extra"]
    rows = []
    for engine, found in outcomes.items():
        records = f"{len(given[engine]):,}"
        plain = [one.plain for one in found if one.plain is not None]
        rows.append([f"{engine}, folded texts", records, *_sums([one.folded for one in found])])
        rows.append([f"{engine}, plain texts", records, *_sums(plain)])
    return f"\n{table(header, rows)}\n{_differing(outcomes)}"


def _sums(found: Sequence[Beside]) -> list[str]:
    equal = sum(one.is_equal for one in found)
    return [
        f"{len(found):,}",
        f"{sum(one.hits for one in found):,}",
        f"{_percent(equal, len(found))} %",
        f"{sum(len(one.missing) for one in found):,}",
        f"{sum(len(one.extra) for one in found):,}",
    ]


def _percent(part: int, whole: int) -> str:
    """Never rounded up to 100."""
    return "100" if part == whole else f"{int(1_000 * part / whole) / 10}"


def _differing(outcomes: Outcomes) -> str:
    """The first queries of each engine that were answered otherwise, a line for each."""
    lines = []
    for engine, found in outcomes.items():
        differing = [one for one in found if not one.is_equal]
        lines += [f"- {engine}: {_in_words(one)}\n" for one in differing[:SHOWN]]
        if len(differing) > SHOWN:
            lines.append(f"- {engine}: … and {len(differing) - SHOWN} more\n")
    return "".join(lines)


def _in_words(one: Outcome) -> str:
    said = [f"{one.asked.text!r} ({one.asked.kind}, {one.asked.sort}, for {one.asked.plain!r})"]
    for name, beside in (("folded", one.folded), ("plain", one.plain)):
        if beside is not None and not beside.is_equal:
            missing, extra = sorted(beside.missing)[:5], sorted(beside.extra)[:5]
            said.append(f"{name} texts: missing {missing}, extra {extra}")
    return "; ".join([*said, *one.faults])


def _today() -> date:
    return datetime.now(CITY_TIME).date()


if __name__ == "__main__":
    main()
