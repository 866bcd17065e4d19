"""What a large piece of work needed goes back to the system."""

from __future__ import annotations

import ctypes

from sqlalchemy.orm import Session


def give_back(session: Session) -> None:
    """SQLite's pages, and what glibc keeps between two things still needed."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA shrink_memory")
        session.rollback()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
