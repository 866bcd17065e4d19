"""A site whose records change at random, and an honest recount of what is public on it."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.statistics_rules import AmountBands, statistics_rules
from credit_site.models import Record, State
from credit_site.services.known import known_records
from credit_site.services.prepared import prepare
from credit_site.services.public_records import visible
from credit_site.services.publication import end_expired
from credit_site.services.publisher import Publisher
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault
from tests.support.entries import penalty
from tests.support.sites import StandingClock
from tests.web.invented import listed

BOOK = load_rulebook()
BANDS = AmountBands(statistics_rules(BOOK))
LISTS = ("serious-dishonesty", "trustworthy")
Counts = dict[str, Counter[str]]


@dataclass
class ChangingSite:
    """Publishes, amends, ends, screens and restores whatever chance says."""

    session: Session
    vault: Vault
    clock: StandingClock
    chance: random.Random
    made: int = 0
    changes: int = 0
    stored: frozenset[int] = frozenset()
    """Numbers of records before the changes under way: nothing else need be asked for."""

    def change(self, number: int) -> None:
        """That many changes in one transaction."""
        with write_transaction(self.session) as session:
            publisher = Publisher(session, self.vault, self.clock.now())
            self.stored = frozenset(session.scalars(select(Record.id)))
            for _ in range(number):
                self._once(publisher)
            publisher.write()
        self.changes += number
        self.session.expunge_all()

    def next_days(self, number: int) -> None:
        """Days pass; now and then the worker ends what is over."""
        self.clock.move(days=number)
        if self.chance.random() < 0.5:
            end_expired(self.session, self.vault, self.clock.now())
            self.session.expunge_all()

    def _once(self, publisher: Publisher) -> None:
        deed = self.chance.random()
        record = None if deed < 0.5 else self._any()
        if record is None or record.state == State.ENDED:
            self.made += 1
            self._take(publisher, self.entry(self.made))
        elif deed < 0.7:
            publisher.correct(record, prepare(2, self.entry(record.id), self.vault))
        elif deed < 0.8:
            reason = self.chance.choice(("repaired", "revoked", "error", "corrected"))
            publisher.end(record, reason, self.clock.today())
        else:
            hidden = record.state == State.SCREENED
            publisher.screen(record, screened=not hidden, reason="reorganisation")

    def _take(self, publisher: Publisher, entry: Entry) -> None:
        prepared = prepare(2, entry, self.vault)
        known = known_records(self.session, [prepared.key]).get(prepared.key)
        publisher.take(prepared, known, None)

    def _any(self) -> Record | None:
        seq = self.chance.randint(1, max(1, self.changes))
        return self.session.get(Record, seq) if seq in self.stored else None

    def entry(self, number: int) -> Entry:
        """One of many kinds; its number and subject are its own."""
        chance, today = self.chance, self.clock.today()
        begun = today + timedelta(days=chance.randint(-40, 3))
        changes = {
            "agency": chance.choice(("market-supervision", "commerce", "public-security")),
            "division": chance.choice(("", "410105", "410171")),
            "amount_fen": chance.choice((None, 0, 99_999, 100_000, 7_777_777, 100_000_000)),
            "decided_on": chance.choice((None, begun - timedelta(days=chance.randint(0, 90)))),
            "severity": chance.choice(("minor", "general", "serious")),
            "publication_start": begun,
            "publication_end": chance.choice((None, begun + timedelta(days=chance.randint(0, 90)))),
            "subject_key": f"subject {number} {chance.random()}",
        }
        if chance.random() < 0.3:
            return replace(listed(number, chance.choice(LISTS)), **changes)  # type: ignore[arg-type]
        entry = replace(penalty(number), **changes)  # type: ignore[arg-type]
        content = entry.content | {
            "violation_type": chance.choice(("", "甲", "乙" * 250, f"丙{chance.randrange(30)}")),
            "penalty_types": chance.sample(("罚款", "警告", "没收违法所得"), chance.randint(1, 3)),
            "campaign": chance.choice(("", "护航")),
            "product_field": chance.choice(("", "食品", "农资")),
        }
        return replace(entry, content=content)


def recount(session: Session, today: date) -> Counts:
    """Every visible record read and counted, value by value, as a patient clerk would."""
    counts: Counts = {}
    session.rollback()
    for record in session.scalars(visible(today)):
        for name, value in _values(record):
            if value:
                counts.setdefault(name, Counter())[value] += 1
    session.rollback()
    session.expunge_all()
    return counts


def _values(record: Record) -> list[tuple[str, str]]:
    said, day = record.content, record.decided_on
    kinds = said.get(BOOK.registers[record.register].category_field) or []
    kind_list = [kinds] if isinstance(kinds, str) else kinds
    assert isinstance(kind_list, list)
    violation = str(said.get("violation_type", ""))
    return [
        ("register", record.register),
        ("agency", record.agency),
        ("division", record.division),
        ("list_name", record.list_name),
        ("severity", record.severity),
        ("year", str(day.year) if day else ""),
        ("month", day.isoformat()[:7] if day else ""),
        ("violation_type", violation[:199] + "…" if len(violation) > 200 else violation),
        ("campaign", str(said.get("campaign", ""))),
        ("product_field", str(said.get("product_field", ""))),
        ("amount_band", BANDS.of(record.amount_fen)),
        *(("category", str(kind)) for kind in set(map(str, kind_list))),
    ]
