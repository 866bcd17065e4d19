"""What the desk and the sender see of matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from credit_site.domain.matter_clocks import Clock, MatterDates
from credit_site.domain.matters import MatterAction, MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.extensions import CITY_TIME
from credit_site.models import Matter, MatterFile, MatterStep
from credit_site.services.matters.days import clocks_of, dates_of
from credit_site.services.matters.opening import secret_digest
from credit_site.vault import Vault

PAGE = 50


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter in one line, without anything of its sender; ``dates`` are of its bureau now."""

    id: int
    number: str
    kind: MatterKind
    state: MatterState
    agency: str
    division: str
    topic: str
    record_id: int | None
    case_id: int | None
    received_at: datetime
    dates: MatterDates
    clocks: tuple[Clock, ...]

    @property
    def received_on(self) -> date:
        """The day of its receipt, by whichever bureau."""
        return self.received_at.astimezone(CITY_TIME).date()

    def nearest(self, today: date) -> Clock | None:
        """The open deadline that comes first; None where nothing is open, or the clocks rest."""
        running = [one for one in self.clocks if one.done is None and one.counted is None]
        return min(running, key=lambda one: one.left(today), default=None)


@dataclass(frozen=True, slots=True)
class StepView:
    """A step; ``words`` as they were said."""

    at: datetime
    actor: str
    action: MatterAction
    state: MatterState
    words: str
    shown: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that came along."""

    position: int
    role: str
    kind: str
    size: int
    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class MatterView:
    """A whole matter; contact, content and reason are empty once they were purged."""

    line: MatterLine
    contact: Mapping[str, str]
    content: Mapping[str, str]
    outcome: str
    reason: str
    document: str
    purged: bool
    steps: tuple[StepView, ...]
    files: tuple[FileView, ...]


def without_sender(view: MatterView) -> MatterView:
    """What those see who do not deal with matters: kind, state and clocks, nothing that was said.

    Contact, content and papers are for those alone who are entitled to deal with them.
    """
    steps = tuple(replace(step, words="") for step in view.steps)
    dates = view.line.dates
    rests = tuple(replace(rest, document="", institution="", report="") for rest in dates.rests)
    line = replace(view.line, dates=replace(dates, rests=rests))
    unsaid = replace(view, contact={}, content={}, reason="", document="", files=())
    return replace(unsaid, line=line, steps=steps)


def inbox(
    session: Session,
    rulebook: Rulebook,
    agency: str,
    kinds: Iterable[MatterKind],
    *,
    is_open: bool,
    division: str = "",
    before: int | None = None,
) -> list[MatterLine]:
    """Matters of a bureau ("" for all): open ones the oldest first, closed ones the newest."""
    query = select(Matter).where(
        Matter.kind.in_([kind.value for kind in kinds]),
        Matter.closed_on.is_(None) if is_open else Matter.closed_on.is_not(None),
    )
    if agency:
        query = query.where(Matter.agency == agency)
    if division:
        query = query.where(Matter.division == division)
    if before is not None:
        query = query.where(Matter.id > before if is_open else Matter.id < before)
    order = Matter.id if is_open else Matter.id.desc()
    return [line_of(one, rulebook) for one in session.scalars(query.order_by(order).limit(PAGE))]


def matter(session: Session, vault: Vault, rulebook: Rulebook, matter_id: int) -> MatterView | None:
    """One matter; None where there is none."""
    found = session.get(Matter, matter_id)
    return _view(session, vault, rulebook, found) if found is not None else None


def followed(
    session: Session, vault: Vault, rulebook: Rulebook, number: str, secret: str
) -> MatterView | None:
    """The matter of a receipt; None where number and secret do not belong together."""
    query: Select[Matter] = select(Matter).where(
        Matter.number == number.strip().upper(), Matter.secret == secret_digest(vault, secret)
    )
    found = session.scalar(query)
    return _view(session, vault, rulebook, found) if found is not None else None


def open_count(session: Session, agency: str) -> int:
    """How many matters of a bureau ("" for all) wait for a step."""
    query = select(func.count()).where(Matter.closed_on.is_(None))
    return session.scalar(query.where(Matter.agency == agency) if agency else query) or 0


def _view(session: Session, vault: Vault, rulebook: Rulebook, one: Matter) -> MatterView:
    steps = session.scalars(
        select(MatterStep).where(MatterStep.matter_id == one.id).order_by(MatterStep.id)
    )
    files = session.scalars(
        select(MatterFile).where(MatterFile.matter_id == one.id).order_by(MatterFile.position)
    )
    line, taken = line_of(one, rulebook), tuple(_step(step, vault) for step in steps)
    return MatterView(
        line,
        _opened(one.contact, vault),
        _opened(one.content, vault),
        one.outcome,
        taken[-1].words if taken and not line.state.open else "",
        one.document,
        one.purged_at is not None,
        taken,
        tuple(_file(file, vault) for file in files),
    )


def line_of(one: Matter, rulebook: Rulebook) -> MatterLine:
    """The plain line of a stored matter."""
    kind, state = MatterKind(one.kind), MatterState(one.state)
    return MatterLine(
        one.id,
        one.number,
        kind,
        state,
        one.agency,
        one.division,
        one.topic,
        one.record_id,
        one.case_id,
        one.received_at,
        dates_of(one),
        clocks_of(one, rulebook),
    )


def _step(one: MatterStep, vault: Vault) -> StepView:
    words = vault.open(one.words).decode() if one.words is not None else ""
    action, state = MatterAction(one.action), MatterState(one.state)
    return StepView(one.at, one.actor, action, state, words, one.shown)


def _file(one: MatterFile, vault: Vault) -> FileView:
    name = vault.open(one.name).decode()
    return FileView(one.position, one.role, one.kind, one.size, one.sha256, name)


def _opened(sealed: bytes | None, vault: Vault) -> Mapping[str, str]:
    found: dict[str, str] = orjson.loads(vault.open(sealed)) if sealed is not None else {}
    return found
