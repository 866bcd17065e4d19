"""Which documents of a case can be printed, those of its extensions among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from credit_site.domain.listing_cases import ListingState
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.dishonesty import is_favourable
from credit_site.services.listing_cases.correcting import as_served
from credit_site.services.listing_cases.extension_content import DONE, extensions
from credit_site.services.listing_cases.views import CaseView
from credit_site.services.publication import EndReason
from credit_site.web.bureau.listing_words import OUTCOMES, STATES
from credit_site.web.presenters.words import spoken_day

_PAPERS = {
    "notice": ("列入告知书", "notice_number"),
    "decision": ("列入决定书", "decision_words"),
    "repair": ("信用修复告知书", "decision_words"),
    "removal": ("移出决定书", "removal_number"),
}
"""Title of a document, and what is written in the case once it can be printed."""
_DECISION = ("decision", "repair")
_OF_EXTENSION = {
    "notice": ("延长期限告知书", "number"),
    "decision": ("延长期限决定书", "decision"),
    "withdrawal": ("撤回延长决定书", "withdrawal"),
}
"""The same of an extension."""
_DROPPED = "不再延长通知书"
_CERTIFICATE = "移出证明"


def is_made(paper: str, view: CaseView) -> bool:
    """Whether a document has come to be; nobody repairs his standing on a favourable list."""
    if paper == "repair" and is_favourable(load_rulebook(), view.line.list_name):
        return False
    if paper == "removal" and _ran_out(view):
        return True
    _, written = _PAPERS[paper]
    decided = paper not in _DECISION or bool(view.decision_number)
    return decided and bool(view.content.get(written))


def papers_of(view: CaseView) -> list[tuple[str, str]]:
    """Addresses and titles of the documents that can be printed."""
    base = f"/bureau/listings/{view.line.id}"
    own = [(f"{base}/{paper}", _title(paper, view)) for paper in _PAPERS if is_made(paper, view)]
    return own + [
        (f"{base}/extensions/{nth}/{paper}", f"{_extension_title(paper, said)} {said[written]}")
        for nth, said in extensions(view.content).items()
        for paper, (_, written) in _OF_EXTENSION.items()
        if is_made_of_extension(paper, nth, view)
    ]


def is_made_of_extension(paper: str, nth: int, view: CaseView) -> bool:
    """Whether a document of an extension has come to be."""
    said = extensions(view.content).get(nth, {})
    return bool(said.get(_OF_EXTENSION[paper][1]))


def template_of(paper: str, view: CaseView) -> str:
    """The end of the template's name: who stayed to the end gets a certificate, not a decision."""
    return "removed" if paper == "removal" and _ran_out(view) else paper


def happened_since(view: CaseView, today: date) -> tuple[str, ...]:
    """What came after the papers, in sentences: it stands beside them, not in them."""
    line, found = view.line, []
    if as_served(view.content) != view.content:
        found.append("公示的内容后来更正过。")
    if line.ends_on and view.content.get(DONE + "before"):
        found.append(f"公示期限后来延长到 {spoken_day(line.ends_on)}。")
    if line.closed_on:
        ended = OUTCOMES.get(line.outcome) or STATES[line.state][0]
        found.append(f"{spoken_day(line.closed_on)}：{ended}。")
    elif line.ends_on and line.ends_on < today:
        found.append(f"公示期到 {spoken_day(line.ends_on)}为止，已经届满。")
    return tuple(found)


def _title(paper: str, view: CaseView) -> str:
    return _CERTIFICATE if paper == "removal" and _ran_out(view) else _PAPERS[paper][0]


def _ran_out(view: CaseView) -> bool:
    return view.line.state is ListingState.REMOVED and view.line.outcome == EndReason.EXPIRED


def _extension_title(paper: str, said: Mapping[str, str]) -> str:
    """Where nothing was decided, only what was told is withdrawn."""
    dropped = paper == "withdrawal" and "back_to" not in said
    return _DROPPED if dropped else _OF_EXTENSION[paper][0]


def told(nth: int, view: CaseView) -> dict[str, object]:
    """What is written of an extension by short names, days as days."""
    return {n: day_of(text) or text for n, text in extensions(view.content)[nth].items()}


def days_in_words(content: Mapping[str, str]) -> dict[str, str]:
    """The days that a case writes down, by name, as they are read."""
    return {name: spoken_day(day) for name, text in content.items() if (day := day_of(text))}


def day_of(text: str) -> date | None:
    """A day as a form or a case writes it; None for any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
