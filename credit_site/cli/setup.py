"""``init``: database and index, made or brought up to date."""

from __future__ import annotations

import click

from credit_site.cli.context import settings, with_app


@click.command(help="Create the database and data folder, or bring them up to date.")
@with_app
def init() -> None:
    """Runs the migrations; harmless when there is nothing to do."""
    # The worker, another command, has no use for what this loads.
    from credit_site.services import migrating  # noqa: PLC0415

    settings().data_path.mkdir(parents=True, exist_ok=True)
    migrating.upgrade()
    click.echo("ready")
