"""``export``: public records as files in a layout's columns."""

from __future__ import annotations

from pathlib import Path

import click

from credit_site.cli.context import with_app
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.exports import export_records


@click.command(help="Write public records as CSV in a layout's columns, with a manifest.")
@click.option("--layout", required=True, type=click.Choice(sorted(load_rulebook().layouts)))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--since", default=0, type=click.IntRange(0), help="Only after this ledger number.")
@with_app
def export(layout: str, out: Path, since: int) -> None:
    """With --since, what ended since then stands in a file of its own."""
    chosen = load_rulebook().layouts[layout]
    with click.progressbar(label=layout, length=0) as bar:
        manifest = export_records(db.session(), chosen, out, clock.today(), since, bar.update)
    for file in manifest.files:
        click.echo(f"{out / file.name}: {file.rows} rows")
    click.echo(f"ledger {manifest.since} to {manifest.until}")
