"""Unified social credit codes, organisation codes, and numbers of personal documents.

GB 32100-2015 (uniform code), GB 11714-1997 (organisation code), GB 11643-1999 (ID card).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from operator import mul

from credit_site.domain.id_cards import is_id_card, looks_like_id_card
from credit_site.domain.loose_numbers import Loose, loose_numbers
from credit_site.domain.number_runs import holds_chinese_number

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_ORGANISATION_VALUES = {
    character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

_RUINED = re.compile(r"^\d(?:\.\d+)?E\+?\d{1,3}$")
_SPACED_ID_CARD = re.compile(
    r"(?<![0-9A-Za-z])([1-9]\d{5}[\s\-—.·]*(?:1[89]|20|21)\d{2}[\s\-—.·]*(?:0[1-9]|1[0-2])[\s\-—.·]*"
    r"(?:0[1-9]|[12]\d|3[01])[\s\-—.·]*\d{3}[\s\-—.·]*[\dXx])(?![0-9A-Za-z])"
)
_GLUED_ID_CARD = re.compile(
    r"(?<![0-9])([1-9]\d{5}(?:1[89]|20|21)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"\d{3}[\dXx])(?![0-9])"
)
_GAP = r"[\s\-－—.·]{0,2}"
_BIRTH_YEAR, _BIRTH_MONTH = rf"(?:1{_GAP}[89]|2{_GAP}[01])", rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
_BIRTH_DAY = rf"(?:0{_GAP}[1-9]|[12]{_GAP}\d|3{_GAP}[01])"
_GROUPED_ID_CARD = re.compile(
    rf"(?<![0-9A-Za-z])([1-9](?:{_GAP}\d){{5}}{_GAP}{_BIRTH_YEAR}{_GAP}\d{_GAP}\d{_GAP}"
    rf"{_BIRTH_MONTH}{_GAP}{_BIRTH_DAY}(?:{_GAP}\d){{3}}{_GAP}[\dXx])(?![0-9A-Za-z])"
)
_BARE_OLD_ID_CARD = re.compile(
    rf"(?<![0-9A-Za-z])([1-9](?:{_GAP}\d){{7}}{_GAP}{_BIRTH_MONTH}{_GAP}{_BIRTH_DAY}"
    rf"(?:{_GAP}\d){{3}})(?![0-9A-Za-z])"
)
_OLD_ID_CARD = re.compile(
    r"身份证[^0-9\n]{0,12}(\d{6}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?!\d)"
)
_TRAVEL_DOCUMENT = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|永久居留)[^0-9A-Za-z\n]{0,12}([A-Za-z]{0,3}\d{7,15}[A-Za-z0-9]{0,2})"
)
_SEVENTEEN_DIGITS = re.compile(r"\d\d{16}")
_LONG_RUN = re.compile(r"\d{17}[\dXx][0-9A-Za-z]|[0-9A-Za-z]\d{17}[\dXx]")
_BURIED_ID_CARD = re.compile(
    r"(?=([1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]))"
)
_ANY_NUMBER = re.compile(r"\d[\d\s\-—.·]{6}")
_FULL_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)} | {
    code: code - 0xFEE0
    for code in (*range(ord("Ａ"), ord("Ｚ") + 1), *range(ord("ａ"), ord("ｚ") + 1))
}
_ANY_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_DROPPED = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000\u200b\ufeff-－—"), None)


class UsccProblem(StrEnum):
    """What is wrong with a code; ORGANISATION_CHECK_DIGIT is a warning unless it begins with 9."""

    LENGTH = "length"
    ALPHABET = "alphabet"
    CHECK_DIGIT = "check_digit"
    ORGANISATION_CHECK_DIGIT = "organisation_check_digit"
    PERSONAL_NUMBER = "personal_number"
    RUINED_BY_SPREADSHEET = "ruined_by_spreadsheet"


def normalise_code(text: str) -> str:
    """Half-width, upper case, without spaces and hyphens."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return text.translate(_FULL_WIDTH).translate(_DROPPED).upper()


def half_width(text: str) -> str:
    """The same text, as long as before, with digits and Latin letters half-width."""
    return text.translate(_FULL_WIDTH) if _ANY_FULL_WIDTH.search(text) else text


def uscc_check_digit(body: str) -> str:
    """The 18th character for the first 17; raises KeyError for a character outside the set."""
    return ALPHABET[-sum(map(mul, map(_VALUES.__getitem__, body), _WEIGHTS)) % 31]


def organisation_code_check_digit(body: str) -> str:
    """The 9th character of an organisation code for its first 8 (GB 11714)."""
    total = sum(map(mul, map(_ORGANISATION_VALUES.__getitem__, body), _ORGANISATION_WEIGHTS))
    return "0123456789X0"[11 - total % 11]


