"""Snapshots: whole or not there, one state, and withdrawn with the first record that ends."""

from __future__ import annotations

import hashlib
import logging
from datetime import date, timedelta
from pathlib import Path

import pytest

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.open_data import follower as followers
from credit_site.services.open_data.follower import SnapshotFollower, tidy
from credit_site.services.open_data.manifest import Snapshot
from credit_site.services.open_data.shelf import Shelf, SnapshotBusy
from credit_site.services.open_data.snapshot import Source, write_snapshot
from credit_site.services.open_data.standing import gone_since
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.web.invented import listed

TODAY = date(2026, 6, 1)
TOMORROW = date(2026, 6, 2)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Snapshots below ``tmp_path/data``."""
    return Source(load_rulebook(), "https://credit.example", Shelf(tmp_path / "data"))


@pytest.fixture
def follower(desk: Desk, source: Source, clock: StandingClock) -> SnapshotFollower:
    return SnapshotFollower(desk.session.get_bind().engine, source, clock)


def written(desk: Desk, source: Source, day: date = TODAY) -> Snapshot:
    writing = write_snapshot(desk.session.get_bind().engine, source, day)
    for _ in writing:
        pass
    found = source.shelf.snapshot(day)
    assert found is not None
    return found


def run(follower: SnapshotFollower, desk: Desk) -> None:
    while follower.step(desk.session):
        pass


def files(source: Source, day: date = TODAY) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in source.shelf.of(day).iterdir()}


def beside(made: Snapshot) -> set[str]:
    """What lies with the files: the manifest, and where each register's records stand."""
    return {"manifest.json", *(f"{part.name}-{made.seq}.places.json" for part in made.registers)}


def test_a_snapshot_holds_every_register_in_every_form_and_vouches_for_every_byte(
    desk: Desk, source: Source
) -> None:
    desk.publish(penalty(1), penalty(2), listed(3))
    made = written(desk, source)
    assert (made.day, made.seq, made.withdrawn) == (TODAY, 3, None)
    assert [(part.name, part.rows) for part in made.registers] == [
        ("penalty", 2),
        ("serious_dishonesty", 1),
    ]
    found = files(source)
    told = [file for part in made.registers for file in part.files]
    assert {file.name for file in told} | beside(made) == found.keys()
    for file in told:
        body = found[file.name]
        assert (file.bytes, file.sha256) == (len(body), hashlib.sha256(body).hexdigest())


def test_two_snapshots_of_one_state_are_the_same_to_the_byte(desk: Desk, source: Source) -> None:
    desk.publish(penalty(1), listed(2))
    written(desk, source)
    first = files(source)
    written(desk, source)
    assert files(source) == first


def test_what_is_published_while_it_is_written_is_not_in_it(desk: Desk, source: Source) -> None:
    desk.publish(*(penalty(number) for number in range(1, 4)))
    writing = write_snapshot(desk.session.get_bind().engine, source, TODAY)
    next(writing)
    desk.publish(penalty(4), listed(5))
    for _ in writing:
        pass
    made = source.shelf.snapshot(TODAY)
    assert made is not None
    assert (made.seq, [part.rows for part in made.registers]) == (3, [3, 0])


def test_one_that_is_broken_off_anywhere_is_not_there_and_the_next_begins_cleanly(
    desk: Desk, source: Source
) -> None:
    desk.publish(penalty(1), listed(2))
    engine = desk.session.get_bind().engine
    for pieces in (0, 1, 2):
        writing = write_snapshot(engine, source, TODAY)
        for _ in range(pieces):
            next(writing)
        writing.close()
        assert source.shelf.snapshot(TODAY) is None
    (source.shelf.of(TODAY) / ".penalty-1.csv.draft").write_bytes(b"killed")
    (source.shelf.of(TODAY) / "penalty-1.csv").write_bytes(b"killed before its manifest")
    made = written(desk, source)
    told = {file.name for part in made.registers for file in part.files}
    assert files(source).keys() == told | beside(made)


def test_a_later_one_of_the_same_day_takes_the_earlier_ones_place(
    desk: Desk, source: Source
) -> None:
    desk.publish(penalty(1))
    written(desk, source)
    desk.publish(penalty(2))
    assert written(desk, source).seq == 2
    assert {name.split("-")[-1].split(".")[0] for name in files(source)} == {"2", "manifest"}


