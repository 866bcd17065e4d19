"""Which steps can never succeed in a case as it stands: they are not offered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from credit_site.domain.listing_cases import ListingAction, Way
from credit_site.domain.listing_rules import Procedure
from credit_site.services.listing_cases.extension_content import DONE, pending

_SAID = ("until", "objection", "decision", "agreement")


class CaseFacts(Protocol):
    """What of a case decides on its steps."""

    @property
    def content(self) -> Mapping[str, str]: ...
    @property
    def rules(self) -> Procedure: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def served_on(self) -> date | None: ...
    @property
    def earliest(self) -> date | None: ...
    @property
    def longest(self) -> date | None: ...
    @property
    def restorable(self) -> bool: ...


def hopeless(case: CaseFacts) -> frozenset[ListingAction]:
    """The steps of the table that this case cannot take, whatever is typed."""
    announced = case.rules.way is Way.ANNOUNCE
    never = {
        ListingAction.SERVE_DECISION: case.served_on is not None or announced,
        ListingAction.RESTORE: not case.restorable,
        ListingAction.REMOVE_EARLY: case.earliest is None,
        ListingAction.PUBLISH: case.served_on is None and not announced,
        **_of_extension(case),
    }
    return frozenset(action for action, cannot in never.items() if cannot)


def _of_extension(case: CaseFacts) -> dict[ListingAction, bool]:
    said = {name: bool(pending(case.content, name)) for name in _SAID}
    told, objected, decided, agreed = said.values()
    ends, longest = case.ends_on, case.longest
    longer = longest is not None and ends is not None and ends < longest
    waits_above = decided and case.rules.reviewed and not agreed
    return {
        ListingAction.EXTENSION_NOTICE: not longer or decided,
        ListingAction.EXTENSION_OBJECT: not told or decided,
        ListingAction.EXTENSION_HEAR: not objected or decided,
        ListingAction.EXTENSION_DROP: not told,
        ListingAction.EXTEND: not told or decided,
        ListingAction.EXTENSION_AGREE: not waits_above,
        ListingAction.EXTENSION_RETURN: not waits_above,
        ListingAction.EXTENSION_SERVE: not decided or waits_above,
        ListingAction.EXTENSION_UNDO: not case.content.get(DONE + "before"),
    }
