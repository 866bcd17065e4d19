"""What is read some at a time comes whole, however many there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db
from credit_site.services import exports
from credit_site.services.exports import export_records
from credit_site.services.ledger_days import span_of_day
from credit_site.services.open_data import deltas
from credit_site.services.open_data.reading import FrozenRead
from tests.support.entries import penalty
from tests.support.publishing import Desk

TODAY = date(2026, 6, 1)


@pytest.fixture
def seven(desk: Desk) -> Desk:
    desk.publish(*(penalty(number) for number in range(1, 8)))
    return desk


def test_the_deltas_of_a_day_of_many_changes(seven: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deltas, "AT_A_TIME", 2)
    read = FrozenRead(db.engine, TODAY)
    try:
        span = span_of_day(read.session, TODAY)
        found = [one.id for part in deltas.deltas(read, "penalty", span) for one in part]
    finally:
        read.close()
    assert found == [1, 2, 3, 4, 5, 6, 7]


def test_an_export_of_many_records(
    seven: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(exports, "_BATCH", 2)
    layout = load_rulebook().layouts["penalty_2018_legal"]
    manifest = export_records(seven.session, layout, tmp_path, TODAY)
    assert manifest.files[0].rows == 7
