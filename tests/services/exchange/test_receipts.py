"""Receipts: read back once, refused rows wait for a correction, nothing that came in is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from sqlalchemy import select

from credit_site.domain.states import BatchState, RowState
from credit_site.models import ExchangeBatch, ExchangeReceipt, ExchangeRow
from credit_site.services.exchange.receipt_sources import ReceiptReader
from credit_site.services.exchange.refusals import ask_again, open_refusals, refusals
from credit_site.services.exchange.running import Turn
from credit_site.services.exchange.terms import ExchangeProblem, ExchangeTools
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import CODE, PERSON_NUMBER, penalty, person, saying
from tests.support.platform import DatabasePlatform, FolderPlatform
from tests.support.publishing import Desk

Make = Callable[..., FolderPlatform]
RunOnce = Callable[[], Turn]
BATCH = "penalty_2018_legal-1-000001"


@pytest.fixture
def platform(desk: Desk, channel: Make, turn: RunOnce) -> FolderPlatform:
    """A platform to which two records were sent."""
    made = channel()
    desk.publish(penalty(1), penalty(2))
    turn()
    return made


def states(desk: Desk) -> list[str]:
    query = select(ExchangeRow.state).order_by(ExchangeRow.id)
    return list(desk.session.scalars(query))


def refuse_first(platform: FolderPlatform, reason: str = "罚款金额缺失") -> None:
    platform.put("r.csv", f"批次号,批内行号,处理结果,原因\n{BATCH},1,失败,{reason}\n".encode())


def test_rows_are_accepted_and_refused_and_the_batch_is_acknowledged(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    refuse_first(platform)
    assert turn().receipts == 1
    assert states(desk) == [RowState.REFUSED, RowState.SENT]
    assert desk.session.query(ExchangeBatch).one().state == BatchState.DELIVERED
    platform.put("r2.csv", f"BATCH_NO,ROW_NO,RESULT\n{BATCH},2,入库\n".encode())
    turn()
    assert states(desk) == [RowState.REFUSED, RowState.ACCEPTED]
    assert desk.session.query(ExchangeBatch).one().state == BatchState.ACKNOWLEDGED
    (row,) = refusals(desk.session, "market-supervision")
    assert (row.record_id, row.reason, row.batch) == (1, "罚款金额缺失", BATCH)
    assert refusals(desk.session, "health") == []


def test_a_corrected_row_goes_out_by_itself_as_new_and_its_refusal_is_closed(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    refuse_first(platform)
    turn()
    assert open_refusals(desk.session, "") == 1
    desk.publish(saying(penalty(1), violation_facts="补充以后的事实"))
    turn()
    last = desk.session.query(ExchangeRow).order_by(ExchangeRow.id.desc()).first()
    assert last is not None
    assert (last.record_id, last.operation, last.state) == (1, "new", "sent")
    assert open_refusals(desk.session, "") == 0


def test_a_change_that_was_refused_goes_out_again_as_a_change(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    desk.publish(saying(penalty(1), violation_facts="第二稿"))
    turn()
    second = BATCH[:-1] + "2"
    platform.put("r.csv", f"批次号,批内行号,处理结果\n{second},1,0\n".encode())
    desk.publish(saying(penalty(1), violation_facts="第三稿"))
    turn()
    last = desk.session.query(ExchangeRow).order_by(ExchangeRow.id.desc()).first()
    assert last is not None
    assert last.operation == "changed"


def test_what_was_refused_as_new_and_ended_since_is_not_sent_and_waits_no_more(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    refuse_first(platform)
    turn()
    end_record(desk.session, desk.vault, 1, EndReason.ERROR, "t", desk.now)
    (row,) = refusals(desk.session, "")
    assert row.past
    with pytest.raises(ExchangeProblem, match="不用再送"):
        ask_again(desk.session, row.id, "account:1", desk.now)
    assert turn().cut == 0
    assert open_refusals(desk.session, "") == 0


def test_a_reviewer_has_the_same_row_sent_again_once(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    refuse_first(platform)
    turn()
    (row,) = refusals(desk.session, "")
    ask_again(desk.session, row.id, "account:1", desk.now)
    with pytest.raises(ExchangeProblem, match="已经安排重送"):
        ask_again(desk.session, row.id, "account:1", desk.now)
    assert turn().delivered == 1
    assert turn().cut == 0
    assert states(desk) == ["refused", "sent", "sent"]
    with pytest.raises(ExchangeProblem, match="已经重新送出"):
        ask_again(desk.session, row.id, "account:1", desk.now)


def test_the_same_receipt_twice_changes_nothing(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    for name in ("one.csv", "two.csv"):
        platform.put(name, f"批次号,批内行号,处理结果\n{BATCH},1,成功\n".encode())
        turn()
    assert desk.session.query(ExchangeReceipt).count() == 1
    done = platform.folder / "receipts" / "done"
    assert [path.name.split("-", 1)[1] for path in sorted(done.iterdir())] == ["one.csv", "two.csv"]


def test_a_late_refusal_of_what_went_out_again_does_not_wait(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    desk.publish(saying(penalty(1), violation_facts="第二稿"))
    turn()
    refuse_first(platform)
    turn()
    assert states(desk)[0] == RowState.REFUSED
    assert open_refusals(desk.session, "") == 0


def xlsx(batch: str) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["批次号", "行号", "处理结果", "退回原因"])
        page.write_row(1, 0, [batch, 1, 1])
        page.write_row(2, 0, [batch, 2, 0, "格式"])
    return stream.getvalue()


XML = (
    f"<receipts><receipt><BATCH_NO>{BATCH}</BATCH_NO><ROW_NO>1</ROW_NO><RESULT>1</RESULT>"
    f"</receipt><receipt BATCH_NO='{BATCH}' ROW_NO='2' RESULT='0' REASON='格式'/></receipts>"
)
BY_NUMBER = (
    "文号,统一社会信用代码,处理结果,原因\n"
    f"郑市监处罚[2026]1号,{CODE.lower()},成功,\n郑市监处罚（2026）2号,{CODE},退回,格式\n"
)
BY_ID = "数据标识,结果,错误信息\n1,通过,\n2,不通过,格式\n"


@pytest.mark.parametrize(
    "content",
    [
        xlsx(BATCH),
        XML.encode(),
        BY_NUMBER.encode("gb18030"),
        BY_ID.encode("utf-8-sig"),
    ],
    ids=["xlsx", "xml", "document number and code", "id"],
)
def test_receipts_are_read_in_every_form(
    desk: Desk, platform: FolderPlatform, turn: RunOnce, content: bytes
) -> None:
    platform.put("receipt.dat", content)
    turn()
    assert states(desk) == ["accepted", "refused"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02 no receipt",
        "名称,代码\n甲,1\n".encode(),
        b"<receipts><receipt>",
        b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r><x RESULT="1" ROW_ID="1"/></r>',
        b"<html></html>",
    ],
    ids=["empty", "bytes", "other columns", "broken", "entities", "no receipt in it"],
)
def test_what_cannot_be_read_is_told_and_laid_aside(
    desk: Desk, platform: FolderPlatform, turn: RunOnce, content: bytes
) -> None:
    path = platform.put("坏的.csv", content)
    assert turn().problem == ""
    (receipt,) = desk.session.query(ExchangeReceipt).all()
    assert receipt.problem
    assert not path.exists()
    (aside,) = (path.parent / "unreadable").iterdir()
    assert aside.read_bytes() == content
    assert aside.stat().st_mode & 0o777 == 0o600
    assert states(desk) == ["sent", "sent"]


def test_lines_that_lead_nowhere_are_told_and_the_others_hold(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    text = (
        f"批次号,批内行号,处理结果\n{BATCH},1,成功\n{BATCH},99,成功\nother,1,成功\n{BATCH},2,也许\n"
    )
    platform.put("r.csv", text.encode())
    turn()
    receipt = desk.session.query(ExchangeReceipt).one()
    assert (receipt.accepted, receipt.unknown) == (1, 3)
    assert "第 3 行：找不到对应的数据" in receipt.problem
    assert "“也许”看不懂" in receipt.problem
    assert states(desk) == ["accepted", "sent"]
    assert len(list((platform.folder / "receipts" / "unreadable").iterdir())) == 1


def test_a_file_that_is_still_written_to_is_left_alone(
    desk: Desk, platform: FolderPlatform, turn: RunOnce
) -> None:
    refuse_first(platform)
    path = platform.folder / "receipts" / "r.csv"
    os.utime(path)
    for name in (".hidden.csv", "growing.csv.part"):
        platform.put(name, b"batch")
    (path.parent / "link.csv").symlink_to(path)
    assert turn().receipts == 0
    assert path.exists()


def test_no_number_of_a_person_comes_back_with_a_reason(
    desk: Desk, channel: Make, turn: RunOnce, id_number: Callable[..., str]
) -> None:
    platform = channel("penalty_2018_person")
    desk.publish(person(1))
    turn()
    reason = f"{PERSON_NUMBER}与{id_number()}不符；欧阳某某"
    name = f"{id_number()}.csv"
    platform.put(name, f"数据标识,处理结果,原因\n1,失败,{reason}\n".encode())
    turn()
    (row,) = refusals(desk.session, "")
    assert row.reason == "*********"[: len(PERSON_NUMBER)] + "与" + "*" * 18 + "不符；****"
    assert id_number() not in desk.session.query(ExchangeReceipt).one().name


def test_a_receipt_brought_by_hand_is_kept_sealed(
    desk: Desk, platform: FolderPlatform, tools: ExchangeTools, tmp_path: Path
) -> None:
    reader = ReceiptReader(desk.session, tools, 1, desk.now)
    content = f"批次号,批内行号,处理结果,原因\n{BATCH},1,失败,要核对的原因\n".encode()
    assert reader.upload("手工.csv", content).counts[RowState.REFUSED] == 1
    with pytest.raises(ExchangeProblem, match="已经读过"):
        reader.upload("手工.csv", content)
    with pytest.raises(ExchangeProblem, match="没有看到回执"):
        reader.upload("别的.csv", "名称\n甲\n".encode())
    receipts = desk.session.query(ExchangeReceipt).order_by(ExchangeReceipt.id).all()
    assert [one.source for one in receipts] == ["upload", "upload"]
    assert b"".join(tools.files.read(receipts[0].sha256)) == content
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*.sealed"))
    assert "要核对的原因".encode() not in kept
    assert not list(tools.work.iterdir())


def test_a_front_end_database_answers_in_its_table(
    desk: Desk, database_channel: Callable[[str], DatabasePlatform], turn: RunOnce
) -> None:
    platform = database_channel("penalty_2018_legal")
    platform.mirror.refuse = lambda row: "违法事实太短" if row["ROW_NO"] == "2" else ""
    desk.publish(penalty(1), penalty(2))
    turn()
    platform.fetch()
    platform.answer()
    platform.ask("INSERT INTO ex_receipts (batch_no, row_no, result) VALUES ('others', '1', '1')")
    assert turn().receipts == 1
    assert turn().receipts == 0
    assert states(desk) == ["accepted", "refused"]
    read = platform.ask("SELECT count(*) FROM ex_receipts WHERE read_at IS NOT NULL")
    assert read == [(2,)], "those of other senders are left to them"


def test_a_batch_s_number_may_come_with_blanks_as_columns_of_fixed_width_have_it(
    desk: Desk, database_channel: Callable[[str], DatabasePlatform], turn: RunOnce
) -> None:
    platform = database_channel("penalty_2018_legal")
    desk.publish(penalty(1), penalty(2))
    turn()
    values = f"(' {BATCH}   ', '1 ', '0', '违法事实太短')"
    named = "(batch_no, row_no, result, reason)"
    platform.ask(f"INSERT INTO ex_receipts {named} VALUES {values}")  # noqa: S608  # our own words
    assert turn().receipts == 1
    assert states(desk) == ["refused", "sent"]
