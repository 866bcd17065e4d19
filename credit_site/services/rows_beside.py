"""Rows of a large file are made by two processes; their order, and what is said, stay the same.

One of CPython's processes uses one core. The other process gets titles, names of rules and the
key of digests, no database and no keys of seals; it ends with the pipe, also when this side is
killed. Where it fails, its rows are made here.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Self

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.rows import ReadRow, Recipe, RowMaker, RowReader, Share

log = logging.getLogger(__name__)

WORTH_IT = 4_000
"""Rows from which a second process is quicker than none: starting it takes a second."""
_THERE, _HERE = 1_250, 750
"""Rows of a chunk that the other process makes, and this one, which also stores."""
_PATIENCE_SECONDS = 5


def chunks_of(reader: RowReader, row_estimate: int) -> Iterator[list[ReadRow]]:
    """The reader's chunks; made by two processes where there is enough to do and a second core."""
    if row_estimate < WORTH_IT or len(os.sched_getaffinity(0)) < 2:
        yield from reader.chunks()
        return
    with _Beside(reader) as beside:
        yield from beside.chunks()


class _Beside:
    """The other process, and what it has in hand."""

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        context = get_context("spawn")
        there, self._out = context.Pipe(duplex=False)
        self._in, back = context.Pipe(duplex=False)
        self._process = context.Process(
            target=serve, args=(there, back, reader.recipe), daemon=True
        )
        self._process.start()
        self._lost = False
        there.close()
        back.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._out.close()
        self._in.close()
        self._process.join(_PATIENCE_SECONDS)
        self._process.kill()
        self._process.join()
        self._process.close()

    def chunks(self) -> Iterator[list[ReadRow]]:
        """A share made there and one made here, by turns; the next one is under way meanwhile."""
        theirs = self._given()
        while theirs is not None:
            mine = self._reader.share(_HERE)
            made = [self._reader.maker.make(*row) for row in mine.rows] if mine else []
            rows = self._reader.settled(theirs, self._taken(theirs))
            if mine is not None:
                rows += self._reader.settled(mine, made)
            theirs = self._given()
            yield rows

    def _given(self) -> Share | None:
        share = self._reader.share(_THERE)
        if share is not None and not self._lost:
            with suppress(OSError):
                self._out.send(share.rows)
        return share

    def _taken(self, share: Share) -> list[ReadRow]:
        if not self._lost:
            try:
                made: list[ReadRow] = self._in.recv()
            except (EOFError, OSError):
                log.warning("the second process is gone; its rows are made here")
                self._lost = True
            else:
                return made
        return [self._reader.maker.make(*row) for row in share.rows]


def serve(given: Connection, made: Connection, recipe: Recipe) -> None:
    """The other process: makes what it is given until nobody gives or takes any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    maker = RowMaker(recipe, load_rulebook())
    with suppress(EOFError, OSError):
        while True:
            made.send([maker.make(*row) for row in given.recv()])
