"""What is thrown away with a matter, what stays, and what a crash has left behind."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.extensions import vault
from credit_site.models import AuditEvent, Matter, MatterFile, MatterStep
from credit_site.services.amending import mark_dispute
from credit_site.services.file_store import FileStore, KeptFile
from credit_site.services.grounds import Ground
from credit_site.services.kept_files import StrayFiles
from credit_site.services.matters.opening import SentFile
from credit_site.services.matters.purging import MatterPurger
from credit_site.services.matters.views import followed
from credit_site.services.record_documents import document_kind
from tests.services.matters.acting import BOOK, bring, step
from tests.support.entries import penalty
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

PAPER = b"%PDF-1.7 paid"
SAID = "当事人王某，住某某路 5 号，电话 0371-60000000"


@pytest.fixture
def store(tmp_path: Path, desk: Desk) -> FileStore:
    return FileStore(tmp_path / "kept", desk.vault)


def keep(store: FileStore, content: bytes = PAPER) -> KeptFile:
    return store.keep_stream(BytesIO(content))


def paper(kept: KeptFile) -> SentFile:
    return SentFile("proof", "application/pdf", kept.size, kept.sha256, "缴款书.pdf")


def is_there(store: FileStore, kept: KeptFile) -> bool:
    try:
        return bool(list(store.read(kept.sha256)))
    except FileNotFoundError:
        return False


def purge(desk: Desk, store: FileStore, clock: StandingClock) -> int:
    clock.move(days=400)
    return MatterPurger(store, BOOK, clock).step(desk.session)


def made_old(folder: Path, moment: datetime) -> None:
    """As if everything in the store had been kept at a moment."""
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (moment.timestamp(), moment.timestamp()))


@pytest.mark.parametrize("action", [MatterAction.REJECT, MatterAction.WITHDRAW])
def test_the_reason_stands_sealed_and_goes_with_the_rest(
    desk: Desk, store: FileStore, clock: StandingClock, action: MatterAction
) -> None:
    desk.publish(penalty(1))
    number, receipt = bring(desk, MatterKind.OBJECTION, desk.now)
    step(desk, number, action, desk.now, SAID)
    seen = followed(desk.session, vault(), BOOK, receipt.number, receipt.secret)
    assert seen is not None
    assert seen.reason == SAID
    everything = [
        repr([getattr(one, column.key) for column in kind.__table__.columns])
        for kind in (Matter, MatterStep, MatterFile, AuditEvent)
        for one in desk.session.query(kind)
    ]
    assert not [text for text in everything if "王某" in text or "60000000" in text]
    assert purge(desk, store, clock) == 1
    seen = followed(desk.session, vault(), BOOK, receipt.number, receipt.secret)
    assert seen is not None
    assert (seen.purged, seen.reason, [one.words for one in seen.steps]) == (True, "", ["", ""])


def test_a_file_that_a_record_rests_on_as_well_stays(
    desk: Desk, store: FileStore, clock: StandingClock
) -> None:
    desk.publish(penalty(1))
    shared, own = keep(store), keep(store, PAPER + b" twice")
    number, _ = bring(desk, MatterKind.OBJECTION, desk.now, paper(shared), paper(own))
    step(desk, number, MatterAction.REJECT, desk.now)
    ground = Ground("核实", "函〔2026〕1号", date(2026, 5, 29), shared.sha256, "application/pdf")
    mark_dispute(desk.session, desk.vault, 1, ground, "account:9", desk.now, disputed=True)
    assert document_kind(desk.session, 1, shared.sha256) == "application/pdf"
    assert document_kind(desk.session, 2, shared.sha256) == ""
    assert purge(desk, store, clock) == 1
    assert is_there(store, shared)
    assert not is_there(store, own)


def test_a_file_that_another_matter_uses_as_well_stays(
    desk: Desk, store: FileStore, clock: StandingClock
) -> None:
    kept = keep(store)
    first, _ = bring(desk, MatterKind.TIP, desk.now, paper(kept), agency="health")
    bring(desk, MatterKind.TIP, desk.now, paper(kept), agency="tobacco")
    step(desk, first, MatterAction.REFUSE, desk.now)
    assert purge(desk, store, clock) == 1
    assert is_there(store, kept)


def test_what_a_crash_left_behind_is_found_a_day_later(
    desk: Desk, store: FileStore, clock: StandingClock, tmp_path: Path
) -> None:
    used, stray, fresh = keep(store), keep(store, b"%PDF stray"), keep(store, b"%PDF fresh")
    bring(desk, MatterKind.TIP, desk.now, paper(used))
    draft = tmp_path / "kept" / ".draft.1.abcd"
    draft.write_bytes(b"half")
    made_old(tmp_path / "kept", clock.now() - timedelta(hours=25))
    keep(store, b"%PDF fresh")  # kept again: its row may be on the way
    assert StrayFiles(store, clock).step(desk.session) == 1
    assert [is_there(store, one) for one in (used, stray, fresh)] == [True, False, True]
    assert not draft.exists()


def test_strays_are_looked_for_once_a_day(
    desk: Desk, store: FileStore, clock: StandingClock, tmp_path: Path
) -> None:
    duty = StrayFiles(store, clock)
    assert duty.step(desk.session) == 0
    keep(store)
    made_old(tmp_path / "kept", clock.now() - timedelta(days=2))
    assert duty.step(desk.session) == 0
    clock.move(days=1)
    assert duty.step(desk.session) == 1
    assert duty.step(desk.session) == 0
