"""What is written in a case, sealed; and the row of the list's layout that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import orjson
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.issues import Issue
from credit_site.domain.list_measures import measure_words, measures_of
from credit_site.domain.rulebook import Layout, ListBranch, Rulebook
from credit_site.domain.validation.listing_checks import BY_CASE
from credit_site.models import ListingCase
from credit_site.services.layout_cells import layout_cell
from credit_site.services.one_row import check_one
from credit_site.services.reviewing import NotPossible
from credit_site.vault import Vault

LAYOUT = "serious_dishonesty"
SUBJECT_FIELDS = (
    "subject_name",
    "subject_type",
    "uscc",
    "registration_number",
    "legal_representative",
    "subject_document_number",
)
Content = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ListingTools:
    """What cases work with."""

    session: Session
    vault: Vault
    rulebook: Rulebook


def seal(content: Content, vault: Vault) -> bytes:
    """Everything written in a case, for storing."""
    return vault.seal(orjson.dumps(dict(content), option=orjson.OPT_SORT_KEYS))


def opened(case: ListingCase, vault: Vault) -> dict[str, str]:
    """Everything written in a case."""
    found: dict[str, str] = orjson.loads(vault.open(case.content))
    return found


def chosen_measures(content: Content, branch: ListBranch) -> tuple[str, ...]:
    """The measures that were chosen of the branch's; before anybody chose, all are proposed."""
    if "measures" not in content:
        return branch.measures
    chosen = content["measures"].split(";")
    return tuple(slug for slug in branch.measures if slug in chosen)


def entry_of(tools: ListingTools, case: ListingCase, content: Content, today: date) -> Entry:
    """The entry of the list, to the end that its rule gives. Raises NotPossible.

    While a case is undecided its number and day stand in for those of the decision.
    """
    branch = tools.rulebook.list_branches[case.branch]
    row = {
        **{name: content.get(name, "") for name in SUBJECT_FIELDS},
        **_law(case, content, branch, tools.rulebook),
        "facts": content.get("facts", ""),
        "deciding_agency": tools.rulebook.agencies[case.agency].name,
        "document_number": case.decision_number or f"待定〔{today.year}〕1号",
        "listed_on": (case.decided_on or today).isoformat(),
        "valid_until": "",
    }
    layout = tools.rulebook.layouts[LAYOUT]
    cells = [layout_cell(column, row) for column in layout.columns]
    agency = tools.rulebook.agencies[case.agency]
    found = check_one(tools.rulebook, layout, agency, today, cells)
    if found.entry is None:
        raise NotPossible(_problems(found.issues, layout))
    return found.entry


def prolonged(entry: Entry, until: date, said: Mapping[str, str]) -> Entry:
    """An entry with a last day that an extension gave it, later than a new entry may have.

    ``said`` are the fields that say on what it stands longer (``extension_content.PUBLIC``).
    """
    content = {**entry.content, "valid_until": until.isoformat(), **said}
    return replace(entry, content=content, publication_end=until)


def _law(
    case: ListingCase, content: Content, branch: ListBranch, rulebook: Rulebook
) -> dict[str, str]:
    """What the catalogue says: nothing stands on a list without it."""
    ground = branch.ground(case.ground)
    if ground is None:
        raise NotPossible("请从名单目录里选择列入的事由：没有依据的，不得列入。")
    return {
        "list": branch.list,
        "branch": branch.slug,
        "ground": ground.name,
        "legal_basis": ground.basis,
        "measures": measure_words(
            one
            for one in measures_of(branch, rulebook.measures)
            if one.slug in chosen_measures(content, branch)
        ),
        "remedies": branch.remedies,
    }


def _problems(issues: Sequence[Issue], layout: Layout) -> str:
    said = [f"{issue.column}：{issue.message}" for issue in issues if issue.level == "error"]
    return "".join(said).replace(BY_CASE, "") or f"请核对{layout.title}的内容。"
