"""Which documents of a case can be printed, and what stands in those of an extension."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_site.domain.listing_cases import ListingState
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.dishonesty import is_favourable
from credit_site.services.listing_cases.extension_content import DONE, PENDING
from credit_site.services.listing_cases.views import CaseView
from credit_site.services.publication import EndReason

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
_CERTIFICATE = "移出证明"


def is_made(paper: str, view: CaseView) -> bool:
    """Whether a document has come to be; nobody repairs his standing on a favourable list."""
    if paper == "repair" and is_favourable(load_rulebook(), view.line.list_name):
        return False
    if paper == "removal" and _ran_out(view):
        return True
    if paper == "prolongation" and view.content.get(PENDING + "decision"):
        return True
    _, written = _PAPERS[paper]
    decided = paper not in _DECISION or bool(view.decision_number)
    return decided and bool(view.content.get(written))


def papers_of(view: CaseView) -> list[tuple[str, str]]:
    """Addresses and titles of the documents that can be printed."""
    base = f"/bureau/listings/{view.line.id}"
    return [(f"{base}/{paper}", _title(paper, view)) for paper in _PAPERS if is_made(paper, view)]


def template_of(paper: str, view: CaseView) -> str:
    """The end of the template's name: who stayed to the end gets a certificate, not a decision."""
    return "removed" if paper == "removal" and _ran_out(view) else paper


def _title(paper: str, view: CaseView) -> str:
    return _CERTIFICATE if paper == "removal" and _ran_out(view) else _PAPERS[paper][0]


def _ran_out(view: CaseView) -> bool:
    return view.line.state is ListingState.REMOVED and view.line.outcome == EndReason.EXPIRED


def told(content: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """What is written of an extension by short names, days as days.

    ``pending`` what the last notice told, ``decided`` what the last decision says.
    """
    pending, done = _of(content, PENDING), _of(content, DONE)
    return {"pending": pending, "decided": pending if "decision" in pending else done}


def _of(content: Mapping[str, str], begins: str) -> dict[str, object]:
    found = {name.removeprefix(begins): text for name, text in content.items()}
    return {name: _day(text) or text for name, text in found.items() if begins + name in content}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
