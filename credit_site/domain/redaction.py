"""What of a natural person is shown: the surname, and nothing else that could name the person."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from credit_site.domain.rulebook import Rulebook

NATURAL_PERSON = "natural_person"


@lru_cache(maxsize=16_384)
def public_name(name: str, subject_kind: str, rulebook: Rulebook, on: date) -> str:
    """The name as shown: 张三 → 张*, 欧阳某某 → 欧阳**; organisations as they are.

    Names of minorities and foreigners keep their first character. Masking is the city's choice,
    rule ``personal_information``. Raises RuleNotInForce.
    """
    if subject_kind != NATURAL_PERSON:
        return name
    values = rulebook.rule("personal_information").on(on).values
    if not values["mask_names"]:
        return name
    compound = values["compound_surnames"]
    assert isinstance(compound, (list, tuple))
    return mask_name(name, tuple(compound))


def mask_name(name: str, compound_surnames: tuple[str, ...]) -> str:
    """Surname and asterisks; separators (·, space) count as characters and are hidden too."""
    plain = name.strip()
    long = any(plain.startswith(surname) and len(plain) > 2 for surname in compound_surnames)
    kept = 2 if long else 1
    return plain[:kept] + "*" * max(1, len(plain) - kept)
