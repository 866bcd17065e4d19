"""Having an import's records indexed while it runs: by the worker, or by one started for it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from credit_site.cli.context import settings
from credit_site.extensions import db
from credit_site.services.followers import standing
from credit_site.services.search_follower import NAME

ANOTHER_WORKER = 3
PATIENCE_SECONDS = 120


@contextmanager
def followed() -> Iterator[None]:
    """Around work that publishes: on leaving, the search index has caught up with the ledger."""
    if settings().search_url.startswith("memory:"):
        yield
        return
    command = [sys.executable, "-m", "credit_site", "work", "--until-eof"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as follower:
        try:
            yield
        finally:
            assert follower.stdin is not None, "it was started with a pipe"
            follower.stdin.close()
            code = follower.wait()
    if code == ANOTHER_WORKER:
        _wait_for_worker()
    elif code:
        click.echo("the search index is behind: run «index status»", err=True)


def _wait_for_worker() -> None:
    session, give_up = db.session(), time.monotonic() + PATIENCE_SECONDS
    while standing(session, NAME).behind:
        session.rollback()
        if time.monotonic() > give_up:
            click.echo("the running worker is behind: see «index status»", err=True)
            return
        time.sleep(0.1)
    session.rollback()
