"""Everything of an installation in one archive, and back from it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from credit_site.settings import Settings

_DATABASE = "database"
_SECRET = "secret_key"  # noqa: S105  # the name of a file
_FILES = "files"


class BackupRefused(Exception):
    """The archive is none of ours, or the installation is not empty."""


def write_backup(settings: Settings, target: Path) -> None:
    """Archives database, kept files and secret key; whole or not at all. Raises OSError."""
    draft = target.with_name(f".{target.name}.draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with (
            tempfile.TemporaryDirectory(dir=target.parent.absolute()) as folder,
            os.fdopen(descriptor, "wb") as stream,
            tarfile.open(fileobj=stream, mode="w:gz", compresslevel=3) as archive,
        ):
            _archive(settings, archive, Path(folder))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def restore_backup(settings: Settings, source: Path) -> None:
    """Unpacks an archive into an empty installation. Raises BackupRefused."""
    folder = settings.data_path
    if (folder / _FILES).exists() or _database_in_use(settings):
        raise BackupRefused("the installation is not empty: restore into another data folder")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        unpacked = Path(name)
        _unpack(source, unpacked)
        _restore_database(settings, unpacked / _DATABASE)
        if (unpacked / _FILES).exists():
            (unpacked / _FILES).replace(folder / _FILES)
        (unpacked / _SECRET).replace(folder / _SECRET)


def _archive(settings: Settings, archive: tarfile.TarFile, folder: Path) -> None:
    """The database first: files it speaks of are kept before their rows, so they are all there."""
    secret = folder / _SECRET
    secret.write_text(settings.secret_key + "\n", encoding="ascii")
    secret.chmod(0o600)
    archive.add(secret, _SECRET)
    _dump_database(make_url(settings.database_url), folder / _DATABASE)
    archive.add(folder / _DATABASE, _DATABASE)
    kept = settings.data_path / _FILES
    if kept.exists():
        archive.add(kept, _FILES, filter=_without_drafts)


def _without_drafts(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if Path(member.name).name.startswith(".draft.") else member


def _dump_database(url: URL, target: Path) -> None:
    if url.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(url.database or "")) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
        return
    _run_postgres("pg_dump", "--format=custom", f"--file={target}", url=url)


def _database_in_use(settings: Settings) -> bool:
    url = make_url(settings.database_url)
    return url.get_backend_name() == "sqlite" and Path(url.database or "").exists()


def _restore_database(settings: Settings, dump: Path) -> None:
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        dump.replace(Path(url.database or ""))
        return
    _run_postgres("pg_restore", "--exit-on-error", "--no-owner", str(dump), url=url)


def _run_postgres(program: str, *arguments: str, url: URL) -> None:
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [program, *arguments, f"--dbname={plain}"]
    try:
        subprocess.run(command, check=True, capture_output=True)  # our own arguments
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        raise BackupRefused(f"{program} failed: {_last_line(error)}") from None


def _last_line(error: subprocess.CalledProcessError | FileNotFoundError) -> str:
    if isinstance(error, FileNotFoundError):
        return "the program is not installed"
    lines = error.stderr.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no message"


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupRefused("this is not a backup of this site") from error
    if not (folder / _DATABASE).exists() or not (folder / _SECRET).exists():
        raise BackupRefused("this is not a backup of this site")
