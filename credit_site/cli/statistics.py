"""``statistics rebuild`` and ``statistics status``."""

from __future__ import annotations

import click

from credit_site.cli.context import statistics_follower, with_app
from credit_site.extensions import clock, db
from credit_site.services.followers import standing
from credit_site.services.ledger import head
from credit_site.services.statistics.figures import all_figures
from credit_site.services.statistics.follower import NAME


@click.group(help="The figures: always rebuildable from the database.")
def statistics() -> None:
    """Commands about the statistics."""


@statistics.command("rebuild", help="Count everything anew.")
@with_app
def rebuild() -> None:
    """Safe beside the running worker; broken off, the worker goes on."""
    session = db.session()
    total = head(session).seq
    session.rollback()
    with click.progressbar(length=total, label="counting") as bar:
        statistics_follower().rebuild(session, bar.update)
    click.echo(f"{all_figures(session, clock.today()).total} records")


@statistics.command("status", help="Records counted, and how far they are behind the ledger.")
@with_app
def status() -> None:
    """One line for people and scripts."""
    session = db.session()
    stands, total = standing(session, NAME), all_figures(session, clock.today()).total
    click.echo(f"{total} records, ledger {stands.seq}, behind {stands.behind}")
