"""The public values of an entry as JSON has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from credit_site.domain.cells import Value
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Field, FieldType

_FEN = Decimal("0.01")


class PublicContent:
    """Makes the content of entries of a register; ``public`` are its public fields in order."""

    def __init__(self, public: Iterable[Field]) -> None:
        fields = tuple(public)
        self._names = tuple(field.name for field in fields)
        self._formed = tuple((f.name, _FORMS[f.type]) for f in fields if f.type in _FORMS)

    def of(self, values: Mapping[str, Value]) -> dict[str, JsonValue]:
        """Public values in the register's order: dates as ISO 8601, yuan with two decimals."""
        found = {name: values[name] for name in self._names if name in values}
        content: dict[str, JsonValue] = found  # type: ignore[assignment]  # what is none is formed
        for name, form in self._formed:
            if name in found:
                content[name] = form(found[name])
        return content


def _two_decimals(amount: Value) -> str:
    return str(amount.quantize(_FEN)) if isinstance(amount, Decimal) else str(amount)


_FORMS: Mapping[FieldType, Callable[..., JsonValue]] = {
    FieldType.DATE: date.isoformat,
    FieldType.YUAN: _two_decimals,
    FieldType.CHOICES: list,
}
