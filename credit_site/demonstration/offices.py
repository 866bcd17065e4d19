"""The bureaus that punish: their district offices and the numbers of their decisions."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from credit_site.demonstration.chance import Chance, mixed
from credit_site.demonstration.word_lists import office_words
from credit_site.demonstration.words import in_force
from credit_site.domain.identifiers import organisation_code_check_digit, uscc_check_digit
from credit_site.domain.rulebook import Agency

CITY = "郑州市"
_CITY_SIGN = "郑"
_CITY_DECIDES = 0.4


class Desk(NamedTuple):
    """Who signs a decision: the bureau itself or its office in a district."""

    name: str
    uscc: str
    sign: str


class Office:
    """A bureau with its district offices. `districts` are names of divisions by code."""

    def __init__(self, agency: Agency, districts: Mapping[str, str]) -> None:
        self.agency = agency
        self.words = office_words()[agency.slug]
        self._city = Desk(agency.name, agency.uscc, _CITY_SIGN)
        self._desks = {
            code: _district_desk(self.words.district_office, code, name, agency.slug)
            for code, name in districts.items()
            if self.words.district_office
        }

    def desk(self, division: str, chance: Chance) -> Desk:
        """Who decides a case of a division: four of ten times the city's own bureau."""
        if chance.unit() < _CITY_DECIDES:
            return self._city
        return self._desks.get(division, self._city)


class Numbering:
    """Numbers of decisions, counted by office, sign and year like 郑市监处罚〔2026〕123号.

    `numbers` turns a count from 0 on into a number; two files of one bureau whose numbers never
    meet never share one.
    """

    def __init__(self, office: Office, numbers: Callable[[int], int]) -> None:
        self._signs = office.words.signs
        self._numbers = numbers
        self._counts: Counter[tuple[str, int]] = Counter()

    def next(self, desk: Desk, decided: date) -> str:
        sign = desk.sign + in_force(self._signs, decided)
        key = (sign, decided.year)
        count = self._counts[key]
        self._counts[key] = count + 1
        return f"{sign}〔{decided.year}〕{self._numbers(count)}号"


def every_eighth(count: int) -> int:
    """8, 16, 24, … (the file of natural persons)."""
    return 8 * (count + 1)


def all_but_every_eighth(count: int) -> int:
    """1 to 7, 9 to 15, … (the file of organisations)."""
    return count + 1 + count // 7


def _district_desk(office: str, division: str, district: str, slug: str) -> Desk:
    place = district if district.endswith(("市", "县")) else CITY + district
    return Desk(place + office, _invented_code(division, slug), _short(district))


def _short(district: str) -> str:
    return district.removesuffix("回族区").rstrip("区市县") or district


def _invented_code(division: str, slug: str) -> str:
    """A check-valid code of an organ of state that is registered nowhere."""
    bits = mixed(int.from_bytes(slug.encode(), "big") + int(division), salt=17)
    first8 = f"MB9{bits % 100000:05d}"
    first17 = f"11{division}{first8}{organisation_code_check_digit(first8)}"
    return first17 + uscc_check_digit(first17)
