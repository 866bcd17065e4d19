"""Rows with cells that nobody expects: the file itself is sound."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime

from credit_site.domain.cells import Cell
from tests.domain.penalty_rows import BOOK, CLEAN, LAYOUTS, invented_uscc
from tests.support.personal_numbers import invented_id_number

SECRETS = tuple(invented_id_number(n, f"19{60 + n % 30}0{1 + n % 9}1{n % 10}") for n in range(40))
"""Numbers of persons that may stand anywhere in the files, and nowhere in what is said of them."""
Row = list[Cell]
_ODD: tuple[Cell, ...] = (
    "",
    " ",
    "\u3000",
    "/",
    "NULL",
    "=1+1",
    '=HYPERLINK("http://example.com","x")',
    "@SUM(A1)",
    "-2",
    "9.141E+17",
    "1e400",
    "-1e-9",
    "٣٤٥",
    "１２３４５",
    "2026-02-30",
    "2026/13/1",
    "26.5.6",
    "0000-00-00",
    "99999999999999999999",
    "\u202e反过来\u202c",
    "零\u200b宽",
    "造\ue000字",
    "𠮷野家",
    "a\x0bb",
    "\ud7ff\uffff",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "%s%n",
    "'; DROP TABLE records; --",
    "../../etc/passwd",
    "长" * 33_000,
    "甲\n乙\r\n丙",
    "\t制表\t",
    '"引号',
    "罚款；没收违法所得、警告",
    True,
    False,
    0,
    -1,
    10**15,
    1.5,
    9.141e17,
    float("1e-320"),
    45_678,
    date(2026, 5, 6),
    datetime.fromisoformat("1900-01-01T01:01:01"),
)


def sound_rows(chance: random.Random, layout: str, count: int) -> list[Row]:
    """Faultless rows, each with a subject and a number of its own."""
    return [_sound(chance, layout) for _ in range(count)]


def _sound(chance: random.Random, layout: str) -> Row:
    number = chance.randrange(1, 900_000)
    own = {
        "decision_number": f"郑市监处罚〔2026〕{number}号",
        "document_number": f"郑市监列严〔2026〕{number}号",
        "uscc": invented_uscc(number),
        "counterparty_document_number": chance.choice(SECRETS),
    }
    row = {**CLEAN[layout]} | {name: own[name] for name in own if name in CLEAN[layout]}
    return [row.get(column.field, "") for column in BOOK.layouts[layout].columns]


def spoilt(chance: random.Random, rows: Sequence[Row]) -> list[Row]:
    """Some cells are others."""
    made = [list(row) for row in rows]
    for _ in range(chance.randint(1, 6)):
        row = chance.choice(made)
        place = chance.randrange(len(row))
        row[place] = chance.choice(_CHANGES)(chance, row[place])
    return made


def _odd(chance: random.Random, _cell: Cell) -> Cell:
    return chance.choice(_ODD)


def _glued(chance: random.Random, cell: Cell) -> Cell:
    """Something odd inside the text."""
    return f"{cell}{chance.choice(_ODD)}{cell}"[:40_000]


def _leak(chance: random.Random, cell: Cell) -> Cell:
    """A number of a person, bare or among words, in the digits of one width or the other."""
    number = chance.choice(SECRETS)
    if chance.random() < 0.3:
        number = number.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"})
    return chance.choice((number, f"{cell}（身份证号{number}）", f"{number}{cell}"))


def _swapped(chance: random.Random, cell: Cell) -> Cell:
    """Its characters in another order."""
    letters = list(str(cell))
    chance.shuffle(letters)
    return "".join(letters)


_CHANGES: Sequence[Callable[[random.Random, Cell], Cell]] = (_odd, _glued, _leak, _swapped)


def any_layout(chance: random.Random) -> str:
    """The name of a layout."""
    return chance.choice(LAYOUTS)
