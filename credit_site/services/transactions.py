"""Begin, commit, roll back: the same for every use case; and reading one consistent state."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session


@contextmanager
def write_transaction(session: Session) -> Iterator[Session]:
    """One writing transaction: all of it is stored, or nothing.

    On SQLite the write lock is taken at the beginning, so that two writers wait for each other
    instead of failing in the middle. Raises RuntimeError for a session with unsaved changes.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a use case begins with a session without unsaved changes")
    session.rollback()
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


@contextmanager
def consistent_reads(session: Session) -> Iterator[Session]:
    """Every question asked inside sees the same state of the database, whatever others write.

    SQLite reads so anyway; PostgreSQL has to be asked for it (SQL-92 repeatable read).
    """
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield session
    finally:
        session.rollback()
