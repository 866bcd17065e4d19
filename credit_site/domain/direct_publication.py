"""What a person looks at first even where a bureau's machines publish directly."""

from __future__ import annotations

from datetime import date

from credit_site.domain.rulebook import Rulebook


def held_for_review(day: date, rulebook: Rulebook) -> frozenset[str]:
    """Codes of warnings with which nothing goes out unseen (rule ``direct_publication``).

    Raises RuleNotInForce.
    """
    codes = rulebook.rule("direct_publication").on(day).values["held"]
    assert isinstance(codes, (list, tuple)), "the rule lists codes"
    return frozenset(map(str, codes))
