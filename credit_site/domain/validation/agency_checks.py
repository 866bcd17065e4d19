"""Whether a bureau's name and code belong together, and the decision to who hands it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from credit_site.domain.cells import Value
from credit_site.domain.issues import Level
from credit_site.domain.rulebook import Agency, Rulebook
from credit_site.domain.validation.values import Finding, Problem

_DECIDES = "enforcement_agency"
_PAIRS = (
    (_DECIDES, "enforcement_agency_uscc"),
    ("source_agency", "source_agency_uscc"),
)
_MOST = 4_096
_DIFFERS = Problem(
    "agency_code_differs",
    "与该机关已登记的统一社会信用代码不同，请核对机关的名称和代码。",
    Level.WARNING,
)


class AgencyChecks:
    """The checks of one bureau's file, remembered for each pair of name and code."""

    def __init__(self, rulebook: Rulebook, agency: Agency) -> None:
        self._rulebook, self._agency = rulebook, agency
        self._by_code = {one.uscc: one for one in rulebook.agencies.values() if one.uscc}
        self._known: dict[tuple[str, Value, Value], tuple[Finding, ...]] = {}

    def check(self, values: Mapping[str, Value], wrong: list[Finding]) -> None:
        """Adds warnings where a known bureau bears another's code, or decided and is not ours."""
        for name_field, code_field in _PAIRS:
            pair = (name_field, values.get(name_field, ""), values.get(code_field, ""))
            found = self._known.get(pair)
            if found is None:
                found = self._remember(pair, code_field)
            if found:
                wrong.extend(found)

    def _remember(self, pair: tuple[str, Value, Value], code_field: str) -> tuple[Finding, ...]:
        if len(self._known) >= _MOST:
            self._known.clear()
        field, name, code = pair
        self._known[pair] = found = tuple(self._findings(field, str(name), code_field, str(code)))
        return found

    def _findings(self, field: str, name: str, code_field: str, code: str) -> Iterator[Finding]:
        """A code invented for a demonstration speaks against no code but another bureau's."""
        named, coded = self._rulebook.agency_named(name), self._by_code.get(code)
        if named is not None and coded is not None and named is not coded:
            yield code_field, _of_another(named, coded)
        elif (
            named is not None and code and not named.uscc_invented and named.uscc not in ("", code)
        ):
            yield code_field, _DIFFERS
        decides = named or coded
        if field == _DECIDES and decides is not None and decides is not self._agency:
            yield field, self._not_own(decides)

    def _not_own(self, decides: Agency) -> Problem:
        message = (
            f"处罚机关是{decides.name}，不是上报的部门（{self._agency.name}）。"
            "填错了的请改正；别的部门作出的决定，应由作出的部门上报。"
        )
        return Problem("agency_not_own", message, Level.WARNING)


def _of_another(named: Agency, coded: Agency) -> Problem:
    message = f"这是{coded.name}的代码，不是{named.name}的，请核对机关的名称和代码。"
    return Problem("agency_code_of_another", message, Level.WARNING)
