"""Invented companies and shops, each a lasting function of a seed, a field and a number.

A company asked for twice, in whichever file, is the same company: so that one of them can have
several penalties and an entry on a list.
"""

from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from credit_site.demonstration.chance import mixed, picked
from credit_site.demonstration.persons import Person, person, person_name
from credit_site.demonstration.trade_names import trade_name
from credit_site.demonstration.word_lists import districts, product_fields, table
from credit_site.demonstration.words import ProductField
from credit_site.domain.identifiers import organisation_code_check_digit, uscc_check_digit

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODES = len(_ALPHABET) ** 6
_STRIDE = 179424673
_COOPERATIVE_ONE_IN = 7
# Made again whenever they are asked for; so many are kept at hand.
_KEPT = 1 << 14
# The first two characters: registered as an enterprise, a sole proprietor, a farmers' cooperative.
_AUTHORITY = {"company": "91", "shop": "92", "cooperative": "93"}


class Company(NamedTuple):
    """A company ("company"), cooperative ("cooperative") or sole proprietor ("shop")."""

    number: int
    kind: str
    name: str
    uscc: str
    division: str
    representative: str

    @property
    def organisation_code(self) -> str:
        """Nine characters, without a hyphen (GB 11714)."""
        return self.uscc[8:17]

    @property
    def registration_number(self) -> str:
        """Fifteen digits (工商注册号), which no one can read as the date of a birth."""
        sort = "6000" if self.kind == "shop" else "0000"
        return f"{self.division}{sort}{self.number % 99991:05d}"


class Companies:
    """The companies of one invented city."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._offset = mixed(seed, salt=3) % _CODES
        self._words = table("names")["companies"]
        self._divisions = tuple(
            code for code, district in districts().items() for _ in range(district.share)
        )
        self._fields = {field.slug: place for place, field in enumerate(product_fields())}
        self.company = lru_cache(maxsize=_KEPT)(self._company)
        self.shop = lru_cache(maxsize=_KEPT)(self._shop)

    def _company(self, field: ProductField, rank: int) -> Company:
        """The company of a field with a rank from 0 on; some are cooperatives."""
        number = self._number(field, rank) * 2
        bits = mixed(number + self._seed, salt=5)
        division = self._division(bits)
        kind, words, form = "company", field.industries, picked(self._words["forms"], bits >> 14)
        if field.cooperatives and bits % _COOPERATIVE_ONE_IN == 0:
            kind, words, form = "cooperative", field.cooperatives, self._words["cooperative_form"]
        name = trade_name(number, self._offset) + picked(words, bits >> 8) + form
        return self._registered(number, kind, self._begin(bits, division) + name, division)

    def _shop(self, field: ProductField, rank: int) -> Company:
        """The sole proprietor's shop of a field with a rank from 0 on."""
        number = self._number(field, rank) * 2 + 1
        bits = mixed(number + self._seed, salt=5)
        division = self._division(bits)
        name = trade_name(number, self._offset) + picked(field.shops, bits >> 8)
        return self._registered(number, "shop", districts()[division].short + name, division)

    def person(self, field: ProductField, rank: int) -> Person:
        """The natural person of a field with a rank from 0 on."""
        number = self._number(field, rank) + self._seed * 1_000_003
        return person(number, self._division(mixed(number, salt=7)))

    def _number(self, field: ProductField, rank: int) -> int:
        return rank * len(self._fields) + self._fields[field.slug]

    def _division(self, bits: int) -> str:
        return self._divisions[(bits >> 40) % len(self._divisions)]

    def _begin(self, bits: int, division: str) -> str:
        district = districts()[division].short
        if district[-1] in "市县" and bits >> 20 & 1:
            return district
        prefix: str = picked(self._words["prefixes"], bits >> 24)
        return prefix

    def _registered(self, number: int, kind: str, name: str, division: str) -> Company:
        first8 = self._organisation(number, kind)
        organisation = first8 + organisation_code_check_digit(first8)
        first17 = _AUTHORITY[kind] + division + organisation
        return Company(
            number=number,
            kind=kind,
            name=name,
            uscc=first17 + uscc_check_digit(first17),
            division=division,
            representative=person_name(number * 2 + 1 + self._seed),
        )

    def _organisation(self, number: int, kind: str) -> str:
        """Older companies have eight digits, newer ones and shops MA and six characters."""
        if kind == "company" and number % 5 == 0:
            return f"{(number // 5 * _STRIDE + self._offset) % 10**8:08d}"
        high, low = divmod((number * _STRIDE + self._offset) % _CODES, len(_three_characters()))
        return f"MA{_three_characters()[high]}{_three_characters()[low]}"


@cache
def _three_characters() -> tuple[str, ...]:
    return tuple(map("".join, product(_ALPHABET, repeat=3)))
