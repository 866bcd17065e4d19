"""Which district or zone of the city a record belongs to."""

from __future__ import annotations

from functools import lru_cache

from credit_site.domain.rulebook import Rulebook

_WHOLE_CITY_ENDS = "00"


@lru_cache(maxsize=16_384)
def division_of(agency: str, uscc: str, written: str, rulebook: Rulebook) -> str:
    """Code of the division; empty if nothing tells.

    The district named in the bureau's name goes first, then the one in the subject's code (GB
    32100, digits 3 to 8) if it is the city's, then what the file itself says (2016: 地方编码).
    """
    for code in (division_named(agency, rulebook), uscc, written):
        if code in rulebook.divisions:
            return code
    return ""


def division_named(agency: str, rulebook: Rulebook) -> str:
    """Code of the district that a bureau's name holds; empty for bureaus of the city itself."""
    for code, division in rulebook.divisions.items():
        if code.endswith(_WHOLE_CITY_ENDS):
            continue
        names = (division.name, *division.aliases, *_short_names(division.name, rulebook))
        if any(name in agency for name in names):
            return code
    return ""


def _short_names(name: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The name without the city's before it: 郑州经济技术开发区 → 经济技术开发区."""
    cities = (d.name for code, d in rulebook.divisions.items() if code.endswith(_WHOLE_CITY_ENDS))
    stems = (city.removesuffix("市") for city in cities)
    return tuple(name.removeprefix(stem) for stem in stems if name.startswith(stem))
