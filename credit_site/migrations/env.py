"""Alembic's entry point: runs migrations over the application's own database engine."""

from __future__ import annotations

from typing import Literal

from alembic import context
from flask import current_app

from credit_site.extensions import db
from credit_site.models.types import UtcDateTime


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations stand alone: they name SQLAlchemy's types, not ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run_migrations() -> None:
    """Runs inside ``flask_migrate.upgrade``, which has pushed an application context."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
