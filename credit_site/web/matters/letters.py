"""The letter on a matter that was decided, and the remedies that it names.

行政复议法 (2023) 第20条, 第24条, 第27条; 行政诉讼法 第46条: sixty days, six months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from credit_site.domain.matters import MatterAction, MatterKind, MatterState
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.matters.addressee import Addressee, addressee
from credit_site.services.matters.standing import ending, standings
from credit_site.services.matters.steps import ENDED
from credit_site.services.matters.views import MatterView
from credit_site.services.public_records import PublicRecord
from credit_site.web.matters.afterwards import after_screening
from credit_site.web.matters.wording import (
    CONSEQUENCES,
    SOUGHT,
    ended_words,
    sender_words,
    state_words,
)

_LETTERS = (MatterAction.UPHOLD, MatterAction.REJECT, MatterAction.REFUSE, MatterAction.LAPSE)
_AGAINST = (MatterState.REJECTED, MatterState.REFUSED)


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands in a letter beside the matter itself; ``remedies`` "" where there are none.

    ``sought`` is what was asked for, ``ended`` that its record had ended by then, ``consequence``
    what was carried out; "" for nothing.
    """

    sought: str
    decision: str
    ended: str
    consequence: str
    bureau: str
    sender: str
    remedies: str
    day: date | None
    addressee: Addressee | None


def letter_of(found: MatterView, *, desk: bool = False) -> Letter | None:
    """None while nothing is decided, and once what was said has been purged.

    The ``desk`` knows whom it writes to. Elsewhere the letter names whose record it is while that
    is public, and where the bureau granted what was asked: it has seen by then who asks.
    """
    decided = [step for step in found.steps if step.action in _LETTERS]
    if found.line.state.open or found.purged or not decided:
        return None
    return Letter(
        SOUGHT[found.line.kind],
        state_words(found.line.kind, found.line.state)[0],
        _ended(found),
        _consequence(found),
        load_rulebook().agencies[found.line.agency].name,
        sender_words(found.line.kind),
        remedies(found),
        found.line.dates.closed,
        _addressee(found, desk=desk),
    )


def _addressee(found: MatterView, *, desk: bool) -> Addressee | None:
    number, session = found.line.record_id, db.session()
    if number is None or found.line.kind is MatterKind.TIP:
        return None
    granted = found.line.state is MatterState.UPHELD
    public = isinstance(standings(session, [number], clock.today()).get(number), PublicRecord)
    return addressee(session, number) if desk or granted or public else None


def _consequence(found: MatterView) -> str:
    """What was carried out, and after a screening what may come."""
    after = after_screening(found)
    return CONSEQUENCES.get(found.outcome, "") + (after.text if after else "")


def _ended(found: MatterView) -> str:
    """That the record had ended when the matter was closed; "" where it had not, or by it."""
    ended, closed = (
        ending(db.session(), found.line.record_id, clock.today()),
        found.line.dates.closed,
    )
    if ended is None or closed is None or ended.ended_on > closed or found.outcome == ENDED:
        return ""
    said = ended_words(ended)
    return "" if said in found.reason else said


def remedies(found: MatterView) -> str:
    """Where whoever was refused can go, in a Chinese sentence; "" where nothing was refused."""
    if found.line.kind is MatterKind.TIP or found.line.state not in _AGAINST:
        return ""
    body = load_rulebook().agencies[found.line.agency].review_body or "行政复议机关"
    return (
        f"不服的，可以自收到告知书之日起六十日内依法向{body}申请行政复议，"
        "或者六个月内依法向有管辖权的人民法院提起行政诉讼。"
    )
