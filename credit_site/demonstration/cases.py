"""Invented cases: who did what, on which day, and what it cost them."""

from datetime import date
from typing import NamedTuple

from credit_site.demonstration.acts import Act, Acts
from credit_site.demonstration.chance import Chance, Weighted
from credit_site.demonstration.companies import Companies, Company
from credit_site.demonstration.money import rounded
from credit_site.demonstration.offices import Desk, Numbering, Office
from credit_site.demonstration.persons import Person
from credit_site.demonstration.trades import Trade, trade, unsold
from credit_site.demonstration.words import Outcome, ProductField, Violation

Party = Company | Person

_MINOR_SHARE = 0.02
_SHOP_SHARE = 0.34
# Of the parties of a field, one in 25 draws every fourth case: those with several penalties.
_REPEATING_CASES, _REPEATING_PARTIES = 0.25, 0.04
_PARTIES_PER_CASE = 0.8
_SMALL = {"person": 0.5, "shop": 0.7}


class Case(NamedTuple):
    """One decision. The fine is in whole yuan, 0 without a fine."""

    number: str
    decided: date
    desk: Desk
    party: Party
    field: ProductField
    violation: Violation
    trade: Trade
    outcome: Outcome
    fine_yuan: int

    @property
    def confiscated_fen(self) -> int:
        """What was taken: unlawful gains and the goods at their price."""
        gains = self.trade.gain_fen if "gains" in self.outcome else 0
        return gains + (self.trade.stock_fen if "goods" in self.outcome else 0)


class CaseMaker:
    """Makes the cases of one bureau's file.

    `persons_share` of the cases (0 to 1) are about natural persons, the others about companies
    and shops; `records` is the size of the file, by which its companies are numbered.
    """

    def __init__(
        self,
        office: Office,
        companies: Companies,
        numbering: Numbering,
        *,
        persons_share: float,
        records: int,
        chance: Chance,
    ) -> None:
        self._office = office
        self._companies = companies
        self._numbering = numbering
        self._persons_share = persons_share
        self._chance = chance
        self._acts = Acts(office.slug)
        self._pools = self._acts.pools(round(records * _PARTIES_PER_CASE))

    def case(self, decided: date) -> Case:
        """The next case, decided on a day."""
        if self._chance.unit() < self._persons_share:
            return self._case_of_a_person(decided)
        return self._case_of_a_company(decided)

    def _case_of_a_person(self, decided: date) -> Case:
        act = self._act(self._acts.of_persons)
        outcome = act[1].mild_outcomes.pick(self._chance)
        party = self._companies.person(act[0], self._rank(act[0]))
        return self._decided(decided, act, party, outcome)

    def _case_of_a_company(self, decided: date) -> Case:
        act = self._act(self._acts.of_companies)
        outcome = act[1].outcomes.pick(self._chance)
        return self._decided(decided, act, self._company(act), outcome)

    def _decided(self, decided: date, act: Act, party: Party, outcome: Outcome) -> Case:
        field, violation = act
        traded = trade(self._chance.pick(field.goods_of(violation.slug)), party.kind, self._chance)
        if "goods" in outcome and "gains" not in outcome:
            traded = unsold(traded)
        fine = self._fine(violation, traded, party.kind) if "fine" in outcome else 0
        desk = self._office.desk(party.division, self._chance)
        number = self._numbering.next(desk, decided)
        return Case(number, decided, desk, party, field, violation, traded, outcome, fine)

    def _act(self, acts: Weighted[Act]) -> Act:
        if self._acts.minor and self._chance.unit() < _MINOR_SHARE:
            return self._acts.minor.pick(self._chance)
        return acts.pick(self._chance)

    def _rank(self, field: ProductField) -> int:
        pool = self._pools[field.slug]
        if self._chance.unit() < _REPEATING_CASES:
            pool = max(1, round(pool * _REPEATING_PARTIES))
        return self._chance.below(pool)

    def _person(self, field: ProductField) -> Person:
        return self._companies.person(field, self._rank(field))

    def _company(self, act: Act) -> Company:
        field, violation = act
        kinds = violation.kinds
        rank = self._rank(field)
        if "company" not in kinds or ("shop" in kinds and self._chance.unit() < _SHOP_SHARE):
            return self._companies.shop(field, rank)
        return self._companies.company(field, rank)

    def _fine(self, violation: Violation, traded: Trade, kind: str) -> int:
        times, least, most = violation.fine
        scale = _SMALL.get(kind, 1.0)
        least_here = least * scale if least < most else least
        middle = traded.value_fen / 100 * times or least_here * 1.5
        return rounded(min(most, max(least_here, self._chance.around(middle, 0.5))))
