"""The file as it came with its problems written in, kept sealed beside the original."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue
from credit_site.intake import annotated_pieces
from credit_site.models import StagedRow, Submission
from credit_site.services.desk_tools import DeskTools, unsealed
from credit_site.services.kept_numbers import kept_in
from credit_site.services.mended_rows import mended_rows
from credit_site.services.staged_issues import read_issues
from credit_site.services.transactions import write_transaction

BATCH = 2_000
"""Row numbers whose issues are read at a time."""


def annotate(session: Session, tools: DeskTools, submission_id: int) -> Iterator[int]:
    """Makes the annotated file of a submission anew, piece by piece; harmless twice.

    Rows that were mended in place stand in it as they are now.
    """
    submission = session.get_one(Submission, submission_id)
    layout = tools.rulebook.layouts[submission.layout]
    kept = kept_in(tools.vault, submission.agency, submission_id)
    mended = mended_rows(session, tools.vault, submission_id)
    newer = {row: texts for row, texts in mended.items() if texts is not None}
    issues = _StagedIssues(session, submission_id)
    with unsealed(tools, submission.sha256, submission.file_name) as path:
        target = path.with_name("annotated.xlsx")
        with target.open("wb") as stream:
            yield from annotated_pieces(path, layout, issues, stream, tools.limits, kept, newer)
        stored = tools.files.keep(target)
    with write_transaction(session):
        session.get_one(Submission, submission_id).annotated = stored.sha256
    yield 1


class _StagedIssues:
    """Issues by row number, a batch in memory at a time: asked for in the order of the file."""

    def __init__(self, session: Session, submission_id: int) -> None:
        self._session = session
        self._of_submission = (StagedRow.submission_id == submission_id, StagedRow.issues != "[]")
        counted = select(func.count()).select_from(StagedRow).where(*self._of_submission)
        self._count = session.scalar(counted) or 0
        self._last, self._batch = -1, dict[int, tuple[Issue, ...]]()
        session.rollback()

    def __len__(self) -> int:
        return self._count

    def get(self, number: int, default: tuple[Issue, ...]) -> tuple[Issue, ...]:
        """The issues of a row; ``default`` for none."""
        if number > self._last:
            self._read_from(number)
        return self._batch.get(number, default)

    def _read_from(self, number: int) -> None:
        self._last = number + BATCH - 1
        query = select(StagedRow.row_number, StagedRow.issues).where(
            *self._of_submission, StagedRow.row_number.between(number, self._last)
        )
        found = self._session.execute(query)
        self._batch = {row: read_issues(stored, row) for row, stored in found}
        self._session.rollback()
