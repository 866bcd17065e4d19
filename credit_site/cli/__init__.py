"""The command line: arguments in, one service called, an exit code out."""

from __future__ import annotations

import click

from credit_site.cli.backups import backup, restore
from credit_site.cli.demo import demo
from credit_site.cli.exchange import exchange
from credit_site.cli.exports import export
from credit_site.cli.imports import import_command, publish
from credit_site.cli.index import index
from credit_site.cli.ledger import ledger
from credit_site.cli.setup import init
from credit_site.cli.snapshots import snapshot
from credit_site.cli.statistics import statistics
from credit_site.cli.users import user
from credit_site.cli.worker import work


@click.group(help="A public register of administrative penalties and dishonesty lists.")
def main() -> None:
    """Entry point of ``python -m credit_site``."""


_COMMANDS = (
    init, demo, import_command, publish, index, statistics, export, snapshot, exchange, work,
    ledger, backup, restore,
    user,
)  # fmt: skip
for _command in _COMMANDS:
    main.add_command(_command)
