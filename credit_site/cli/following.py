"""Having an import's records indexed while it runs: by the worker, or by one started for it."""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import click
from sqlalchemy.exc import OperationalError

from credit_site.cli.context import settings
from credit_site.extensions import clock, db, search_engine, vault
from credit_site.services.followers import standing
from credit_site.services.search_follower import NAME
from credit_site.worker import Worker, WorkerBusy, worker_lock
from search_index import SearchUnavailable

FAILED = 1
ANOTHER_WORKER = 3
PATIENCE_SECONDS = 120


@contextmanager
def followed() -> Iterator[None]:
    """Around work that publishes: on leaving, the search index has caught up with the ledger."""
    if settings().search_url.startswith("memory:"):
        yield
        return
    _close_database()
    fork = multiprocessing.get_context("fork")
    ended, going_on = fork.Pipe(duplex=False)
    follower = fork.Process(target=_follow, args=(ended, going_on), name="follower")
    follower.start()
    ended.close()
    try:
        yield
    finally:
        going_on.close()
        follower.join()
    if follower.exitcode == ANOTHER_WORKER:
        _wait_for_worker()
    elif follower.exitcode:
        click.echo("the search index is behind: run «index status»", err=True)


def _close_database() -> None:
    """No connection may be open when the process forks (sqlite.org/howtocorrupt.html, 2.6)."""
    db.session().close()
    db.engine.dispose()


def _follow(ended: Connection, going_on: Connection) -> None:
    """The follower's process: to the ledger's head once the other end of the pipe is closed."""
    going_on.close()
    worker = Worker(db.session(), search_engine(), vault(), clock)
    worker.stop_on_signals()
    try:
        with worker_lock(settings().data_path):
            threading.Thread(target=_stop_at_end, args=(worker, ended), daemon=True).start()
            worker.run()
            worker.catch_up()
    except WorkerBusy:
        sys.exit(ANOTHER_WORKER)
    except (OperationalError, SearchUnavailable) as error:
        reason = error.orig if isinstance(error, OperationalError) else error
        click.echo(f"indexing stopped: {reason}", err=True)
        sys.exit(FAILED)
    finally:
        search_engine().close()


def _stop_at_end(worker: Worker, ended: Connection) -> None:
    ended.poll(None)
    worker.stop()


def _wait_for_worker() -> None:
    session, give_up = db.session(), time.monotonic() + PATIENCE_SECONDS
    while standing(session, NAME).behind:
        session.rollback()
        if time.monotonic() > give_up:
            click.echo("the running worker is behind: see «index status»", err=True)
            return
        time.sleep(0.1)
    session.rollback()
