"""A desk that sets subscribers up, a receiver on this machine, and the follower between them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_network

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.web_hooks import Wants
from credit_site.extensions import vault
from credit_site.models import HookAttempt, HookDelivery, HookSubscriber
from credit_site.services.hook_follower import HookFollower, HookTools
from credit_site.services.subscribers import HookRules, SubscriberWishes, add_subscriber
from tests.support.publishing import Desk
from tests.support.receivers import Receiver, receiving
from tests.support.sites import StandingClock

LOOPBACK = (ip_network("127.0.0.0/8"),)
ACTOR = "account:1"


@dataclass
class Office:
    """The credit office: sets subscribers up, and lets the follower work."""

    session: Session
    clock: StandingClock
    tools: HookTools
    follower: HookFollower

    @property
    def rules(self) -> HookRules:
        return HookRules(load_rulebook(), self.tools.networks)

    def add(
        self,
        receiver: Receiver,
        wants: Wants = Wants.ALL,
        wanted: str = "",
        *,
        from_start: bool = False,
    ) -> tuple[int, str]:
        wishes = SubscriberWishes("某单位", "某人", receiver.address, wants.value, wanted)
        return add_subscriber(
            self.session, vault(), self.rules, wishes, ACTOR, self.clock.now(),
            from_start=from_start,
        )  # fmt: skip

    def work(self) -> None:
        """Until there is nothing to do now."""
        while self.follower.step(self.session):
            pass

    def restart(self, **changes: object) -> None:
        """Another process: what the old one knew is lost."""
        self.tools = replace(self.tools, **changes)  # type: ignore[arg-type]  # fields of tools
        self.follower = HookFollower(self.tools)

    def subscriber(self, number: int = 1) -> HookSubscriber:
        self.session.rollback()
        return self.session.get_one(HookSubscriber, number)

    def attempts(self) -> list[HookAttempt]:
        self.session.rollback()
        return list(self.session.scalars(select(HookAttempt).order_by(HookAttempt.id)))

    def deliveries(self) -> list[HookDelivery]:
        self.session.rollback()
        return list(self.session.scalars(select(HookDelivery).order_by(HookDelivery.id)))


@pytest.fixture
def office(session: Session, clock: StandingClock) -> Office:
    tls = ssl.create_default_context()
    tools = HookTools(vault(), clock, "https://credit.example", LOOPBACK, tls)
    return Office(session, clock, tools, HookFollower(tools))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def other() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def desk(session: Session, clock: StandingClock) -> Desk:
    return Desk(session, vault(), clock.now())
