"""Ways in which downloads can be tampered with, and what is told of each."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

Line = dict[str, Any]


@dataclass
class Downloads:
    """The files somebody downloaded into a folder."""

    folder: Path
    client: FlaskClient
    names: dict[str, str] = field(default_factory=dict)

    @property
    def penalties(self) -> str:
        return self.names["penalty"]

    def fetch(self) -> None:
        """Data first, then the ledger, each under the name it comes with."""
        for register in ("penalty", "serious_dishonesty"):
            with self.client.get(f"/data/{register}.jsonl") as answer:
                name = answer.headers["Content-Disposition"].partition("filename=")[2]
                self.names[register] = name.strip('"')
                (self.folder / self.names[register]).write_bytes(answer.data)
        for name in ("entries.jsonl", "verify.py"):
            with self.client.get(f"/ledger/{name}") as answer:
                (self.folder / name).write_bytes(answer.data)

    def lines(self, name: str) -> list[Line]:
        text = (self.folder / name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n") if line]

    def write(self, name: str, lines: list[Line]) -> None:
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (self.folder / name).write_text(text, encoding="utf-8")

    def verify(self, *arguments: str) -> tuple[int, str]:
        """Exit code and output of the script, which finds nothing but Python's own library."""
        done = subprocess.run(
            [sys.executable, "-I", "-S", "verify.py", *arguments],
            cwd=self.folder, capture_output=True, text=True, encoding="utf-8", check=False,
            env={"PYTHONUTF8": "1"},
        )  # fmt: skip
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout


def spoil(name: str, change: Callable[[list[Line]], object]) -> Callable[[Downloads], None]:
    def run(downloads: Downloads) -> None:
        lines = downloads.lines(name)
        change(lines)
        downloads.write(name, lines)

    return run


def entries(change: Callable[[list[Line]], object]) -> Callable[[Downloads], None]:
    return spoil("entries.jsonl", change)


def data(change: Callable[[list[Line]], object]) -> Callable[[Downloads], None]:
    return lambda downloads: spoil(downloads.penalties, change)(downloads)


def renamed(before: str, after: str) -> Callable[[Downloads], None]:
    def run(downloads: Downloads) -> None:
        name = downloads.penalties
        downloads.names["penalty"] = name.replace(before, after)
        (downloads.folder / name).rename(downloads.folder / downloads.penalties)

    return run


def slip_in(lines: list[Line]) -> None:
    """An entry that is chained properly, at the end; then the one before it does not follow."""
    lines.insert(3, {**lines[3], "record_id": 99})


def forge(lines: list[Line]) -> None:
    """Changes an entry and computes its own hash anew, as somebody with access would."""
    entry = lines[2]
    entry["reason"] = "changed"
    names = ("seq", "recorded_at", "register", "record_id", "action", "reason", "content_hash")
    text = "|".join(str(entry[name]) for name in (*names, "previous_hash"))
    entry["own_hash"] = hashlib.sha256(text.encode()).hexdigest()


def ten_times(line: Line) -> None:
    yuan, fen = line["amount_yuan"].split(".")
    line["amount_yuan"] = f"{yuan}{fen[0]}.{fen[1]}"


def override(line: Line) -> None:
    line["proof"]["subject_name"] = line["subject_name"]
    line["subject_name"] = "别的公司"


def twice(key: str, value: object) -> Callable[[Downloads], None]:
    """Another value before the true one: some read the first of two, some the last."""

    def run(downloads: Downloads) -> None:
        path = downloads.folder / downloads.penalties
        said = json.dumps({key: value}, ensure_ascii=False)[1:-1]
        path.write_text(path.read_text("utf-8").replace("{", "{" + said + ",", 1), "utf-8")

    return run


def fact_twice(downloads: Downloads) -> None:
    """In the middle of the content, where it is no name of the record itself."""
    path = downloads.folder / downloads.penalties
    text = path.read_text("utf-8")
    path.write_text(text.replace('"content":{', '"content":{"violation_facts":"诬告",', 1), "utf-8")


SPOILT = {
    "an entry dropped": (entries(lambda e: e.pop(3)), "第 5 笔没有接上第 3 笔"),
    "the first entry dropped": (entries(lambda e: e.pop(0)), "第 2 笔没有接上第 0 笔"),
    "an entry slipped in": (entries(slip_in), "没有接上"),
    "an entry changed": (entries(lambda e: e[2].update(action="end")), "第 3 笔没有接上"),
    "an entry forged": (entries(forge), "第 4 笔没有接上第 3 笔"),
    "the newest dropped": (entries(lambda e: e.pop()), "请重新下载账本"),
    "a text changed": (data(lambda d: d[0].update(agency="x")), "第 2 号的内容"),
    "a field changed": (data(lambda d: d[0]["content"].update(x="y")), "第 2 号的内容"),
    "an amount changed": (data(lambda d: d[1].update(amount_yuan="0.01")), "第 4 号的内容"),
    "another number of the ledger": (data(lambda d: d[0].update(ledger_seq=5)), "第 2 号的内容"),
    "an amount ten times as large": (data(lambda d: ten_times(d[1])), "第 4 号的内容"),
    "a proof that overrides": (data(lambda d: override(d[0])), "不是原样"),
    "of another register": (data(lambda d: d[0].update(register="x")), "第 2 号的内容"),
    "a salt changed": (data(lambda d: d[0]["proof"].update(salt="00" * 16)), "第 2 号的内容"),
    "a salt ruined": (data(lambda d: d[0]["proof"].update(salt="x")), "不是原样"),
    "a record missing": (data(lambda d: d.pop(1)), "第 4 号应在数据里，却没有"),
    "a record twice": (data(lambda d: d.append(d[1])), "第 4 号不应在数据里"),
    "an ended one": (data(lambda d: d[1].update(id=1)), "第 1 号不应在数据里"),
    "nobody's record": (data(lambda d: d[1].update(id=77)), "第 77 号不应在数据里"),
    "a name written twice": (twice("subject_name", "诬告有限公司"), "不是原样"),
    "a text written twice": (twice("content", {"violation_facts": "诬告"}), "不是原样"),
    "a fact written twice": (fact_twice, "第 2 号的内容"),
    "something beside it": (data(lambda d: d[0].update(note="诬告")), "第 2 号的内容"),
    "an amount beside it": (data(lambda d: d[0].update(amount_fen=1)), "不是原样"),
    "of a later state": (renamed("-7.", "-8."), "请重新下载账本"),
    "of an earlier state": (renamed("-7.", "-6."), "第 1 号应在数据里，却没有"),
    "one that is over": (renamed("2026-06-01", "2026-06-02"), "第 5 号不应在数据里"),
    "another name": (renamed("2026-06-01", "x"), "不是原样"),
    "a register nobody knows": (renamed("penalty", "行政处罚"), "不是原样"),
}  # fmt: skip
