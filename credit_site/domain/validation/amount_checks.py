"""Whether kinds of penalty and amounts fit together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from credit_site.domain.cells import Value
from credit_site.domain.issues import Level
from credit_site.domain.rulebook import Layout
from credit_site.domain.validation.values import Finding, Problem

_DOUBTFUL_YUAN = Decimal(5_000_000)  # 500 万元: is the cell in yuan after all?
_TEN_THOUSAND = 10_000
_ZERO = Problem("amount_zero", "处罚类别里有这一项，金额却是 0，请核对。", Level.WARNING)
_UNIT = Problem(
    "unit_doubtful",
    "处罚内容里同样的数字后面写的是“元”，而这一列的单位是万元，请核对是不是填大了一万倍。",
    Level.WARNING,
)

_Asked = tuple[tuple[tuple[str, Problem], ...], tuple[tuple[str, Problem], ...]]
"""Fields that kinds of penalty ask for, and those that they do not go with."""


class AmountChecks:
    """The checks of a layout, remembered for each combination of kinds."""

    def __init__(self, layout: Layout) -> None:
        self._asking = tuple(c for c in layout.columns if c.required_with)
        self._amounts = tuple(c.field for c in layout.columns if c.unit)
        self._known: dict[tuple[str, ...], _Asked] = {}

    def check(self, values: Mapping[str, Value], wrong: list[Finding]) -> None:
        """Adds to ``wrong`` what lacks, and what should not be there."""
        types = values.get("penalty_types")
        if not isinstance(types, tuple):
            return
        asked, unasked = self._known.get(types) or self._find(types)
        for field, problem in asked:
            found = values.get(field)
            if found is None:
                wrong.append((field, problem))
            elif isinstance(found, Decimal):
                self._check_size(field, found, values, wrong)
        for field, problem in unasked:
            if values.get(field):
                wrong.append((field, problem))

    def _check_size(
        self, field: str, amount: Decimal, values: Mapping[str, Value], wrong: list[Finding]
    ) -> None:
        if not amount:
            wrong.append((field, _ZERO))
        elif amount >= _DOUBTFUL_YUAN:
            content = values.get("penalty_content")
            written = f"{amount / _TEN_THOUSAND:.6f}".rstrip("0").rstrip(".")
            if isinstance(content, str) and f"{written}元" in content.replace(",", ""):
                wrong.append((field, _UNIT))

    def _find(self, types: tuple[str, ...]) -> _Asked:
        asked, unasked = [], []
        for column in self._asking:
            kinds = "、".join(name for name in types if name in column.required_with)
            if kinds:
                message = f"处罚类别里有“{kinds}”，请填写这一格。"
                asked.append((column.field, Problem("required_with", message)))
            elif column.field in self._amounts:
                names = "、".join(column.required_with)
                message = f"这一格有金额，而处罚类别里没有“{names}”，请核对。"
                unasked.append((column.field, Problem("amount_unasked", message, Level.WARNING)))
        self._known[types] = found = (tuple(asked), tuple(unasked))
        return found
