"""Channels: where batches go, tried out before they are stored; secrets stay sealed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from credit_site.models import AuditEvent, ExchangeBatch, ExchangeChannel, ExchangeRow
from credit_site.services.exchange import standing
from credit_site.services.exchange.channels import (
    ChannelWishes,
    change_channel,
    channels,
    make_channel,
    try_channel,
)
from credit_site.services.exchange.databases import address_of
from credit_site.services.exchange.running import ExchangeFollower, Turn, alone
from credit_site.services.exchange.terms import ExchangeProblem, ExchangeTools
from tests.support.entries import penalty
from tests.support.platform import DatabasePlatform, FolderPlatform
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

FOLDER = ChannelWishes(
    "省平台", "penalty_2018_legal", "folder", "csv", "省", "", "publication", "6"
)
Make = Callable[..., FolderPlatform]


def make(desk: Desk, tools: ExchangeTools, **changes: str) -> int:
    return make_channel(desk.session, tools, replace(FOLDER, **changes), "account:1", desk.now)


@pytest.mark.parametrize(
    "folder",
    ["", "..", "../x", "a/../../b", "/etc", "a//b", ".hidden", "a\x00b", "a/b/c/d/e", "x/receipts"],
)
def test_a_folder_never_leads_out_of_the_root(
    desk: Desk, tools: ExchangeTools, folder: str
) -> None:
    with pytest.raises(ExchangeProblem):
        make(desk, tools, folder=folder)
    assert channels(desk.session) == []


def test_a_link_that_leads_out_of_the_root_is_refused(
    desk: Desk, tools: ExchangeTools, tmp_path: Path
) -> None:
    tools.root.mkdir(parents=True)
    (tools.root / "link").symlink_to(tmp_path)
    with pytest.raises(ExchangeProblem, match="通向交换目录以外"):
        make(desk, tools, folder="link")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "起个名称"),
        ({"profile": "none"}, "交换格式"),
        ({"format": "pdf"}, "文件的格式"),
        ({"target": "mail"}, "文件夹还是前置库"),
        ({"schedule": "never"}, "什么时候送"),
        ({"hour": "24"}, "0 到 23"),
        ({"target": "database"}, "填写前置库的地址"),
        ({"target": "database", "address": "no address"}, "看不懂"),
        ({"target": "database", "address": "postgresql:///x"}, "没有主机"),
        ({"target": "database", "address": "sqlite:////tmp/elsewhere.db"}, "交换目录以内"),
        ({"target": "database", "address": "nosuch://u:secret@front.example/x"}, "驱动"),
    ],
)
def test_what_cannot_be_is_said_with_what_to_do(
    desk: Desk, tools: ExchangeTools, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(ExchangeProblem, match=said) as caught:
        make(desk, tools, **wrong)
    assert "secret" not in str(caught.value)
    assert channels(desk.session) == []


def test_a_database_that_does_not_answer_is_said_without_its_password(
    desk: Desk, tools: ExchangeTools
) -> None:
    address = "postgresql://user:secret@127.0.0.1:9/front"
    with pytest.raises(ExchangeProblem, match="连不上前置库") as caught:
        make(desk, tools, target="database", address=address)
    assert "secret" not in str(caught.value)


def test_names_and_folders_belong_to_one_channel(desk: Desk, tools: ExchangeTools) -> None:
    make(desk, tools)
    with pytest.raises(ExchangeProblem, match="同名"):
        make(desk, tools, folder="别处")
    with pytest.raises(ExchangeProblem, match="已经用了这个文件夹"):
        make(desk, tools, name="另一个")


def test_an_address_is_sealed_kept_when_left_empty_and_never_told(
    desk: Desk,
    tools: ExchangeTools,
    database_channel: Callable[[str], DatabasePlatform],
    front_end: str,
) -> None:
    database_channel("penalty_2018_legal")
    before = desk.session.get_one(ExchangeChannel, 1).address
    assert before is not None
    assert front_end.encode() not in before
    desk.session.rollback()
    wishes = replace(FOLDER, name="改名", target="database", address="")
    change_channel(desk.session, tools, 1, wishes, "account:1", desk.now)
    stored = desk.session.get_one(ExchangeChannel, 1)
    assert (stored.name, stored.address) == ("改名", before)
    told = str(channels(desk.session)) + "".join(
        event.details for event in desk.session.query(AuditEvent)
    )
    assert front_end not in told


def test_a_password_with_signs_of_an_address_survives(tools: ExchangeTools) -> None:
    url = address_of("postgresql://user:p%40ss%2Fword@front.example/db", tools.root)
    assert (url.password, url.drivername) == ("p@ss/word", "postgresql+psycopg")
    again = address_of(url.render_as_string(hide_password=False), tools.root)
    assert again.password == "p@ss/word"


def test_an_existing_table_with_other_columns_is_named(
    desk: Desk, tools: ExchangeTools, front_end: str
) -> None:
    DatabasePlatform(front_end, "x").ask("CREATE TABLE ex_batches (batch_no VARCHAR(80))")
    with pytest.raises(ExchangeProblem, match="ex_batches 缺少这些列：profile、version"):
        make(desk, tools, target="database", address=front_end)


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(
    desk: Desk, channel: Make, tools: ExchangeTools, clock: StandingClock
) -> None:
    platform = channel()
    desk.publish(penalty(1))
    clock.move(minutes=2)
    platform.folder.rename(platform.folder.with_name("moved"))
    platform.folder.write_text("in the way")
    follower = ExchangeFollower(tools)
    while follower.step(desk.session):
        pass
    (one,) = channels(desk.session)
    assert "写不进交换文件夹" in one.problem
    with pytest.raises(ExchangeProblem):
        try_channel(desk.session, tools, 1, clock.now())
    platform.folder.unlink()
    assert follower.step(desk.session) == 0, "it rests"
    clock.move(minutes=6)
    while follower.step(desk.session):
        pass
    platform.fetch()
    assert list(platform.mirror.held) == [1]
    assert channels(desk.session)[0].problem == ""


def test_one_process_at_a_time_works_on_a_channel(
    desk: Desk, channel: Make, tools: ExchangeTools
) -> None:
    channel()
    desk.publish(penalty(1))
    follower = ExchangeFollower(tools)
    with alone(tools, 1, waiting=False) as mine, alone(tools, 2, waiting=False) as another:
        assert mine
        assert another
        assert follower.step(desk.session) == 0
    assert follower.step(desk.session) > 0
    assert channels(desk.session)[0].problem == ""


def test_the_follower_waits_until_publications_have_gathered(
    desk: Desk, channel: Make, tools: ExchangeTools, clock: StandingClock
) -> None:
    channel()
    follower = ExchangeFollower(tools)
    while follower.step(desk.session):
        pass
    desk.publish(penalty(1))
    assert follower.step(desk.session) == 0
    clock.move(minutes=1)
    while follower.step(desk.session):
        pass
    assert [one.rows for one in standing.batches(desk.session)] == [1]


def test_what_comes_all_the_time_goes_out_after_ten_minutes(
    desk: Desk, channel: Make, tools: ExchangeTools, clock: StandingClock
) -> None:
    channel()
    follower = ExchangeFollower(tools)
    follower.step(desk.session)
    for number in range(1, 13):
        desk.now = clock.now()
        desk.publish(penalty(number))
        while follower.step(desk.session):
            pass
        clock.move(seconds=55)
    (one,) = standing.batches(desk.session)
    assert one.rows == 12


def test_a_daily_channel_sends_once_a_day_from_its_hour_on(
    desk: Desk, tools: ExchangeTools, clock: StandingClock
) -> None:
    make(desk, tools, schedule="daily", hour="12")
    desk.publish(penalty(1))
    follower = ExchangeFollower(tools)
    assert follower.step(desk.session) == 0
    clock.move(hours=2)
    while follower.step(desk.session):
        pass
    desk.publish(penalty(2))
    clock.move(hours=3)
    assert follower.step(desk.session) == 0
    assert [one.rows for one in standing.batches(desk.session)] == [1]
    clock.move(days=1)
    while follower.step(desk.session):
        pass
    assert [one.rows for one in standing.batches(desk.session)] == [1, 1]


def test_what_is_late_is_told_by_channel_and_bureau(
    desk: Desk, channel: Make, turn: Callable[[], Turn], tools: ExchangeTools, clock: StandingClock
) -> None:
    channel()
    desk.publish(penalty(1))  # Monday 2026-06-01
    book = tools.rulebook

    def late(agency: str = "") -> list[tuple[int, int]]:
        found = standing.late(desk.session, book, agency, clock.today())
        return [(one.undelivered, one.unanswered) for one in found]

    clock.move(days=2)
    assert late() == [], "two working days are allowed"
    clock.move(days=1)
    assert late() == [(1, 0)]
    assert late("market-supervision") == [(1, 0)]
    assert late("health") == []
    turn()
    assert late() == []
    clock.move(days=7)  # Thursday 2026-06-11: five working days have passed
    assert late() == []
    clock.move(days=1)
    assert late() == [(0, 1)]


def test_a_channel_keeps_its_numbers_when_it_moves_elsewhere(
    desk: Desk, channel: Make, turn: Callable[[], Turn], tools: ExchangeTools
) -> None:
    channel()
    desk.publish(penalty(1))
    turn()
    wishes = replace(FOLDER, folder="新的", format="xml")
    change_channel(desk.session, tools, 1, wishes, "account:1", desk.now)
    desk.publish(penalty(2))
    turn()
    (manifest,) = (tools.root / "新的").glob("*.json")
    assert json.loads(manifest.read_text())["number"] == 2
    assert desk.session.query(ExchangeBatch).count() == 2


@pytest.mark.parametrize("into", ["folder", "database"])
def test_another_batch_of_the_same_number_is_never_written_over(
    desk: Desk,
    channel: Make,
    database_channel: Callable[[str], DatabasePlatform],
    turn: Callable[[], Turn],
    into: str,
) -> None:
    platform: FolderPlatform | DatabasePlatform
    platform = channel() if into == "folder" else database_channel("penalty_2018_legal")
    desk.publish(penalty(1))
    turn()
    platform.fetch()
    for kind in (ExchangeRow, ExchangeBatch):
        desk.session.query(kind).delete()
    desk.session.get_one(ExchangeChannel, 1).position = 0  # as after an old backup
    desk.session.commit()
    desk.publish(penalty(2))
    assert "没有覆盖" in turn().problem
    platform.fetch()
    assert list(platform.mirror.held) == [1]
