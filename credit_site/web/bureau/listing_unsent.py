"""A step that came too late for a case: what was typed is given back, and what was done first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from werkzeug.datastructures import MultiDict

from credit_site.domain.listing_cases import ListingAction
from credit_site.domain.rulebook import load_rulebook
from credit_site.services.listing_cases.views import CaseLine, CaseView
from credit_site.services.reviewing import without_personal_numbers
from credit_site.web.bureau.listing_words import DONE, STEPS
from credit_site.web.bureau.names import done_first, names_of

_TITLES: Mapping[str, str] = {
    "facts": "主要事实",
    "penalty_number": "行政处罚决定书文号",
    "penalty_day": "行政处罚决定的日期",
    "heavy": "较重的行政处罚",
    "because": "依据的文书文号",
    "until": "延长到",
    "revoked_by": "解除、撤销文书的文号",
}


def given_back(
    action: ListingAction, typed: MultiDict[str, str], line: CaseLine
) -> list[tuple[str, str]]:
    """Titles and texts of what was filled in, in the order of the form."""
    step, book = STEPS[action], load_rulebook()
    grounds = {one.slug: one.name for one in line.branch.grounds}
    chosen = (
        book.measures[slug].name for slug in typed.getlist("measures") if slug in book.measures
    )
    found = [
        ("事由", grounds.get(typed.get("ground", ""), "")),
        ("措施", "；".join(chosen)),
        *_texts(typed, _TITLES),
        *_texts(typed, {"document": step.document, "words": step.words, "day": step.day}),
    ]
    return [(title, text) for title, text in found if text]


def check_numbers(action: ListingAction, typed: MultiDict[str, str], line: CaseLine) -> None:
    """Says in which field the number of a person stands. Raises NotPossible."""
    for title, text in given_back(action, typed, line):
        without_personal_numbers(text, title=title)


def came_first(view: CaseView) -> str:
    """Who took the last step of a case, when and on what document, in a sentence; "" for none."""
    if not view.steps:
        return ""
    last = view.steps[-1]
    who = names_of([last.actor])[last.actor]
    return done_first(who, last.at, DONE[last.action], last.document)


def _texts(typed: MultiDict[str, str], titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((title, typed.get(name, "").strip()) for name, title in titles.items())
