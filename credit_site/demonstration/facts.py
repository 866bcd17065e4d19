"""Tells a case in the words of a decision: the facts found and the penalty imposed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache

from credit_site.demonstration.campaigns import called
from credit_site.demonstration.cases import Case
from credit_site.demonstration.chance import Chance, picked
from credit_site.demonstration.money import in_yuan
from credit_site.demonstration.offices import placed
from credit_site.demonstration.trade_names import mark
from credit_site.demonstration.word_lists import penalty_kinds, table
from credit_site.domain.rulebook import Rulebook

LONGEST = 250
_PERSONS_SITES = ("租住的房屋", "临时摊位", "自用仓库", "租用的库房", "经营地点")
_HALT_DAYS = ("7", "15", "30", "60")
_BRAND_HAS_NAME = 0.6
_AT_A_SITE = ("inspection", "rights")


class Teller:
    """Writes the texts of one file's cases."""

    def __init__(self, book: Rulebook, chance: Chance) -> None:
        self._districts = book.divisions
        self._chance = chance
        words = table("narrative")
        self._openings: Mapping[str, Sequence[str]] = words["openings"]
        self._trades: Mapping[str, Sequence[str]] = words["trades"]
        self._closings: Sequence[str] = words["closings"]["texts"]
        self._leads: Sequence[str] = words["content"]["leads"]
        self._unnamed: Sequence[str] = table("names")["marks"]["unnamed"]

    def told(self, case: Case, campaign: str) -> tuple[str, str]:
        """The facts (80 to 250 characters) and the content of a decision.

        `campaign` is the name of the campaign the case was found in, or "".
        """
        words = self._words(case, campaign)
        return self._facts(case, words), self._content(case, words)

    def _facts(self, case: Case, words: dict[str, str]) -> str:
        violation, chance = case.violation, self._chance
        opening = violation.opening
        if words["campaign"] and opening in _AT_A_SITE:
            opening = "campaign"
        text = chance.pick(self._openings[opening]) + "，" + chance.pick(violation.scenes)
        text += chance.pick(self._trades[_trade_told(case)])
        facts = text.format_map(words)
        closing = chance.pick(self._closings).format_map(words)
        return facts + closing if len(facts) + len(closing) <= LONGEST else facts

    def _content(self, case: Case, words: dict[str, str]) -> str:
        kinds = penalty_kinds()
        clauses = [kinds[kind].clause for kind in case.outcome]
        if len(clauses) > 1:
            clauses = [f"{place}.{clause}" for place, clause in enumerate(clauses, 1)]
        return (self._chance.pick(self._leads) + "；".join(clauses) + "。").format_map(words)

    def _words(self, case: Case, campaign: str) -> dict[str, str]:
        chance, traded, goods = self._chance, case.trade, case.trade.goods
        found = case.decided - timedelta(days=chance.between(25, 90))
        bits = chance.below(1 << 24)
        invented = mark(bits)
        unnamed = chance.pick(self._unnamed)
        named = chance.unit() < _BRAND_HAS_NAME
        return {
            "day": day_in_words(found),
            "month": _month(found - timedelta(days=chance.between(20, 260))),
            "district": placed(self._districts[case.party.division].name),
            "site": self._site(case),
            "campaign": called(campaign) if campaign else "",
            "type": case.violation.type,
            "detail": chance.pick(case.field.details),
            "mark": invented,
            "brand": f"“{invented}”" if named else unnamed,
            "rival": f"“{mark(bits >> 3)}”" if named else unnamed,
            "goods": goods.name,
            "unit": goods.unit,
            "seized": case.violation.seized.format(goods=goods.name),
            "bought": str(traded.bought),
            "sold": str(traded.sold),
            "stock": str(traded.stock),
            "cost": in_yuan(traded.cost_fen),
            "price": in_yuan(traded.price_fen),
            "value": in_yuan(traded.value_fen),
            "takings": in_yuan(traded.takings_fen),
            "gain": in_yuan(traded.gain_fen),
            "stock_value": in_yuan(traded.stock_fen),
            "fine": str(case.fine_yuan),
            "days": chance.pick(_HALT_DAYS),
            "licence": licence(case),
        }

    def _site(self, case: Case) -> str:
        if case.party.kind == "person":
            return self._chance.pick(_PERSONS_SITES)
        field = case.field
        makes = case.violation.role == "make"
        return self._chance.pick(field.make_sites if makes else field.sell_sites)


def licence(case: Case) -> str:
    """The licence a party of the case's field holds, with its number where it has one."""
    field, party = case.field, case.party
    name = picked(field.licences, party.number)
    if not field.licence_mark:
        return name
    sign = field.licence_mark.format(division=party.division)
    return f"{name}（{sign}{party.number * 7919 % 10_000_000:07d}）"


def _trade_told(case: Case) -> str:
    told = case.violation.trade
    if told == "none":
        return told
    if "gains" in case.outcome:
        return "sold_seized" if told == "sold" and "goods" in case.outcome else told
    if "goods" not in case.outcome:
        return "uncounted"
    return "made_unsold" if told == "made" else "unsold"


@cache
def day_in_words(day: date) -> str:
    """A day in a sentence: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


@cache
def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"
