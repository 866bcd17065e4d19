"""The other side of exchange: platforms that take batches in and answer them."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import openpyxl
from lxml import etree
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

Row = dict[str, str]
NEW, CHANGED, ENDED = "1", "2", "3"
CONTROL = ("BATCH_NO", "ROW_NO", "ROW_ID", "OPERATION", "OPERATION_REASON")


def never(_: Row) -> str:
    """Refuses nothing."""
    return ""


@dataclass
class Mirror:
    """Holds what it was sent, and says why it refuses a row ("" to take it in).

    It is strict: nothing is new that it holds, nothing changes to what it was.
    """

    refuse: Callable[[Row], str] = never
    held: dict[int, Row] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    missed: set[int] = field(default_factory=set)

    def take(self, batch: str, number: int, rows: list[Row]) -> None:
        self.numbers.append(number)
        assert self.numbers == list(range(1, len(self.numbers) + 1)), "no number is left out"
        assert [row["ROW_NO"] for row in rows] == [str(n + 1) for n in range(len(rows))]
        assert {row["BATCH_NO"] for row in rows} == {batch}
        for row in rows:
            reason = self.refuse(row)
            self.answers.append((batch, row["ROW_NO"], reason))
            record = int(row["ROW_ID"])
            if reason:
                self.missed.add(record)
            else:
                self._apply(record, row)

    def _apply(self, record: int, row: Row) -> None:
        said = {code: value for code, value in row.items() if code not in CONTROL}
        there = self.held.get(record)
        match row["OPERATION"]:
            case "3":
                assert there is not None or record in self.missed
                assert row["OPERATION_REASON"]
                self.held.pop(record, None)
                return
            case "1":
                assert there is None, f"{record} is here already"
            case "2":
                assert there is not None or record in self.missed
                assert there != said or record in self.missed, f"{record} says nothing new"
            case other:
                raise AssertionError(other)
        self.held[record] = said
        self.missed.discard(record)


@dataclass
class FolderPlatform:
    """Fetches from a folder: a batch is there when its manifest is."""

    folder: Path
    titles: dict[str, str]
    mirror: Mirror = field(default_factory=Mirror)

    def fetch(self) -> None:
        """Takes in what is new; what was taken before must still be the same bytes."""
        manifests = [json.loads(path.read_bytes()) for path in self.folder.glob("*.json")]
        for one in sorted(manifests, key=lambda manifest: manifest["number"]):
            (file,) = one["files"]
            content = (self.folder / file["name"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
            assert len(content) == file["bytes"]
            if one["batch"] in self.mirror.taken:
                assert self.mirror.taken[one["batch"]] == file["sha256"]
                continue
            rows = list(self.rows(self.folder / file["name"]))
            assert len(rows) == one["rows"]["total"]
            self.mirror.take(one["batch"], one["number"], rows)
            self.mirror.taken[one["batch"]] = file["sha256"]

    def rows(self, path: Path) -> Iterator[Row]:
        match path.suffix:
            case ".xml":
                for row in etree.parse(str(path)).getroot():
                    yield {cell.tag: cell.text or "" for cell in row}
            case ".csv":
                with path.open(encoding="utf-8-sig", newline="") as stream:
                    yield from map(self._coded, csv.DictReader(stream))
            case _:
                head, *lines = openpyxl.load_workbook(path).active.iter_rows(values_only=True)  # type: ignore[union-attr]
                for line in lines:
                    cells = ("" if cell is None else str(cell) for cell in line)
                    yield self._coded(dict(zip(map(str, head), cells, strict=True)))

    def answer(self, name: str = "receipt.csv") -> Path:
        """Writes everything it has to say as one receipt."""
        lines = [["批次号", "批内行号", "处理结果", "退回原因"]]
        for batch, row, reason in self.mirror.answers:
            lines.append([batch, row, "失败" if reason else "成功", reason])
        return self.put(name, "".join(",".join(line) + "\n" for line in lines).encode())

    def put(self, name: str, content: bytes) -> Path:
        """Lays a receipt into the folder that nobody writes to any more."""
        path = self.folder / "receipts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (1, 1))
        return path

    def _coded(self, row: Row) -> Row:
        return {self.titles[title]: value for title, value in row.items()}


@cache
def _engine(address: str) -> Engine:
    """Keeps no connection; what it learns of its server at the first it need not ask again."""
    return create_engine(address, poolclass=NullPool)


@dataclass
class DatabasePlatform:
    """Reads the tables of a front-end database."""

    address: str
    table: str
    mirror: Mirror = field(default_factory=Mirror)

    def fetch(self) -> None:
        """Takes in the batches that are complete and new."""
        for batch, total, sha256 in self.ask("SELECT batch_no, total_rows, sha256 FROM ex_batches"):
            rows = self._rows(str(batch))
            assert len(rows) == total
            if batch in self.mirror.taken:
                assert self.mirror.taken[str(batch)] == sha256
                continue
            self.mirror.take(str(batch), int(str(batch)[-6:]), rows)
            self.mirror.taken[str(batch)] = str(sha256)

    def answer(self) -> None:
        """Puts what it has to say into the table of receipts."""
        for batch, row, reason in self.mirror.answers:
            self.ask(
                "INSERT INTO ex_receipts (batch_no, row_no, result, reason) "
                "VALUES (:batch, :row, :result, :reason)",
                batch=batch,
                row=row,
                result="0" if reason else "1",
                reason=reason,
            )
        self.mirror.answers.clear()

    def ask(self, statement: str, **values: str) -> list[tuple[object, ...]]:
        with _engine(self.address).begin() as connection:
            found = connection.execute(text(statement), values)
            return [tuple(row) for row in found] if found.returns_rows else []

    def _rows(self, batch: str) -> list[Row]:
        query = text(f"SELECT * FROM {self.table} WHERE batch_no = :batch")  # noqa: S608
        with _engine(self.address).connect() as connection:
            found = [
                {name.upper(): str(value) for name, value in row.items()}
                for row in connection.execute(query, {"batch": batch}).mappings()
            ]
        return sorted(found, key=lambda row: int(row["ROW_NO"]))
