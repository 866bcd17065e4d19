"""The peer that recall is measured against: SQL LIKE over every field of every record."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from scripts.benchmarks.recall_queries import Asked, is_plain
from search_index import TEXT_FIELDS, SearchDocument, SearchEngine, SearchQuery
from search_index.folding import fold

FIRST_PAGE = 20
FOLLOWING_PAGES = 3
_COLUMNS = ", ".join(f"{name} TEXT" for name in TEXT_FIELDS)
_MARKS = ", ".join("?" for _ in ("id", "starts", "ends", *TEXT_FIELDS))
_HOLDS = " OR ".join(f"{name} LIKE :like ESCAPE '\\'" for name in TEXT_FIELDS)
_VISIBLE = "starts <= :today AND (ends IS NULL OR ends >= :today)"


@dataclass(frozen=True, slots=True)
class Written:
    """A record: as it is plainly said, and as it is given to the engines."""

    plain: SearchDocument
    given: SearchDocument


@dataclass(frozen=True, slots=True)
class Beside:
    """What an engine found beside what SQL found: SQL's hits, and the ids that differ."""

    hits: int
    missing: frozenset[int]
    extra: frozenset[int]

    @classmethod
    def of(cls, found: AbstractSet[int], expected: AbstractSet[int]) -> Beside:
        """Of the ids of both."""
        return cls(len(expected), frozenset(expected - found), frozenset(found - expected))

    @property
    def is_equal(self) -> bool:
        """Whether the ids are the same."""
        return not (self.missing or self.extra)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A query's hits beside SQL over folded texts and ``plain``, over those as plainly said.

    ``plain`` is about the records that have nothing to fold, and None where the query has.
    ``faults`` of pages, totals and reading are in words.
    """

    asked: Asked
    folded: Beside
    plain: Beside | None
    faults: tuple[str, ...]

    @property
    def is_equal(self) -> bool:
        """Whether nothing at all differs."""
        plain = self.plain is None or self.plain.is_equal
        return self.folded.is_equal and plain and not self.faults


class LikeTable:
    """The same records in plain SQLite tables: folded line by line, and as they plainly are."""

    def __init__(self, records: Sequence[Written], today: date) -> None:
        self._today = today.isoformat()
        self._sql = sqlite3.connect(":memory:")
        self._fill("folded", (record.given for record in records), _folded)
        plain = [record.plain for record in records if is_plain(record.plain)]
        self._fill("plain", plain, str)
        self.plain_ids = {document.id for document in plain}

    def folded(self, text: str) -> set[int]:
        """The visible records whose folded texts hold the text, folded."""
        return self._ids("folded", fold(text))

    def plain(self, text: str) -> set[int]:
        """The visible records, of plain ones, whose texts hold the text; a and A are the same."""
        return self._ids("plain", text)

    def _fill(
        self, table: str, documents: Iterable[SearchDocument], form: Callable[[str], str]
    ) -> None:
        self._sql.execute(
            f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, starts TEXT, ends TEXT, {_COLUMNS})"
        )
        rows = (_row(document, form) for document in documents)
        self._sql.executemany(f"INSERT INTO {table} VALUES ({_MARKS})", rows)  # noqa: S608  # ours

    def _ids(self, table: str, needle: str) -> set[int]:
        for sign in "\\%_":
            needle = needle.replace(sign, f"\\{sign}")
        found = self._sql.execute(
            f"SELECT id FROM {table} WHERE {_VISIBLE} AND ({_HOLDS})",  # noqa: S608  # ours
            {"today": self._today, "like": f"%{needle}%"},
        )
        return {number for (number,) in found}


def _row(document: SearchDocument, form: Callable[[str], str]) -> list[int | str | None]:
    end = document.publication_end
    dates = [document.publication_start.isoformat(), end.isoformat() if end else None]
    return [document.id, *dates, *(form(document.texts.get(name, "")) for name in TEXT_FIELDS)]


def _folded(text: str) -> str:
    return "\n".join(map(fold, text.split("\n")))


def compare(engine: SearchEngine, table: LikeTable, asked: Asked, today: date) -> Outcome:
    """Asks both for everything there is, the engine page by page."""
    ids, faults = all_ids(engine, SearchQuery(asked.text, today, sort=asked.sort))
    found = set(ids)
    plain = Beside.of(found & table.plain_ids, table.plain(asked.plain)) if asked.is_bare else None
    return Outcome(asked, Beside.of(found, table.folded(asked.plain)), plain, faults)


def all_ids(engine: SearchEngine, query: SearchQuery) -> tuple[list[int], tuple[str, ...]]:
    """The ids of all pages, and what is wrong with the pages: reading, totals, repetitions."""
    page = engine.search(replace(query, limit=FIRST_PAGE))
    ids, total, faults = list(page.ids), page.total, []
    limit = max(FIRST_PAGE, total // FOLLOWING_PAGES)
    while page.next is not None and len(ids) <= total:
        page = engine.search(replace(query, limit=limit, after=page.next))
        ids += page.ids
        if page.total != total:
            faults.append(f"the total is {total}, then {page.total}")
    if page.reading:
        faults.append(f"read otherwise: {page.reading}")
    if len(ids) != total:
        faults.append(f"{len(ids)} ids of {total}")
    if len(set(ids)) != len(ids):
        faults.append("an id comes twice")
    return ids, tuple(faults)
