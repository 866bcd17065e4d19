"""Where receipts come from: the folder of a channel, the front-end database, a hand at the desk."""

from __future__ import annotations

import hashlib
import io
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from credit_site.domain.errors import UnusableFile
from credit_site.intake.receipt_files import ReceiptContent, ReceiptLine, read_receipt
from credit_site.models import ExchangeChannel
from credit_site.services.exchange.databases import RECEIPT_CODES, DatabaseTarget
from credit_site.services.exchange.delivering import forget_problem, remember_problem, target_of
from credit_site.services.exchange.folders import RECEIPTS, folder_below
from credit_site.services.exchange.receipts import (
    Answered,
    Incoming,
    known_receipt,
    refuse_receipt,
    take_receipt,
)
from credit_site.services.exchange.terms import ExchangeProblem, ExchangeTools, TargetKind

SETTLED_SECONDS = 5
"""A file that was written to more lately may still be growing."""
_MOST_FILES = 50
_UNFINISHED = (".tmp", ".part", ".draft", ".filepart", ".crdownload")
_DONE, _ASIDE = "done", "unreadable"


class NotReadable(ExchangeProblem):
    """A file that came in as a receipt and is none; that is kept in mind."""


class ReceiptReader:
    """Reads what comes in for one channel."""

    def __init__(
        self, session: Session, tools: ExchangeTools, channel_id: int, now: datetime
    ) -> None:
        self._session, self._tools = session, tools
        self._channel_id, self._now = channel_id, now
        self._words = tools.rulebook.exchange.receipts

    def read(self) -> int:
        """Everything that has come in by itself; how many receipts. Raises ExchangeProblem."""
        try:
            read = self._read()
        except (ExchangeProblem, OSError) as error:
            problem = error if isinstance(error, ExchangeProblem) else ExchangeProblem(_NO_FOLDER)
            remember_problem(self._session, self._channel_id, str(problem))
            raise problem from None
        forget_problem(self._session, self._channel_id)
        return read

    def upload(self, name: str, content: bytes) -> Answered:
        """What somebody hands in; it is kept sealed. Raises ExchangeProblem."""
        kept = self._tools.files.keep_stream(io.BytesIO(content))
        if known_receipt(self._session, self._channel_id, kept.sha256):
            raise ExchangeProblem("这份回执已经读过，没有新的内容。")
        with _readable(self._tools.work, content) as path:
            return self._take(path, "upload", name, kept.sha256)

    def _read(self) -> int:
        channel = self._session.get_one(ExchangeChannel, self._channel_id)
        if channel.target == TargetKind.FOLDER:
            return self._from_folder(folder_below(self._tools.root, channel.folder))
        target = target_of(self._tools, channel)
        assert isinstance(target, DatabaseTarget), "a channel without folder has a database"
        return self._from_table(target, f"{channel.profile}-{channel.id}-")

    def _from_folder(self, folder: Path) -> int:
        self._session.rollback()
        read = 0
        for path in _settled(folder / RECEIPTS):
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            whole = known_receipt(self._session, self._channel_id, sha256)
            if not whole:
                whole = self._take_or_lay_aside(path, sha256)
                read += 1
            _move(path, _DONE if whole else _ASIDE, sha256)
        self._session.rollback()
        return read

    def _take_or_lay_aside(self, path: Path, sha256: str) -> bool:
        try:
            return not self._take(path, "folder", path.name, sha256).unknown
        except NotReadable:
            return False

    def _take(self, path: Path, source: str, name: str, sha256: str) -> Answered:
        self._session.rollback()
        try:
            content = read_receipt(path, self._words)
        except UnusableFile as problem:
            nothing = Incoming(source, name, sha256, ReceiptContent((), 0))
            refuse_receipt(self._session, self._channel_id, nothing, problem.message, self._now)
            raise NotReadable(problem.message) from None
        return self._write(Incoming(source, name, sha256, content))

    def _write(self, incoming: Incoming) -> Answered:
        vault = self._tools.vault
        return take_receipt(
            self._session, vault, self._words, self._channel_id, incoming, self._now
        )

    def _from_table(self, target: DatabaseTarget, batches: str) -> int:
        self._session.rollback()
        found = target.receipts(batches)
        if not found:
            return 0
        lines = tuple(_line(place, row) for place, row in enumerate(found, 1))
        sha256 = hashlib.sha256(repr([*map(list, map(dict.values, found))]).encode()).hexdigest()
        incoming = Incoming("table", self._words.table, sha256, ReceiptContent(lines, 0))
        if not known_receipt(self._session, self._channel_id, sha256):
            self._write(incoming)
        self._session.rollback()
        ids = [row["id"] for row in found if isinstance(row["id"], int)]
        target.receipts_read(ids, self._now.isoformat(timespec="seconds"))
        return 1


_NO_FOLDER = "读不了放回执的文件夹或者里面的文件，请系统管理员检查权限和磁盘。"


def _line(place: int, row: dict[str, object]) -> ReceiptLine:
    said = {name: str(row[code] or "").strip() for name, code in RECEIPT_CODES.items()}
    return ReceiptLine(place, **said)


def _settled(place: Path) -> list[Path]:
    """Files that nobody writes to any more, by name; links and unfinished ones are left alone."""
    if not place.is_dir():
        return []
    found = [
        path
        for path in sorted(place.iterdir())
        if path.is_file()
        and not path.is_symlink()
        and not path.name.startswith(".")
        and path.suffix.lower() not in _UNFINISHED
        and time.time() - path.stat().st_mtime >= SETTLED_SECONDS
    ]
    return found[:_MOST_FILES]


def _move(path: Path, folder: str, sha256: str) -> None:
    """Out of the way and never over another one; readable by this site alone."""
    target = path.parent / folder
    target.mkdir(exist_ok=True)
    with suppress(PermissionError):  # it may belong to the account that brought it
        path.chmod(0o600)
    path.replace(target / f"{sha256[:12]}-{path.name}")


@contextmanager
def _readable(work: Path, content: bytes) -> Iterator[Path]:
    """The content as a file, for as long as it is read; only this user may."""
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = Path(tempfile.mkdtemp(dir=work))
    try:
        path = folder / "receipt"
        path.write_bytes(content)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)
