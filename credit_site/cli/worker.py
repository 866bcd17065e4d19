"""``work``: the process that follows the ledger."""

from __future__ import annotations

import sys
import threading

import click

from credit_site.cli.context import settings, with_app
from credit_site.extensions import clock, db, search_engine, vault
from credit_site.worker import Worker, WorkerBusy, worker_lock


@click.command(help="Follow the ledger: keep the index current, end what has expired.")
@click.option("--once", is_flag=True, help="Do what there is to do, then stop.")
@click.option("--until-eof", is_flag=True, hidden=True, help="Stop at the head after stdin closes.")
@with_app
def work(once: bool, until_eof: bool) -> None:
    """Exit 3 when another worker of this installation is running."""
    worker = Worker(db.session(), search_engine(), vault(), clock)
    worker.stop_on_signals()
    try:
        with worker_lock(settings().data_path):
            if until_eof:
                threading.Thread(target=_stop_at_eof, args=(worker,), daemon=True).start()
            if not once:
                worker.run()
            if once or until_eof:
                worker.catch_up()
    except WorkerBusy:
        click.echo("another worker is running", err=True)
        sys.exit(3)


def _stop_at_eof(worker: Worker) -> None:
    sys.stdin.buffer.read()
    worker.stop()
