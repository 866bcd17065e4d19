"""Rows of a large file are made by two processes; their order, and what is said, stay the same.

One of CPython's processes uses one core. The other process gets titles, names of rules and the
key of digests, no database and no keys of seals; it ends with the pipe, also when this side is
killed. Where it fails, its rows are made here.
"""

from __future__ import annotations

import gc
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.prepared import Stageable
from credit_site.services.rows import ReadRow as AnyRow
from credit_site.services.rows import Recipe, RowMaker, RowReader, Share, stageable

log = logging.getLogger(__name__)

WORTH_IT = 1 << 20
"""Bytes of a file from which a second process is quicker than none: it takes a moment to start."""
_THERE, _HERE = 650, 350
"""Rows of a chunk that the other process makes, and this one, which also stores."""
_PATIENCE_SECONDS = 5

ReadRow = AnyRow[Stageable]


def chunks_of(reader: RowReader, file_size: int) -> Iterator[list[ReadRow]]:
    """A table's chunks, ready for the stage; a large file's are made by two processes.

    The second one starts when the process that read a workbook has given its memory back.
    """
    with second_process(file_size) as second:
        yield from stageable_chunks(reader, second)


@contextmanager
def second_process(file_size: int) -> Iterator[SecondProcess | None]:
    """Another process, getting ready while this one begins; None where it would not help."""
    if file_size < WORTH_IT or len(os.sched_getaffinity(0)) < 2:
        yield None
        return
    process = SecondProcess()
    try:
        yield process
    finally:
        process.end()


def stageable_chunks(reader: RowReader, second: SecondProcess | None) -> Iterator[list[ReadRow]]:
    """The reader's chunks, ready for the stage; made with the second process where there is one."""
    if second is None:
        for chunk in reader.chunks():
            yield list(map(stageable, chunk))
        return
    second.begin(reader.recipe)
    while not second.ready() and (first := reader.share(_HERE)):
        yield reader.settled(first, _made(reader.maker, first))
    theirs = _given(reader, second)
    while theirs is not None:
        mine = reader.share(_HERE)
        made = _made(reader.maker, mine) if mine else []
        rows = reader.settled(theirs, second.taken() or _made(reader.maker, theirs))
        if mine is not None:
            rows += reader.settled(mine, made)
        theirs = _given(reader, second)
        yield rows


def _given(reader: RowReader, second: SecondProcess) -> Share | None:
    """The second process's next share, under way while this one stores."""
    share = reader.share(_THERE)
    if share is not None:
        second.give(share)
    return share


def _made(maker: RowMaker, share: Share) -> list[ReadRow]:
    return [stageable(maker.make(*row)) for row in share.rows]


class SecondProcess:
    """The other process, and whether it is still there."""

    def __init__(self) -> None:
        context = get_context("spawn")
        there, self._out = context.Pipe(duplex=False)
        self._in, back = context.Pipe(duplex=False)
        self._process = context.Process(target=serve, args=(there, back), daemon=True)
        self._process.start()
        self._lost = self._ready = False
        there.close()
        back.close()

    def begin(self, recipe: Recipe) -> None:
        """By what it is to make rows; the first that it is told."""
        self._send(recipe)

    def ready(self, patience_seconds: float = 0) -> bool:
        """Whether it has loaded what it needs, or is gone and needs no waiting for."""
        if not self._ready and self._in.poll(patience_seconds):
            self._ready = True
            self._received()
        return self._ready

    def give(self, share: Share) -> None:
        """Rows to be made."""
        self._send(share.rows)

    def taken(self) -> list[ReadRow] | None:
        """The rows given last, made; None when the process is gone."""
        made: list[ReadRow] | None = self._received()
        return made

    def end(self) -> None:
        """It is needed no more."""
        self._out.close()
        self._in.close()
        self._process.join(_PATIENCE_SECONDS)
        self._process.kill()
        self._process.join()
        self._process.close()

    def _received(self) -> Any:  # noqa: ANN401  # whatever was sent
        if self._lost:
            return None
        try:
            return self._in.recv()
        except (EOFError, OSError):
            log.warning("the second process is gone; its rows are made here")
            self._lost = True
            return None

    def _send(self, what: object) -> None:
        if not self._lost:
            with suppress(OSError):
                self._out.send(what)


def serve(given: Connection, made: Connection) -> None:
    """The other process: makes what it is given until nobody gives or takes any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rulebook = load_rulebook()
    gc.disable()  # rows have no cycles, and there are many
    with suppress(EOFError, OSError):
        maker = RowMaker(given.recv(), rulebook)
        made.send("ready")
        while True:
            made.send([stageable(maker.make(*row)) for row in given.recv()])
