"""One decision by hand: kept while somebody types, then handed in like a file of one row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.issues import Issue
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.states import SubmissionState
from credit_site.models import Draft, Submission
from credit_site.services.audit import note
from credit_site.services.file_store import FileStore, KeptFile
from credit_site.services.one_row import OneRow, check_one, titles_of
from credit_site.services.prepared import prepare
from credit_site.services.reviewing import NotPossible
from credit_site.services.rows import ReadRow
from credit_site.services.staged_issues import issues_json
from credit_site.services.submissions import Delivery, open_by_hand
from credit_site.services.taking import stage_within
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

MOST_DRAFTS = 200
LONGEST_CELL = 6_000
_FIRST_ROW = 2
"""As in a file: the titles stand in row 1."""


class DraftChanged(Exception):
    """Somebody has saved it elsewhere meanwhile; ``version`` is the newest."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


@dataclass(frozen=True, slots=True)
class DraftTools:
    """What drafts work with."""

    session: Session
    vault: Vault
    rulebook: Rulebook
    files: FileStore


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft; ``cells`` as typed, in the order of the layout's columns."""

    id: int
    agency: str
    actor: str
    layout: str
    cells: tuple[str, ...]
    version: int
    updated_at: datetime

    def named(self, layout: Layout, rulebook: Rulebook) -> str:
        """Number and subject as far as they are typed, without numbers of persons."""
        register = rulebook.registers[layout.register]
        wanted = (register.number_field, register.subject_field)
        by_field = {c.field: text for c, text in zip(layout.columns, self.cells, strict=False)}
        said = "，".join(text for name in wanted if (text := by_field.get(name, "").strip()))
        return mask_personal_numbers(said)[:120]


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form sent: its key for a new draft, the version it began from, the cells."""

    form_key: str
    version: int
    cells: Sequence[str]


def drafts_of(tools: DraftTools, actor: str) -> list[DraftView]:
    """Somebody's drafts, the one touched last first."""
    query = select(Draft).where(Draft.actor == actor).order_by(Draft.updated_at.desc())
    return [_view(one, tools.vault) for one in tools.session.scalars(query.limit(MOST_DRAFTS))]


def count_of(session: Session, actor: str) -> int:
    """How many drafts somebody has."""
    return session.scalar(select(func.count()).where(Draft.actor == actor)) or 0


def draft(tools: DraftTools, number: int) -> DraftView | None:
    """One draft; None where there is none (any more)."""
    found = tools.session.get(Draft, number)
    return _view(found, tools.vault) if found is not None else None


def begin_draft(
    tools: DraftTools, typed: Typed, agency: str, layout: str, actor: str, now: datetime
) -> DraftView:
    """Keeps a new draft; the same form sent again is the same draft. Raises NotPossible."""
    with write_transaction(tools.session) as session:
        known = session.scalar(select(Draft).where(Draft.form_key == typed.form_key))
        if known is not None:
            if known.actor != actor:
                raise NotPossible("这张表不是您填的。")
            _write(known, tools.vault, typed.cells, now)
            return _view(known, tools.vault)
        made = Draft(
            form_key=typed.form_key, agency=agency, actor=actor, layout=layout, created_at=now
        )
        made.version = 0
        _write(made, tools.vault, typed.cells, now)
        session.add(made)
        session.flush()
        return _view(made, tools.vault)


def save_draft(tools: DraftTools, number: int, typed: Typed, now: datetime) -> DraftView:
    """Keeps what was typed. Raises DraftChanged, NotPossible."""
    with write_transaction(tools.session) as session:
        found = _standing(session, number, typed.version)
        _write(found, tools.vault, typed.cells, now)
        return _view(found, tools.vault)


def discard_draft(session: Session, number: int) -> None:
    """Throws a draft away. Raises NotPossible."""
    with write_transaction(session):
        session.delete(_standing(session, number))


def check_draft(tools: DraftTools, one: DraftView, now: datetime) -> OneRow:
    """What is still wrong, by the rules for files."""
    book = tools.rulebook
    agency = book.agencies[one.agency]
    return check_one(book, book.layouts[one.layout], agency, now.date(), one.cells, row=_FIRST_ROW)


def hand_in_draft(
    tools: DraftTools, number: int, typed: Typed, actor: str, now: datetime
) -> tuple[int, tuple[Issue, ...]]:
    """Hands it in for review; the submission's number, 0 with the issues while it has errors.

    What was typed is kept in any case. Raises DraftChanged, NotPossible.
    """
    view = save_draft(tools, number, typed, now)
    checked = check_draft(tools, view, now)
    if checked.entry is None:
        return 0, checked.issues
    kept = tools.files.keep_stream(BytesIO(_as_file(view, tools.rulebook)))
    with write_transaction(tools.session) as session:
        found = _standing(session, number, view.version)
        submission = _open(session, tools, view, kept, actor, now)
        prepared = prepare(_FIRST_ROW, checked.entry, tools.vault)
        row = ReadRow(_FIRST_ROW, prepared, checked.issues, cells=view.cells)
        taken = stage_within(session, tools.vault, submission.id, [row], now)
        if not taken.counts["accepted"]:
            raise NotPossible("和已经公示或者存档的一条完全相同，没有需要提交的内容。")
        _hand_in(session, submission, actor, now)
        session.delete(found)
        return submission.id, checked.issues


def _open(
    session: Session,
    tools: DraftTools,
    view: DraftView,
    kept: KeptFile,
    actor: str,
    now: datetime,
) -> Submission:
    layout = tools.rulebook.layouts[view.layout]
    title = view.named(layout, tools.rulebook) or layout.title
    delivery = Delivery(f"手工填报：{title}", view.layout, view.agency, actor)
    submission = open_by_hand(session, kept, delivery, now)
    submission.titles = orjson.dumps(titles_of(layout)).decode()
    submission.notes, submission.row_estimate = issues_json(()), 1
    return submission


def _hand_in(session: Session, submission: Submission, actor: str, now: datetime) -> None:
    submission.finished_at = submission.submitted_at = now
    submission.state, submission.submitted_by = SubmissionState.SUBMITTED.value, actor
    note(session, now, actor, "hand_in", f"submission/{submission.id}", by_hand=True)


def _as_file(view: DraftView, rulebook: Rulebook) -> bytes:
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(titles_of(rulebook.layouts[view.layout]))
    writer.writerow(view.cells)
    return stream.getvalue().encode("utf-8-sig", "replace")


def _standing(session: Session, number: int, version: int | None = None) -> Draft:
    found = session.get(Draft, number, with_for_update=True)
    if found is None:
        raise NotPossible("这份草稿已经提交或者丢弃了。")
    if version is not None and found.version != version:
        raise DraftChanged(found.version)
    return found


def _write(one: Draft, vault: Vault, cells: Sequence[str], now: datetime) -> None:
    one.cells = vault.seal(orjson.dumps([_clean(text) for text in cells]))
    one.version, one.updated_at = one.version + 1, now


def _clean(text: str) -> str:
    """Lone surrogates, which no file could hold, become question marks."""
    return text[:LONGEST_CELL].encode("utf-8", "replace").decode()


def _view(one: Draft, vault: Vault) -> DraftView:
    return DraftView(
        one.id,
        one.agency,
        one.actor,
        one.layout,
        tuple(orjson.loads(vault.open(one.cells))),
        one.version,
        one.updated_at,
    )
