"""Memory that a job needed goes back, and nothing else does."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from credit_site.services.freed_memory import give_back


def test_the_database_answers_as_before_and_no_transaction_stays_open(session: Session) -> None:
    give_back(session)
    assert not session.in_transaction()
    assert session.scalar(text("SELECT 1")) == 1
