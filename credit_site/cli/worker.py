"""``work``: the process that follows the ledger."""

from __future__ import annotations

import gc
import sys

import click

from credit_site.cli.context import desk_tools, followers, settings, with_app
from credit_site.extensions import clock, db, search_engine, vault
from credit_site.services.job_runner import JobRunner
from credit_site.worker import Worker, WorkerBusy, worker_lock

ANOTHER_WORKER = 3
SELDOM = 50_000
"""Objects between two searches for cycles; a batch of documents has none."""


@click.command(help="Follow the ledger: keep the index current, end what has expired.")
@click.option("--once", is_flag=True, help="Do what there is to do, then stop.")
@with_app
def work(once: bool) -> None:
    """Exit 3 when another worker of this installation is running."""
    jobs = JobRunner(db.session(), desk_tools())
    worker = Worker(db.session(), search_engine(), vault(), clock, followers(), jobs)
    worker.stop_on_signals()
    gc.freeze()
    gc.set_threshold(SELDOM)
    try:
        with worker_lock(settings().data_path):
            if once:
                worker.catch_up()
            else:
                worker.run()
    except WorkerBusy:
        click.echo("another worker is running", err=True)
        sys.exit(ANOTHER_WORKER)
