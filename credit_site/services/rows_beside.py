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
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fcntl import F_SETPIPE_SZ, fcntl
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

import orjson

from credit_site.domain.rulebook import load_rulebook
from credit_site.intake import Row
from credit_site.services.prepared import Stageable
from credit_site.services.rows import ReadRow as AnyRow
from credit_site.services.rows import Recipe, RowMaker, RowReader, Share, stageable

log = logging.getLogger(__name__)

WORTH_IT = 1 << 20
"""Bytes of a file from which a second process is quicker than none: it takes a moment to start."""
_PIECE = 250
"""Rows that a process makes in one go."""
_AHEAD = 6
"""Pieces the other process may have before it: it makes them while this one stores others."""
_MOST_OPEN = 16
"""Pieces that may wait for the one before them."""
_STORED_TOGETHER = 2_000
_PATIENCE_SECONDS = 5
_PIPE_BYTES = 1 << 20
"""A piece fits in, so that whoever gives it does not wait until it is taken."""
_TURN_SECONDS = 0.000_2
"""So soon the other process's threads that take in and give out have their turn."""

ReadRow = AnyRow[Stageable]


def chunks_of(reader: RowReader, file_size: int) -> Iterator[list[ReadRow]]:
    """A table's chunks, ready for the stage; a large file's are made by two processes.

    The second one starts when the process that reads a workbook has given its memory back; until
    then there is a core for each of the others.
    """
    yield from _together(_while_under_way(reader))
    with second_process(file_size) as second:
        yield from stageable_chunks(reader, second)


def _while_under_way(reader: RowReader) -> Iterator[list[ReadRow]]:
    """The first rows piece by piece, as long as the file is still being read."""
    while reader.under_way and (share := reader.share(_PIECE)):
        yield reader.settled(share, _made(reader.maker, share))


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
    yield from _together(_Pieces(reader, second).made())


def _together(pieces: Iterator[list[ReadRow]]) -> Iterator[list[ReadRow]]:
    """As many rows as are stored in one go."""
    rows: list[ReadRow] = []
    for piece in pieces:
        rows += piece
        if len(rows) >= _STORED_TOGETHER:
            yield rows
            rows = []
    if rows:
        yield rows


class _Pieces:
    """Pieces of the table in its order, each made by whichever process has time for it."""

    def __init__(self, reader: RowReader, second: SecondProcess) -> None:
        self._reader, self._second = reader, second
        self._open: deque[_Piece] = deque()
        self._over = False

    def made(self) -> Iterator[list[ReadRow]]:
        """Rows piece by piece; the second process always has pieces before it meanwhile."""
        while True:
            self._give()
            while self._open and self._first_is_made():
                yield self._settled()
                self._give()
            if len(self._open) < _MOST_OPEN and (piece := self._next()):
                piece.made = _made(self._reader.maker, piece.share)
            elif self._open:
                yield self._settled()
            else:
                return

    def _give(self) -> None:
        while self._second.has_time() and (piece := self._next()):
            self._second.give(piece.share)

    def _next(self) -> _Piece | None:
        share = None if self._over else self._reader.share(_PIECE)
        if share is None:
            self._over = True
            return None
        piece = _Piece(share)
        self._open.append(piece)
        return piece

    def _first_is_made(self) -> bool:
        return self._open[0].made is not None or self._second.has_made()

    def _settled(self) -> list[ReadRow]:
        """The first open piece's rows; waits for them, and makes those that are lost."""
        piece = self._open.popleft()
        made = self._second.taken() if piece.made is None else piece.made
        if made is None:
            made = _made(self._reader.maker, piece.share)
        return self._reader.settled(piece.share, made)


@dataclass(slots=True)
class _Piece:
    """A share of the table, and its rows where this process has made them."""

    share: Share
    made: list[ReadRow] | None = None


def _made(maker: RowMaker, share: Share) -> list[ReadRow]:
    return [stageable(maker.make(*row)) for row in share.rows]


class SecondProcess:
    """The other process, and whether it is still there."""

    def __init__(self) -> None:
        context = get_context("spawn")
        there, self._out = context.Pipe(duplex=False)
        self._in, back = context.Pipe(duplex=False)
        _widen(self._out)
        _widen(back)
        self._process = context.Process(target=serve, args=(there, back), daemon=True)
        self._process.start()
        self._lost = self._ready = False
        self._under_way = 0
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

    def has_time(self) -> bool:
        """Whether it may be given rows now: it is there, and has little left to do."""
        return self.ready() and not self._lost and self._under_way < _AHEAD

    def has_made(self) -> bool:
        """Whether the rows given first need no waiting for."""
        return self._lost or self._in.poll()

    def give(self, share: Share) -> None:
        """Rows to be made."""
        self._under_way += 1
        self._send(_packed(share.rows))

    def taken(self) -> list[ReadRow] | None:
        """The rows given first, made; waits for them. None when the process is gone."""
        self._under_way -= 1
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


def _widen(pipe: Connection) -> None:
    """Unless the system has given its user all the room there is for pipes."""
    with suppress(OSError):
        fcntl(pipe.fileno(), F_SETPIPE_SZ, _PIPE_BYTES)


def serve(given: Connection, made: Connection) -> None:
    """The other process: makes what it is given until nobody gives or takes any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rulebook = load_rulebook()
    gc.disable()  # rows have no cycles, and there are many
    sys.setswitchinterval(_TURN_SECONDS)
    waiting: SimpleQueue[Any] = SimpleQueue()
    done: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_take_in, args=(given, waiting), daemon=True).start()
    giving = Thread(target=_give_out, args=(done, made), daemon=True)
    giving.start()
    if (recipe := waiting.get()) is None:
        return
    maker = RowMaker(recipe, rulebook)
    done.put("ready")
    while giving.is_alive() and (packed := waiting.get()) is not None:
        done.put([stageable(maker.make(*row)) for row in _unpacked(packed)])


def _packed(rows: Sequence[Row]) -> bytes | Sequence[Row]:
    """As JSON, which costs half of pickle; as they are where cells hold what JSON has not."""
    try:
        return orjson.dumps(rows, option=orjson.OPT_PASSTHROUGH_DATETIME)
    except TypeError:
        return rows


def _unpacked(packed: bytes | Sequence[Row]) -> Sequence[Row]:
    """The rows again; their cells are lists where they came as JSON."""
    return orjson.loads(packed) if isinstance(packed, bytes) else packed


def _take_in(given: Connection, waiting: SimpleQueue[Any]) -> None:
    """Takes what is given at once, so that the giver goes on."""
    with suppress(EOFError, OSError):
        while True:
            waiting.put(given.recv())
    waiting.put(None)


def _give_out(done: SimpleQueue[Any], made: Connection) -> None:
    """Gives what is made while more is made; ends when nobody takes it any more."""
    with suppress(OSError):
        while True:
            made.send(done.get())
