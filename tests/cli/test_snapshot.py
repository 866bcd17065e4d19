"""``snapshot``: the day's open data now; the worker does the same each day."""

from __future__ import annotations

from credit_site.cli.snapshots import BUSY
from credit_site.services.open_data.shelf import Shelf
from credit_site.settings import Settings
from tests.cli.conftest import Run


def test_a_snapshot_is_written_at_once_and_its_files_are_told(run: Run, settings: Settings) -> None:
    run("demo", "--records", "20")
    result = run("snapshot")
    assert result.exit_code == 0
    made = Shelf(settings.data_path / "data").newest()
    assert made is not None
    assert made.seq > 0
    for part in made.registers:
        for file in part.files:
            assert (
                f"{file.name}: {file.rows} rows, {file.bytes} bytes, {file.sha256}" in result.output
            )


def test_while_another_process_writes_it_says_so(run: Run, settings: Settings) -> None:
    with Shelf(settings.data_path / "data").locked():
        result = run("snapshot")
    assert (result.exit_code, "another process" in result.output) == (BUSY, True)


def test_the_worker_writes_the_day_s_snapshot(run: Run, settings: Settings) -> None:
    run("demo", "--records", "20")
    assert run("work", "--once").exit_code == 0
    made = Shelf(settings.data_path / "data").newest()
    assert made is not None
    assert sum(part.rows for part in made.registers) > 0
