"""Which documents of a case can be printed, and what stands in those of an extension."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.dishonesty import is_favourable
from credit_site.services.listing_cases.extending import DONE, PENDING
from credit_site.services.listing_cases.views import CaseView

_PAPERS = {
    "notice": ("列入告知书", "notice_number"),
    "decision": ("列入决定书", "decision_words"),
    "repair": ("信用修复告知书", "decision_words"),
    "removal": ("移出决定书", "removal_number"),
    "extension": ("延长期限告知书", PENDING + "number"),
    "prolongation": ("延长期限决定书", DONE + "decision"),
}
"""Title of a document, and what is written in the case once it can be printed."""
_DECISION = ("decision", "repair")


def is_made(paper: str, view: CaseView) -> bool:
    """Whether a document has come to be; nobody repairs his standing on a favourable list."""
    if paper == "repair" and is_favourable(load_rulebook(), view.line.list_name):
        return False
    _, written = _PAPERS[paper]
    decided = paper not in _DECISION or bool(view.decision_number)
    return decided and bool(view.content.get(written))


def papers_of(view: CaseView) -> list[tuple[str, str]]:
    """Addresses and titles of the documents that can be printed."""
    base = f"/bureau/listings/{view.line.id}"
    return [(f"{base}/{paper}", _PAPERS[paper][0]) for paper in _PAPERS if is_made(paper, view)]


def told(content: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """What is written of an extension, ``pending`` and ``done``, by short names; days as days."""
    return {"pending": _of(content, PENDING), "done": _of(content, DONE)}


def _of(content: Mapping[str, str], begins: str) -> dict[str, object]:
    found = {name.removeprefix(begins): text for name, text in content.items()}
    return {name: _day(text) or text for name, text in found.items() if begins + name in content}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
