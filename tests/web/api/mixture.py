"""Changes of every kind in an order that a seed decides."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask

from credit_site.domain.entries import Entry
from credit_site.extensions import db, vault
from credit_site.services.amending import mark_dispute
from credit_site.services.grounds import Ground
from credit_site.services.public_records import latest
from credit_site.services.publication import EndReason, end_expired, end_record
from credit_site.services.site import head
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.support.sites import StandingClock

SEED = 20_260_601


@dataclass
class Mixture:
    """Publishes, amends, disputes, ends and lets expire, in an order that the seed decides."""

    app: Flask
    clock: StandingClock
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    entries: list[Entry] = field(default_factory=list)
    disputed: set[int] = field(default_factory=set)

    def go_on(self, changes: int) -> None:
        """So many changes more, and sometimes a day passes."""
        with self.app.app_context():
            self._go_on(changes)
            db.session.remove()

    def seq(self) -> int:
        with self.app.app_context():
            return head(db.session()).seq

    def _go_on(self, changes: int) -> None:
        desk, until = Desk(db.session(), vault(), self.clock.now()), self.seq() + changes
        while (left := until - head(db.session()).seq) > 0:
            desk.now = self.clock.now()
            deeds = (self._new, self._new, self._amend, self._amend, self._withdraw, self._expire)
            self.chance.choice((*deeds, self._end, self._dispute))(desk, min(left, 120))

    def _new(self, desk: Desk, number: int) -> None:
        made = [self._entry(len(self.entries) + n) for n in range(1, number + 1)]
        self.entries += made
        desk.publish(*made)

    def _entry(self, number: int) -> Entry:
        end = self.clock.today() + timedelta(days=self.chance.randrange(40))
        name = f"郑州第{number:05}号某某商行"
        return saying(
            penalty(number, publication_end=end, subject_name=name, uscc="", subject_key=name),
            counterparty_name=name,
        )

    def _chosen(self, number: int) -> list[int]:
        return self.chance.sample(range(len(self.entries)), min(number, len(self.entries)))

    def _amend(self, desk: Desk, number: int) -> None:
        chosen = self._chosen(min(number, 40))
        for place in chosen:
            facts = f"第 {self.chance.random()} 次查明的事实"
            self.entries[place] = saying(self.entries[place], violation_facts=facts)
            if self.chance.random() < 0.1:
                self.entries[place].publication_end = self.clock.today() + timedelta(days=60)
        desk.publish(*(self.entries[place] for place in chosen))

    def _withdraw(self, desk: Desk, number: int) -> None:
        """The bureau says that they should never have been shown."""
        chosen = self._chosen(number // 4)
        for place in chosen:
            self.entries[place].withheld = "不予公示。"
        desk.publish(*(self.entries[place] for place in chosen))

    def _expire(self, _desk: Desk, _number: int) -> None:
        """A day passes; every other time the ledger has not said so yet."""
        self.clock.move(days=1)
        if self.chance.random() < 0.5:
            end_expired(db.session(), vault(), self.clock.now())

    def _end(self, _desk: Desk, number: int) -> None:
        for record in self.shown(min(number, 5)):
            why = self.chance.choice([EndReason.REPAIRED, EndReason.REVOKED, EndReason.ERROR])
            end_record(db.session(), vault(), record, why, "t", self.clock.now())

    def _dispute(self, _desk: Desk, number: int) -> None:
        ground = Ground("理由", "文书", self.clock.today())
        for record in self.shown(min(number, 5)):
            marked = record not in self.disputed
            self.disputed ^= {record}
            mark_dispute(
                db.session(), vault(), record, ground, "t", self.clock.now(), disputed=marked
            )

    def shown(self, number: int) -> list[int]:
        """Some of the records that are public now."""
        found = [one.id for one in latest(db.session(), self.clock.today(), limit=200)]
        return self.chance.sample(found, min(number, len(found)))
