"""What people type, read by Whoosh's query parser into a small tree that engines translate.

Words are AND; "phrases"; OR; -not (or NOT); prefixes such as 名称: narrow a word to a field;
日期: and 罚款: take ranges. Nothing typed is an error: what cannot be read as syntax is read
literally, and the reading says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from whoosh import query as whoosh_query
from whoosh.fields import ID, Schema
from whoosh.qparser import QueryParser, plugins

from search_index.folding import fold

PREFIXES = {
    "名称": "name",
    "企业": "name",
    "代码": "code",
    "文号": "number",
    "机关": "agency",
    "部门": "agency",
    "事实": "facts",
    "依据": "basis",
    "类别": "category",
}
"""Prefixes of words and the text field each narrows to."""
DAYS, MONEY, ANY = "日期", "罚款", "任意"
LONGEST = 300
_OPERATORS = ("OR", "AND", "NOT")
_SPACED = re.compile(rf"((?<!\S)-?(?:{'|'.join((*PREFIXES, DAYS, MONEY))}):)\s+")
_RANGE = re.compile(r"(\d{4}(?:-\d{1,2}){0,2})?(\.\.)?(\d{4}(?:-\d{1,2}){0,2})?")
_MONEY = re.compile(r"(>=|<=|>|<)?(\d+(?:\.\d+)?)(万)?(?:\.\.(\d+(?:\.\d+)?)(万)?)?")
_FEN = 100
_MOST_FEN = 1 << 46


@dataclass(frozen=True, slots=True)
class Word:
    """A folded run that must stand in a text; ``field`` "" means any text field."""

    needle: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days of the decision, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Money:
    """A range of amounts in fen, both ends included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; no part: everything."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Named:
    """The whole name, code or number, folded, is one of these."""

    names: tuple[str, ...]


Node = Word | Days | Money | All | Either | Without | Named


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was understood; ``note`` in Chinese where that is not as typed.

    ``whole`` is the folded text if it is nothing but words, else "". ``names`` are the folded
    names that what was typed stands for as well, such as those it is the pinyin of.
    """

    node: Node
    note: str
    whole: str
    names: tuple[str, ...] = ()

    @property
    def sought(self) -> Node:
        """What hits are: as typed, or of one of the names."""
        return Either((self.node, Named(self.names))) if self.names else self.node


def read_query(text: str, names: Iterable[str] = ()) -> Reading:
    """Reads what was typed, never raises; ``names`` it stands for as well come as written."""
    reading = _read(text)
    folded = dict.fromkeys(key for name in names if (key := fold(name)))
    return replace(reading, names=tuple(folded)) if folded else reading


@lru_cache(maxsize=1024)
def _read(text: str) -> Reading:
    typed = _SPACED.sub(r"\1", text[:LONGEST].translate(_marks()).strip())
    balanced = typed if typed.count('"') % 2 == 0 else typed.replace('"', " ")
    notes = [] if balanced is typed else ["引号没有成对，已按没有引号查找。"]
    try:
        node = _node(_parser().parse(balanced), notes)
    except Exception:  # noqa: BLE001  # whatever a parser makes of strange input: read literally
        node, notes = _literal(balanced), ["查询条件无法识别，已按字面查找。"]
    plain = all(isinstance(part, Word) and not part.field for part in _parts(node))
    return Reading(node, "".join(dict.fromkeys(notes)), fold(balanced) if plain else "")


def positive_words(node: Node) -> Iterator[Word]:
    """The words that hits contain, for marking them."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, (All, Either)):
        for part in node.parts:
            yield from positive_words(part)


def _marks() -> dict[int, str]:
    return {ord("："): ":", **dict.fromkeys(map(ord, "“”„＂「」"), '"'), 0x3000: " "}


