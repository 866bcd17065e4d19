"""Dealing with a matter: one step after another, each in its order, with its consequences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterAction, MatterKind, MatterState, after
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter, MatterStep, Record, RecordRevision, State
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.erring import Mistaken, remove_mistaken
from credit_site.services.listing_cases.repairing import Repaired, on_own_list, remove_repaired
from credit_site.services.matters import clockwork, inspections
from credit_site.services.matters.announced import check_settled
from credit_site.services.matters.days import dates_of
from credit_site.services.matters.inspections import Inspection
from credit_site.services.matters.marking import open_objections
from credit_site.services.matters.noting import note_step
from credit_site.services.matters.opening import SentFile, further_files
from credit_site.services.matters.standing import check_other_source, check_stands, ending
from credit_site.services.matters.stays import pass_on
from credit_site.services.publication import EndReason
from credit_site.services.publisher import Publisher
from credit_site.services.reviewing import NotPossible, without_personal_numbers
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

LONGEST_WORDS = 2_000
_LONGEST_DOCUMENT = 200
ENDED, CORRECTED, SCREENED, GONE = "ended", "corrected", "screened", "gone"
OUTCOMES = {ENDED: "终止公示", CORRECTED: "已经更正"}
"""What an objection that is upheld leads to; GONE to nothing: its record had ended before."""
_SILENT = frozenset({MatterAction.ACCEPT, MatterAction.WITHDRAW})
_OUT_OF_ORDER = (
    "现在不能这样办：还没有到这一步，或者已经办过。请看这件事项现在的状态和可以办理的步骤。"
)


@dataclass(frozen=True, slots=True)
class StepOrder:
    """A step and what is said with it.

    ``words`` are the reason or the answer, shown to the sender but for the inner steps; ``agency``
    where it is passed on to; ``outcome`` of an objection that is upheld; ``files`` are kept
    already; ``confirmed`` the conditions of an early removal, by name; ``apology`` is published
    where an entry of a list was an error; ``day`` is the first or last one of a test, shown by
    ``files``, and ``institution`` makes it.
    """

    action: MatterAction
    words: str = ""
    document: str = ""
    outcome: str = ""
    agency: str = ""
    files: Sequence[SentFile] = ()
    confirmed: Mapping[str, str] = field(default_factory=dict)
    apology: str = ""
    day: date | None = None
    institution: str = ""

    def inspection(self, papers: int) -> Inspection:
        """What is said of a test, with so many files."""
        return Inspection(self.day, self.document, self.institution, papers)


@dataclass(frozen=True, slots=True)
class StepTools:
    """What a step works with."""

    session: Session
    vault: Vault
    rulebook: Rulebook


def take_step(
    tools: StepTools, matter_id: int, order: StepOrder, actor: str, now: datetime
) -> MatterState:
    """Carries a step out, with all its consequences, in one transaction. Raises NotPossible."""
    with write_transaction(tools.session) as session:
        matter = session.get(Matter, matter_id, with_for_update=True)
        if matter is None:
            raise NotPossible("没有这件事项。")
        kind, state = MatterKind(matter.kind), MatterState(matter.state)
        then = after(kind, state, order.action)
        if then is None:
            raise NotPossible(_OUT_OF_ORDER)
        check_order(order)
        ends = order.action is MatterAction.UPHOLD and order.outcome == ENDED
        check_stands(session, matter, order.action, now.date(), ends=ends)
        effects = _Effects(tools, matter, order, actor, now)
        effects.carry_out()
        matter.state = then.value
        if not then.open:
            effects.close()
        session.add(_step(tools.vault, matter, order, actor, now))
        further_files(session, tools.vault, matter.id, order.files)
        note_step(session, matter, order.action, actor, now)
        return then


def check_order(order: StepOrder) -> None:
    """Whether the words can be taken as they are. Raises NotPossible."""
    if order.action not in _SILENT and not order.words.strip():
        raise NotPossible("请写明理由或者内容。")
    without_personal_numbers(order.words, order.document)
    if len(order.words) > LONGEST_WORDS:
        raise NotPossible(f"最多写 {LONGEST_WORDS} 字。")


class _Effects:
    """What a step does beyond changing the state, inside its transaction."""

    def __init__(
        self, tools: StepTools, matter: Matter, order: StepOrder, actor: str, now: datetime
    ) -> None:
        self._tools, self._session = tools, tools.session
        self._matter, self._order, self._now = matter, order, now
        self._actor = actor

    def carry_out(self) -> None:
        effects = {
            MatterAction.ACCEPT: self._accept,
            MatterAction.ASK: self._ask,
            MatterAction.ANSWER: self._answer,
            MatterAction.SUPPLY: self._supplied,
            MatterAction.EXTEND: self._extend,
            MatterAction.EXCLUDE: self._exclude,
            MatterAction.TESTED: self._tested,
            MatterAction.REROUTE: self._reroute,
            MatterAction.UPHOLD: self._uphold,
        }
        effect = effects.get(self._order.action)
        if effect is not None:
            effect()

    def close(self) -> None:
        matter, order = self._matter, self._order
        if order.action is not MatterAction.WITHDRAW:
            inspections.check_none_open(dates_of(matter))
        clockwork.go_on(matter, self._now.date())
        decides = order.action in (MatterAction.UPHOLD, MatterAction.REJECT)
        if decides and matter.kind != MatterKind.TIP and not order.document.strip():
            raise NotPossible("请写明决定文书的名称或者文号。")
        matter.closed_on = self._now.date()
        matter.document = " ".join(order.document.split())[:_LONGEST_DOCUMENT]
        if matter.kind == MatterKind.OBJECTION and matter.record_id is not None:
            self._unmark()

    def _accept(self) -> None:
        self._matter.accepted_on = self._now.date()

    def _ask(self) -> None:
        if self._matter.kind == MatterKind.OBJECTION:
            check_other_source(self._session, self._matter, self._tools.rulebook)
            self._matter.asked_on = self._now.date()
        else:
            clockwork.wait(self._matter, self._now.date(), self._tools.rulebook)

    def _supplied(self) -> None:
        clockwork.go_on(self._matter, self._now.date())

    def _answer(self) -> None:
        self._matter.answered_on = self._now.date()

    def _extend(self) -> None:
        clockwork.extend(self._matter, self._now.date(), self._tools.rulebook)

    def _exclude(self) -> None:
        said = self._order.inspection(len(self._order.files))
        inspections.begin(self._matter, said, self._tools.rulebook, self._now.date())

    def _tested(self) -> None:
        said = self._order.inspection(len(self._order.files))
        inspections.finish(self._matter, said, self._now.date())

    def _reroute(self) -> None:
        matter, agency = self._matter, self._order.agency
        if matter.kind != MatterKind.TIP:
            raise NotPossible("这件事项由公示信息的部门办理，不能转给别的部门。")
        if agency not in self._tools.rulebook.agencies or agency == matter.agency:
            raise NotPossible("请选择转给哪个部门。")
        tools = self._tools
        pass_on(tools.session, matter, agency, tools.rulebook, self._now.date())

    def _uphold(self) -> None:
        consequences = {
            MatterKind.OBJECTION: self._objection_upheld,
            MatterKind.REPAIR: self._repair_granted,
            MatterKind.SCREENING: self._screening_granted,
        }
        consequence = consequences.get(MatterKind(self._matter.kind))
        if consequence is not None:
            consequence()

    def _objection_upheld(self) -> None:
        if self._matter.case_id is not None:
            tools = self._tools
            lists = ListingTools(tools.session, tools.vault, tools.rulebook)
            check_settled(lists, self._matter.case_id)
            return
        outcome, record = self._order.outcome, self._record()
        if not outcome and ending(self._session, record.id, self._now.date()):
            self._matter.outcome = GONE
            return
        if outcome not in OUTCOMES:
            raise NotPossible("请选择异议成立以后怎样处理。")
        if outcome == CORRECTED and not self._corrected_since(record):
            raise NotPossible("收到异议以后还没有更正过这条信息，请先更正，再办结。")
        if outcome == ENDED:
            self._end_as_error(record)
        self._matter.outcome = outcome

    def _end_as_error(self, record: Record) -> None:
        """From a list of our own only with a public apology; its case is closed with it."""
        order, tools = self._order, self._tools
        if record.state == State.ENDED or not on_own_list(tools.rulebook, record.list_name):
            self._end(record, EndReason.ERROR)
            return
        said = Mistaken(order.words, order.document, order.apology, self._actor, self._now)
        remove_mistaken(ListingTools(tools.session, tools.vault, tools.rulebook), record, said)

    def _repair_granted(self) -> None:
        record = self._record()
        if on_own_list(self._tools.rulebook, record.list_name):
            self._delist(record)
        else:
            self._end(record, EndReason.REPAIRED)
        self._matter.outcome = ENDED

    def _delist(self, record: Record) -> None:
        """Off a list of our own only on the list's own conditions; its case is closed with it."""
        if record.state == State.ENDED:
            return
        order, tools = self._order, self._tools
        said = Repaired(order.words, order.document, order.confirmed, self._actor, self._now)
        remove_repaired(ListingTools(tools.session, tools.vault, tools.rulebook), record, said)

    def _screening_granted(self) -> None:
        record = self._record()
        if record.state == State.PUBLISHED:
            publisher = self._publisher()
            publisher.screen(record, screened=True, reason="reorganisation")
            publisher.write()
        self._matter.outcome = SCREENED

    def _end(self, record: Record, why: EndReason) -> None:
        """The one way in which records end; one that has ended meanwhile is left alone."""
        if record.state == State.ENDED:
            return
        publisher = self._publisher()
        publisher.end(record, why.value, self._now.date())
        publisher.write()

    def _unmark(self) -> None:
        """Takes the mark off, unless another objection to the record is still looked into."""
        record = self._record()
        ended = record.state == State.ENDED
        others = open_objections(self._session, record.id, self._matter.id)
        if ended or not record.disputed or others:
            return
        publisher = self._publisher()
        publisher.dispute(record, disputed=False)
        publisher.write()

    def _corrected_since(self, record: Record) -> bool:
        query = select(RecordRevision.revision).where(
            RecordRevision.record_id == record.id,
            RecordRevision.replaced_at >= self._matter.received_at,
        )
        return self._session.scalar(query.limit(1)) is not None

    def _record(self) -> Record:
        return self._session.get_one(Record, self._matter.record_id, with_for_update=True)

    def _publisher(self) -> Publisher:
        return Publisher(self._session, self._tools.vault, self._now)


def _step(vault: Vault, matter: Matter, order: StepOrder, actor: str, now: datetime) -> MatterStep:
    words = order.words.strip()
    return MatterStep(
        matter_id=matter.id,
        at=now,
        actor=actor,
        action=order.action.value,
        state=matter.state,
        words=vault.seal(words.encode("utf-8", "replace")) if words else None,
        shown=order.action not in _INNER,
    )


_INNER = frozenset({MatterAction.ANSWER, MatterAction.REROUTE})
"""Words of these are for the desk alone."""
