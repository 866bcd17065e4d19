"""What the desk sees of cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.list_periods import ListPlace, earliest_removal, restricted
from credit_site.domain.listing_cases import ListingAction, ListingState, Way, possible
from credit_site.domain.listing_rules import Procedure, longest_end, objection_until
from credit_site.domain.matter_clocks import Clock
from credit_site.domain.rulebook import ListBranch, Rulebook
from credit_site.models import ListingCase, ListingFact, ListingStep
from credit_site.services.honours import UNFOUNDED, VOID, Freed, to_give_again
from credit_site.services.listing_cases.alerts import alert, doubts
from credit_site.services.listing_cases.case_clocks import clocks_of
from credit_site.services.listing_cases.content import ListingTools, opened
from credit_site.services.listing_cases.deeds import objects_from, opened_on
from credit_site.services.listing_cases.numbers import number_doubts
from credit_site.services.listing_cases.offered import hopeless
from credit_site.services.listing_cases.opening import standing
from credit_site.services.listing_cases.restoring import may_be_restored
from credit_site.services.listing_cases.screening import Screened, screened
from credit_site.services.listing_cases.steps import rules_of
from credit_site.vault import Vault

PAGE = 50


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in one line, its subject in public form; ``until`` the last day to object."""

    id: int
    list_name: str
    branch: ListBranch
    agency: str
    state: ListingState
    way: Way
    reason: str
    by_system: bool
    subject_name: str
    uscc: str
    opened_on: date
    until: date | None
    ends_on: date | None
    closed_on: date | None
    outcome: str
    record_id: int | None
    clocks: tuple[Clock, ...]

    def nearest(self, today: date) -> Clock | None:
        """The open deadline that comes first."""
        running = [one for one in self.clocks if one.done is None]
        return min(running, key=lambda one: one.left(today), default=None)


