"""Bringing the database to another form; only who does that loads what it takes (some 10 MiB)."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
from flask import current_app

from credit_site.extensions import db

_MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade(revision: str = "head") -> None:
    """Runs the migrations up to one; harmless when there is nothing to do."""
    _prepare()
    flask_migrate.upgrade(revision=revision)


def downgrade(revision: str) -> None:
    """Takes them back down to one."""
    _prepare()
    flask_migrate.downgrade(revision=revision)


def _prepare() -> None:
    if "migrate" not in current_app.extensions:
        migrate = flask_migrate.Migrate(directory=str(_MIGRATIONS), render_as_batch=True)
        migrate.init_app(current_app, db)
