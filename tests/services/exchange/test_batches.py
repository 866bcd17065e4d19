"""Batches: what changed and nothing else, as new, changed or ended, with gapless numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from credit_site.domain.exchange_types import Operation
from credit_site.models import ExchangeBatch, ExchangeChannel, ExchangeRow, LedgerEntry, Record
from credit_site.services.amending import mark_dispute
from credit_site.services.exchange.cutting import cut
from credit_site.services.exchange.running import Turn
from credit_site.services.exchange.terms import ExchangeTools
from credit_site.services.grounds import Ground
from credit_site.services.publication import EndReason, end_expired, end_record
from tests.support.entries import penalty, person, saying
from tests.support.platform import FolderPlatform
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

Make = Callable[..., FolderPlatform]
RunOnce = Callable[[], Turn]


def operations(desk: Desk) -> list[tuple[int, int, str]]:
    """Batch, record, operation of all rows."""
    query = select(ExchangeRow).order_by(ExchangeRow.id)
    return [(r.batch_id, r.record_id, r.operation) for r in desk.session.scalars(query)]


def test_the_first_batch_holds_everything_public_and_the_next_only_what_changed(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    platform = channel()
    desk.publish(penalty(1), penalty(2))
    assert turn() == Turn("省平台", cut=1, delivered=1)
    desk.publish(saying(penalty(1), violation_facts="别的事实"), penalty(3))
    turn()
    platform.fetch()
    assert operations(desk) == [(1, 1, "new"), (1, 2, "new"), (2, 1, "changed"), (2, 4, "new")]
    assert platform.mirror.held[1]["CF_SY"] == "别的事实"
    assert platform.mirror.numbers == [1, 2]


def test_where_nothing_changed_there_is_no_batch(desk: Desk, channel: Make, turn: RunOnce) -> None:
    channel()
    assert turn().cut == 0
    desk.publish(penalty(1))
    assert turn().cut == 1
    assert turn().cut == 0
    assert desk.session.scalars(select(ExchangeBatch.number)).all() == [1]


def test_a_record_that_came_and_went_between_two_batches_is_never_sent(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    channel()
    desk.publish(penalty(1), penalty(2))
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "t", desk.now)
    turn()
    assert operations(desk) == [(1, 2, "new")]


def test_an_ending_goes_out_with_its_reason_and_only_what_tells_which_one_it_is(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    platform = channel()
    desk.publish(penalty(1))
    turn()
    platform.fetch()
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "t", desk.now)
    turn()
    (row,) = platform.rows(platform.folder / "penalty_2018_legal-1-000002.xml")
    said = {code: text for code, text in row.items() if text}
    assert said == {
        "BATCH_NO": "penalty_2018_legal-1-000002",
        "ROW_NO": "1",
        "ROW_ID": "1",
        "OPERATION": "3",
        "OPERATION_REASON": "信用修复",
        "CF_WSH": "郑市监处罚〔2026〕1号",
        "CF_XDR_SHXYM": "91410100MA0000015B",
    }
    platform.fetch()
    assert platform.mirror.held == {}


def test_what_expires_is_ended_at_the_receiver(
    desk: Desk, channel: Make, turn: RunOnce, clock: StandingClock
) -> None:
    platform = channel()
    desk.publish(penalty(1, publication_end=date(2026, 6, 1)))
    turn()
    platform.fetch()
    assert platform.mirror.held
    clock.move(days=1)
    end_expired(desk.session, desk.vault, clock.now())
    turn()
    platform.fetch()
    assert not platform.mirror.held


def test_a_record_whose_first_day_comes_later_goes_out_on_that_day(
    desk: Desk, channel: Make, turn: RunOnce, clock: StandingClock
) -> None:
    channel()
    desk.publish(penalty(1, publication_start=date(2026, 6, 3)))
    assert turn().cut == 0
    clock.move(days=1)
    assert turn().cut == 0
    clock.move(days=1)
    assert turn().cut == 1


def test_what_changes_nothing_in_the_profile_is_not_sent_again(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    channel()
    desk.publish(penalty(1))
    turn()
    desk.publish(saying(penalty(1), campaign="剑网行动"))
    assert desk.session.query(LedgerEntry).count() == 2
    assert turn().cut == 0


def test_a_profile_takes_only_the_subjects_it_is_for(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    channel()
    desk.publish(penalty(1), person(2))
    turn()
    assert operations(desk) == [(1, 1, "new")]


def test_a_record_corrected_into_another_profile_ends_at_the_first(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    channel()
    desk.publish(penalty(1))
    turn()
    record = desk.session.get_one(Record, 1)
    record.subject_kind, record.ledger_seq = "natural_person", 2
    desk.session.commit()
    desk.publish(penalty(5))
    turn()
    assert operations(desk)[1:] == [(2, 1, "ended"), (2, 2, "new")]


def test_a_changed_decision_is_new_at_the_receiver_after_the_ending_of_the_one_withdrawn(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    platform = channel()
    desk.publish(penalty(1))
    turn()
    desk.change(1, saying(penalty(1), violation_facts="复议后认定的事实"))
    turn()
    platform.fetch()
    assert operations(desk)[1:] == [(2, 1, "ended"), (2, 3, "new")]
    assert platform.mirror.held[3]["CF_SY"] == "复议后认定的事实"


def test_a_large_backlog_is_cut_into_batches_of_the_profile_s_size(
    desk: Desk, channel: Make, tools: ExchangeTools
) -> None:
    channel()
    profile = replace(tools.rulebook.profiles["penalty_2018_legal"], most_rows=3)
    small = replace(tools, rulebook=replace(tools.rulebook, profiles={profile.name: profile}))
    desk.publish(*(penalty(number) for number in range(1, 9)))
    done = [cut(desk.session, small, 1, desk.now) for _ in range(3)]
    assert [(one.rows, one.complete) for one in done] == [(3, False), (3, False), (2, True)]
    found = desk.session.scalars(select(ExchangeBatch).order_by(ExchangeBatch.number)).all()
    assert [(one.since, one.until) for one in found] == [(0, 3), (3, 6), (6, 8)]


def test_a_paused_channel_goes_on_from_where_it_stood(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    platform = channel()
    desk.publish(penalty(1))
    turn()
    desk.session.get_one(ExchangeChannel, 1).active = False
    desk.session.commit()
    desk.publish(penalty(2))
    assert turn() == Turn("省平台")
    desk.session.get_one(ExchangeChannel, 1).active = True
    desk.session.commit()
    assert turn().delivered == 1
    platform.fetch()
    assert sorted(platform.mirror.held) == [1, 2]


def test_the_table_of_2016_says_an_objection_and_a_revocation_by_its_state(
    desk: Desk, channel: Make, turn: RunOnce
) -> None:
    platform = channel("penalty_2016")
    ground = Ground("核实", "异议申请", date(2026, 6, 1))
    desk.publish(penalty(1), penalty(2))
    turn()
    mark_dispute(desk.session, desk.vault, 1, ground, "t", desk.now, disputed=True)
    end_record(desk.session, desk.vault, 2, EndReason.REVOKED, "t", desk.now)
    turn()
    first, second = (
        list(platform.rows(platform.folder / f"penalty_2016-1-00000{n}.xml")) for n in (1, 2)
    )
    assert [row["CF_ZT"] for row in first] == ["0", "0"]
    assert [(row["CF_ZT"], row["OPERATION"]) for row in second] == [("2", "2"), ("1", "3")]
    assert first[0]["SJC"].startswith("2026/06/01 ")
    assert first[0]["DFBM"] == "410105"


@pytest.mark.parametrize("kind", ["xml", "csv", "xlsx"])
def test_every_format_says_the_same(desk: Desk, channel: Make, turn: RunOnce, kind: str) -> None:
    platform = channel(kind=kind)
    facts = '=1+1,"引号"\n第二行\t和制表符\v与\x01看不见的'
    desk.publish(saying(penalty(1), violation_facts=facts))
    turn()
    platform.fetch()
    held = platform.mirror.held[1]
    assert held["CF_NR_FK"] == "1"
    assert held["CF_CFLB"] == "罚款"
    said = held["CF_SY"]
    assert said.startswith('=1+1,"引号"\n第二行\t和制表符'), "nothing is defused here"
    if kind == "xml":
        assert said.endswith("与看不见的"), "XML cannot hold control characters"


def test_the_manifest_counts_and_holds_no_content(desk: Desk, channel: Make, turn: RunOnce) -> None:
    platform = channel()
    desk.publish(penalty(1), penalty(2))
    turn()
    text = (platform.folder / "penalty_2018_legal-1-000001.json").read_text()
    said = json.loads(text)
    assert said["rows"] == {"total": 2, "new": 2, "changed": 0, "ended": 0}
    assert said["ledger"] == {"after": 0, "until": 2}
    assert (said["version"], said["personal"]) == ("1", False)
    assert "某某" not in text
    stored = desk.session.query(ExchangeBatch).one()
    assert stored.manifest == text


def test_content_is_not_kept_once_it_is_delivered(
    desk: Desk, channel: Make, turn: RunOnce, tools: ExchangeTools
) -> None:
    channel()
    desk.publish(penalty(1))
    cut(desk.session, tools, 1, desk.now)
    sealed = desk.session.query(ExchangeRow).one().cells
    assert sealed is not None
    assert "某某".encode() not in sealed
    turn()
    assert desk.session.query(ExchangeRow).one().cells is None
    assert desk.session.query(ExchangeRow).one().operation == Operation.NEW
