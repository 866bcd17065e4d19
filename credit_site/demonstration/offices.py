"""The bureaus that punish: their district offices and the numbers of their decisions."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from credit_site.demonstration.chance import Chance, mixed
from credit_site.demonstration.word_lists import districts, office_words
from credit_site.demonstration.words import in_force
from credit_site.domain.identifiers import organisation_code_check_digit, uscc_check_digit
from credit_site.domain.rulebook import Rulebook

CITY = "郑州市"
_CITY_SIGN = "郑"
_CITY_DECIDES = 0.4


class Desk(NamedTuple):
    """Who signs a decision: the bureau itself or its office in a district."""

    name: str
    uscc: str
    sign: str


class Office:
    """A bureau, by its slug among the word lists, with its district offices.

    Raises KeyError for a bureau that the word lists do not know.
    """

    def __init__(self, book: Rulebook, slug: str) -> None:
        self.slug = slug
        self.words = office_words()[slug]
        self.agency = book.agencies[self.words.agency]
        self._city = Desk(self.words.name or self.agency.name, self.agency.uscc, _CITY_SIGN)
        self._desks = {
            code: self._district_desk(book.divisions[code].name, code)
            for code in districts()
            if self.words.district_office
        }

    def desk(self, division: str, chance: Chance) -> Desk:
        """Who decides a case of a division: four of ten times the city's own bureau."""
        if chance.unit() < _CITY_DECIDES:
            return self._city
        return self._desks.get(division, self._city)

    def _district_desk(self, district: str, code: str) -> Desk:
        name = placed(district) + self.words.district_office
        return Desk(name, _invented_code(code, self.slug), districts()[code].sign)


def placed(district: str) -> str:
    """A district's name with the city's before it where that is missing."""
    return district if district[-1] in "市县" or district.startswith("郑州") else CITY + district


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


def _invented_code(division: str, slug: str) -> str:
    """A check-valid code of an organ of state that is registered nowhere."""
    bits = mixed(int.from_bytes(slug.encode(), "big") + int(division), salt=17)
    first8 = f"MB9{bits % 100000:05d}"
    first17 = f"11{division}{first8}{organisation_code_check_digit(first8)}"
    return first17 + uscc_check_digit(first17)
