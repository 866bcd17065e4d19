"""A second instance that follows the changes from nothing equals the first."""

from __future__ import annotations

import importlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask
from limits import parse_many
from werkzeug.serving import make_server

from credit_site.domain.entries import Entry
from credit_site.extensions import db, vault
from credit_site.services.amending import Ground, mark_dispute
from credit_site.services.public_records import latest
from credit_site.services.publication import EndReason, end_expired, end_record
from credit_site.services.site import head
from credit_site.web.api.items import item
from credit_site.web.api.limits import Cost
from tests.meta.sources import ROOT
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

SITE = "https://credit.example"
SCRIPT = ROOT / "scripts" / "mirror.py"
SEED = 20_260_601
CHANGES = 10_000
ROUND = 500


@pytest.fixture(scope="module")
def mirror() -> ModuleType:
    return importlib.import_module("scripts.mirror")


@dataclass
class Served:
    """The site on the loopback; ``at`` says what happens when the n-th call comes in."""

    app: Flask
    port: int = 0
    calls: int = 0
    at: dict[int, Callable[[], None]] = field(default_factory=dict)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.calls += 1
        self.at.pop(self.calls, lambda: None)()
        return self.app(environ, start)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def next_call(self, deed: Callable[[], None], later: int = 1) -> None:
        """Does something when the next call comes in, or one later than that."""
        self.at[self.calls + later] = deed


@contextmanager
def serving(app: Flask) -> Iterator[Served]:
    served = Served(app)
    server = make_server("127.0.0.1", 0, served, threaded=True)
    server.log = lambda *_arguments: None  # type: ignore[method-assign]
    served.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def served(app: Flask) -> Iterator[Served]:
    with serving(app) as found:
        yield found


def copied(path: Path) -> dict[int, dict[str, Any]]:
    """What a copy holds, by id."""
    with closing(sqlite3.connect(path)) as copy:
        rows = copy.execute("SELECT id, record FROM records").fetchall()
    return {number: json.loads(text) for number, text in rows}


def public(app: Flask, clock: StandingClock) -> dict[int, dict[str, Any]]:
    """What the site shows, by id, in the form of its API."""
    with app.app_context():
        records = latest(db.session(), clock.today(), limit=100_000)
        found = {record.id: json.loads(json.dumps(item(record, SITE))) for record in records}
        db.session.remove()
    return found


