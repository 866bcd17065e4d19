"""``backup`` and ``restore``: everything of an installation in one file."""

from __future__ import annotations

from pathlib import Path

import click

from credit_site.cli.context import settings, with_app
from credit_site.services.backups import BackupRefused, restore_backup, write_backup
from credit_site.settings import load_settings


@click.command(help="Write database, kept files and secret key into one archive.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_app
def backup(file: Path) -> None:
    """A consistent state, taken while the site runs. The archive holds the secret key: guard it."""
    write_backup(settings(), file)
    click.echo(f"{file}: {file.stat().st_size} bytes")


@click.command(help="Put a backup into an empty installation; then run «index rebuild».")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Refused where a database or kept files are already."""
    try:
        restore_backup(load_settings(), file)
    except BackupRefused as reason:
        raise click.ClickException(str(reason)) from reason
    click.echo("restored; now run: python -m credit_site index rebuild")
