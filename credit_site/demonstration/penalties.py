"""The fields of the penalty register for an invented case."""

from datetime import datetime, time, timedelta

from credit_site.demonstration.campaigns import campaign_of
from credit_site.demonstration.cases import Case
from credit_site.demonstration.chance import Chance
from credit_site.demonstration.facts import Teller, licence
from credit_site.demonstration.money import in_ten_thousand_yuan, in_yuan
from credit_site.demonstration.parties import party_values
from credit_site.demonstration.sheets import WAN_YUAN, written
from credit_site.demonstration.word_lists import penalty_kinds, table
from credit_site.domain.rulebook import Agency, Rulebook

REMARK = "演示数据"
_NO_END = "2099/12/31"
_SERIOUS = frozenset({"halt", "revoke", "career"})
_GRAVE_FINE = 80_000
_PERFORMANCE_TOLD = 0.5


class PenaltyWriter:
    """Fills the register's fields for the cases of one bureau."""

    def __init__(self, book: Rulebook, agency: Agency, chance: Chance) -> None:
        self._agency = agency
        self._chance = chance
        self._teller = Teller(book, chance)
        self._performances: tuple[str, ...] = tuple(table("narrative")["performance"]["texts"])

    def values(self, case: Case) -> dict[str, str]:
        """Texts by name of field, as bureaus write them since 2018."""
        violation, decided = case.violation, case.decided
        campaign = campaign_of(case.field.slug, self._chance)
        facts, content = self._teller.told(case, campaign)
        values = party_values(case.party)
        values |= {
            "decision_number": case.number,
            "violation_type": violation.type,
            "violation_facts": facts,
            "legal_basis": violation.legal_basis(decided),
            "penalty_types": _types(case),
            "penalty_content": content,
            "decision_date": written(decided),
            "penalty_valid_until": _NO_END,
            "enforcement_agency": case.desk.name,
            "enforcement_agency_uscc": case.desk.uscc,
            "source_agency": self._agency.name,
            "source_agency_uscc": self._agency.uscc,
            "campaign": campaign,
            "product_field": case.field.name,
            "remarks": REMARK,
        }
        self._add_amounts(values, case)
        if "fine" in case.outcome and self._chance.unit() < _PERFORMANCE_TOLD:
            values["performance"] = self._chance.pick(self._performances)
        return values

    def values_of_2016(self, case: Case) -> dict[str, str]:
        """The same in the words of the table of 2016 (发改电〔2015〕557号)."""
        kinds = penalty_kinds()
        names = tuple(dict.fromkeys(kinds[kind].old for kind in case.outcome))
        sent = datetime.combine(case.decided + timedelta(days=5), time(9, 30))
        return self.values(case) | {
            "penalty_name": f"{case.violation.type}案",
            "penalty_types": names[0],
            "penalty_types/2": ";".join(names[1:]),
            "status": "0",
            "use_scope": "0",
            "dishonesty_degree": "3" if _SERIOUS & set(case.outcome) else "1",
            "division_code": case.party.division,
            "data_timestamp": sent.strftime("%Y/%m/%d %H:%M:%S"),
        }

    def _add_amounts(self, values: dict[str, str], case: Case) -> None:
        if case.fine_yuan:
            _add_amount(values, "fine_yuan", case.fine_yuan * 100)
        if case.confiscated_fen:
            _add_amount(values, "confiscated_yuan", case.confiscated_fen)
        if "revoke" in case.outcome:
            values["suspended_licence"] = licence(case)


def is_grave(case: Case) -> bool:
    """Whether a case can lead to the serious-dishonesty list (总局令第44号 第2条)."""
    return bool(_SERIOUS & set(case.outcome)) or case.fine_yuan >= _GRAVE_FINE


def types_in_words(case: Case) -> str:
    """The kinds of penalty of a case in a sentence: 罚款120000元、没收违法所得."""
    kinds = penalty_kinds()
    fine = f"罚款{case.fine_yuan}元"
    return "、".join([fine if kind == "fine" else kinds[kind].name for kind in case.outcome])


def _types(case: Case) -> str:
    kinds = penalty_kinds()
    return ";".join([kinds[kind].name for kind in case.outcome])


def _add_amount(values: dict[str, str], field: str, fen: int) -> None:
    values[field] = in_yuan(fen)
    values[field + WAN_YUAN] = in_ten_thousand_yuan(fen)
