"""``demo``: invented records through the ordinary intake."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from credit_site.cli.context import import_tools, with_app
from credit_site.cli.following import followed
from credit_site.demonstration import Batch, batches, write_csv
from credit_site.demonstration.assessment import FOREWORD, invented_figures
from credit_site.domain.assessment.document import assess
from credit_site.domain.assessment.ranking import method_on
from credit_site.domain.calendar_months import CalendarMonth
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.assessment.reports import begin, publish_found, write
from credit_site.services.assessment.views import versions
from credit_site.services.imports import ImportOrder, ImportTools, Mode, import_file
from credit_site.services.site import DEMONSTRATION_ACTOR, holds_real_records

SEED = 2016


@click.command(help="Load invented records; refused where real ones are.")
@click.option("--records", default=2_000, show_default=True, type=click.IntRange(1, 5_000_000))
@click.option("--seed", default=SEED, show_default=True, type=int)
@with_app
def demo(records: int, seed: int) -> None:
    """The records are imported as files of several bureaus and published."""
    if holds_real_records(db.session()):
        raise click.ClickException("this database holds records that are not for demonstration")
    tools, rulebook = import_tools(), load_rulebook()
    with (
        followed(),
        tempfile.TemporaryDirectory() as folder,
        click.progressbar(length=records, label="demonstration records") as bar,
    ):
        for batch in batches(rulebook, records, seed, clock.today()):
            _import(tools, batch, Path(folder) / "demonstration.csv")
            bar.update(batch.size)
    _report(seed)


def _report(seed: int) -> None:
    """A published report of the month before, of invented figures; once."""
    rulebook, month = load_rulebook(), CalendarMonth.of(clock.today()).plus(-1)
    session, now = db.session(), clock.now()
    if versions(session, month):
        return
    figures = invented_figures(rulebook, seed)
    found = assess(figures, method_on(month.last, rulebook), month, clock.today())
    number = begin(session, rulebook, month, DEMONSTRATION_ACTOR, now)
    write(session, number, FOREWORD, "", DEMONSTRATION_ACTOR, now)
    publish_found(session, number, found, DEMONSTRATION_ACTOR, now)


def _import(tools: ImportTools, batch: Batch, path: Path) -> None:
    write_csv(path, batch.titles, batch.rows)
    agency = tools.rulebook.agencies[batch.agency]
    order = ImportOrder(batch.layout, agency, DEMONSTRATION_ACTOR, Mode.PUBLISH)
    import_file(tools, path, order)
