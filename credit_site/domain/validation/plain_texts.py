"""All plain texts of a row at once; a row with an unusual text is read cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import gt, itemgetter

from credit_site.domain.cells import Cell, cell_text
from credit_site.domain.validation.lost_cells import lost, may_be_lost
from credit_site.domain.validation.texts import may_hold_numbers, numbers_in, read_text
from credit_site.domain.validation.values import Finding, Problem, Value

Picker = Callable[[Sequence[Cell]], tuple[Cell, ...]]


class PlainTexts:
    """The columns of published texts: (index, field, most characters) of each."""

    def __init__(self, columns: Iterable[tuple[int, str, int]]) -> None:
        found = tuple(columns)
        self._pick = picker([index for index, _, _ in found])
        self._fields = tuple(field for _, field, _ in found)
        self._longest = tuple(longest for _, _, longest in found)

    def read(self, cells: Sequence[Cell], wrong: list[Finding]) -> dict[str, Value]:
        """The texts by field, without blank ones; what is wrong goes to ``wrong``."""
        texts = self._pick(cells)
        try:
            whole = "|".join(texts)  # type: ignore[arg-type]  # what else they are is found out
        except TypeError:
            return self._one_by_one(texts, wrong)
        if (
            not whole.isprintable()
            or may_be_lost(whole)
            or (" " in whole and _has_blanks_outside(whole))
            or any(map(gt, map(len, texts), self._longest))  # type: ignore[arg-type]
        ):
            return self._one_by_one(texts, wrong)
        if may_hold_numbers(whole):
            for field, cell in zip(self._fields, texts, strict=True):
                wrong += _numbers(field, cell_text(cell))
        found = zip(self._fields, texts)  # noqa: B905  # as many of the one as of the other
        return {field: text for field, text in found if text}  # type: ignore[misc]  # all str

    def _one_by_one(self, texts: Sequence[Cell], wrong: list[Finding]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for field, cell, longest in zip(self._fields, texts, self._longest, strict=True):
            found = lost(cell) or read_text(cell, longest)
            if isinstance(found, Problem):
                wrong.append((field, found))
                found = found.value
            if found is not None:
                values[field] = found
            wrong += _numbers(field, cell_text(cell))
        return values


def _has_blanks_outside(whole: str) -> bool:
    return " |" in whole or "| " in whole or whole[0] == " " or whole[-1] == " "


def _numbers(field: str, text: str) -> Iterator[Finding]:
    if may_hold_numbers(text):
        for problem in numbers_in(text):
            yield field, problem


def picker(indexes: Sequence[int]) -> Picker:
    """Takes the cells at some places out of a row."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    if indexes:
        (only,) = indexes
        return lambda cells: (cells[only],)
    return lambda _cells: ()
