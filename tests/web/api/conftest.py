"""A site with invented records that came in as files of bureaus do; the description."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.demonstration import batches, write_csv
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.file_store import FileStore
from credit_site.services.imports import ImportOrder, ImportTools, Mode, import_file
from tests.support.sites import StandingClock
from tests.web.api.described import Described
from tests.web.conftest import Publish


@pytest.fixture
def described(client: FlaskClient) -> Described:
    return Described.of(client)


@pytest.fixture
def demonstrate(
    app: Flask, clock: StandingClock, tmp_path: Path, publish: Publish
) -> Callable[[int], None]:
    """Takes in so many invented records, every layout among them."""

    def run(records: int) -> None:
        book, path = load_rulebook(), tmp_path / "demonstration.csv"
        with app.app_context():
            files = FileStore(tmp_path / "files", vault())
            tools = ImportTools(db.session(), vault(), files, book, clock)
            for batch in batches(book, records, 5, clock.today()):
                write_csv(path, batch.titles, batch.rows)
                agency = book.agencies[batch.agency]
                import_file(tools, path, ImportOrder(batch.layout, agency, "t", Mode.PUBLISH))
            db.session.remove()
        publish()  # nothing more; brings the index up to date

    return run
