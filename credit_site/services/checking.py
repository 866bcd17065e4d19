"""Checking an uploaded file: read, recognised, every row staged, in the worker.

Killed at any moment it begins anew: what an interrupted reading staged is taken away first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from credit_site.domain.errors import UnusableFile
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.states import JobKind
from credit_site.domain.validation import recognise
from credit_site.intake import Table, known_titles, open_table
from credit_site.models import Submission
from credit_site.services.desk_tools import DeskTools, unsealed
from credit_site.services.from_elsewhere import SeenElsewhere
from credit_site.services.jobs import ask_for
from credit_site.services.kept_numbers import NumbersPutBack
from credit_site.services.machines import hand_on
from credit_site.services.rows import Recipe, RowReader
from credit_site.services.rows_beside import chunks_of
from credit_site.services.staged_issues import issues_json
from credit_site.services.submissions import (
    TableHead,
    finish,
    is_checked,
    recognised,
    refuse,
    start_again,
)
from credit_site.services.taking import stage_rows

_LONGEST_TITLE = 120
_NOTHING_IN_IT = UnusableFile(
    "no_rows", "文件里只有列名（或者示例行），没有要报送的内容。请在列名下面逐行填写，再上传。"
)


def check(session: Session, tools: DeskTools, submission_id: int) -> Iterator[int]:
    """Reads a submission's file to its end; gives the rows of each chunk when they are stored."""
    if is_checked(session, submission_id):
        return
    submission = start_again(session, submission_id)
    wanted, agency = submission.layout, submission.agency
    with unsealed(tools, submission.sha256, submission.file_name) as path:
        try:
            table = open_table(path, tools.limits, _known(tools.rulebook, wanted))
            layout = _layout(tools.rulebook, wanted, table.titles)
            table = NumbersPutBack(session, tools, agency).into(table, layout)
            reader = RowReader(table, _recipe(tools, layout, agency, table), tools.rulebook)
            titles = tuple(mask_personal_numbers(t)[:_LONGEST_TITLE] for t in table.titles)
            head = TableHead(layout.name, titles, table.row_estimate, reader.notes)
            recognised(session, submission_id, head)
            empty, seen = True, SeenElsewhere(layout, tools.rulebook)
            for rows in filter(None, chunks_of(reader, path.stat().st_size)):
                stage_rows(session, tools.vault, submission_id, rows, tools.clock.now())
                seen.take(rows)
                empty = False
                yield len(rows)
            if empty:
                raise _NOTHING_IN_IT
        except UnusableFile as problem:
            refuse(session, submission_id, problem.message, tools.clock.now())
            return
    then = partial(_what_follows, tools.rulebook, seen, reader.all_notes)
    finish(session, submission_id, tools.clock.now(), then)


def _known(rulebook: Rulebook, layout: str) -> frozenset[str]:
    layouts = [rulebook.layouts[layout]] if layout else rulebook.layouts.values()
    return frozenset().union(*map(known_titles, layouts))


def _recipe(tools: DeskTools, layout: Layout, agency: str, table: Table) -> Recipe:
    today, digests = tools.clock.today(), tools.vault.digests
    return Recipe(table.titles, layout.name, agency, today, digests)


def _layout(rulebook: Rulebook, wanted: str, titles: tuple[str, ...]) -> Layout:
    if wanted:
        return rulebook.layouts[wanted]
    return recognise(rulebook.layouts.values(), titles)


def _what_follows(
    rulebook: Rulebook,
    seen: SeenElsewhere,
    notes: Sequence[Issue],
    session: Session,
    submission: Submission,
    now: datetime,
) -> None:
    submission.notes = issues_json(notes)
    seen.propose(session, rulebook, submission, now)
    if submission.rejected:
        ask_for(session, JobKind.ANNOTATE, submission.id, submission.actor, now)
    hand_on(session, submission, rulebook, now)
