"""What a bureau publishes in its own words: nothing private may stand in it."""

from __future__ import annotations

from credit_site.domain.validation.private_parts import private_parts
from credit_site.services.reviewing import NotPossible


def without_private_parts(facts: str, title: str = "主要事实") -> None:
    """Raises NotPossible where a text to be published holds a telephone, a home or an account."""
    found = next(private_parts(facts), None)
    if found is not None:
        raise NotPossible(f"{title}会公开。{found.problem.message}")
