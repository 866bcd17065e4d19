"""A register as it is now, from the day's kept file: only what has changed since is made anew.

Byte for byte what making all of it would give: pieces of the file in which no record has changed
are sent as they lie there, the others are read and made again, and what is newer follows.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast

from credit_site.services.ledger import hash_at
from credit_site.services.open_data.forms import Encoder, Form, Occasion
from credit_site.services.open_data.places import Places, making
from credit_site.services.open_data.reading import FrozenRead, RecordRow
from credit_site.services.open_data.shelf import Shelf
from credit_site.services.open_data.standing import changed_since

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes of a kept file: from ``start`` up to, not including, ``end``."""

    start: int
    end: int


Piece = Sequence[Span | RecordRow]
"""Some rows, or a single span."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """An open file of the snapshot at ledger number ``seq``, and where its pieces end.

    To be closed. A file that is taken away meanwhile can still be read.
    """

    stream: BinaryIO
    seq: int
    last_ids: Sequence[int]
    ends: Sequence[int]

    def pieces(self, read: FrozenRead, register: str) -> Iterator[Piece]:
        """The register as it stands in ``read``: spans of this file, and rows in between."""
        last = self.last_ids[-1] if self.last_ids else 0
        changed = changed_since(read.session, register, self.seq, last)
        before = 0
        for upto, (start, end) in zip(self.last_ids, pairwise(self.ends), strict=True):
            if bisect_right(changed, before) < bisect_right(changed, upto):
                yield from read.rows(register, above=before, upto=upto)
            else:
                yield [Span(start, end)]
            before = upto
        yield from read.rows(register, above=before)

    def bytes(self, span: Span) -> bytes:
        """Those bytes; raises EOFError where the file is shorter."""
        found = os.pread(self.stream.fileno(), span.end - span.start, span.start)
        if len(found) != span.end - span.start:
            raise EOFError(f"a kept file ends before byte {span.end}")
        return found


class PatchingEncoder:
    """An encoder of pieces: spans come from the kept file, rows from the form's own encoder."""

    def __init__(self, file: KeptFile, encoder: Encoder[RecordRow]) -> None:
        self._file, self._encoder = file, encoder

    def begin(self) -> bytes:
        """What stands before the rows."""
        return self._encoder.begin()

    def rows(self, rows: Piece) -> bytes:
        """The bytes of a piece."""
        first = rows[0]
        if isinstance(first, Span):
            return self._file.bytes(first)
        return self._encoder.rows(cast("Sequence[RecordRow]", rows))

    def end(self) -> bytes:
        """What stands behind the rows."""
        return self._encoder.end()

    def close(self) -> None:
        """Closes the file too."""
        self._encoder.close()
        self._file.stream.close()


def kept_file(shelf: Shelf, read: FrozenRead, form: Form, occasion: Occasion) -> KeptFile | None:
    """The day's file of a register in a form, as far as it may be used; else None.

    It has to be of the same day and ledger, not newer than what is read, and made by the same
    program with the same words. A damaged one counts as none.
    """
    try:
        return _found(shelf, read, form, occasion)
    except (OSError, ValueError, LookupError, TypeError) as error:
        log.warning("a kept file of %s is of no use: %s", occasion.register, type(error).__name__)
        return None


def _found(shelf: Shelf, read: FrozenRead, form: Form, occasion: Occasion) -> KeptFile | None:
    snapshot = shelf.snapshot(read.state.day) if form.in_pieces else None
    if snapshot is None or snapshot.withdrawn:
        return None
    own_hash = hash_at(read.session, snapshot.seq)  # of a later or another ledger: none, or another
    if own_hash is None or own_hash.hex() != snapshot.own_hash:
        return None
    places = shelf.places(snapshot, occasion.register)
    path = shelf.path(snapshot, f"{occasion.register}-{snapshot.seq}.{form.ending}")
    if places is None or path is None or places.making != making(occasion.table):
        return None
    return _opened(path, snapshot.seq, places, form)


def _opened(path: Path, seq: int, places: Places, form: Form) -> KeptFile | None:
    ends = places.ends[form.ending]
    stream = path.open("rb")
    if os.fstat(stream.fileno()).st_size != ends[-1] or len(ends) != len(places.last_ids) + 1:
        stream.close()
        return None
    return KeptFile(stream, seq, places.last_ids, ends)
