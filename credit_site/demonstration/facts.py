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
from credit_site.demonstration.trades import Trade
from credit_site.demonstration.word_lists import penalty_kinds, table
from credit_site.demonstration.words import Outcome
from credit_site.domain.rulebook import Rulebook

LONGEST = 250
_PERSONS_SITES = ("租住的房屋", "临时摊位", "自用仓库", "租用的库房", "经营地点")
_HALT_DAYS = ("7", "15", "30", "60")
_BRAND_HAS_NAME = 0.6
_AT_A_SITE = ("inspection", "rights")
_HARD = frozenset({"halt", "revoke"})


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

    def _facts(self, case: Case, words: dict[str, str | int]) -> str:
        violation, chance = case.violation, self._chance
        opening = violation.opening
        if words["campaign"] and opening in _AT_A_SITE:
            opening = "campaign"
        text = chance.pick(self._openings[opening]) + "，" + chance.pick(violation.scenes)
        text += chance.pick(self._trades[_trade_told(case)])
        facts = text.format_map(words)
        closing = chance.pick(self._closings).format_map(words)
        return facts + closing if len(facts) + len(closing) <= LONGEST else facts

    def _content(self, case: Case, words: dict[str, str | int]) -> str:
        lead = self._chance.pick(self._leads)
        return _content_template(lead, case.outcome, case.violation.seized).format_map(words)

    def _words(self, case: Case, campaign: str) -> dict[str, str | int]:
        chance, goods = self._chance, case.trade.goods
        found = case.decided - timedelta(days=chance.between(25, 90))
        words: dict[str, str | int] = {
            "day": day_in_words(found),
            "month": _month(found - timedelta(days=chance.between(20, 260))),
            "district": placed(self._districts[case.party.division].name),
            "site": self._site(case),
            "campaign": called(campaign) if campaign else "",
            "type": case.violation.type,
            "detail": chance.pick(case.field.details),
            "goods": goods.name,
            "unit": goods.unit,
            "fine": case.fine_yuan,
        }
        self._add_marks(words)
        _add_trade(words, case.trade)
        if not _HARD.isdisjoint(case.outcome):
            words |= {"days": chance.pick(_HALT_DAYS), "licence": licence(case)}
        return words

    def _add_marks(self, words: dict[str, str | int]) -> None:
        bits = self._chance.below(1 << 24)
        words["mark"] = invented = mark(bits)
        if self._chance.unit() < _BRAND_HAS_NAME:
            words["brand"] = f"“{invented}”"
            words["rival"] = f"“{mark(bits >> 3)}”"
        else:
            words["brand"] = words["rival"] = self._chance.pick(self._unnamed)

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


@cache
def _content_template(lead: str, outcome: Outcome, seized: str) -> str:
    clauses = [penalty_kinds()[kind].clause.replace("{seized}", seized) for kind in outcome]
    if len(clauses) > 1:
        clauses = [f"{place}.{clause}" for place, clause in enumerate(clauses, 1)]
    return lead + "；".join(clauses) + "。"


def _add_trade(words: dict[str, str | int], traded: Trade) -> None:
    _, bought, sold, cost, price = traded
    words["bought"], words["sold"], words["stock"] = bought, sold, bought - sold
    words["cost"], words["price"] = in_yuan(cost), in_yuan(price)
    words["value"], words["takings"] = in_yuan(traded.value_fen), in_yuan(traded.takings_fen)
    words["gain"], words["stock_value"] = in_yuan(traded.gain_fen), in_yuan(traded.stock_fen)


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
