"""``snapshot``: the day's open data now, without waiting for the worker."""

from __future__ import annotations

import sys

import click

from credit_site.cli.context import data_source, with_app
from credit_site.extensions import clock, db
from credit_site.services.open_data.shelf import SnapshotBusy
from credit_site.services.open_data.snapshot import write_snapshot
from credit_site.services.site import count

BUSY = 3


@click.command(help="Write the day's snapshot of all open data now, in place of an earlier one.")
@with_app
def snapshot() -> None:
    """Exit 3 while the worker writes one."""
    session, today = db.session(), clock.today()
    total = count(session, today).total
    session.rollback()
    try:
        with click.progressbar(length=total, label="snapshot") as bar:
            for rows in write_snapshot(db.engine, data_source(), today):
                bar.update(rows)
    except SnapshotBusy:
        click.echo("another process is writing a snapshot; try again in a few minutes", err=True)
        sys.exit(BUSY)
    except OSError as error:
        raise click.ClickException(f"no snapshot was written: {error.strerror}") from None
    made = data_source().shelf.snapshot(today)
    for part in made.registers if made else ():
        for file in part.files:
            click.echo(f"{file.name}: {file.rows} rows, {file.bytes} bytes, {file.sha256}")
