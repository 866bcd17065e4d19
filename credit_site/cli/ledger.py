"""``ledger verify``: the whole chain, and every record against it."""

from __future__ import annotations

import sys

import click

from credit_site.cli.context import with_app
from credit_site.extensions import db
from credit_site.services.ledger import verify


@click.group(help="The chain of everything that was published.")
def ledger() -> None:
    """Commands about the ledger."""


@ledger.command("verify", help="Check the chain and every record; exit 1 if anything fails.")
@with_app
def verify_command() -> None:
    """Prints what does not hold."""
    result = verify(db.session())
    for problem in result.problems:
        click.echo(problem, err=True)
    state = "BROKEN" if result.problems else "OK"
    click.echo(f"{state}: {result.entries} entries, {result.records} records")
    sys.exit(1 if result.problems else 0)
