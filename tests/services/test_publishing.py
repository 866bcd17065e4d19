from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from credit_site.models import AuditEvent, LedgerEntry, Record, RecordRevision, StagedRow
from credit_site.services.ledger import verify
from credit_site.services.public_records import EndedRecord, PublicRecord, get, visible
from credit_site.services.publication import (
    EndReason,
    NotPublished,
    end_expired,
    end_record,
    publish_staged,
)
from credit_site.services.record_revisions import earlier_wordings
from credit_site.services.taking import take_rows
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

TODAY = date(2026, 6, 1)


def actions(session: Session) -> list[tuple[int, int, str]]:
    query = select(LedgerEntry.seq, LedgerEntry.record_id, LedgerEntry.action)
    rows = session.execute(query.order_by(LedgerEntry.seq))
    return [(seq, record_id, action) for seq, record_id, action in rows]


def test_a_new_entry_becomes_a_record_that_bears_its_ledger_number(
    desk: Desk, session: Session
) -> None:
    assert desk.publish(penalty(1), penalty(2)) == Counter(rows=2, accepted=2)
    assert actions(session) == [(1, 1, "publish"), (2, 2, "publish")]
    record = get(session, 2, TODAY)
    assert isinstance(record, PublicRecord)
    assert record.document_number == "郑市监处罚〔2026〕2号"


def test_the_same_entry_again_changes_nothing(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1))
    assert desk.publish(penalty(1)) == Counter(rows=1, unchanged=1)
    assert actions(session) == [(1, 1, "publish")]


def test_a_corrected_entry_amends_the_record_and_keeps_the_revision(
    desk: Desk, session: Session
) -> None:
    desk.publish(penalty(1), penalty(2))
    assert desk.publish(saying(penalty(1), violation_facts="更正后的事实")) == Counter(
        rows=1, accepted=1
    )
    record = get(session, 1, TODAY)
    assert isinstance(record, PublicRecord)
    assert record.revision == 2
    assert record.content["violation_facts"] == "更正后的事实"
    assert [view.changed for view in earlier_wordings(session, record)] == [("violation_facts",)]
    kept = session.scalars(select(RecordRevision)).one()
    assert "销售侵犯注册商标专用权的商品" in kept.public_json
    assert actions(session)[-1] == (3, 1, "amend")
    assert not verify(session).problems


def test_a_record_that_ended_is_not_brought_back_by_a_file(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1))
    end_record(session, desk.vault, 1, EndReason.REPAIRED, "reviewer", desk.now)
    assert desk.publish(saying(penalty(1), violation_facts="再次报送")) == Counter(
        rows=1, rejected=1
    )
    assert desk.issues == ["record_has_ended"]
    assert session.scalars(visible(TODAY)).all() == []


def test_a_changed_decision_is_a_record_of_its_own_and_the_audit_log_joins_the_two(
    desk: Desk, session: Session
) -> None:
    desk.publish(penalty(1))
    desk.change(1, saying(penalty(1), violation_facts="复议后认定的事实"))
    assert actions(session) == [(1, 1, "publish"), (2, 1, "end"), (3, 3, "publish")]
    assert [record.id for record in session.scalars(visible(TODAY))] == [3]
    query = select(AuditEvent.subject, AuditEvent.details).where(
        AuditEvent.action.in_(("replaced", "replaces"))
    )
    assert session.execute(query.order_by(AuditEvent.id)).all() == [
        ("record/1", '{"other":3}'),
        ("record/3", '{"other":1}'),
    ]
    assert not verify(session).problems


def test_a_changed_decision_is_not_published_without_a_review(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1))
    desk.change(1, saying(penalty(1), violation_facts="复议后认定的事实"))
    desk.change(3, saying(penalty(1), violation_facts="再审后认定的事实"))
    assert desk.publish(penalty(1)) == Counter(rows=1, rejected=1)
    desk.publish(penalty(2))
    desk.change(6, penalty(2, withheld="轻微处罚不予公示"))
    assert desk.publish(saying(penalty(2), violation_facts="变更后的事实")) == Counter(
        rows=1, rejected=1
    )
    assert desk.issues == ["record_has_ended", "replaces_withdrawn"]
    assert [record.id for record in session.scalars(visible(TODAY))] == [5]


def test_ending_leaves_a_notice_and_throws_the_salt_away(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1))
    end_record(session, desk.vault, 1, EndReason.REVOKED, "reviewer", desk.now)
    assert get(session, 1, TODAY) == EndedRecord(1, TODAY, "revoked", "penalty")
    assert session.get_one(Record, 1).salt is None
    assert actions(session) == [(1, 1, "publish"), (2, 1, "end")]
    assert not verify(session).problems


def test_a_record_ends_only_once(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1))
    end_record(session, desk.vault, 1, EndReason.REVOKED, "reviewer", desk.now)
    with pytest.raises(NotPublished):
        end_record(session, desk.vault, 1, EndReason.REPAIRED, "reviewer", desk.now)
    with pytest.raises(NotPublished):
        end_record(session, desk.vault, 99, EndReason.REPAIRED, "reviewer", desk.now)


