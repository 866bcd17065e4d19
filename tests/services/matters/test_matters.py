"""Objections, repairs, screenings and tips: opened, decided, with what follows on the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterAction, MatterKind, MatterState, after
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import Clock, vault
from credit_site.models import AuditEvent, LedgerEntry, Matter, MatterFile, MatterStep, Record
from credit_site.services.file_store import FileStore
from credit_site.services.ledger import verify
from credit_site.services.matters.opening import Receipt, SentFile, Wish, open_matter
from credit_site.services.matters.purging import MatterPurger
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from credit_site.services.matters.views import followed, inbox
from credit_site.services.public_records import EndedRecord, PublicRecord, get
from credit_site.services.reviewing import NotPossible
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

BOOK = load_rulebook()
TODAY = date(2026, 6, 1)
PHONE = f"{138 * 10**8 + 1}"
# A general penalty under the rules of 2026: three months from 2026-02-06 have passed.
OLD_ENOUGH = penalty(1, publication_start=date(2026, 2, 6))


@pytest.fixture
def record(desk: Desk) -> int:
    """A record for whose repair one may apply."""
    desk.publish(OLD_ENOUGH)
    return 1


def wish(kind: MatterKind, record: int | None = 1, **changes: object) -> Wish:
    made = Wish(
        kind,
        f"form-of-the-{kind.value}",
        "health" if kind is MatterKind.TIP else "",
        {"name": "王某", "phone": PHONE},
        {"statement": "处罚已经履行"},
        record if kind is not MatterKind.TIP else None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # named fields of a wish


def opened(desk: Desk, kind: MatterKind, **changes: object) -> Receipt:
    return open_matter(desk.session, desk.vault, BOOK, wish(kind, 1, **changes), desk.now)


def step(desk: Desk, action: MatterAction, matter: int = 1, **said: object) -> MatterState:
    tools = StepTools(desk.session, desk.vault, BOOK)
    given = {"words": "经核实", "document": "决定〔2026〕1号", "outcome": "ended"}
    order = StepOrder(action, **(given | said))  # type: ignore[arg-type]  # named fields
    return take_step(tools, matter, order, "account:9", desk.now)


def actions(session: Session) -> list[tuple[str, str]]:
    query = select(LedgerEntry.action, LedgerEntry.reason).order_by(LedgerEntry.seq)
    return [(action, reason) for action, reason in session.execute(query)]


def test_an_objection_is_marked_on_the_record_at_once(desk: Desk, record: int) -> None:
    opened(desk, MatterKind.OBJECTION)
    found = get(desk.session, record, TODAY)
    assert isinstance(found, PublicRecord)
    assert found.disputed


def test_the_same_form_sent_twice_is_one_matter_with_one_receipt(desk: Desk, record: int) -> None:
    first = opened(desk, MatterKind.OBJECTION)
    assert opened(desk, MatterKind.OBJECTION) == first
    assert desk.session.query(Matter).count() == 1
    assert actions(desk.session) == [("publish", ""), ("amend", "disputed")]


def test_an_objection_upheld_ends_the_record_by_the_one_way(desk: Desk, record: int) -> None:
    receipt = opened(desk, MatterKind.OBJECTION)
    assert step(desk, MatterAction.UPHOLD) is MatterState.UPHELD
    assert isinstance(get(desk.session, record, TODAY), EndedRecord)
    assert actions(desk.session)[-1] == ("end", "error")
    assert not verify(desk.session).problems
    seen = followed(desk.session, vault(), BOOK, receipt.number.lower(), receipt.secret)
    assert seen is not None
    assert (seen.line.state, seen.reason) == (MatterState.UPHELD, "经核实")


def test_an_objection_is_upheld_as_corrected_only_after_a_correction(
    desk: Desk, record: int
) -> None:
    opened(desk, MatterKind.OBJECTION)
    with pytest.raises(NotPossible, match="请先更正"):
        step(desk, MatterAction.UPHOLD, outcome="corrected")
    desk.publish(saying(OLD_ENOUGH, violation_facts="更正后的事实"))
    step(desk, MatterAction.UPHOLD, outcome="corrected")
    found = get(desk.session, record, TODAY)
    assert isinstance(found, PublicRecord)
    assert not found.disputed


def test_the_mark_stays_while_another_objection_is_looked_into(desk: Desk, record: int) -> None:
    opened(desk, MatterKind.OBJECTION)
    opened(desk, MatterKind.OBJECTION, form_key="another-form-altogether")
    step(desk, MatterAction.REJECT)
    assert desk.session.get_one(Record, record).disputed
    step(desk, MatterAction.REJECT, 2)
    assert not desk.session.get_one(Record, record).disputed


def test_a_repair_too_early_is_told_from_when_and_nothing_is_kept(desk: Desk) -> None:
    desk.publish(penalty(1))
    with pytest.raises(NotPossible, match="2026-08-06"):
        opened(desk, MatterKind.REPAIR)
    assert desk.session.query(Matter).count() == 0


def test_a_repair_granted_ends_the_record_as_repaired(desk: Desk, record: int) -> None:
    opened(desk, MatterKind.REPAIR)
    step(desk, MatterAction.ACCEPT, words="")
    step(desk, MatterAction.EXTEND)
    with pytest.raises(NotPossible, match="已经延长过一次"):
        step(desk, MatterAction.EXTEND)
    step(desk, MatterAction.UPHOLD)
    assert actions(desk.session)[-1] == ("end", "repaired")
    assert isinstance(get(desk.session, record, TODAY), EndedRecord)


def test_a_ruling_on_reorganisation_hides_the_record_for_the_time_being(
    desk: Desk, record: int
) -> None:
    opened(desk, MatterKind.SCREENING)
    step(desk, MatterAction.ACCEPT, words="")
    step(desk, MatterAction.UPHOLD)
    assert actions(desk.session)[-1] == ("screen", "reorganisation")
    assert get(desk.session, record, TODAY) is None
    assert not verify(desk.session).problems


def test_a_tip_is_passed_on_and_answered(desk: Desk) -> None:
    opened(desk, MatterKind.TIP)
    with pytest.raises(NotPossible, match="转给哪个部门"):
        step(desk, MatterAction.REROUTE, agency="health")
    step(desk, MatterAction.REROUTE, agency="tobacco")
    assert [
        line.number for line in inbox(desk.session, BOOK, "health", MatterKind, is_open=True)
    ] == []
    (line,) = inbox(desk.session, BOOK, "tobacco", MatterKind, is_open=True)
    step(desk, MatterAction.ACCEPT, line.id, words="")
    assert step(desk, MatterAction.UPHOLD, line.id, document="") is MatterState.UPHELD


@pytest.mark.parametrize("kind", MatterKind)
def test_every_step_out_of_order_is_refused_and_changes_nothing(
    desk: Desk, record: int, kind: MatterKind
) -> None:
    opened(desk, kind)
    for state in MatterState:
        for action in MatterAction:
            if after(kind, state, action) is not None:
                continue
            desk.session.get_one(Matter, 1).state = state.value
            desk.session.commit()
            before = desk.session.query(LedgerEntry).count()
            with pytest.raises(NotPossible):
                step(desk, action)
            assert desk.session.get_one(Matter, 1).state == state.value
            assert desk.session.query(LedgerEntry).count() == before
            desk.session.rollback()


def test_a_wrong_secret_opens_nothing(desk: Desk, record: int) -> None:
    receipt = opened(desk, MatterKind.OBJECTION)
    plain = receipt.secret.replace("-", "").lower()
    assert followed(desk.session, vault(), BOOK, receipt.number, plain) is not None
    assert followed(desk.session, vault(), BOOK, receipt.number, "A" * 16) is None


def test_nothing_of_the_sender_stands_in_the_clear(desk: Desk, record: int) -> None:
    opened(desk, MatterKind.OBJECTION)
    step(desk, MatterAction.REJECT)
    stored = [
        repr(vars(one))
        for kind in (Matter, MatterStep, AuditEvent)
        for one in desk.session.query(kind)
    ]
    assert not [text for text in stored if PHONE in text or "王某" in text or "已经履行" in text]


def test_a_year_after_the_end_contact_content_and_files_are_gone(
    desk: Desk, record: int, tmp_path: Path, clock: StandingClock
) -> None:
    store = FileStore(tmp_path / "kept", desk.vault)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7 receipt")
    kept = store.keep(tmp_path / "paper.pdf")
    file = SentFile("proof", "application/pdf", kept.size, kept.sha256, "缴款书.pdf")
    receipt = opened(desk, MatterKind.OBJECTION, files=(file,))
    step(desk, MatterAction.REJECT)
    assert purge(desk, store, clock) == 0
    clock.move(days=400)
    assert purge(desk, store, clock) == 1
    seen = followed(desk.session, vault(), BOOK, receipt.number, receipt.secret)
    assert seen is not None
    assert (seen.purged, dict(seen.contact), seen.files) == (True, {}, ())
    assert desk.session.query(MatterFile).count() == 0
    with pytest.raises(FileNotFoundError):
        list(store.read(kept.sha256))


def purge(desk: Desk, store: FileStore, clock: Clock) -> int:
    purger = MatterPurger(store, BOOK, clock)
    done = purger.step(desk.session)
    assert purger.step(desk.session) == 0
    return done
