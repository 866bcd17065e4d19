"""Alembic's entry point: runs migrations over the application's own database engine."""

from __future__ import annotations

from alembic import context
from flask import current_app

from credit_site.extensions import db


def run_migrations() -> None:
    """Runs inside ``flask_migrate.upgrade``, which has pushed an application context."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
