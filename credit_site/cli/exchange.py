"""``exchange``: batches to other platforms, at once, and how they stand."""

from __future__ import annotations

import sys

import click

from credit_site.cli.context import settings, with_app
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.exchange import channels, standing
from credit_site.services.exchange.refusals import open_refusals
from credit_site.services.exchange.running import run as run_channel
from credit_site.services.exchange.terms import exchange_tools
from credit_site.services.publication import end_expired


@click.group(help="Exchange with provincial and national platforms.")
def exchange() -> None:
    """Channels are made on the desk, at /bureau/exchange."""


@exchange.command(help="Read receipts, cut a batch of what changed, deliver what waits.")
@click.option("--channel", default="", help="Name or number of one channel; all active ones.")
@with_app
def run(channel: str) -> None:
    """Exit 1 where a target could not be reached, 2 for a channel that is not there."""
    chosen = [
        one
        for one in channels.channels(db.session())
        if (one.active if not channel else channel in (one.name, str(one.id)))
    ]
    if channel and not chosen:
        click.echo(f"no channel {channel}", err=True)
        sys.exit(2)
    while end_expired(db.session(), vault(), clock.now()):
        pass
    tools = exchange_tools(settings(), vault(), clock)
    turns = [run_channel(db.session(), tools, one.id) for one in chosen]
    for turn in turns:
        done = f"{turn.cut} cut, {turn.delivered} delivered, {turn.receipts} receipts"
        click.echo(f"{turn.channel}: {done}" + (f"; {turn.problem}" if turn.problem else ""))
    if any(turn.problem for turn in turns):
        sys.exit(1)


@exchange.command(help="How the channels stand, and what is late.")
@with_app
def status() -> None:
    """One line a channel; refused rows and late ones after them."""
    session = db.session()
    for one in channels.channels(session):
        newest = next(iter(standing.batches(session, one.id)), None)
        last = f"batch {newest.number} {newest.state.value}" if newest else "no batch yet"
        state = "active" if one.active else "paused"
        problem = f"; {one.problem}" if one.problem else ""
        click.echo(f"{one.id} {one.name}: {state}, ledger {one.position}, {last}{problem}")
    click.echo(f"refused rows: {open_refusals(session, '')}")
    for late in standing.late(session, load_rulebook(), "", clock.today()):
        click.echo(
            f"late on {late.channel}: {late.undelivered} not delivered, "
            f"{late.unanswered} without receipt"
        )
