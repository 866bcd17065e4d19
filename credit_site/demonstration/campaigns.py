"""Which campaign of the city's plan a case was found in."""

from collections.abc import Mapping
from functools import cache

from credit_site.demonstration.chance import Chance
from credit_site.demonstration.word_lists import table

_SHARE = 0.3


@cache
def campaigns_by_field() -> Mapping[str, tuple[str, ...]]:
    """The names of the campaigns that look at a field of goods, by the field's slug."""
    found: dict[str, tuple[str, ...]] = {}
    for name, fields in table("campaigns").items():
        for field in fields:
            found[field] = (*found.get(field, ()), name)
    return found


def campaign_of(field: str, chance: Chance) -> str:
    """The name of a campaign for three of ten cases, else ""."""
    names = campaigns_by_field().get(field)
    return chance.pick(names) if names and chance.unit() < _SHARE else ""


def called(campaign: str) -> str:
    """A campaign in a sentence: “净网利剑”专项行动, “剑网行动”."""
    quoted = f"“{campaign}”"
    return quoted if not campaign or campaign.endswith("行动") else quoted + "专项行动"
