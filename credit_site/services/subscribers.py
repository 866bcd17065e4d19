"""Subscribers of web hooks: set up, changed, paused, given another secret, ended; all audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.web_hooks import (
    DeliveryState,
    HookState,
    Kind,
    PauseReason,
    Wants,
    new_message_id,
    new_secret,
)
from credit_site.models import HookDelivery, HookSubscriber
from credit_site.services.audit import note
from credit_site.services.hook_addresses import AddressProblem, Networks, tidy
from credit_site.services.ledger import head
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

OVERLAP = timedelta(hours=24)
"""How long a secret that was exchanged still signs beside the new one."""
_LONGEST_NAME, _LONGEST_CONTACT = 60, 120
_OVER = "这个接收方已经停用，不能再改；需要的话请重新添加。"


class HookProblem(Exception):
    """A subscriber cannot be set up or changed like this; the text says in Chinese what to do."""


@dataclass(frozen=True, slots=True)
class SubscriberWishes:
    """What the form says of a subscriber."""

    name: str = ""
    contact: str = ""
    address: str = ""
    wants: str = Wants.ALL.value
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class HookRules:
    """By what a subscriber is checked: known slugs, and networks the operator has named."""

    rulebook: Rulebook
    networks: Networks


def add_subscriber(
    session: Session,
    vault: Vault,
    rules: HookRules,
    wishes: SubscriberWishes,
    actor: str,
    now: datetime,
    *,
    from_start: bool = False,
) -> tuple[int, str]:
    """Sets somebody up; returns number and secret, this once. Raises HookProblem.

    He is told what changes from now on; ``from_start``: first of all that is public.
    """
    asked, secret = _checked(wishes, rules), new_secret()
    with write_transaction(session):
        made = HookSubscriber(
            name=asked.name,
            contact=asked.contact,
            address=asked.address,
            wants=asked.wants,
            wanted=asked.wanted,
            state=HookState.ACTIVE.value,
            pause_reason="",
            secret=vault.seal(secret.encode()),
            position=0 if from_start else head(session).seq,
            created_by=actor,
            created_at=now,
        )
        session.add(made)
        session.flush()
        _note(session, now, actor, "hook_added", made)
        return made.id, secret


def change_subscriber(
    session: Session,
    rules: HookRules,
    number: int,
    wishes: SubscriberWishes,
    actor: str,
    now: datetime,
) -> None:
    """Another name, contact, address or wish. Raises HookProblem."""
    asked = _checked(wishes, rules)
    with write_transaction(session):
        found = _standing(session, number)
        found.name, found.contact, found.address = asked.name, asked.contact, asked.address
        found.wants, found.wanted = asked.wants, asked.wanted
        _try_now(session, number, now)
        _note(session, now, actor, "hook_changed", found)


def pause_subscriber(session: Session, number: int, actor: str, now: datetime) -> None:
    """Nothing is sent until it is resumed; then what came meanwhile is told. Raises HookProblem."""
    with write_transaction(session):
        found = _standing(session, number)
        found.state, found.pause_reason = HookState.PAUSED.value, PauseReason.DESK.value
        _note(session, now, actor, "hook_paused", found)


def resume_subscriber(session: Session, number: int, actor: str, now: datetime) -> None:
    """Goes on where it was paused, at once. Raises HookProblem."""
    with write_transaction(session):
        found = _standing(session, number)
        found.state, found.pause_reason = HookState.ACTIVE.value, ""
        _try_now(session, number, now)
        _note(session, now, actor, "hook_resumed", found)


def exchange_secret(session: Session, vault: Vault, number: int, actor: str, now: datetime) -> str:
    """Another secret, returned this once; the old one signs too for OVERLAP. Raises HookProblem."""
    secret = new_secret()
    with write_transaction(session):
        found = _standing(session, number)
        found.old_secret, found.old_secret_until = found.secret, now + OVERLAP
        found.secret = vault.seal(secret.encode())
        _note(session, now, actor, "hook_secret_exchanged", found)
    return secret


def revoke_subscriber(session: Session, number: int, actor: str, now: datetime) -> None:
    """Ends it for good; its secrets are thrown away. Raises HookProblem."""
    with write_transaction(session):
        found = _standing(session, number)
        end_subscriber(session, found, HookState.REVOKED, now)
        _note(session, now, actor, "hook_revoked", found)


def ask_for_test(session: Session, number: int, actor: str, now: datetime) -> None:
    """A message without changes is sent as soon as the worker comes to it. Raises HookProblem."""
    with write_transaction(session):
        found = _standing(session, number)
        session.add(ordered(found.id, Kind.TEST, new_message_id(), found.position, now))
        _note(session, now, actor, "hook_test", found)


def send_again(session: Session, number: int, delivery: int, actor: str, now: datetime) -> None:
    """The range of an earlier delivery once more, with its id. Raises HookProblem."""
    with write_transaction(session):
        found = _standing(session, number)
        sent = session.get(HookDelivery, delivery)
        if sent is None or sent.subscriber_id != number or sent.kind == Kind.TEST:
            raise HookProblem("没有这次推送，或者记录已经清除。")
        again = ordered(found.id, Kind.AGAIN, sent.message_id, sent.since, now)
        again.until = sent.until
        session.add(again)
        _note(session, now, actor, "hook_again", found, since=sent.since, until=sent.until)


def try_now(session: Session, number: int, actor: str, now: datetime) -> None:
    """What waits for its next try is tried at once. Raises HookProblem."""
    with write_transaction(session):
        found = _standing(session, number)
        _try_now(session, number, now)
        _note(session, now, actor, "hook_retry", found)


def ordered(
    subscriber: int, kind: Kind, message_id: str, since: int, now: datetime
) -> HookDelivery:
    """A delivery that waits to be sent; ``until`` is ``since`` until somebody says otherwise."""
    return HookDelivery(
        subscriber_id=subscriber,
        message_id=message_id,
        kind=kind.value,
        since=since,
        until=since,
        state=DeliveryState.WAITING.value,
        failures=0,
        created_at=now,
        next_try_at=now,
    )


def end_subscriber(
    session: Session, found: HookSubscriber, state: HookState, now: datetime
) -> None:
    """In the caller's transaction: ended for good, secrets gone, what waits is dropped."""
    found.state, found.pause_reason = state.value, ""
    found.secret = found.old_secret = found.old_secret_until = None
    session.execute(
        update(HookDelivery)
        .where(HookDelivery.subscriber_id == found.id, HookDelivery.state == DeliveryState.WAITING)
        .values(state=DeliveryState.DROPPED.value, next_try_at=None, finished_at=now)
    )


