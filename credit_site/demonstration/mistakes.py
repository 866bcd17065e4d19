"""Plants the mistakes that bureaus' files typically have, to try what finds them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from credit_site.demonstration.chance import Chance
from credit_site.demonstration.persons import document_number
from credit_site.demonstration.sheets import Row
from credit_site.domain.rulebook import Layout

Spoil = Callable[[str, Chance], str]


class Mistake(StrEnum):
    """Ten typical mistakes, each of which makes a row unfit to be taken in."""

    MISSING = "missing"
    RUINED_CODE = "ruined_code"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    SHORT_CODE = "short_code"
    PERSONAL_NUMBER = "personal_number"
    IMPOSSIBLE_DATE = "impossible_date"
    FUTURE_DATE = "future_date"
    UNKNOWN_TYPE = "unknown_type"
    AMOUNT_IN_WORDS = "amount_in_words"
    TOO_LONG = "too_long"


def with_mistakes(rows: Iterable[Row], layout: Layout, rate: float, seed: int) -> Iterator[Row]:
    """The rows, a share `rate` (0 to 1) of them spoilt by one mistake each."""
    return (row for _, row in planted(rows, layout, rate, seed))


def planted(
    rows: Iterable[Row], layout: Layout, rate: float, seed: int
) -> Iterator[tuple[Mistake | None, Row]]:
    """The same rows with what was done to each; None for those left as they are."""
    chance = Chance(f"{seed} mistakes")
    places = _places(layout)
    choices = tuple(places)
    for row in rows:
        if chance.unit() >= rate:
            yield None, row
            continue
        mistake = chance.pick(choices)
        place = places[mistake]
        cell = _SPOILT[mistake](row[place], chance)
        yield mistake, (*row[:place], cell, *row[place + 1 :])


def _places(layout: Layout) -> Mapping[Mistake, int]:
    """In which column each mistake of a layout is made; those it has no column for are left out."""
    columns: dict[str, int] = {}
    for place, column in enumerate(layout.columns):
        columns.setdefault(column.field, place)
    found = {
        mistake: [columns[field] for field in fields if field in columns]
        for mistake, fields in _FIELDS.items()
    }
    return {mistake: places[0] for mistake, places in found.items() if places}


def _wrong_check_digit(code: str, _chance: Chance) -> str:
    return code[:-1] + ("1" if code.endswith("0") else "0") if code else "91410105MA00000000"


# The first of these fields that a layout has is the one that is spoilt.
_FIELDS: Mapping[Mistake, tuple[str, ...]] = {
    Mistake.MISSING: ("violation_facts", "ground"),
    Mistake.RUINED_CODE: ("uscc",),
    Mistake.WRONG_CHECK_DIGIT: ("uscc",),
    Mistake.SHORT_CODE: ("uscc",),
    Mistake.PERSONAL_NUMBER: ("uscc", "violation_facts"),
    Mistake.IMPOSSIBLE_DATE: ("decision_date", "listed_on"),
    Mistake.FUTURE_DATE: ("decision_date", "listed_on"),
    Mistake.UNKNOWN_TYPE: ("penalty_types",),
    Mistake.AMOUNT_IN_WORDS: ("fine_yuan",),
    Mistake.TOO_LONG: ("counterparty_name", "subject_name"),
}
_SPOILT: Mapping[Mistake, Spoil] = {
    Mistake.MISSING: lambda _cell, _chance: "",
    Mistake.RUINED_CODE: lambda cell, _chance: f"9.{cell[1:6] or '14101'}E+17",
    Mistake.WRONG_CHECK_DIGIT: _wrong_check_digit,
    Mistake.SHORT_CODE: lambda cell, _chance: cell[:-1] or "9141010",
    Mistake.PERSONAL_NUMBER: lambda _cell, chance: document_number(chance.below(10**9)),
    Mistake.IMPOSSIBLE_DATE: lambda _cell, chance: f"2026/2/{chance.between(30, 39)}",
    Mistake.FUTURE_DATE: lambda _cell, chance: f"{chance.between(2090, 2099)}/3/5",
    Mistake.UNKNOWN_TYPE: lambda cell, _chance: cell + ";罚没" if cell else "罚没",
    Mistake.AMOUNT_IN_WORDS: lambda _cell, chance: chance.pick(("壹万元整", "约2万", "见决定书")),
    Mistake.TOO_LONG: lambda cell, _chance: cell * 200,
}
