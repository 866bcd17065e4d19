"""Rules of the rulebook: what they say from which day to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.rulebook_types import Basis

EVER = date(2000, 1, 1)
"""What is in force from this day has no beginning of its own."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a rule says from one day on."""

    id: str
    in_force_from: date
    in_force_to: date | None
    basis: tuple[Basis, ...]
    values: Mapping[str, object]

    @property
    def since(self) -> date | None:
        """The day it began; None for what holds since before anything here was decided."""
        return None if self.in_force_from <= EVER else self.in_force_from


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its dated versions, oldest first; ``labels`` name its values in Chinese."""

    name: str
    title: str
    versions: tuple[Version, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    def on(self, day: date) -> Version:
        """The version in force on a day; raises RuleNotInForce."""
        for version in reversed(self.versions):
            if version.in_force_from <= day <= (version.in_force_to or date.max):
                return version
        raise RuleNotInForce(f"{self.name} on {day}")
