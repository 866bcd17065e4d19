"""Whatever happens in whatever order, killed wherever: the receiver ends with the public state."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.exchange_types import Operation
from credit_site.domain.rulebook import ExchangeProfile
from credit_site.models import ExchangeRow, Record, State
from credit_site.services.amending import mark_dispute
from credit_site.services.exchange.cells import ProfileCells
from credit_site.services.exchange.running import run
from credit_site.services.exchange.terms import ExchangeTools
from credit_site.services.grounds import Ground
from credit_site.services.layout_records import belongs, belongs_here
from credit_site.services.public_records import visible
from credit_site.services.publication import EndReason, end_expired, end_record
from tests.support.entries import penalty, person, saying
from tests.support.killing import killed_at
from tests.support.platform import DatabasePlatform, FolderPlatform, Row
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

BAD = "写得不对"
STEPS = 30
KINDS = ("xml", "csv", "xlsx", "csv", "xlsx", "xml")
PROFILES = ("penalty_2018_legal", "penalty_2018_person", "penalty_2016")


class Life:
    """A site to which things happen by chance."""

    def __init__(self, desk: Desk, clock: StandingClock, seed: int) -> None:
        self.desk, self.clock, self.chance = desk, clock, random.Random(seed)
        self.made = 0

    def happen(self) -> None:
        """One thing."""
        deeds = [self.publish, self.publish, self.amend, self.amend, self.end, self.dispute]
        self.chance.choice([*deeds, self.pass_a_day])()

    def publish(self) -> None:
        for _ in range(self.chance.randint(1, 3)):
            self.made += 1
            make = self.chance.choice([penalty, person])
            last = date(2026, 6, self.chance.randint(2, 20))
            entry = make(self.made, publication_end=self.chance.choice([None, last]))
            self.desk.publish(saying(entry, violation_facts=self.facts()))

    def amend(self) -> None:
        number = self.chance.randint(1, self.made + 1)
        for make in (penalty, person):
            self.desk.publish(saying(make(number), violation_facts=self.facts()))

    def end(self) -> None:
        query = select(Record.id).where(Record.state == State.PUBLISHED)
        there = list(self.desk.session.scalars(query))
        self.desk.session.rollback()
        if there:
            reason = self.chance.choice([EndReason.REPAIRED, EndReason.REVOKED, EndReason.ERROR])
            record = self.chance.choice(there)
            end_record(self.desk.session, self.desk.vault, record, reason, "t", self.clock.now())

    def dispute(self) -> None:
        query = select(Record.id, Record.disputed).where(Record.state == State.PUBLISHED)
        there = self.desk.session.execute(query).all()
        self.desk.session.rollback()
        if there:
            number, disputed = self.chance.choice(there)
            ground = Ground("核实", "申请", date(2026, 6, 1))
            session, vault, now = self.desk.session, self.desk.vault, self.clock.now()
            mark_dispute(session, vault, number, ground, "t", now, disputed=not disputed)

    def pass_a_day(self) -> None:
        self.clock.move(days=1)
        self.desk.now = self.clock.now()
        end_expired(self.desk.session, self.desk.vault, self.clock.now())

    def facts(self) -> str:
        return self.chance.choice([BAD, f"事实{self.chance.randint(1, 6)}"])


def refuse_bad(row: Row) -> str:
    return "违法事实不合规范" if row["CF_SY"] == BAD else ""


def try_turn(session: Session, tools: ExchangeTools, step: int) -> bool:
    """A turn that is broken off at a step; whether it came to that."""
    with killed_at(step) as came:
        run(session, tools, 1)
    session.rollback()
    session.expunge_all()
    return bool(came)


def check(
    session: Session, tools: ExchangeTools, profile: ExchangeProfile, held: dict[int, Row]
) -> None:
    """The receiver holds just what is public, but for what it refused itself."""
    layout = tools.rulebook.layouts[profile.layout]
    writer = ProfileCells(profile, tools.rulebook, tools.vault)
    codes = [column.code for column in profile.columns_of(layout)]
    public = session.scalars(visible(tools.clock.today()).where(belongs(layout))).all()
    expected = {
        record.id: dict(zip(codes, writer.of(record, Operation.NEW, ""), strict=True))
        for record in public
    }
    assert held.keys() <= expected.keys(), "nothing is held that is not public"
    for record, said in expected.items():
        if said["CF_SY"] != BAD:
            assert held.get(record) == said, record


@pytest.mark.parametrize("seed", range(6))
def test_a_folder_ends_with_the_public_state(
    desk: Desk,
    clock: StandingClock,
    tools: ExchangeTools,
    channel: Callable[..., FolderPlatform],
    seed: int,
) -> None:
    profile = tools.rulebook.profiles[PROFILES[seed % 3]]
    platform = channel(profile.name, KINDS[seed])
    platform.mirror.refuse = refuse_bad
    life = Life(desk, clock, seed)
    broken = 0
    for step in range(STEPS):
        life.happen()
        if life.chance.random() < 0.5:
            broken += try_turn(desk.session, tools, life.chance.randint(1, 60))
            platform.fetch()
            platform.answer(f"{step}.csv")
    run(desk.session, tools, 1)
    platform.fetch()
    assert broken, "it was broken off at least once"
    check(desk.session, tools, profile, platform.mirror.held)


@pytest.mark.parametrize("seed", range(3))
def test_a_front_end_database_ends_with_the_public_state(
    desk: Desk,
    clock: StandingClock,
    tools: ExchangeTools,
    database_channel: Callable[[str], DatabasePlatform],
    seed: int,
) -> None:
    profile = tools.rulebook.profiles[PROFILES[seed]]
    platform = database_channel(profile.name)
    platform.mirror.refuse = refuse_bad
    life = Life(desk, clock, seed)
    for _ in range(STEPS):
        life.happen()
        if life.chance.random() < 0.5:
            try_turn(desk.session, tools, life.chance.randint(1, 60))
            platform.fetch()
            platform.answer()
    run(desk.session, tools, 1)
    platform.fetch()
    check(desk.session, tools, profile, platform.mirror.held)


@pytest.mark.parametrize("into", ["folder", "database"])
def test_broken_off_at_each_step_nothing_is_lost_or_doubled(
    desk: Desk,
    tools: ExchangeTools,
    channel: Callable[..., FolderPlatform],
    database_channel: Callable[[str], DatabasePlatform],
    into: str,
) -> None:
    platform: FolderPlatform | DatabasePlatform
    platform = channel() if into == "folder" else database_channel(PROFILES[0])
    step, number, rows = 1, 0, 0
    while True:
        number, rows = number + 1, rows + 1
        desk.publish(penalty(number))
        came = try_turn(desk.session, tools, step)
        platform.fetch()
        run(desk.session, tools, 1)
        platform.fetch()
        assert len(platform.mirror.held) == number
        assert desk.session.query(ExchangeRow).count() == rows
        desk.session.rollback()
        if not came:
            break
        step += 2
    assert step > 20, "there are many steps to be killed at"
    profile = tools.rulebook.profiles[PROFILES[0]]
    check(desk.session, tools, profile, platform.mirror.held)


def test_the_condition_on_records_and_the_look_at_one_give_one_answer(
    desk: Desk, tools: ExchangeTools
) -> None:
    desk.publish(penalty(1), person(2))
    every = desk.session.scalars(select(Record)).all()
    for layout in tools.rulebook.layouts.values():
        found = set(desk.session.scalars(select(Record.id).where(belongs(layout))))
        assert {record.id for record in every if belongs_here(layout, record)} == found
