"""Search over invented records: the engine by itself, and the search page, each beside its peer.

Ours: ``demo`` fills a fresh data folder, gunicorn serves it as in production. The peer is the
same rows in SQLite with an FTS5 trigram index: asked directly for ids, total and facet counts,
and as a page of Datasette. Every query is asked once with the caches of the query cold.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from scripts.benchmarks.harness import Part, machine, measured, say, table
from scripts.benchmarks.search_pages import COMMON, PEER_FACETS, PROGRAMS, Timings, report_pages
from search_index import FACETS, SearchEngine, SearchQuery, Sort, open_engine
from search_index.names import initials, spellings

PEER_SECONDS = 60
OF_EACH_KIND = 16
TYPED_OF_EACH_KIND = 80
PEER_TABLE = """
    CREATE TABLE records AS
    SELECT id, register, agency, division, severity, list_name, decided_on,
           substr(decided_on, 1, 4) AS year, subject_name, uscc, document_number,
           coalesce(json_extract(content_json, '$.campaign'), '') AS campaign,
           coalesce(json_extract(content_json, '$.violation_type'), '') AS violation_type,
           coalesce(json_extract(content_json, '$.violation_facts'),
                    json_extract(content_json, '$.facts'), '') AS facts,
           coalesce(json_extract(content_json, '$.legal_basis'), '') AS basis,
           coalesce(json_extract(content_json, '$.enforcement_agency'), '') AS office
    FROM site.records WHERE state = 'published'
      AND publication_start <= :today
      AND (publication_end IS NULL OR publication_end >= :today)
"""
PEER_IDS = """
    SELECT id FROM records WHERE id IN (SELECT rowid FROM records_fts WHERE records_fts MATCH ?)
    ORDER BY decided_on DESC, id DESC LIMIT 20
"""
PEER_TOTAL = "SELECT count(*) FROM records_fts WHERE records_fts MATCH ?"
PEER_COUNTS = """
    SELECT {0}, count(*) FROM records
    WHERE id IN (SELECT rowid FROM records_fts WHERE records_fts MATCH ?) GROUP BY 1
"""
SEARCHED = "subject_name, uscc, document_number, facts, basis, office"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of the mix; ``plain`` is what a peer without our language can be asked."""

    kind: str
    query: SearchQuery
    plain: bool = False