@dataclass(frozen=True, slots=True)
class CaseStep:
    """A step with what was said."""

    id: int
    at: datetime
    day: date
    actor: str
    action: ListingAction
    words: str
    document: str
    sha256: str
    file_kind: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A whole case; ``content`` everything that was written, ``facts`` the penalties.

    ``doubts`` is what whoever decides or reviews ought to look at, each a sentence in Chinese;
    ``restored_in`` the case in which the subject is listed again; ``freed`` the honours that may be
    given again, because what ended them was void.
    """

    line: CaseLine
    content: Mapping[str, str]
    rules: Procedure
    ground: str
    ground_basis: str
    decision_number: str
    decided_on: date | None
    begun_on: date | None
    listed_on: date | None
    facts_on: date
    apology: str
    penalty_number: str
    facts: tuple[int, ...]
    steps: tuple[CaseStep, ...]
    earliest: date | None
    longest: date | None
    alert: str
    restorable: bool
    served_on: date | None
    objects_from: date | None
    restores: int | None
    restored_in: int | None
    doubts: tuple[str, ...]
    number_doubts: tuple[str, ...]
    subject_kind: str
    screened: Screened | None
    freed: tuple[Freed, ...]

    @property
    def ends_on(self) -> date | None:
        """The last day on the list."""
        return self.line.ends_on

    @property
    def possible(self) -> tuple[ListingAction, ...]:
        """The steps that can be taken now; none that can never succeed."""
        found = possible(self.line.way, self.line.state, reviewed=self.rules.reviewed)
        never = hopeless(self)
        return tuple(action for action in found if action not in never)


def cases(
    tools: ListingTools,
    agency: str,
    states: Iterable[ListingState],
    today: date,
    before: int = 0,
) -> list[CaseLine]:
    """Cases of a bureau ("" for all), the newest first, going on below a number."""
    query = select(ListingCase).where(ListingCase.state.in_([state.value for state in states]))
    if agency:
        query = query.where(ListingCase.agency == agency)
    if before:
        query = query.where(ListingCase.id < before)
    found = tools.session.scalars(query.order_by(ListingCase.id.desc()).limit(PAGE))
    return [_line(tools, one, rules_of(tools, one, today)) for one in found]


def counts(session: Session, agency: str) -> dict[ListingState, int]:
    """How many cases stand in each state."""
    query = select(ListingCase.state, func.count()).group_by(ListingCase.state)
    if agency:
        query = query.where(ListingCase.agency == agency)
    return {ListingState(state): count for state, count in session.execute(query)}


def case_view(tools: ListingTools, case_id: int, today: date) -> CaseView | None:
    """One case; None where there is none."""
    case = tools.session.get(ListingCase, case_id)
    if case is None:
        return None
    rules = rules_of(tools, case, today)
    line = _line(tools, case, rules)
    ground = line.branch.ground(case.ground)
    return CaseView(
        line,
        opened(case, tools.vault),
        rules,
        ground.name if ground else "",
        ground.basis if ground else "",
        case.decision_number,
        case.decided_on,
        case.begun_on,
        case.listed_on,
        case.facts_on,
        case.apology,
        case.penalty_number,
        _facts(tools.session, case.id),
        _steps(tools.session, tools.vault, case.id),
        _earliest(tools.rulebook, case),
        longest_end(rules, case.decided_on) if case.decided_on else None,
        alert(tools, case, today),
        may_be_restored(case, rules, today) and _rests(tools.session, case),
        case.served_on,
        objects_from(case),
        case.restores,
        _restored_in(tools.session, case.id),
        doubts(tools, case, today),
        number_doubts(tools, case, case.decision_number, case.decided_on),
        case.subject_kind,
        screened(tools.session, case.record_id),
        _freed(tools, case, today),
    )


def case_of_record(session: Session, record_id: int) -> int | None:
    """The case that a public entry came out of."""
    return session.scalar(select(ListingCase.id).where(ListingCase.record_id == record_id))


def _line(tools: ListingTools, case: ListingCase, rules: Procedure) -> CaseLine:
    begun = objects_from(case)
    return CaseLine(
        case.id,
        case.list_name,
        tools.rulebook.list_branches[case.branch],
        case.agency,
        ListingState(case.state),
        Way(case.way),
        case.reason,
        bool(case.trigger),
        case.subject_name,
        case.uscc,
        opened_on(case),
        objection_until(rules, begun).day if begun else None,
        case.ends_on,
        case.closed_on,
        case.outcome,
        case.record_id,
        clocks_of(tools, case, rules),
    )


def _earliest(rulebook: Rulebook, case: ListingCase) -> date | None:
    """None as well while a restriction of law runs, for which the entry was prolonged."""
    place, decided = ListPlace(case.list_name, case.branch), case.decided_on
    if decided is None or restricted(place, decided, case.ends_on, rulebook):
        return None
    return earliest_removal(place, decided, rulebook)


def _rests(session: Session, case: ListingCase) -> bool:
    """Whether no other case of the subject is under way or on the same list."""
    return session.scalar(standing(case.list_name, case.subject)) is None


def _restored_in(session: Session, case_id: int) -> int | None:
    query = select(ListingCase.id).where(ListingCase.restores == case_id)
    return session.scalar(query.order_by(ListingCase.id.desc()).limit(1))


def _freed(tools: ListingTools, case: ListingCase, today: date) -> tuple[Freed, ...]:
    if case.outcome not in (UNFOUNDED, *VOID) or not case.uscc:
        return ()
    found = to_give_again(tools.session, tools.rulebook, today, code=case.uscc)
    lists = tools.rulebook.lists
    return tuple(
        one for one in found if case.list_name in (one.list_name, *lists[one.list_name].ends_beside)
    )


def _facts(session: Session, case_id: int) -> tuple[int, ...]:
    query = select(ListingFact.record_id).where(ListingFact.case_id == case_id)
    return tuple(session.scalars(query.order_by(ListingFact.record_id)))


def _steps(session: Session, vault: Vault, case_id: int) -> tuple[CaseStep, ...]:
    query = select(ListingStep).where(ListingStep.case_id == case_id).order_by(ListingStep.id)
    return tuple(_step(one, vault) for one in session.scalars(query))


def _step(one: ListingStep, vault: Vault) -> CaseStep:
    words = vault.open(one.words).decode() if one.words is not None else ""
    return CaseStep(
        one.id,
        one.at,
        one.day,
        one.actor,
        ListingAction(one.action),
        words,
        one.document,
        one.sha256,
        one.file_kind,
    )
