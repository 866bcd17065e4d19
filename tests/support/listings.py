"""Walks through cases of entry on a list, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.listing_cases import ListingAction, ListingState
from credit_site.domain.rulebook import load_rulebook
from credit_site.models import (
    LedgerEntry,
    ListingCase,
    Record,
    State,
)
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.opening import CaseWish, open_case
from credit_site.services.listing_cases.proposing import ListingProposer
from credit_site.services.listing_cases.steps import StepOrder, take_step
from credit_site.services.listing_cases.views import CaseView, case_view
from tests.support.entries import CODE, penalty, saying
from tests.support.sites import StandingClock

BOOK = load_rulebook()
A, S = ListingAction, ListingState
CLERK, ABOVE, COLLEAGUE = "account:1", "account:2", "account:3"
SUBJECT = {
    "subject_name": "郑州某某食品有限公司",
    "subject_type": "法人及非法人组织",
    "uscc": CODE,
    "facts": "销售侵犯注册商标专用权的商品，数额特别巨大",
}
PAPER = "a" * 64
"""The name of a file that came along."""
RESTRICTION = "郑市监处罚〔2026〕88号"
SAID: dict[str, str] = {
    "heavy": "吊销许可证件",
    "penalty_number": "郑市监处罚〔2026〕8号",
    "restriction": "限制从业",
    "restricted_until": "2030-06-01",
    "until": "2030-06-01",
    "revoked_by": "（2026）豫01行终1号",
    "apology": "因本机关工作失误，这条信息列入有误，现予移出，并向当事人致歉。",
    "read_through": "1",
    "performed": "1",
    "mended": "1",
    "unrestricted": "1",
}


def heavy_penalty(number: int = 1, **changes: object) -> Entry:
    """A penalty that makes its subject a candidate."""
    entry = saying(
        penalty(number, severity="serious", **changes),
        violation_type="销售侵犯注册商标专用权的商品",
    )
    types = ["罚款", "吊销许可证件"]
    return replace(entry, content={**entry.content, "penalty_types": types})


class Walk:
    """Takes steps of the first case, each on the day that the clock shows."""

    def __init__(self, tools: ListingTools, clock: StandingClock) -> None:
        self.tools, self.clock, self.case = tools, clock, 1
        self.number = 0

    def open(self, branch: str = "intellectual-property", **changes: object) -> int:
        wish = CaseWish(
            "form-of-the-case",
            "market-supervision",
            branch,
            BOOK.list_branches[branch].grounds[0].slug,
            "多次侵权，情节严重",
            date(2026, 5, 20),
            SUBJECT,
        )
        made = replace(wish, **changes)  # type: ignore[arg-type]  # named fields of a wish
        self.case = open_case(self.tools, made, CLERK, self.clock.now())
        return self.case

    def step(self, action: ListingAction, actor: str = CLERK, **said: object) -> ListingState:
        self.number += 1
        given = {
            "words": "经审查",
            "document": f"郑市监列〔{self.clock.today().year}〕{self.number}号",
            "day": self.clock.today(),
            "said": SAID | {"penalty_day": self.clock.today().isoformat()},
        }
        order = StepOrder(action, **(given | said))  # type: ignore[arg-type]  # named fields
        return take_step(self.tools, self.case, order, actor, self.clock.now())

    def served(self) -> None:
        self.step(A.NOTICE)
        self.step(A.SERVE, words="直接送达", document="")

    def decided(self) -> None:
        self.served()
        self.clock.move(days=10)
        self.step(A.DECIDE)

    def listed(self) -> int:
        """As far as the public record, whose number is returned."""
        self.decided()
        self.step(A.CONFIRM, ABOVE)
        self.step(A.SERVE_DECISION, document="")
        self.step(A.PUBLISH, document="")
        return self.record_id

    def prolonged(self, until: str) -> None:
        """The entry stands to a later day: told, waited for, decided by another person."""
        self.told_of_more({"restricted_until": until})
        self.clock.move(days=10)
        self.step(A.EXTEND, COLLEAGUE)
        self.step(A.EXTENSION_AGREE, ABOVE)
        self.step(A.EXTENSION_SERVE, document="")

    def told_of_more(self, said: dict[str, str] | None = None, sha256: str = PAPER) -> None:
        """The subject is told that the entry is to stand longer, by default for a restriction."""
        given = SAID | {"because": RESTRICTION} | (said or {})
        self.step(A.EXTENSION_NOTICE, said=given, sha256=sha256)

    @property
    def record_id(self) -> int:
        """The number of the entry that was published."""
        found = self.view.line.record_id
        assert found is not None
        return found

    @property
    def view(self) -> CaseView:
        found = case_view(self.tools, self.case, self.clock.today())
        assert found is not None
        return found


def actions(session: Session) -> list[tuple[str, str]]:
    query = select(LedgerEntry.action, LedgerEntry.reason).order_by(LedgerEntry.seq)
    return [(action, reason) for action, reason in session.execute(query)]


def propose(way: Walk) -> int:
    """Everything the follower has to do now."""
    proposer, done = ListingProposer(way.tools, way.clock), 0
    while count := proposer.step(way.tools.session):
        done += count
    return done


def states(session: Session) -> list[str]:
    return list(session.scalars(select(ListingCase.state).order_by(ListingCase.id)))


def stand_again(session: Session, number: int) -> None:
    """As an entry of honour stood beside a black one before such were ended at once."""
    stands = {"state": State.PUBLISHED.value, "salt": bytes(16), "ended_on": None, "end_reason": ""}
    session.execute(update(Record).where(Record.id == number).values(**stands))
    session.commit()
