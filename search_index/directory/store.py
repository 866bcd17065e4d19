"""The directory of one installation: many readers, one writer, like the index beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TypeVar

from search_index.directory import asking
from search_index.directory.keys import Kind
from search_index.directory.tables import SCHEMA_VERSION, connect, make_tables, position
from search_index.directory.values import KnownName, NamedRecord, NearName
from search_index.directory.writing import Change, fill
from search_index.errors import SearchUnavailable
from search_index.folding import fold
from search_index.generations import Generations
from search_index.names import Places

T = TypeVar("T")


class NameDirectory:
    """Names in a folder, or in memory without one.

    ``change`` carries out a batch with its ledger position in one transaction: killed at any
    moment, ``position`` says where to go on. ``rebuild`` fills a new directory beside the live
    one, then switches. Writing raises WriterBusy while another process writes. Everything raises
    SearchUnavailable where the files cannot be read.
    """

    def __init__(self, root: Path | None, places: Places) -> None:
        self._places = places
        self._generations = Generations(root, SCHEMA_VERSION) if root else None
        self._lock = Lock()
        self._stamp: object = None
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        if root is None:
            self._reader = self._writer = connect(None)
            make_tables(self._reader)

    def starting(self, text: str, limit: int) -> list[KnownName]:
        """Names that begin with a text, or do without the place before them."""
        folded = fold(text)
        if not folded:
            return []
        return self._ask(lambda found: asking.starting(found, [Kind.TEXT], folded, limit), [])

    def sounding(self, letters: str, limit: int) -> list[KnownName]:
        """Names whose pinyin begins so, in full or as initials, with or without their place."""
        kinds, asked = [Kind.INITIALS, Kind.PINYIN], fold(letters)
        if not asked:
            return []
        return self._ask(lambda found: asking.starting(found, kinds, asked, limit), [])

    def coded(self, begin: str, limit: int) -> list[KnownName]:
        """Names with a code that begins so, in the order of their codes."""
        return self._ask(lambda found: asking.coded(found, begin, limit), []) if begin else []

    def near(self, name: str, limit: int) -> list[NearName]:
        """Names like this one but not the same, the likest first."""
        return self._ask(lambda found: asking.near(found, name, self._places, limit), [])

    def begun(self, text: str, limit: int) -> list[NearName]:
        """Names that may begin with a text but for a slip; for offering, never for matching."""
        return self._ask(lambda found: asking.begun(found, text, self._places, limit), [])

    def exactly(self, names: Iterable[str]) -> dict[str, list[KnownName]]:
        """By folded name those that are written so; names nobody bears are left out."""
        asked = list(names)
        return self._ask(lambda found: asking.exactly(found, asked), {})

    def of_codes(self, codes: Iterable[str]) -> dict[str, list[KnownName]]:
        """By code the names it stands with, the latest first."""
        asked = list(codes)
        return self._ask(lambda found: asking.of_codes(found, asked), {})

    def count(self) -> int:
        """How many names there are."""
        return self._ask(lambda found: _number(found, "SELECT count(*) FROM names"), 0)

    def position(self) -> int:
        """How far the ledger is carried out here; 0 for a directory that is still empty."""
        return self._ask(position, 0)

    def change(self, named: Sequence[NamedRecord], gone: Iterable[int], seq: int) -> None:
        """Carries out the ledger up to a number; harmless twice."""
        with self._vendor_errors(), self._alone():
            Change(self._opened_writer(), self._places).carry_out(named, gone, seq)

    def rebuild(self, named: Iterable[NamedRecord], seq: int) -> None:
        """Builds the directory anew beside the live one, as of a ledger number."""
        if self._generations is None:
            self._fill_memory(named, seq)
            return
        self.close()
        self._generations.lock()
        folder = self._generations.new_folder()
        connection = connect(folder)
        try:
            with self._vendor_errors():
                make_tables(connection)
                fill(connection, named, self._places, seq)
        finally:
            connection.close()
            self._generations.unlock()
        self._generations.go_live(folder)

    def close(self) -> None:
        """Lets go of the files and gives the writer's place back."""
        if self._generations is None:
            return
        with self._lock:
            for connection in (self._reader, self._writer):
                if connection is not None:
                    connection.close()
            self._reader = self._writer = self._stamp = None
        self._generations.unlock()

    def _fill_memory(self, named: Iterable[NamedRecord], seq: int) -> None:
        anew = connect(None)
        make_tables(anew)
        fill(anew, named, self._places, seq)
        with self._lock:
            self._reader = self._writer = anew

    def _ask(self, question: Callable[[sqlite3.Connection], T], nothing: T) -> T:
        with self._vendor_errors(), self._lock:
            reader = self._opened_reader()
            return nothing if reader is None else question(reader)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """In memory, readers and the writer share a connection."""
        if self._generations is None:
            with self._lock:
                yield
        else:
            yield

    @contextmanager
    def _vendor_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            raise SearchUnavailable(type(error).__name__) from error

    def _opened_reader(self) -> sqlite3.Connection | None:
        """Of the live generation; None before the first, and after one of another version."""
        if self._generations is None:
            return self._reader
        stamp = self._generations.stamp()
        if stamp != self._stamp or self._reader is None:
            live = self._generations.live()
            if live is None or live.schema != SCHEMA_VERSION:
                return None
            if self._reader is not None:
                self._reader.close()
            self._reader, self._stamp = connect(live.folder), stamp
        return self._reader

    def _opened_writer(self) -> sqlite3.Connection:
        if self._writer is not None:
            return self._writer
        assert self._generations is not None, "in memory the writer is there from the beginning"
        self._generations.lock()
        live = self._generations.live()
        if live is None or live.schema != SCHEMA_VERSION:
            folder = self._generations.new_folder()
            self._writer = connect(folder)
            make_tables(self._writer)
            self._generations.go_live(folder)
        else:
            self._writer = connect(live.folder)
        return self._writer


def open_directory(url: str, places: Places) -> NameDirectory:
    """The directory beside the engine of an address (see open_engine)."""
    scheme, _, place = url.partition(":")
    return NameDirectory(None if scheme == "memory" else Path(place) / "names", places)


def _number(connection: sqlite3.Connection, statement: str) -> int:
    return int(connection.execute(statement).fetchone()[0])
