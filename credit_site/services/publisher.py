"""Publishing, amending and ending inside a transaction that a use case has opened."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.orm import Session

from credit_site.domain.public_form import changed_fields, content_hash
from credit_site.domain.rulebook import load_rulebook
from credit_site.models import Action, LedgerEntry, Record, RecordRevision, State, WaitingCorrection
from credit_site.models.bulk import BulkInsert
from credit_site.services.audit import note
from credit_site.services.honours import (
    DISHONEST,
    UNFOUNDED,
    VOID,
    Coming,
    cleared,
    honours_ended,
)
from credit_site.services.known import Known, Prospect, known_records, prospect, retired_key
from credit_site.services.ledger import LedgerAppender
from credit_site.services.prepared import Prepared
from credit_site.services.record_columns import OF_ENTRY, RECORD_COLUMNS
from credit_site.services.record_forms import form_of, form_of_entry
from credit_site.services.salts import Salts
from credit_site.services.undated import keep_days
from credit_site.vault import Vault


class Outcome(StrEnum):
    """What became of a prepared entry."""

    NEW = "new"
    AMENDED = "amended"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    WITHHELD = "withheld"
    ENDED_BEFORE = "ended_before"


class Extent(StrEnum):
    """Why an entry is shown to another last day: prolonged, or not any more."""

    EXTENDED = "extended"
    WITHDRAWN = "unextended"


class Publisher:
    """Carries out changes of records, each with its ledger entry, in the caller's transaction.

    ``replaced``: numbers of records withdrawn, each with that of its changed decision.
    """

    def __init__(self, session: Session, vault: Vault, now: datetime) -> None:
        self._session, self._vault, self._now = session, vault, now
        self._ledger = LedgerAppender(session, now)
        self._salts = Salts()
        self._new: list[tuple[object, ...]] = []
        self._came: list[Coming] = []
        self._fallen: list[Coming] = []
        self._over: list[int] = []
        self.replaced: list[tuple[int, int]] = []

    def take(self, prepared: Prepared, known: Known | None, submission_id: int | None) -> Outcome:
        """Publishes a new entry, amends a changed one, leaves an identical one alone.

        A record that has ended is never brought back by a file; where its decision was changed,
        the changed one becomes a record of its own.
        """
        ahead = prospect(prepared, known)
        if known is None or ahead is Prospect.NEW:
            return self._take_new(prepared, submission_id, Outcome.NEW)
        if ahead is Prospect.SAME:
            return Outcome.UNCHANGED
        if ahead is Prospect.ENDED:
            return Outcome.WITHHELD if prepared.withheld else Outcome.ENDED_BEFORE
        if ahead is Prospect.REPLACES:
            return self._replace(self._record(known.id), prepared, submission_id)
        if prepared.withheld:
            self.end(self._record(known.id), "corrected", self._now.date())
            return Outcome.WITHHELD
        self._amend(self._record(known.id), prepared, submission_id)
        return Outcome.AMENDED

    def correct(self, record: Record, prepared: Prepared) -> None:
        """What a person corrected; the record keeps its number, whatever became of its key."""
        self._amend(record, prepared, record.submission_id, "corrected")
        record.key = prepared.key

    def extend(self, record: Record, prepared: Prepared, how: Extent = Extent.EXTENDED) -> None:
        """Another last day, decided on by somebody; the record keeps its number and key."""
        self._amend(record, prepared, record.submission_id, how.value)

    def dispute(self, record: Record, *, disputed: bool) -> None:
        """An objection is marked or done with; the ledger says so, the content stays."""
        record.disputed, record.updated_at = disputed, self._now
        reason = "disputed" if disputed else "dispute_over"
        record.ledger_seq = self._ledger.append(
            record.register, record.id, Action.AMEND, reason, self._hash(record)
        )

    def screen(self, record: Record, *, screened: bool, reason: str) -> None:
        """Hides a record for the time being, or shows it again (暂时屏蔽, 总局令第107号)."""
        action = Action.SCREEN if screened else Action.RESTORE
        if not screened:
            self._came.append((record.list_name, record.uscc))
        record.state = (State.SCREENED if screened else State.PUBLISHED).value
        record.updated_at = self._now
        record.ledger_seq = self._ledger.append(
            record.register, record.id, action, reason, self._hash(record)
        )

    def end(self, record: Record, reason: str, today: date) -> None:
        """Takes a record from every surface; the salt goes, so its hash tells nothing any more."""
        form_hash = self._hash(record)
        record.ledger_seq = self._ledger.append(
            record.register, record.id, Action.END, reason, form_hash
        )
        record.state, record.salt = State.ENDED.value, None
        record.ended_on, record.end_reason, record.updated_at = today, reason, self._now
        self._over.append(record.id)
        if record.list_name and reason in VOID:
            self._fallen.append((record.list_name, record.uscc))

    def write(self) -> None:
        """Stores everything collected so far; call it before the commit."""
        dialect = self._session.get_bind().dialect
        BulkInsert(Record.__table__, RECORD_COLUMNS, dialect).run(self._session, self._new)
        self._session.flush()
        self._end_honours()
        self._clear_honours()
        self._ledger.write()
        self._forget_corrections()
        self._new, self._came, self._fallen = [], [], []

    def _forget_corrections(self) -> None:
        """Nobody corrects what has ended: what waited for another person goes with it."""
        if self._over:
            waiting = WaitingCorrection.record_id.in_(self._over)
            self._session.execute(delete(WaitingCorrection).where(waiting))
        self._over = []

    def _end_honours(self) -> None:
        """Nobody stays on a list of honour whom dishonesty takes off it."""
        if not any(on for on, _ in self._came):
            return
        for record in honours_ended(self._session, load_rulebook(), self._came):
            self.end(record, DISHONEST, self._now.date())
            named = f"record/{record.id}"
            note(self._session, self._now, "system", "end", named, reason=DISHONEST)

    def _clear_honours(self) -> None:
        """Where what ended an honour was void, its ending no more speaks of dishonesty.

        It is told anew by the ledger, so that whoever was told of it hears the right reason.
        """
        for record in cleared(self._session, load_rulebook(), self._fallen):
            hashed = self._session.get_one(LedgerEntry, record.ledger_seq).content_hash
            record.ledger_seq = self._ledger.append(
                record.register, record.id, Action.END, UNFOUNDED, hashed
            )
            record.updated_at = self._now
            named = f"record/{record.id}"
            note(self._session, self._now, "system", "end", named, reason=UNFOUNDED)

    def _record(self, record_id: int) -> Record:
        record = self._session.get(Record, record_id)
        assert record is not None, "a key was found, so its record is there"
        return record

    def _take_new(self, prepared: Prepared, submission_id: int | None, outcome: Outcome) -> Outcome:
        if prepared.withheld:
            return Outcome.WITHHELD
        self._publish(prepared, submission_id)
        return outcome

    def _replace(self, record: Record, prepared: Prepared, submission_id: int | None) -> Outcome:
        """The one withdrawn gives its key up to the changed decision, and stays withdrawn."""
        number = self._ledger.next_seq
        outcome = self._take_new(prepared, submission_id, Outcome.REPLACED)
        if outcome is Outcome.REPLACED:
            record.key = self._retired(record)
            self._session.flush()
            self.replaced.append((record.id, number))
        return outcome

    def _retired(self, record: Record) -> bytes:
        """A wording withdrawn twice, by way of a correction, is kept twice."""
        key = retired_key(self._vault, record.key, record.fingerprint)
        while known_records(self._session, [key]):
            key = retired_key(self._vault, key, record.fingerprint)
        return key

    @staticmethod
    def _hash(record: Record) -> bytes:
        assert record.salt is not None, "only an ended record has no salt"
        return content_hash(record.salt, form_of(record).canonical())

    def _publish(self, prepared: Prepared, submission_id: int | None) -> None:
        entry, salt, seq = prepared.entry, self._salts.new(), self._ledger.next_seq
        self._came.append((prepared.list_name, entry.uscc))
        hashed = content_hash(salt, form_of_entry(seq, prepared).canonical())
        self._ledger.append(entry.register, seq, Action.PUBLISH, "", hashed)
        sealed = self._vault.seal(prepared.sealed_json) if prepared.sealed_json else None
        self._new.append(
            (
                seq,
                prepared.key,
                prepared.fingerprint,
                entry.register,
                entry.agency,
                entry.subject_name,
                entry.subject_kind,
                entry.uscc,
                entry.document_number,
                entry.document_number_key,
                entry.division,
                prepared.list_name,
                prepared.campaign,
                entry.decided_on,
                entry.amount_fen,
                entry.severity,
                entry.rule,
                entry.publication_start,
                entry.publication_end,
                State.PUBLISHED.value,
                False,
                1,
                seq,
                self._now,
                self._now,
                salt,
                prepared.content_json,
                sealed,
                submission_id,
                prepared.row_number,
                None,
                "",
            )
        )

    def _amend(
        self,
        record: Record,
        prepared: Prepared,
        submission_id: int | None,
        reason: str = "resubmitted",
    ) -> None:
        self._came.append((prepared.list_name, prepared.entry.uscc))
        if prepared.list_name and prepared.entry.decided_on is None:
            keep_days(record, prepared.entry)
        before = form_of(record).canonical()
        after = form_of_entry(record.id, prepared)
        self._session.add(
            RecordRevision(
                record_id=record.id,
                revision=record.revision,
                ledger_seq=record.ledger_seq,
                published_at=record.updated_at,
                replaced_at=self._now,
                public_json=before.decode(),
                sealed=record.sealed,
                changed=",".join(changed_fields(before, after.canonical())),
                reason=reason,
            )
        )
        self._overwrite(record, prepared)
        record.revision += 1
        record.salt = self._salts.new()
        record.updated_at, record.submission_id = self._now, submission_id
        record.row_number = prepared.row_number
        said = "" if reason == "resubmitted" else reason
        record.ledger_seq = self._ledger.append(
            record.register, record.id, Action.AMEND, said, self._hash(record)
        )

    def _overwrite(self, record: Record, prepared: Prepared) -> None:
        entry = prepared.entry
        for name in OF_ENTRY:
            setattr(record, name, getattr(entry, name))
        record.fingerprint = prepared.fingerprint
        record.list_name, record.campaign = prepared.list_name, prepared.campaign
        record.content_json = prepared.content_json
        record.sealed = self._vault.seal(prepared.sealed_json) if prepared.sealed_json else None