def test_two_cannot_write_at_once(desk: Desk, source: Source) -> None:
    desk.publish(penalty(1))
    writing = write_snapshot(desk.session.get_bind().engine, source, TODAY)
    next(writing)
    with pytest.raises(SnapshotBusy):
        next(write_snapshot(desk.session.get_bind().engine, source, TODAY))
    writing.close()


@pytest.mark.parametrize("way", ["end", "amend", "expire"])
def test_a_record_that_ends_or_changes_takes_the_snapshot_with_it(
    desk: Desk, source: Source, way: str
) -> None:
    desk.publish(penalty(1, publication_end=TODAY), penalty(2))
    seq = written(desk, source).seq
    today = TODAY
    assert gone_since(desk.session, seq, TODAY, today) == 0
    if way == "end":
        end_record(desk.session, desk.vault, 2, EndReason.REPAIRED, "t", desk.now)
    elif way == "amend":
        desk.publish(saying(penalty(2), violation_facts="更正"))
    else:
        today = TOMORROW
    assert gone_since(desk.session, seq, TODAY, today) == 1
    tidy(desk.session, source, today)
    assert files(source).keys() == {"manifest.json"}
    withdrawn = source.shelf.snapshot(TODAY)
    assert withdrawn is not None
    assert withdrawn.withdrawn is not None
    assert (withdrawn.withdrawn.on, withdrawn.withdrawn.records) == (today, 1)


def test_what_is_added_later_leaves_a_snapshot_as_it_is(desk: Desk, source: Source) -> None:
    desk.publish(penalty(1, publication_end=TODAY - timedelta(days=1)), penalty(2))
    seq = written(desk, source).seq
    desk.publish(penalty(3))
    end_record(desk.session, desk.vault, 3, EndReason.ERROR, "t", desk.now)
    assert gone_since(desk.session, seq, TODAY, TOMORROW) == 0


def test_the_worker_writes_one_each_day_in_short_steps(
    desk: Desk, follower: SnapshotFollower, source: Source, clock: StandingClock
) -> None:
    desk.publish(penalty(1), listed(2))
    run(follower, desk)
    first = source.shelf.newest()
    assert first is not None
    assert first.day == TODAY
    desk.publish(penalty(3))
    assert follower.step(desk.session) == 0
    clock.move(days=1)
    run(follower, desk)
    assert [one.day for one in source.shelf.snapshots()] == [TOMORROW, TODAY]
    assert follower.step(desk.session) == 0


def test_an_ending_is_followed_by_a_withdrawal_at_once_and_a_new_snapshot_soon(
    desk: Desk,
    follower: SnapshotFollower,
    source: Source,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.publish(penalty(1), penalty(2))
    run(follower, desk)
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "t", desk.now)
    assert follower.step(desk.session) == 0
    assert files(source).keys() == {"manifest.json"}
    monkeypatch.setattr(followers, "REBUILD_SECONDS", 0)
    follower._not_before = 0
    run(follower, desk)
    made = source.shelf.newest()
    assert made is not None
    assert (made.seq, made.withdrawn, made.registers[0].rows) == (3, None, 1)


def test_a_full_disk_is_said_and_tried_again(
    desk: Desk,
    follower: SnapshotFollower,
    source: Source,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk.publish(penalty(1))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            run(follower, desk)
        follower.start_over()
    assert "No space left on device" in caplog.text
    assert source.shelf.newest() is None
    run(follower, desk)
    assert source.shelf.newest() is not None


def test_while_another_process_writes_the_worker_waits(
    desk: Desk, follower: SnapshotFollower, source: Source
) -> None:
    desk.publish(penalty(1))
    with source.shelf.locked():
        assert follower.step(desk.session) == 0
    run(follower, desk)
    assert source.shelf.newest() is not None


def test_old_days_are_thinned_to_the_first_of_each_month(source: Source) -> None:
    start = date(2026, 1, 1)
    days = [start + timedelta(days=number) for number in range(120)]
    for day in days:
        source.shelf.of(day).mkdir(parents=True)
        source.shelf.settle(Snapshot(day, 1, "", "", ()))
    source.shelf.thin(days[-1], 31, 24)
    left = sorted(one.day for one in source.shelf.snapshots())
    assert left == [start, date(2026, 2, 1), date(2026, 3, 1), *days[-31:]]
    source.shelf.thin(date(2028, 3, 1), 31, 24)
    assert [one.day for one in source.shelf.snapshots()] == [date(2026, 4, 1), date(2026, 3, 1)]
