"""One decision filled in by hand: checked like a row of a file, handed in like one."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.issues import Issue
from credit_site.domain.row_forms import fields_of, row_of, texts_of
from credit_site.domain.rulebook import Layout, Rulebook
from credit_site.domain.states import DraftState, SubmissionState
from credit_site.models import Draft, StagedRow, Submission
from credit_site.services.audit import note
from credit_site.services.drafts import (
    DraftView,
    Typed,
    begin_draft,
    digest_of,
    draft,
    new_token,
)
from credit_site.services.file_store import FileStore, KeptFile
from credit_site.services.fixing import cells_of
from credit_site.services.known import Prospect, foretold, known_to, prospect
from credit_site.services.one_row import check_one, titles_of
from credit_site.services.prepared import Prepared, prepare
from credit_site.services.reviewing import NotPossible, hand_over
from credit_site.services.rows import ReadRow, stageable
from credit_site.services.submissions import Delivery, open_by_hand
from credit_site.services.taking import stage_in
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

ROW = 2
"""Where the row stands in the file that is made of it, below the titles."""
_LONGEST_NAME = 100
_ENDED = "同一文号、同一当事人的这条记录已经终止公示，不能再报。写错了的，请改正。"
_SAME = "这条决定以前已经报过，内容完全相同，不必再报。"


@dataclass(frozen=True, slots=True)
class Tools:
    """What it takes to check and keep an entry."""

    vault: Vault
    rulebook: Rulebook
    files: FileStore


@dataclass(frozen=True, slots=True)
class Look:
    """What the checks say: issues, the entry where there is no error, what is public already."""

    issues: tuple[Issue, ...]
    entry: Entry | None
    known: int | None = None
    same: bool = False
    ended: bool = False


def look_at(
    session: Session,
    tools: Tools,
    layout: str,
    agency: str,
    texts: Mapping[str, str],
    today: date,
) -> Look:
    """Checks what was filled in, exactly as a row of a file; stores nothing."""
    return _look(session, tools, _Checked.of(tools, layout, agency, texts, today))


def hand_in_draft(
    session: Session, tools: Tools, number: int, actor: str, now: datetime
) -> int | Look:
    """Makes a submission of one row of a draft and hands it in: its number.

    The checks' words instead where something is wrong. Handed in twice it is one submission.
    Raises NotPossible.
    """
    view = draft(session, tools.vault, number, actor)
    if view is None or view.state == DraftState.DISCARDED:
        raise NotPossible("这份草稿已经删去了。")
    if view.submission_id is not None:
        return view.submission_id
    checked = _Checked.of(tools, view.layout, view.agency, view.texts, now.date())
    look = _look(session, tools, checked)
    if checked.prepared is None:
        return look
    if look.ended or look.same:
        raise NotPossible(_ENDED if look.ended else _SAME)
    kept = tools.files.keep_stream(BytesIO(_file(checked.layout, checked.cells)))
    return _HandingIn(session, tools, view, checked, actor, now).run(kept)


def reopen(session: Session, tools: Tools, submission_id: int, actor: str, now: datetime) -> int:
    """A submission filled in by hand becomes a draft again; its number. Raises NotPossible."""
    with write_transaction(session):
        submission = session.get_one(Submission, submission_id, with_for_update=True)
        if submission.state not in (SubmissionState.READ, SubmissionState.RETURNED):
            raise NotPossible("这份报送正在审核或者已经结束，不能再改；要改请先撤回。")
        if not submission.by_hand or submission.actor != actor:
            raise NotPossible("手工填报的内容只能由填报人自己接着改。")
        row = session.get_one(StagedRow, (submission_id, ROW))
        layout = tools.rulebook.layouts[submission.layout]
        texts = texts_of(fields_of(layout, tools.rulebook), cells_of(row, tools.vault))
        typed = Typed(new_token(), 0, 0, layout.name, submission.agency, texts)
        reason = submission.reason or row.reason
        made = begin_draft(session, tools.vault, typed, actor, now, submission_id, reason)
        submission.state = SubmissionState.WITHDRAWN.value
        note(session, now, actor, "reopen", f"submission/{submission_id}", draft=made.id)
        return made.id


@dataclass(frozen=True, slots=True)
class _Checked:
    layout: Layout
    cells: list[str]
    issues: tuple[Issue, ...]
    prepared: Prepared | None

    @classmethod
    def of(
        cls, tools: Tools, layout: str, agency: str, texts: Mapping[str, str], today: date
    ) -> _Checked:
        book = tools.rulebook
        found, bureau = book.layouts[layout], book.agencies[agency]
        cells = row_of(fields_of(found, book), texts)
        checked = check_one(book, found, bureau, today, cells, row=ROW)
        entry = checked.entry
        prepared = None if entry is None else prepare(ROW, entry, tools.vault)
        return cls(found, cells, checked.issues, prepared)


class _HandingIn:
    """A draft on its way into a submission."""

    def __init__(
        self,
        session: Session,
        tools: Tools,
        view: DraftView,
        checked: _Checked,
        actor: str,
        now: datetime,
    ) -> None:
        self._session, self._tools, self._view = session, tools, view
        self._checked, self._actor, self._now = checked, actor, now

    def run(self, kept: KeptFile) -> int:
        with write_transaction(self._session):
            found = self._session.get_one(
                Draft, self._view.id, with_for_update=True, populate_existing=True
            )
            if found.submission_id is not None:
                return found.submission_id
            if found.version != self._view.version or found.state != DraftState.OPEN:
                raise NotPossible("这份草稿刚刚在另一个窗口里改过，请看一看再提交。")
            submission = self._submission(kept)
            self._close(found, submission.id)
            return submission.id

    def _submission(self, kept: KeptFile) -> Submission:
        view, checked = self._view, self._checked
        delivery = Delivery(_name(checked), view.layout, view.agency, self._actor)
        submission = open_by_hand(
            self._session, kept, delivery, tuple(titles_of(checked.layout)), self._now
        )
        row = stageable(ReadRow(ROW, checked.prepared, checked.issues, cells=checked.cells))
        taken = stage_in(self._session, self._tools.vault, submission.id, [row], self._now)
        if not taken.counts["accepted"]:
            raise NotPossible(_SAME if taken.counts["unchanged"] else _ENDED)
        hand_over(self._session, submission, self._actor, self._now)
        return submission

    def _close(self, found: Draft, submission_id: int) -> None:
        tools = self._tools
        found.digest = digest_of(self._view.texts, found.layout, tools.rulebook, tools.vault)
        found.state, found.cells = DraftState.HANDED_IN.value, None
        found.submission_id, found.updated_at = submission_id, self._now
        found.reason = ""


def _look(session: Session, tools: Tools, checked: _Checked) -> Look:
    prepared = checked.prepared
    if prepared is None:
        return Look(checked.issues, None)
    known = known_to(session, tools.vault, [prepared]).get(prepared.key)
    ahead = prospect(prepared, known)
    if known is None:
        return Look(checked.issues, prepared.entry)
    if ahead is Prospect.REPLACES:
        said = foretold(ROW, prepared, known)
        return Look((*checked.issues, *((said,) if said else ())), prepared.entry)
    same = ahead is Prospect.SAME and not known.ended
    ended = known.ended or ahead is Prospect.ENDED
    return Look(checked.issues, prepared.entry, known.id, same, ended)


def _name(checked: _Checked) -> str:
    assert checked.prepared is not None, "only what is good is handed in"
    number = mask_personal_numbers(checked.prepared.entry.document_number)
    return f"手工填报 {number}".strip()[:_LONGEST_NAME] + ".csv"


def _file(layout: Layout, cells: list[str]) -> bytes:
    """The row as the file that it might have come in."""
    stream = StringIO()
    csv.writer(stream).writerows([titles_of(layout), cells])
    return stream.getvalue().encode("utf-8-sig")
