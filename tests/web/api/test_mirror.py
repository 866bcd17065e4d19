"""A second instance that follows the changes from nothing equals the first."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from limits import parse_many

from credit_site.extensions import db
from credit_site.services.public_items import item
from credit_site.services.public_records import latest
from credit_site.web.api.limits import Cost
from tests.meta.sources import ROOT
from tests.support.serving import Served, serving
from tests.support.sites import StandingClock
from tests.web.api.mixture import Mixture

SITE = "https://credit.example"
SCRIPT = ROOT / "scripts" / "mirror.py"
CHANGES = 10_000
ROUND = 500


@pytest.fixture(scope="module")
def mirror() -> ModuleType:
    return importlib.import_module("scripts.mirror")


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


@pytest.mark.long
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
