"""An apology is public and outlives the entry: it says nothing of who it was.

No filter knows every trade name and every person, so the wordings stand in the rule ``apologies``
and one of them is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_site.domain.rulebook import Rulebook
from credit_site.services.reviewing import NotPossible

RULE = "apologies"


def wordings(rulebook: Rulebook, today: date) -> Mapping[str, str]:
    """The apologies that may be chosen, by name."""
    values = rulebook.rule(RULE).on(today).values
    return {name: str(text) for name, text in values.items()}


def chosen_apology(rulebook: Rulebook, today: date, chosen: str) -> str:
    """The wording of that name (or given word by word). Raises NotPossible for any other."""
    known = wordings(rulebook, today)
    if chosen in known:
        return known[chosen]
    if chosen in known.values():
        return chosen
    raise NotPossible(
        "列入有误的，请选一种致歉：会随移出公告公开。移出后公开的内容里不再出现主体的名称（简称）、代码和人名，"
        "所以只能从规则“列入有误的致歉”里选用。"
    )
