"""Where to: the channels of exchange, made and changed by the credit office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import ExchangeProfile
from credit_site.models import ExchangeChannel
from credit_site.services.audit import note
from credit_site.services.exchange.databases import address_of
from credit_site.services.exchange.delivering import target_of
from credit_site.services.exchange.folders import folder_below
from credit_site.services.exchange.terms import (
    ExchangeProblem,
    ExchangeTools,
    Schedule,
    TargetKind,
)
from credit_site.services.transactions import write_transaction

_LONGEST_NAME = 60
_LAST_HOUR = 23


@dataclass(frozen=True, slots=True)
class ChannelWishes:
    """What a channel is to be like, as it was typed; an empty ``address`` keeps the old one."""

    name: str
    profile: str
    target: str
    format: str
    folder: str
    address: str
    schedule: str
    hour: str


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel as the desk shows it; the address of a database never comes back."""

    id: int
    name: str
    profile: str
    target: TargetKind
    format: str
    folder: str
    schedule: Schedule
    hour: int
    active: bool
    position: int
    problem: str
    tried_at: datetime | None


def channels(session: Session) -> list[ChannelView]:
    """All of them, those in use first."""
    query = select(ExchangeChannel).order_by(ExchangeChannel.active.desc(), ExchangeChannel.id)
    return [_view(one) for one in session.scalars(query)]


def channel(session: Session, number: int) -> ChannelView | None:
    """One channel; None where there is none."""
    found = session.get(ExchangeChannel, number)
    return _view(found) if found is not None else None


def make_channel(
    session: Session, tools: ExchangeTools, wishes: ChannelWishes, actor: str, now: datetime
) -> int:
    """Makes a channel whose target answers. Raises ExchangeProblem."""
    if wishes.profile not in tools.rulebook.profiles:
        raise ExchangeProblem("请选择交换格式。")
    made = ExchangeChannel(
        profile=wishes.profile, position=0, active=True, created_by=actor, created_at=now,
        problem="", tried_at=None, cut_on=None, address=None,
    )  # fmt: skip
    _fill(session, tools, made, wishes, 0)
    target_of(tools, made).check()
    with write_transaction(session):
        session.add(made)
        session.flush()
        _note(session, made, "exchange_channel_made", actor, now)
        return made.id


def change_channel(
    session: Session,
    tools: ExchangeTools,
    number: int,
    wishes: ChannelWishes,
    actor: str,
    now: datetime,
) -> None:
    """Changes everything but the profile: what was sent stays true. Raises ExchangeProblem."""
    found = session.get_one(ExchangeChannel, number)
    draft = _copy(found)
    _fill(session, tools, draft, wishes, number)
    target_of(tools, draft).check()
    with write_transaction(session):
        found = session.get_one(ExchangeChannel, number)
        for name in _FILLED:
            setattr(found, name, getattr(draft, name))
        found.problem = ""
        _note(session, found, "exchange_channel_changed", actor, now)


def set_active(session: Session, number: int, actor: str, now: datetime, *, active: bool) -> None:
    """Pauses a channel, or lets it go on from where it stands."""
    with write_transaction(session):
        found = session.get_one(ExchangeChannel, number)
        found.active = active
        action = "exchange_channel_resumed" if active else "exchange_channel_paused"
        _note(session, found, action, actor, now)


def try_channel(session: Session, tools: ExchangeTools, number: int, now: datetime) -> None:
    """Tries the target out. Raises ExchangeProblem, which stands on the channel then."""
    found = session.get_one(ExchangeChannel, number)
    problem: ExchangeProblem | None = None
    try:
        target_of(tools, found).check()
    except ExchangeProblem as error:
        problem = error
    with write_transaction(session):
        found = session.get_one(ExchangeChannel, number)
        found.problem, found.tried_at = str(problem or ""), now
    if problem:
        raise problem


_FILLED = ("name", "target", "format", "folder", "address", "schedule", "hour")


def _copy(found: ExchangeChannel) -> ExchangeChannel:
    """One of the same profile that is never stored."""
    return ExchangeChannel(profile=found.profile, address=found.address)


def _fill(
    session: Session,
    tools: ExchangeTools,
    one: ExchangeChannel,
    wishes: ChannelWishes,
    number: int,
) -> None:
    profile = tools.rulebook.profiles[one.profile]
    one.name = _name(session, wishes.name, number)
    one.schedule = _chosen(Schedule, wishes.schedule, "请选择什么时候送。")
    one.hour = _hour(wishes.hour)
    one.target = _chosen(TargetKind, wishes.target, "请选择送到文件夹还是前置库。")
    one.format = one.folder = ""
    if one.target == TargetKind.DATABASE:
        _fill_database(tools, one, wishes.address)
    else:
        _fill_folder(tools, one, wishes, profile)
        _check_alone(session, one.folder, number)
    session.rollback()


def _fill_database(tools: ExchangeTools, one: ExchangeChannel, address: str) -> None:
    if address.strip():
        tools.root.mkdir(parents=True, exist_ok=True)
        url = address_of(address, tools.root)
        plain = url.render_as_string(hide_password=False)
        one.address = tools.vault.seal(plain.encode())
    if one.address is None:
        raise ExchangeProblem("请填写前置库的地址。")


def _fill_folder(
    tools: ExchangeTools,
    one: ExchangeChannel,
    wishes: ChannelWishes,
    profile: ExchangeProfile,
) -> None:
    if wishes.format not in {kind.value for kind in profile.formats}:
        raise ExchangeProblem("请选择文件的格式。")
    place = folder_below(tools.root, wishes.folder)
    one.format, one.address = wishes.format, None
    one.folder = place.relative_to(tools.root).as_posix()


def _check_alone(session: Session, folder: str, number: int) -> None:
    """Receipts in a folder belong to one channel."""
    query = select(ExchangeChannel.name).where(
        ExchangeChannel.folder == folder, ExchangeChannel.id != number
    )
    other = session.scalar(query)
    if other is not None:
        raise ExchangeProblem(f"通道“{other}”已经用了这个文件夹，请换一个。")


def _name(session: Session, typed: str, number: int) -> str:
    name = " ".join(typed.split())[:_LONGEST_NAME]
    if not name:
        raise ExchangeProblem("请给通道起个名称，例如“省平台（法人）”。")
    query = select(ExchangeChannel.id).where(
        ExchangeChannel.name == name, ExchangeChannel.id != number
    )
    if session.scalar(query) is not None:
        raise ExchangeProblem("已经有同名的通道，请换一个名称。")
    return name


def _chosen(kind: type[StrEnum], text: str, problem: str) -> str:
    if text not in {one.value for one in kind}:
        raise ExchangeProblem(problem)
    return text


def _hour(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= _LAST_HOUR:
        return int(text)
    raise ExchangeProblem("每天送的钟点请填 0 到 23。")


def _note(session: Session, one: ExchangeChannel, action: str, actor: str, now: datetime) -> None:
    session.flush()
    subject = f"exchange/channel/{one.id}"
    note(session, now, actor, action, subject, profile=one.profile, name=one.name)


def _view(one: ExchangeChannel) -> ChannelView:
    return ChannelView(
        one.id,
        one.name,
        one.profile,
        TargetKind(one.target),
        one.format,
        one.folder,
        Schedule(one.schedule),
        one.hour,
        one.active,
        one.position,
        one.problem,
        one.tried_at,
    )