@dataclass
class Mixture:
    """Publishes, amends, disputes, ends and lets expire, in an order that the seed decides."""

    app: Flask
    clock: StandingClock
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    entries: list[Entry] = field(default_factory=list)
    disputed: set[int] = field(default_factory=set)

    def go_on(self, changes: int) -> None:
        """So many changes more, and sometimes a day passes."""
        with self.app.app_context():
            self._go_on(changes)
            db.session.remove()

    def seq(self) -> int:
        with self.app.app_context():
            return head(db.session()).seq

    def _go_on(self, changes: int) -> None:
        desk, until = Desk(db.session(), vault(), self.clock.now()), self.seq() + changes
        while (left := until - head(db.session()).seq) > 0:
            desk.now = self.clock.now()
            deeds = (self._new, self._new, self._amend, self._amend, self._withdraw, self._expire)
            self.chance.choice((*deeds, self._end, self._dispute))(desk, min(left, 120))

    def _new(self, desk: Desk, number: int) -> None:
        made = [self._entry(len(self.entries) + n) for n in range(1, number + 1)]
        self.entries += made
        desk.publish(*made)

    def _entry(self, number: int) -> Entry:
        end = self.clock.today() + timedelta(days=self.chance.randrange(40))
        name = f"郑州第{number:05}号某某商行"
        return saying(
            penalty(number, publication_end=end, subject_name=name, uscc="", subject_key=name),
            counterparty_name=name,
        )

    def _chosen(self, number: int) -> list[int]:
        return self.chance.sample(range(len(self.entries)), min(number, len(self.entries)))

    def _amend(self, desk: Desk, number: int) -> None:
        chosen = self._chosen(min(number, 40))
        for place in chosen:
            facts = f"第 {self.chance.random()} 次查明的事实"
            self.entries[place] = saying(self.entries[place], violation_facts=facts)
            if self.chance.random() < 0.1:
                self.entries[place].publication_end = self.clock.today() + timedelta(days=60)
        desk.publish(*(self.entries[place] for place in chosen))

    def _withdraw(self, desk: Desk, number: int) -> None:
        """The bureau says that they should never have been shown."""
        chosen = self._chosen(number // 4)
        for place in chosen:
            self.entries[place].withheld = "不予公示。"
        desk.publish(*(self.entries[place] for place in chosen))

    def _expire(self, _desk: Desk, _number: int) -> None:
        """A day passes; every other time the ledger has not said so yet."""
        self.clock.move(days=1)
        if self.chance.random() < 0.5:
            end_expired(db.session(), vault(), self.clock.now())

    def _end(self, _desk: Desk, number: int) -> None:
        for record in self.shown(min(number, 5)):
            why = self.chance.choice([EndReason.REPAIRED, EndReason.REVOKED, EndReason.ERROR])
            end_record(db.session(), vault(), record, why, "t", self.clock.now())

    def _dispute(self, _desk: Desk, number: int) -> None:
        ground = Ground("理由", "文书", self.clock.today())
        for record in self.shown(min(number, 5)):
            marked = record not in self.disputed
            self.disputed ^= {record}
            mark_dispute(
                db.session(), vault(), record, ground, "t", self.clock.now(), disputed=marked
            )

    def shown(self, number: int) -> list[int]:
        """Some of the records that are public now."""
        found = [one.id for one in latest(db.session(), self.clock.today(), limit=200)]
        return self.chance.sample(found, min(number, len(found)))


def test_after_ten_thousand_mixed_changes_the_copy_equals_the_site(
    app: Flask, served: Served, clock: StandingClock, mirror: ModuleType, tmp_path: Path
) -> None:
    mixture, path = Mixture(app, clock), tmp_path / "copy.sqlite3"
    rounds = 0
    while mixture.seq() < CHANGES:
        mixture.go_on(ROUND)
        rounds += 1
        if rounds % 3 == 1:
            if mixture.chance.random() < 0.5:  # something is published while the copy is made
                served.next_call(lambda: mixture.go_on(ROUND // 4), mixture.chance.randrange(1, 3))
            with closing(sqlite3.connect(path)) as copy:
                mirror.follow(served.address, copy, "")
            if not served.at:
                assert copied(path) == public(app, clock)
            served.at.clear()
        if rounds % 5 == 2:
            kill_one(served, path)
    with closing(sqlite3.connect(path)) as copy:
        mirror.follow(served.address, copy, "")
    shown = public(app, clock)
    assert len(shown) > 200
    assert copied(path) == shown
    anew = tmp_path / "anew.sqlite3"
    with closing(sqlite3.connect(anew)) as copy:
        mirror.follow(served.address, copy, "")
    assert copied(anew) == shown


def kill_one(served: Served, path: Path) -> None:
    """A mirror that is killed outright while it waits for its first answer or a later one."""
    command = [sys.executable, str(SCRIPT), served.address, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        served.next_call(lambda: os.kill(process.pid, signal.SIGKILL))
        assert process.wait() == -signal.SIGKILL


def test_a_copy_that_fails_in_the_middle_of_an_answer_keeps_the_place_before_it(
    app: Flask,
    served: Served,
    clock: StandingClock,
    mirror: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mixture, path = Mixture(app, clock), tmp_path / "copy.sqlite3"
    mixture.go_on(300)
    fetch = mirror.fetch

    def torn(address: str, key: str) -> dict[str, Any]:
        answer: dict[str, Any] = fetch(address, key)
        answer["changes"][-1] = {"id": 1, "record": {"id": 1}}  # half of it is applied by then
        return answer

    monkeypatch.setattr(mirror, "fetch", torn)
    with closing(sqlite3.connect(path)) as copy, pytest.raises(KeyError):
        mirror.follow(served.address, copy, "")
    assert copied(path) == {}
    monkeypatch.undo()
    with closing(sqlite3.connect(path)) as copy:
        mirror.follow(served.address, copy, "")
    assert copied(path) == public(app, clock)


def test_a_copy_waits_as_long_as_it_is_told(
    app: Flask,
    served: Served,
    clock: StandingClock,
    mirror: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app.config["API_LIMITS"] = {cost: parse_many("1/minute") for cost in Cost}
    waited: list[int] = []

    def pass_time(seconds: int) -> None:
        waited.append(seconds)
        clock.move(seconds=seconds)

    monkeypatch.setattr(mirror.time, "sleep", pass_time)
    for _ in range(3):
        with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
            mirror.follow(served.address, copy, "")
    assert waited == [60, 60]


def test_a_copy_of_another_site_is_told_to_begin_anew(
    served: Served, mirror: ModuleType, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        mirror.follow(served.address, copy, "")
        copy.execute("UPDATE place SET seq = 99")
        copy.commit()
        with pytest.raises(SystemExit, match="since=0"):
            mirror.follow(served.address, copy, "")


def test_the_program_is_served_as_text_and_runs_by_itself(
    app: Flask, served: Served, clock: StandingClock, tmp_path: Path
) -> None:
    Mixture(app, clock).go_on(50)
    answer = app.test_client().get("/api/mirror.py")
    assert answer.content_type == "text/plain; charset=utf-8"
    (tmp_path / "mirror.py").write_bytes(answer.data)
    command = [sys.executable, "-I", "mirror.py", served.address + "/", "copy.sqlite3"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    assert copied(tmp_path / "copy.sqlite3") == public(app, clock)
