from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db
from credit_site.services.open_data.shelf import Shelf
from credit_site.services.open_data.snapshot import Source, write_snapshot
from tests.support.sites import StandingClock
from tests.web.data.asking import SITE, Act


@pytest.fixture
def snapshot(app: Flask, clock: StandingClock, tmp_path: Path) -> Act:
    """Writes the day's snapshot."""

    def run() -> None:
        with app.app_context():
            source = Source(load_rulebook(), SITE, Shelf(tmp_path / "data"))
            for _ in write_snapshot(db.engine, source, clock.today()):
                pass

    return run