@lru_cache(maxsize=1)
def _parser() -> QueryParser:
    fields = {name: ID() for name in (*PREFIXES, DAYS, MONEY, ANY)}
    operators = plugins.OperatorsPlugin(
        And=r"(?<=\s)AND(?=\s)",
        Or=r"(?<=\s)(?:OR|或者)(?=\s)",
        Not=r"(^|(?<=\s))(?:-|NOT\s+)(?=\S)",
        AndNot=None,
        AndMaybe=None,
        Require=None,
    )
    chosen = [plugins.WhitespacePlugin(), plugins.PhrasePlugin(), plugins.FieldsPlugin(), operators]
    return QueryParser(ANY, Schema(**fields), plugins=chosen)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, All) else (node,)


def _node(read: whoosh_query.Query, notes: list[str]) -> Node:
    if isinstance(read, whoosh_query.And):
        return All(tuple(_node(part, notes) for part in read))
    if isinstance(read, whoosh_query.Or):
        return Either(tuple(_node(part, notes) for part in read))
    if isinstance(read, whoosh_query.Not):
        return Without(_node(read.query, notes))
    if isinstance(read, whoosh_query.Phrase):
        return _word(read.fieldname, "".join(read.words), notes)
    if isinstance(read, whoosh_query.Term):
        return _word(read.fieldname, str(read.text), notes)
    return All(())


def _word(field: str, text: str, notes: list[str]) -> Node:
    if field == DAYS:
        return _days(text) or _unread(field, text, notes)
    if field == MONEY:
        return _money(text) or _unread(field, text, notes)
    if field == ANY:
        notes += _left_over(text)
    needle = fold(text)
    return Word(needle, PREFIXES.get(field, "")) if needle else All(())


def _left_over(text: str) -> Iterator[str]:
    """Syntax that has nothing to work on."""
    if text in _OPERATORS:
        yield f"“{text}”的前后都要有词，已按字面查找。"
    elif text[-1:] == ":" and text[:-1] in (*PREFIXES, DAYS, MONEY):
        yield f"“{text}”后面没有内容，已按字面查找。"


def _unread(field: str, text: str, notes: list[str]) -> Node:
    notes.append(f"“{field}:”后面的内容无法识别，已按字面查找。")
    return Word(fold(f"{field}:{text}"))


def _literal(text: str) -> Node:
    return All(tuple(Word(needle) for part in text.split() if (needle := fold(part))))


def _days(text: str) -> Days | None:
    match = _RANGE.fullmatch(text)
    if match is None or not (match[1] or match[3]):
        return None
    first, dots, last = match.groups()
    try:
        start = _first_day(first) if first else date.min
        end = _last_day(last or first) if last or not dots else date.max
    except ValueError:
        return None
    return Days(start, end) if start <= end else None


def decided_between(first: date | None, last: date | None) -> str:
    """What is typed for decisions of these days, both included; None: open. "" for any day."""
    if first is None and last is None:
        return ""
    return f"{DAYS}:{first.isoformat() if first else ''}..{last.isoformat() if last else ''}"


def _first_day(text: str) -> date:
    year, month, day = [*map(int, text.split("-")), 1, 1][:3]
    return date(year, month, day)


def _last_day(text: str) -> date:
    parts = list(map(int, text.split("-")))
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    year, month = parts
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _money(text: str) -> Money | None:
    match = _MONEY.fullmatch(text.replace(",", "").replace("元", ""))
    if match is None:
        return None
    sign, low, low_unit, high, high_unit = match.groups()
    amount = _fen(low, low_unit)
    if high:
        return Money(amount, _fen(high, high_unit))
    ranges = {
        ">": (amount + 1, _MOST_FEN),
        ">=": (amount, _MOST_FEN),
        "<": (0, amount - 1),
        "<=": (0, amount),
        None: (amount, amount),
    }
    return Money(*ranges[sign])


def _fen(number: str, unit: str | None) -> int:
    return min(round(float(number) * (10_000 if unit else 1) * _FEN), _MOST_FEN)


def marking_terms(node: Node) -> tuple[str, ...]:
    """What to mark in the hits, folded, the longest first."""
    needles = dict.fromkeys(word.needle for word in positive_words(node))
    return tuple(sorted(needles, key=len, reverse=True))