def test_what_must_not_be_published_is_kept_but_gets_no_ledger_entry(
    desk: Desk, session: Session
) -> None:
    minor = penalty(1, withheld="轻微处罚不予公示")
    assert desk.publish(minor) == Counter(rows=1, accepted=1, withheld=1)
    assert desk.publish(minor) == Counter(rows=1, unchanged=1)
    assert actions(session) == []
    assert session.scalars(select(StagedRow)).one().reason == "轻微处罚不予公示"


def test_a_published_record_that_must_no_longer_be_public_ends(
    desk: Desk, session: Session
) -> None:
    desk.publish(penalty(1))
    desk.publish(penalty(1, withheld="该处罚决定已撤销"))
    assert get(session, 1, TODAY) == EndedRecord(1, TODAY, "corrected", "penalty")


def test_an_expired_record_is_hidden_at_once_and_ended_by_the_daily_duty(
    desk: Desk, session: Session, clock: StandingClock
) -> None:
    desk.publish(penalty(1, publication_end=date(2026, 6, 1)), penalty(2))
    assert isinstance(get(session, 1, date(2026, 6, 1)), PublicRecord)
    assert get(session, 1, date(2026, 6, 2)) == EndedRecord(
        1, date(2026, 6, 2), "expired", "penalty"
    )
    clock.move(days=1)
    assert end_expired(session, desk.vault, clock.now()) == 1
    assert end_expired(session, desk.vault, clock.now()) == 0
    assert get(session, 1, date(2026, 6, 2)) == EndedRecord(
        1, date(2026, 6, 2), "expired", "penalty"
    )


def test_a_record_is_not_there_before_its_publication_begins(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1, publication_start=date(2026, 6, 2)))
    assert get(session, 1, date(2026, 6, 1)) is None
    assert isinstance(get(session, 1, date(2026, 6, 2)), PublicRecord)


def test_staged_rows_become_public_only_when_published(desk: Desk, session: Session) -> None:
    submission = desk.stage(penalty(1), penalty(2), penalty(3))
    assert actions(session) == []
    taken = publish_staged(session, desk.vault, submission, "reviewer", desk.now, most=2)
    assert taken.counts == Counter(new=2)
    publish_staged(session, desk.vault, submission, "reviewer", desk.now)
    assert not publish_staged(session, desk.vault, submission, "reviewer", desk.now).counts
    assert len(actions(session)) == 3
    assert {row.entry for row in session.scalars(select(StagedRow))} == {None}


def test_staged_entries_are_sealed(desk: Desk, session: Session) -> None:
    desk.stage(penalty(1, sealed={"counterparty_document_number": "秘密内容"}))
    stored = session.scalars(select(StagedRow)).one()
    assert stored.entry is not None
    assert "秘密内容".encode() not in stored.entry
    assert "郑州某某".encode() not in stored.entry


def test_sealed_values_stand_nowhere_in_the_clear(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1, sealed={"legal_representative_document_number": "秘密内容"}))
    record = session.get_one(Record, 1)
    assert record.sealed is not None
    assert "秘密内容" in desk.vault.open(record.sealed).decode()
    shown = [getattr(record, column.key) for column in Record.__table__.columns]
    assert not any("秘密内容" in str(value) for value in shown)
    details = session.scalars(select(AuditEvent.details)).all()
    assert not any("秘密内容" in text for text in details)


@pytest.mark.parametrize(
    ("column", "value"),
    [("reason", "x"), ("record_id", 2), ("content_hash", b"0" * 32), ("own_hash", b"0" * 32)],
)
def test_a_changed_ledger_entry_is_found(
    desk: Desk, session: Session, column: str, value: object
) -> None:
    desk.publish(penalty(1), penalty(2), penalty(3))
    assert not verify(session).problems
    session.execute(update(LedgerEntry).where(LedgerEntry.seq == 1).values({column: value}))
    assert verify(session).problems


def test_a_dropped_ledger_entry_is_found(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1), penalty(2), penalty(3))
    session.delete(session.get_one(LedgerEntry, 2))
    session.flush()
    assert verify(session).problems


def test_a_record_changed_behind_the_ledgers_back_is_found(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1))
    session.execute(update(Record).values(subject_name="另一家公司"))
    session.expire_all()
    assert verify(session).problems == ("record 1: what it says is not what the ledger hashed",)


def test_a_record_slipped_in_without_the_ledger_is_found(desk: Desk, session: Session) -> None:
    desk.publish(penalty(1), penalty(2))
    session.execute(update(Record).where(Record.id == 2).values(ledger_seq=1))
    assert verify(session).problems


def test_a_use_case_that_fails_in_the_middle_leaves_nothing(desk: Desk, session: Session) -> None:
    submission = desk.open()
    rows = desk.rows([penalty(1), penalty(2)])
    rows[1].prepared.entry.publication_start = None  # type: ignore[union-attr]
    with pytest.raises(Exception, match=r"NOT NULL|not-null|null value"):
        take_rows(session, desk.vault, submission, rows, desk.now)
    assert session.scalar(select(func.count()).select_from(Record)) == 0
    assert actions(session) == []
