"""The follower that proposes candidates from new penalties, and closes what has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.document_numbers import normalise_number
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.listing_candidates import Others, PenaltyFact, Proposal, proposal
from credit_site.domain.listing_cases import CLOSED, ListingState
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.subjects import NATURAL_PERSON
from credit_site.domain.working_days import add_months
from credit_site.extensions import Clock, CurrentClock
from credit_site.models import ListingCase, ListingFact, ListingStep, Record, State
from credit_site.services.followers import position, save_position
from credit_site.services.ledger import head
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.opening import (
    Beginning,
    blank_case,
    complete_proposal,
    standing,
    subject_digest,
)
from credit_site.services.listing_cases.steps import SYSTEM, close_case
from credit_site.services.public_records import PublicRecord, of_company, public_record, visible
from credit_site.services.transactions import write_transaction

NAME = "listing-candidates"
NAME_AGAIN = "listing-candidates-again"
"""Follows the steps of cases (their numbers), not the ledger."""
BATCH = 500
_CLOSED = [state.value for state in CLOSED]
_TEXTS = ("violation_type", "violation_facts")


class ListingProposer:
    """Never proposes twice for the same facts: a penalty begins one case of a list at most."""

    def __init__(self, tools: ListingTools, clock: Clock | CurrentClock) -> None:
        self._tools, self._clock = tools, clock
        self._seen: tuple[int, int, date] | None = None

    def step(self, session: Session) -> int:
        """One batch of new penalties and what has ended; 0 where there is nothing to do now."""
        newest, today = head(session).seq, self._clock.today()
        last = session.scalar(select(func.max(ListingStep.id))) or 0
        if self._seen == (newest, last, today):
            session.rollback()
            return 0
        done = self._close(session) + self._propose(session, newest, today)
        done += self._come_back(session, today)
        if not done:
            self._seen = (newest, last, today)
        return done

    def start_over(self) -> None:
        """After a failure: everything is looked at anew."""
        self._seen = None

    def _propose(self, session: Session, newest: int, today: date) -> int:
        begin = position(session, NAME)
        if begin >= newest:
            session.rollback()
            return 0
        records = _penalties(session, begin, today, self._tools.rulebook)
        with write_transaction(session):
            for record in records:
                self._consider(record, today)
        reached = records[-1].ledger_seq if len(records) == BATCH else newest
        save_position(session, NAME, reached, self._clock.now())
        return max(len(records), 1)

    def _come_back(self, session: Session, today: date) -> int:
        """To what arrived while a case was open that has come to nothing, or to its end.

        Penalties that a case took up are not looked at again.
        """
        begin = position(session, NAME_AGAIN)
        query = (
            select(ListingStep.id, ListingCase.uscc)
            .join(ListingCase, ListingCase.id == ListingStep.case_id)
            .where(ListingStep.id > begin, ListingStep.state.in_(_CLOSED))
            .order_by(ListingStep.id)
            .limit(BATCH)
        )
        closed = [(number, code) for number, code in session.execute(query)]
        session.rollback()
        if not closed:
            return 0
        with write_transaction(session):
            for code in dict.fromkeys(code for _, code in closed if code):
                for record in reversed(of_company(session, code, today)):
                    if not record.list_name and record.subject_kind != NATURAL_PERSON:
                        self._consider(record, today)
        save_position(session, NAME_AGAIN, closed[-1][0], self._clock.now())
        return len(closed)

    def _consider(self, record: PublicRecord, today: date) -> None:
        fact = _fact(record)
        others = _others(self._tools.session, record.uscc, today)
        found = proposal(fact, others, today, self._tools.rulebook)
        if found is not None:
            self._open(record, found)

    def _open(self, record: PublicRecord, made: Proposal) -> None:
        session, name = self._tools.session, made.branch.list
        key = f"auto:{name}:{record.id}"
        if session.scalar(select(ListingCase.id).where(ListingCase.key == key)) is not None:
            return
        if _begun_before(session, name, record.id) or _decided_together(session, name, record):
            return
        subject = subject_digest(self._tools.vault, record.uscc)
        known = session.scalar(standing(name, subject))
        if known is not None:
            _join(session, known, record, made)
            return
        assert record.decided_on is not None, "a penalty has its day"
        begun = Beginning(
            key,
            made.ground,
            record.agency,
            made.reason,
            record.decided_on,
            SYSTEM,
            made.trigger,
        )
        try:
            case = blank_case(self._tools.rulebook, made.branch, begun, self._clock.now())
        except RuleNotInForce:
            return
        complete_proposal(self._tools, case, record, made.facts)

    def _close(self, session: Session) -> int:
        """Cases whose entry has ended by any way come to their end too."""
        query = (
            select(ListingCase)
            .join(Record, Record.id == ListingCase.record_id)
            .where(ListingCase.state == ListingState.LISTED, Record.state == State.ENDED)
            .limit(BATCH)
        )
        now = self._clock.now()
        with write_transaction(session):
            rows = session.execute(query.add_columns(Record.end_reason)).all()
            for case, reason in rows:
                close_case(self._tools, case, reason, now)
        return len(rows)


def _others(session: Session, uscc: str, today: date) -> Others:
    """The penalties of a subject, asked for at most once."""

    @cache
    def found() -> Sequence[PenaltyFact]:
        records = of_company(session, uscc, today)
        return [_fact(one) for one in records if not one.list_name and one.decided_on]

    return found


def _penalties(session: Session, begin: int, today: date, rulebook: Rulebook) -> list[PublicRecord]:
    """Penalties of organisations since a ledger position that are fresh enough for any rule."""
    months = [v.values["fresh_months"] for v in rulebook.rule("listing_candidates").versions]
    since = add_months(today, -max(m for m in months if isinstance(m, int)))
    query = (
        visible(today)
        .where(
            Record.ledger_seq > begin,
            Record.register == "penalty",
            Record.decided_on >= since,
            Record.uscc != "",
            Record.subject_kind != NATURAL_PERSON,
        )
        .order_by(Record.ledger_seq)
        .limit(BATCH)
    )
    found = [public_record(one) for one in session.scalars(query)]
    session.rollback()
    return found


def _begun_before(session: Session, list_name: str, record_id: int) -> bool:
    query = (
        select(ListingCase.list_name)
        .join(ListingFact, ListingCase.id == ListingFact.case_id)
        .where(ListingFact.record_id == record_id)
    )
    return list_name in session.scalars(query).all()


def _decided_together(session: Session, list_name: str, record: PublicRecord) -> bool:
    """Whether a case that was opened by hand has decided on the penalty and the list at once."""
    query = select(ListingCase.penalty_number).where(
        ListingCase.list_name == list_name,
        ListingCase.agency == record.agency,
        ListingCase.uscc == record.uscc,
        ListingCase.penalty_number != "",
    )
    number = normalise_number(record.document_number)
    return any(normalise_number(one) == number for one in session.scalars(query))


def _join(session: Session, case: ListingCase, record: PublicRecord, made: Proposal) -> None:
    """A candidate nobody has looked at yet gets the new penalty as a further reason."""
    if case.state == ListingState.CANDIDATE and case.agency == record.agency:
        session.add(ListingFact(case_id=case.id, record_id=record.id))
        case.reason = f"{case.reason}\n{made.reason}"
        session.flush()


def _fact(record: PublicRecord) -> PenaltyFact:
    types, content = record.content.get("penalty_types"), record.content
    assert record.decided_on is not None, "a penalty has its day"
    return PenaltyFact(
        record.id,
        record.agency,
        record.decided_on,
        record.document_number,
        tuple(map(str, types)) if isinstance(types, list) else (),
        record.severity,
        tuple(text for name in _TEXTS if isinstance(text := content.get(name), str)),
    )
