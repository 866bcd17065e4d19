"""``import`` and ``publish``: a bureau's file, from the command line."""

from __future__ import annotations

import contextlib
import gc
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import click
import orjson
from click._termui_impl import ProgressBar

from credit_site.cli.context import actor, import_tools, with_app
from credit_site.cli.following import followed
from credit_site.domain.errors import UnusableFile
from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import Layout, load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.intake import write_annotated
from credit_site.services.imports import ImportOrder, ImportReport, Mode, import_file
from credit_site.services.publication import publish_staged
from credit_site.services.reviewing import close

SOME_REJECTED = 1
UNUSABLE = 2
COUNTS = ("rows", "accepted", "rejected", "unchanged", "withheld")


class RowBar:
    """A progress bar over rows, on a terminal; its length is known once the file is open."""

    def __init__(self, label: str, report: ImportReport) -> None:
        self._label, self._report = label, report
        self._stack = contextlib.ExitStack()
        self._bar: ProgressBar[int] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def __call__(self, rows: int) -> None:
        """More rows are done."""
        if self._bar is None:
            length = self._report.row_estimate
            self._bar = self._stack.enter_context(
                click.progressbar(length=length, label=self._label, file=sys.stderr)
            )
        self._bar.update(rows)


@click.command(
    "import", help="Take in a bureau's file; exit 0 all rows in, 1 some rejected, 2 unusable."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--layout", required=True, type=click.Choice(sorted(load_rulebook().layouts)))
@click.option("--agency", required=True, type=click.Choice(sorted(load_rulebook().agencies)))
@click.option(
    "--publish", "mode", flag_value=Mode.PUBLISH.value, help="Publish the good rows at once."
)
@click.option(
    "--dry-run", "mode", flag_value=Mode.CHECK.value, help="Check only; nothing is stored."
)
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Annotated XLSX.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@with_app
def import_command(
    file: Path, layout: str, agency: str, mode: str | None, report: Path | None, as_json: bool
) -> None:
    """Without --publish or --dry-run the rows wait on the stage; see ``publish``."""
    started, rulebook = time.perf_counter(), load_rulebook()
    chosen = rulebook.layouts[layout]
    outcome = ImportReport(most_issues=None) if report else ImportReport()
    try:
        _run(file, chosen, agency, Mode(mode or Mode.STAGE), outcome)
    except UnusableFile as problem:
        _tell_unusable(problem, as_json)
        sys.exit(UNUSABLE)
    outcome.seconds = time.perf_counter() - started
    if report:
        _write_report(file, chosen, outcome, report)
    _tell(outcome, as_json)
    sys.exit(SOME_REJECTED if outcome.counts["rejected"] else 0)


@click.command("publish", help="Publish the rows of a submission that wait on the stage.")
@click.argument("submission", type=int)
@with_app
def publish(submission: int) -> None:
    """Chunk by chunk; stopped at any point it can be called again."""
    total = 0
    with followed():
        while True:
            taken = publish_staged(db.session(), vault(), submission, actor(), clock.now())
            if not taken.counts:
                break
            total += taken.counts.total()
    close(db.session(), submission, clock.now())
    click.echo(f"{total} rows")


@contextlib.contextmanager
def _cycles_left_alone() -> Iterator[None]:
    """An import makes millions of objects and no cycles: looking for them costs a tenth of it."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _run(file: Path, layout: Layout, agency: str, mode: Mode, outcome: ImportReport) -> None:
    bureau = load_rulebook().agencies[agency]
    order = ImportOrder(layout, bureau, actor(), mode)
    following = followed() if mode is Mode.PUBLISH else contextlib.nullcontext()
    with _cycles_left_alone(), following, RowBar(file.name, outcome) as bar:
        import_file(import_tools(), file, order, outcome, bar)


def _tell_unusable(problem: UnusableFile, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps({"unusable": problem.code, "message": problem.message}).decode())
    else:
        click.echo(problem.message, err=True)


def _write_report(file: Path, layout: Layout, outcome: ImportReport, target: Path) -> None:
    draft = target.with_name(f".{target.name}.draft")
    with draft.open("wb") as stream:
        write_annotated(file, layout, outcome.issues, stream)
    draft.replace(target)


def _tell(outcome: ImportReport, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps(_as_json(outcome)).decode())
        return
    for issues in (*outcome.issues.values(), outcome.notes):
        for issue in issues:
            place = f"第 {issue.row} 行" if issue.row else "文件"
            column = f"「{issue.column}」" if issue.column else ""
            click.echo(f"{place}{column}：{issue.message}", err=True)
    counted = " · ".join(f"{name} {outcome.counts[name]}" for name in COUNTS)
    click.echo(f"{counted} · {outcome.seconds:.1f} s · submission {outcome.submission_id or '-'}")
    if outcome.gone:
        named = "、".join(f"{name}（公示编号 {number}）" for number, name in outcome.gone)
        then = "已列为待移出" if outcome.submission_id else "报送以后列为待移出"
        click.echo(f"原公布单位最新的名单里已经没有 {len(outcome.gone)} 条，{then}：{named}。")
    if outcome.repeats:
        click.echo(f"此文件曾经报送过（第 {outcome.repeats} 号报送）。")


def _as_json(outcome: ImportReport) -> dict[str, object]:
    return {
        **{name: outcome.counts[name] for name in COUNTS},
        "seconds": round(outcome.seconds, 3),
        "submission": outcome.submission_id,
        "repeats": outcome.repeats,
        "gone": [number for number, _ in outcome.gone],
        "notes": [_issue_json(issue) for issue in outcome.notes],
        "problems": [_issue_json(i) for issues in outcome.issues.values() for i in issues],
    }


def _issue_json(issue: Issue) -> dict[str, object]:
    names = ("row", "column", "code", "level", "message")
    return {name: getattr(issue, name) for name in names}