def _try_now(session: Session, number: int, now: datetime) -> None:
    """The patience of three days begins anew."""
    query = select(HookDelivery).where(
        HookDelivery.subscriber_id == number, HookDelivery.state == DeliveryState.WAITING
    )
    for delivery in session.scalars(query):
        delivery.failures, delivery.first_tried_at, delivery.next_try_at = 0, None, now


def _standing(session: Session, number: int) -> HookSubscriber:
    found = session.get(HookSubscriber, number, with_for_update=True)
    if found is None or found.state in (HookState.GONE, HookState.REVOKED):
        raise HookProblem(_OVER)
    return found


def _note(
    session: Session, now: datetime, actor: str, action: str, found: HookSubscriber, **more: int
) -> None:
    told = {"name": found.name, "address": found.address.partition("?")[0]}
    wish = {"wants": found.wants, "wanted": found.wanted}
    note(session, now, actor, action, f"hook/{found.id}", **told, **wish, **more)


def _checked(wishes: SubscriberWishes, rules: HookRules) -> SubscriberWishes:
    name, contact = " ".join(wishes.name.split()), " ".join(wishes.contact.split())
    if not name or len(name) > _LONGEST_NAME:
        raise HookProblem(f"请写明接收方的名称，最多 {_LONGEST_NAME} 个字。")
    if not contact or len(contact) > _LONGEST_CONTACT:
        raise HookProblem(
            f"请写明出了问题找谁（姓名、电话或者邮箱），最多 {_LONGEST_CONTACT} 个字。"
        )
    try:
        address = tidy(wishes.address, rules.networks)
    except AddressProblem as problem:
        raise HookProblem(str(problem)) from None
    wants = Wants(wishes.wants) if wishes.wants in set(Wants) else None
    if wants is None:
        raise HookProblem("请选择推送什么。")
    return SubscriberWishes(name, contact, address, wants, _wanted(wants, wishes.wanted, rules))


def _wanted(wants: Wants, text: str, rules: HookRules) -> str:
    book = rules.rulebook
    if wants is Wants.ALL:
        return ""
    if wants is Wants.COMPANY:
        code = normalise_code(text)
        if not is_uscc(code):
            raise HookProblem("请写对企业的统一社会信用代码（18 位）。")
        return code
    known = {Wants.REGISTER: book.registers, Wants.AGENCY: book.agencies, Wants.LIST: book.lists}
    if text not in known[wants]:
        raise HookProblem("请选择推送哪一类信息、哪个部门或者哪个名单。")
    return text