def main() -> None:
    """Measures and prints the tables that README shows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("tantivy", "whoosh"), default="tantivy")
    parser.add_argument("--site", type=Path, help="a data folder that holds the records already")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="credit-site-bench-") as name:
        site = (arguments.site or Path(name) / "site").absolute()
        environ = {"CREDIT_SITE_DATA_DIR": str(site), "CREDIT_SITE_DATABASE_URL": ""}
        index = site / ("index" if arguments.engine == "tantivy" else "index-whoosh")
        environ["CREDIT_SITE_SEARCH_URL"] = f"{arguments.engine}:{index}"
        if arguments.site is None:
            fill(environ, arguments.records, arguments.seed)
        built = rebuilt(environ)
        peer = make_peer(site / "credit_site.sqlite3", Path(name) / "peer.sqlite3")
        asked = mix(peer, Random(arguments.seed))
        print(report_engines(environ["CREDIT_SITE_SEARCH_URL"], peer, asked, built))
        plain = [one.query.text for one in asked if one.plain]
        print(report_pages(environ, peer, plain, typed(peer, Random(arguments.seed))))
    print(machine("tantivy", "whoosh", "datasette", "gunicorn"))


def fill(environ: Mapping[str, str], records: int, seed: int) -> None:
    """A data folder of invented records."""
    program: list[Part] = [PROGRAMS / "python", "-m", "credit_site"]
    measured([*program, "init"], environ)
    say(f"{records:,} invented records through the ordinary intake …")
    measured([*program, "demo", "--records", str(records), "--seed", str(seed)], environ)


def rebuilt(environ: Mapping[str, str]) -> float:
    """The seconds of building the index and the directory of names anew."""
    program: list[Part] = [PROGRAMS / "python", "-m", "credit_site"]
    say("building the index and the names anew …")
    return measured([*program, "index", "rebuild"], environ).seconds


def make_peer(database: Path, peer: Path) -> Path:
    """The visible records as one table with an FTS5 trigram index over the searched texts."""
    say("the same rows for the peer …")
    with sqlite3.connect(peer) as connection:
        connection.execute("ATTACH ? AS site", [f"file:{database}?mode=ro"])
        connection.execute(PEER_TABLE, {"today": _today().date().isoformat()})
        connection.execute("CREATE UNIQUE INDEX records_id ON records (id)")
        connection.execute(
            f"CREATE VIRTUAL TABLE records_fts USING fts5 ({SEARCHED}, "
            "content='records', content_rowid='id', tokenize='trigram')"
        )
        connection.execute("INSERT INTO records_fts (records_fts) VALUES ('rebuild')")
    return peer


def mix(peer: Path, chance: Random) -> list[Asked]:
    """Queries of every kind about records that exist, the same for the same seed."""
    with sqlite3.connect(peer) as connection:
        rows = connection.execute(
            "SELECT subject_name, uscc, document_number, facts FROM records "
            "WHERE uscc <> '' AND document_number <> '' AND length(facts) > 20 ORDER BY id"
        ).fetchall()
    asked = [_asked("common words", word, plain=True) for word in COMMON]
    for name, code, number, facts in chance.choices(rows, k=OF_EACH_KIND):
        asked += _plain_kinds(chance, name, code, number, facts)
        asked += _kinds_of_the_language(chance, name, facts)
    return asked


def typed(peer: Path, chance: Random) -> list[str]:
    """Beginnings of names, of their pinyin and of codes, as they stand while somebody types."""
    with sqlite3.connect(peer) as connection:
        rows = connection.execute(
            "SELECT subject_name, uscc FROM records WHERE uscc <> '' ORDER BY id"
        ).fetchall()
    found = []
    for name, code in chance.choices(rows, k=TYPED_OF_EACH_KIND):
        found.append(name[: chance.randint(1, len(name))])
        wholes = (initials(name)[0], spellings(name)[0], code)
        found += [whole[: chance.randint(2, len(whole))] for whole in wholes]
    return list(dict.fromkeys(found))


def _plain_kinds(chance: Random, name: str, code: str, number: str, facts: str) -> Iterator[Asked]:
    parts = {
        "whole name": name,
        "part of a name, 2": _part(chance, name, 2),
        "part of a name, 4": _part(chance, name, 4),
        "whole code": code,
        "part of a code": _part(chance, code, chance.randint(4, 10)),
        "whole number": number,
        "part of a number": _part(chance, number, chance.randint(3, 8)),
        "one character": _part(chance, facts, 1),
        "words, 2": _part(chance, facts, 2),
        "phrase, 4": _part(chance, facts, 4),
        "phrase, 8": _part(chance, facts, 8),
    }
    return (_asked(kind, text, plain=True) for kind, text in parts.items())


def _kinds_of_the_language(chance: Random, name: str, facts: str) -> Iterator[Asked]:
    first, second = _part(chance, facts, 2), _part(chance, facts, 2)
    year = chance.randint(2023, 2026)
    yield _asked("two words", f"{first} {second}")
    yield _asked("OR, not, prefix", f"名称:{_part(chance, name, 2)} OR {first} -{second}")
    yield _asked("dates and amounts", f"日期:{year}-01..{year}-06 罚款:>10000 {first}")
    yield _asked("by date, later page", first, sort=Sort.NEWEST, offset=200)
    yield _asked("by amount, filtered", second, sort=Sort.AMOUNT, year=str(year))


def _asked(
    kind: str,
    text: str,
    *,
    plain: bool = False,
    sort: Sort = Sort.RELEVANCE,
    offset: int = 0,
    year: str = "",
) -> Asked:
    query = SearchQuery(
        text, _today().date(), sort=sort, offset=offset, year=year, limit=20, facets=FACETS
    )
    return Asked(kind, query, plain)


def _part(chance: Random, text: str, length: int) -> str:
    start = chance.randint(0, max(0, len(text) - length))
    return text[start : start + length].strip() or text[:length]


def _today() -> datetime:
    return datetime.now(ZoneInfo("Asia/Shanghai"))


def report_engines(url: str, peer: Path, asked: Sequence[Asked], built: float) -> str:
    """Tables of the engine by kind and beside SQLite FTS5, and the index's size and rate."""
    say(f"{len(asked)} queries, all facets counted …")
    index, begin = Path(url.partition(":")[2]), time.perf_counter()
    engine = open_engine(url)
    engine.search(SearchQuery("", _today().date()))
    say(f"the first query took {time.perf_counter() - begin:,.1f} s")
    kinds = {kind: Timings() for kind in dict.fromkeys(one.kind for one in asked)}
    whole, plain = Timings(), Timings()
    for one in asked:
        _ask(engine, one, [kinds[one.kind], whole, *([plain] if one.plain else [])])
    fts = ask_fts([one for one in asked if one.plain], peer)
    rows = [timings.row(kind) for kind, timings in kinds.items()]
    rows += [whole.row("**all kinds**"), plain.row("plain kinds"), fts.row("SQLite FTS5, the same")]
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    count = engine.count()
    note = (
        f"{count:,} documents, {size / 1e6:,.0f} MB, {size / max(1, count):,.0f} bytes each; "
        f"index rebuild {built:,.1f} s, {count / built:,.0f} documents/s with start-up and names."
    )
    header = ["engine, 20 hits + 9 facets", "queries", "p50 ms", "p95 ms", "worst ms", "no hit"]
    return f"{table(header, rows)}\n\n{note}\n"


def _ask(engine: SearchEngine, one: Asked, into: Sequence[Timings]) -> None:
    begin = time.perf_counter()
    total = engine.search(one.query).total
    seconds = time.perf_counter() - begin
    for timings in into:
        timings.seconds.append(seconds)
        timings.empty += not total


def ask_fts(asked: Sequence[Asked], peer: Path) -> Timings:
    """The newest twenty ids, the total and seven facets by SQL, within PEER_SECONDS."""
    timings = Timings()
    statements = [PEER_IDS, PEER_TOTAL, *(PEER_COUNTS.format(name) for name in PEER_FACETS)]
    give_up = time.perf_counter() + PEER_SECONDS
    with sqlite3.connect(f"file:{peer}?mode=ro", uri=True) as connection:
        for one in asked:
            if time.perf_counter() > give_up:
                break
            begin = time.perf_counter()
            phrase = '"' + one.query.text.replace('"', '""') + '"'
            answers = [connection.execute(sql, [phrase]).fetchall() for sql in statements]
            timings.seconds.append(time.perf_counter() - begin)
            timings.empty += not answers[0]
    return timings


if __name__ == "__main__":
    main()