def is_uscc(code: str) -> bool:
    """Whether a normalised code holds; what only a warning speaks against holds."""
    problem = uscc_problem(code)
    return problem is None or (
        problem is UsccProblem.ORGANISATION_CHECK_DIGIT and not code.startswith("9")
    )


@lru_cache(maxsize=4_096)
def uscc_problem(code: str) -> UsccProblem | None:
    """The first thing wrong with a normalised code, None if it holds.

    An ID-card number can pass the outer check; both checks and its own form tell it apart.
    """
    if _RUINED.match(code):
        return UsccProblem.RUINED_BY_SPREADSHEET
    if len(code) != 18:
        return UsccProblem.LENGTH
    sound = _sound(code)
    if sound is None:
        return None
    if looks_like_id_card(code):
        return UsccProblem.PERSONAL_NUMBER
    return sound


def _sound(code: str) -> UsccProblem | None:
    """A code that passes both checks is one, unless it also passes as an ID card."""
    try:
        right = uscc_check_digit(code[:17]) == code[17]
    except KeyError:
        return UsccProblem.ALPHABET
    if not right:
        return UsccProblem.CHECK_DIGIT
    if organisation_code_check_digit(code[8:16]) != code[16]:
        return UsccProblem.ORGANISATION_CHECK_DIGIT
    return UsccProblem.PERSONAL_NUMBER if is_id_card(code) else None


def find_personal_numbers(text: str) -> list[tuple[int, int]]:
    """Where numbers of personal documents stand in a text: (start, end) of each, in order.

    ID cards anywhere, split by spaces or hyphens too, and with a valid check digit also split
    anywhere, in Chinese numerals and where letters touch them; passports, permits, old ID cards and
    such as lack the last character where the word stands beside them. A valid uniform social
    credit code is none.
    """
    if not (_ANY_NUMBER.search(text) or holds_chinese_number(text)):
        return []
    folded = half_width(text)
    found = set(_loose(text, Loose.ID_CARD)) | {
        match.span(1)
        for pattern, is_one in _PERSONAL_NUMBERS
        for match in pattern.finditer(folded)
        if is_one(match.group(1))
    }
    return sorted(found)


def find_possible_numbers(text: str) -> list[tuple[int, int]]:
    """The same for a short answer that has no place for another long number: a name, a telephone.

    Everything that may be such a number counts: split anywhere whatever its check digit, and the
    15 digits of cards issued until 1999 without the word beside them.
    """
    folded = half_width(text)
    more = (_GROUPED_ID_CARD, _BARE_OLD_ID_CARD)
    found = {match.span(1) for pattern in more for match in pattern.finditer(folded)}
    likely = _loose(text, Loose.LIKELY_ID_CARD)
    return sorted({*found, *likely, *find_personal_numbers(text), *find_buried_numbers(text)})


def _loose(text: str, *kinds: Loose) -> Iterator[tuple[int, int]]:
    return ((one.start, one.end) for one in loose_numbers(text) if one.kind in kinds)


def _plain(found: str) -> str:
    return re.sub(r"[^0-9Xx]", "", found).upper()


def _is_personal(found: str) -> bool:
    return uscc_problem(_plain(found)) is UsccProblem.PERSONAL_NUMBER


def _is_surely_personal(found: str) -> bool:
    return _is_personal(found) and is_id_card(_plain(found))


_PERSONAL_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_SPACED_ID_CARD, _is_personal),
    (_GROUPED_ID_CARD, _is_surely_personal),
    (_GLUED_ID_CARD, _is_surely_personal),
    (_OLD_ID_CARD, bool),
    (_TRAVEL_DOCUMENT, bool),
)


def find_buried_numbers(text: str) -> list[tuple[int, int]]:
    """Where a longer run of digits holds what could be a number of an ID card, check digit and all.

    One order number in some thousands does by chance: worth a look, and asterisks, but no proof.
    """
    if not _SEVENTEEN_DIGITS.search(text):
        return []
    folded = half_width(text)
    if not _LONG_RUN.search(folded):
        return []
    found = (match.span(1) for match in _BURIED_ID_CARD.finditer(folded))
    return [(start, end) for start, end in found if is_id_card(folded[start:end].upper())]


def mask_personal_numbers(text: str) -> str:
    """The text with every such number, and every bank card, as asterisks of the same length.

    What only may be one by its form alone stays: it is pointed at where somebody looks.
    """
    cards = _loose(text, Loose.BANK_CARD)
    return _masked(text, [*find_personal_numbers(text), *find_buried_numbers(text), *cards])


def mask_possible_numbers(text: str) -> str:
    """The same for a short answer."""
    return _masked(text, find_possible_numbers(text))


def _masked(text: str, found: Iterable[tuple[int, int]]) -> str:
    for start, end in found:
        text = text[:start] + "*" * (end - start) + text[end:]
    return text
