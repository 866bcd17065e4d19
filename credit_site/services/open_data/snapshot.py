"""Writing a snapshot, a piece at a time, while publishing goes on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from credit_site.domain.rulebook import Rulebook
from credit_site.services.open_data.forms import FORMS, Encoder, Form, Occasion
from credit_site.services.open_data.manifest import RegisterFiles, Snapshot, WrittenFile
from credit_site.services.open_data.places import Places, making
from credit_site.services.open_data.reading import ROWS_AT_A_TIME, FrozenRead, RecordRow
from credit_site.services.open_data.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Source:
    """Whose snapshots are written (rulebook, the site's address), and where they go."""

    rulebook: Rulebook
    site: str
    shelf: Shelf


def write_snapshot(
    engine: Engine, source: Source, today: date, at_a_time: int = ROWS_AT_A_TIME
) -> Generator[int, None, Snapshot]:
    """Writes every register in every form, some rows at a time; after each piece yields its rows.

    One consistent state; files appear whole, the manifest last. Broken off at any point, nothing
    of it counts. Raises SnapshotBusy, and OSError for a full disk.
    """
    shelf = source.shelf
    with shelf.locked(), closing(FrozenRead(engine, today)) as read:
        shelf.clear(today)
        parts: dict[str, RegisterFiles] = {}
        for name in source.rulebook.registers:
            parts[name] = yield from _write_register(read, source, name, at_a_time)
        state = read.state
        moment = state.moment.isoformat() if state.moment else ""
        made = Snapshot(today, state.seq, state.own_hash, moment, tuple(parts.values()))
        shelf.settle(made)
        return made


def _write_register(
    read: FrozenRead, source: Source, name: str, at_a_time: int
) -> Generator[int, None, RegisterFiles]:
    state, title = read.state, source.rulebook.registers[name].title
    occasion = Occasion(source.rulebook, name, source.site, state.moment)
    folder, count = source.shelf.of(state.day), 0
    with ExitStack() as stack:
        drafts = [
            stack.enter_context(
                closing(_Draft(folder / f"{name}-{state.seq}.{form.ending}", form, occasion))
            )
            for form in FORMS.values()
        ]
        last_ids: list[int] = []
        for rows in read.rows(name, at_a_time):
            count += len(rows)
            for draft in drafts:
                draft.add(rows)
            last_ids.append(rows[-1][0])
            yield len(rows)
        ends = {draft.form.ending: tuple(draft.ends) for draft in drafts if draft.form.in_pieces}
        places = Places(making(occasion.table), tuple(last_ids), ends)
        files = tuple(draft.settle(count) for draft in drafts)
    source.shelf.note_places(state.day, state.seq, name, places)
    return RegisterFiles(name, title, count, files)


class _Draft:
    """A file that is being written beside its place; closed before it is settled, it is gone."""

    def __init__(self, path: Path, form: Form, occasion: Occasion) -> None:
        self._path, self.form = path, form
        self._encoder: Encoder[RecordRow] = form.make(occasion)
        self._draft = path.with_name(f".{path.name}.draft")
        self._stream = self._draft.open("wb")
        self._digest, self._size = hashlib.sha256(), 0
        self._write(self._encoder.begin())
        self.ends = [self._size]

    def add(self, rows: Sequence[RecordRow]) -> None:
        """Writes some rows, and notes the byte behind them."""
        self._write(self._encoder.rows(rows))
        self.ends.append(self._size)

    def settle(self, rows: int) -> WrittenFile:
        """Writes the end and puts the file in its place."""
        self._write(self._encoder.end())
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._draft.replace(self._path)
        name, ending = self._path.name, self.form.ending
        return WrittenFile(name, ending, rows, self._size, self._digest.hexdigest())

    def close(self) -> None:
        """Lets go; what is not settled is removed."""
        self._encoder.close()
        self._stream.close()
        self._draft.unlink(missing_ok=True)

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._digest.update(data)
        self._size += len(data)
