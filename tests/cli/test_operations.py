from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from credit_site.app import create_app
from credit_site.cli import main
from credit_site.settings import PREFIX, Settings

Run = Callable[..., Result]


@pytest.fixture
def on_disk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a site whose index lies on disk; nothing is started beside it."""
    settings = replace(settings, search_url=f"tantivy:{settings.data_path / 'index'}")
    return site_command(settings, monkeypatch)


def site_command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    def command(*arguments: object) -> Result:
        for name in ("data_dir", "database_url", "search_url", "secret_key", "url"):
            monkeypatch.setenv(PREFIX + name.upper(), getattr(settings, name))
        return CliRunner().invoke(main, [str(a) for a in arguments], obj=create_app)

    return command


def count(url: str, statement: str) -> int:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found: int = connection.execute(text(statement)).scalar_one()
    return found


def test_the_figures_are_counted_anew_on_demand(run: Run) -> None:
    run("demo", "--records", 300)
    first = run("statistics", "rebuild").output.splitlines()[-1]
    assert first.endswith(" records")
    assert int(first.split()[0]) > 200
    status = run("statistics", "status").output
    assert status.startswith(f"{first}, ledger ")
    assert status.endswith("behind 0\n")


def test_the_demonstration_fills_an_empty_site_with_both_registers(
    run: Run, settings: Settings
) -> None:
    result = run("demo", "--records", 300)
    assert result.exit_code == 0
    url = settings.database_url
    assert count(url, "SELECT count(*) FROM records WHERE register = 'penalty'") > 200
    assert count(url, "SELECT count(*) FROM records WHERE list_name = 'serious-dishonesty'") > 5
    assert count(url, "SELECT count(*) FROM records WHERE subject_kind = 'natural_person'") > 5
    assert run("ledger", "verify").output.startswith("OK")


def test_a_finished_demonstration_changes_nothing_when_it_is_repeated(
    run: Run, settings: Settings
) -> None:
    run("demo", "--records", 100)
    reports = "SELECT count(*) FROM assessment_reports WHERE state = 'published'"
    assert count(settings.database_url, reports) == 1
    head = count(settings.database_url, "SELECT max(seq) FROM ledger_entries")
    run("demo", "--records", 100)
    assert count(settings.database_url, "SELECT max(seq) FROM ledger_entries") == head


def test_the_demonstration_is_refused_beside_real_records(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    rows = "企业名称,工商注册号,失信领域,名单来源\n某某商行,4101000001,电子商务,某某市\n"
    path.write_text(rows, "utf-8")
    order = ("--layout=list_elsewhere", "--agency=commerce", "--publish")
    assert run("import", path, *order).exit_code == 0
    result = run("demo", "--records", 10)
    assert result.exit_code == 1
    assert "not for demonstration" in result.output


def test_work_once_brings_the_index_up_to_the_ledger(
    run: Run, on_disk: Run, settings: Settings
) -> None:
    run("demo", "--records", 100)
    assert "behind 0" not in on_disk("index", "status").output
    on_disk("work", "--once")
    records = count(settings.database_url, "SELECT count(*) FROM records")
    assert on_disk("index", "status").output.startswith(f"ok: {records} documents")
    assert "behind 0" in on_disk("index", "status").output


def test_the_index_is_rebuilt_from_the_database(run: Run, on_disk: Run, settings: Settings) -> None:
    run("demo", "--records", 100)
    on_disk("work", "--once")
    shutil.rmtree(settings.data_path / "index")
    assert "0 documents" in on_disk("index", "status").output
    records = count(settings.database_url, "SELECT count(*) FROM records")
    assert f"{records} documents" in on_disk("index", "rebuild").output
    assert on_disk("index", "status").output.startswith(f"ok: {records} documents")


def test_a_broken_ledger_is_told_by_the_exit_code(run: Run, settings: Settings) -> None:
    run("demo", "--records", 50)
    engine = create_engine(settings.database_url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("UPDATE ledger_entries SET reason = 'x' WHERE seq = 3"))
    result = run("ledger", "verify")
    assert result.exit_code == 1
    assert "entry 3 was changed" in result.output


def test_a_backup_brings_everything_back(
    run: Run,
    settings: Settings,
    empty_database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("demo", "--records", 100)
    assert run("backup", tmp_path / "all.tar.gz").exit_code == 0
    url = empty_database_url
    if make_url(url).get_backend_name() == "sqlite":
        url = f"sqlite:///{tmp_path / 'elsewhere' / 'site.sqlite3'}"
    other = replace(settings, data_dir=str(tmp_path / "elsewhere"), database_url=url)
    restored = site_command(other, monkeypatch)
    assert restored("restore", tmp_path / "all.tar.gz").exit_code == 0
    assert restored("ledger", "verify").output.startswith("OK")
    kept = {p.name for p in (settings.data_path / "files").rglob("*.sealed")}
    assert kept
    assert kept == {p.name for p in (tmp_path / "elsewhere" / "files").rglob("*.sealed")}
    again = restored("restore", tmp_path / "all.tar.gz")
    assert (again.exit_code, "not empty" in again.output) == (1, True)


def test_what_is_no_backup_is_refused(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "something").write_bytes(b"no archive")
    other = replace(
        settings,
        data_dir=str(tmp_path / "elsewhere"),
        database_url=f"sqlite:///{tmp_path / 'elsewhere' / 'site.sqlite3'}",
    )
    result = site_command(other, monkeypatch)("restore", tmp_path / "something")
    assert (result.exit_code, "not a backup" in result.output) == (1, True)


def test_a_missing_database_is_told_with_what_to_do(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    result = site_command(other, monkeypatch)("ledger", "verify")
    assert result.exit_code == 1
    assert "init" in result.output
