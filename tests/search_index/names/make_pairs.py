"""Makes pairs.csv and held_out.csv: invented names in pairs, labelled by how they were made.

``python -m tests.search_index.names.make_pairs`` writes both anew; the same seeds give the same
pairs. Each pair is made by one operation. Positive: the second name is the first one as somebody
might write it (another form, place or width; a character wrong by shape, sound or near sound;
two characters swapped; one missing or added). Negative: another company, with the same place,
trade and organisation form; or the same trade name in another trade and place; or generic words
alone. The two files share neither trade names nor seed; nothing was tuned on the held-out one.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from search_index.names.closeness import Close, closeness

FOLDER = Path(__file__).parent
CITY = ("郑州", "郑州市", "河南", "河南省", "河南省郑州市")
DISTRICTS = ("金水区", "二七区", "中原区", "惠济区", "新郑市", "荥阳市", "登封市", "巩义市")
FORMS = ("有限公司", "有限责任公司", "股份有限公司")
_DATA = tomllib.loads((FOLDER / "slips.toml").read_text(encoding="utf-8"))
TUNED, HELD_OUT = ("".join(_DATA["characters"][name].split()) for name in ("tuned", "held_out"))
TRADES, SHOPS = (_DATA["words"][name].split() for name in ("trades", "shops"))
ALIKE, HEARD, NEAR = (
    dict(slip.split("=") for slip in _DATA["slips"][name].split())
    for name in ("alike", "heard", "near")
)
COMPLEX = str.maketrans("华润达丰兴东业贸医药车机电", "華潤達豐興東業貿醫藥車機電")
WIDE = str.maketrans("()", "（）")


class Pair(NamedTuple):
    """Two names, whether they are meant to be one, and how the pair was made."""

    asked: str
    known: str
    same: int
    operation: str


class Maker:
    """Makes pairs from one list of characters for trade names."""

    def __init__(self, characters: str, seed: int) -> None:
        self._characters, self._chance = characters, Random(seed)
        self._met: set[str] = set()

    def pairs(self, of_each: int) -> Iterator[Pair]:
        """So many pairs of each operation, of the negative ones three times as many."""
        for operation in (*POSITIVE, *NEGATIVE):
            wanted = of_each if operation in POSITIVE else 3 * of_each
            made = 0
            while made < wanted:
                pair = getattr(self, f"_{operation}")()
                if pair is not None:
                    same = int(operation in POSITIVE)
                    yield Pair(pair[0], pair[1], same, operation)
                    made += 1

    def _trade(self, length: int = 0) -> str:
        size = length or self._chance.choice((2, 2, 2, 3, 3, 4))
        while True:
            found = "".join(self._chance.sample(self._characters, size))
            if found not in self._met:
                self._met.add(found)
                return found

    def _company(self, trade: str) -> tuple[str, str, str]:
        """Place, what follows the trade name, and the whole."""
        chance = self._chance
        if chance.random() < 0.3:
            place, rest = chance.choice(DISTRICTS), chance.choice(SHOPS)
        else:
            place, rest = chance.choice(CITY), chance.choice(TRADES) + chance.choice(FORMS)
        return place, rest, place + trade + rest

    def _changed(self, trade: str, changed: str) -> tuple[str, str]:
        place, rest, known = self._company(trade)
        return place + changed + rest, known

    def _by_table(self, table: dict[str, str]) -> tuple[str, str] | None:
        trade = self._trade()
        at = self._chance.randrange(len(trade))
        if trade[at] not in table:
            return None
        wrong = self._chance.choice(table[trade[at]])
        return self._changed(trade, trade[:at] + wrong + trade[at + 1 :])

    # Operations that leave the company what it is.

    def _organisation_form(self) -> tuple[str, str]:
        trade, place = self._trade(), self._chance.choice(CITY)
        line = self._chance.choice(TRADES)
        first, second = self._chance.sample(FORMS, 2)
        return place + trade + line + first, place + trade + line + second

    def _place_missing(self) -> tuple[str, str]:
        trade = self._trade()
        _, rest, known = self._company(trade)
        return trade + rest, known

    def _place_in_brackets(self) -> tuple[str, str]:
        trade = self._trade()
        rest = self._chance.choice(TRADES) + self._chance.choice(FORMS)
        return f"{trade}(郑州){rest}".translate(WIDE), f"郑州市{trade}{rest}"

    def _another_script(self) -> tuple[str, str] | None:
        trade = self._trade()
        place, rest, known = self._company(trade)
        changed = f"{place} {trade}{rest}".translate(COMPLEX).replace("有限", "有限责任")
        return (changed, known) if changed != known and "责任责任" not in changed else None

    def _look_alike(self) -> tuple[str, str] | None:
        return self._by_table(ALIKE)

    def _same_sound(self) -> tuple[str, str] | None:
        return self._by_table(HEARD)

    def _near_sound(self) -> tuple[str, str] | None:
        return self._by_table(NEAR)

    def _swapped(self) -> tuple[str, str]:
        trade = self._trade()
        at = self._chance.randrange(len(trade) - 1)
        swapped = trade[:at] + trade[at + 1] + trade[at] + trade[at + 2 :]
        return self._changed(trade, swapped)

    def _missing(self) -> tuple[str, str]:
        trade = self._trade(self._chance.choice((3, 4)))
        at = self._chance.randrange(len(trade))
        return self._changed(trade, trade[:at] + trade[at + 1 :])

    def _added(self) -> tuple[str, str]:
        trade = self._trade(self._chance.choice((3, 4)))
        at = self._chance.randrange(len(trade) + 1)
        more = self._chance.choice(self._characters)
        return self._changed(trade, trade[:at] + more + trade[at:])

    # Operations that make it another company.

    def _another_trade_name(self) -> tuple[str, str]:
        first = self._trade()
        return self._changed(first, self._trade(len(first)))

    def _one_character_shared(self) -> tuple[str, str] | None:
        """Two characters, one of them the same, the other quite different."""
        first = self._trade(2)
        at = self._chance.randrange(2)
        other = self._chance.choice(self._characters)
        if closeness(first[1 - at], other) is not Close.FAR or other in first:
            return None
        second = first[at] + other if at == 0 else other + first[at]
        return self._changed(first, second)

    def _another_line_and_place(self) -> tuple[str, str]:
        trade = self._trade()
        here, there = self._chance.sample(DISTRICTS, 2)
        one, other = self._chance.sample(TRADES, 2)
        return here + trade + one + "有限公司", there + trade + other + "有限公司"

    def _generic_words_alone(self) -> tuple[str, str]:
        _, rest, known = self._company(self._trade())
        return self._chance.choice(CITY) + rest, known


POSITIVE = (
    "organisation_form", "place_missing", "place_in_brackets", "another_script", "look_alike",
    "same_sound", "near_sound", "swapped", "missing", "added",
)  # fmt: skip
NEGATIVE = (
    "another_trade_name", "one_character_shared", "another_line_and_place", "generic_words_alone",
)  # fmt: skip
FILES: dict[str, Callable[[], Maker]] = {
    "pairs.csv": lambda: Maker(TUNED, 7),
    "held_out.csv": lambda: Maker(HELD_OUT, 11),
}


def read(name: str) -> list[Pair]:
    """The pairs of a file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return [Pair(a, k, int(same), how) for a, k, same, how in list(csv.reader(stream))[1:]]


def main() -> None:
    """Writes both files."""
    for name, make in FILES.items():
        with (FOLDER / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(Pair._fields)
            writer.writerows(make().pairs(40 if name == "pairs.csv" else 20))


if __name__ == "__main__":
    main()
