"""Whether a bureau's name and code belong together."""

from __future__ import annotations

from collections.abc import Mapping

from credit_site.domain.cells import Value
from credit_site.domain.issues import Level
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.validation.values import Finding, Problem

_PAIRS = (
    ("enforcement_agency", "enforcement_agency_uscc"),
    ("source_agency", "source_agency_uscc"),
)
_MOST = 4_096
_DIFFERS = Problem(
    "agency_code_differs",
    "与该机关已登记的统一社会信用代码不同，请核对机关的名称和代码。",
    Level.WARNING,
)


class AgencyChecks:
    """The checks of a file, remembered for each pair of name and code."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._known: dict[tuple[Value, Value], bool] = {}

    def check(self, values: Mapping[str, Value], wrong: list[Finding]) -> None:
        """Adds a warning where a known bureau bears a code that is not its own."""
        for name_field, code_field in _PAIRS:
            code = values.get(code_field)
            if code is not None:
                pair = (values.get(name_field, ""), code)
                fits = self._known.get(pair)
                if fits is None:
                    fits = self._remember(pair)
                if not fits:
                    wrong.append((code_field, _DIFFERS))

    def _remember(self, pair: tuple[Value, Value]) -> bool:
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[pair] = fits = self._fits(str(pair[0]), pair[1])
        return fits

    def _fits(self, name: str, code: Value) -> bool:
        """A code that was invented for a demonstration speaks against nothing."""
        agency = self._rulebook.agency_named(name)
        return agency is None or agency.uscc_invented or agency.uscc in ("", code)
