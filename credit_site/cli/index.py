"""``index rebuild`` and ``index status``."""

from __future__ import annotations

import time

import click

from credit_site.cli.context import with_app
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, name_directory, search_engine
from credit_site.services.documents import DocumentBuilder
from credit_site.services.followers import standing
from credit_site.services.name_follower import NameFollower
from credit_site.services.search_follower import (
    NAME,
    SearchFollower,
    published_total,
    rebuild_requested,
    request_rebuild,
)
from search_index import WriterBusy


@click.group(help="The search index: always rebuildable from the database.")
def index() -> None:
    """Commands about the search index."""


@index.command("rebuild", help="Build the index anew beside the live one, then switch.")
@with_app
def rebuild() -> None:
    """Does it here, or has it done by the running worker, who holds the index."""
    session = db.session()
    follower = SearchFollower(search_engine(), DocumentBuilder(load_rulebook()))
    total = published_total(session)
    try:
        with click.progressbar(length=total, label="indexing") as bar:
            count = follower.rebuild(session, clock.now(), bar.update)
    except WriterBusy:
        _have_it_rebuilt()
    else:
        click.echo(f"{count} documents")
        NameFollower(name_directory()).rebuild(session)
        click.echo(f"{name_directory().count()} names")


@index.command("status", help="Documents, health, and how far the index is behind the ledger.")
@with_app
def status() -> None:
    """One line for people and scripts."""
    health, stands = search_engine().health(), standing(db.session(), NAME)
    click.echo(
        f"{'ok' if health.ok else 'FAILED'}: {search_engine().count()} documents, "
        f"ledger {stands.seq}, behind {stands.behind}, {name_directory().count()} names "
        f"{health.message}".rstrip()
    )


def _have_it_rebuilt() -> None:
    session = db.session()
    request_rebuild(session, clock.now())
    click.echo("the running worker rebuilds the index …")
    while rebuild_requested(session):
        session.rollback()
        time.sleep(0.5)
    click.echo(f"{search_engine().count()} documents")
