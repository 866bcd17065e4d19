"""Bringing a matter forward: kept sealed, told by a receipt number and a secret."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterAction, MatterKind, MatterState
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Matter, MatterFile, MatterStep, Record
from credit_site.services.audit import note
from credit_site.services.list_pages import objectionable
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.matters.announced import object_to_case
from credit_site.services.matters.screened import place_of_screened
from credit_site.services.matters.standing import check_not_second
from credit_site.services.matters.terms import not_open, screening_barred, terms_of
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.publisher import Publisher
from credit_site.services.reviewing import NotPossible
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

SENDER = "public"
"""How the audit log names whoever brings something forward: nobody in particular."""
_NUMBER_CHARACTERS = 8
_SECRET_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came along and is kept already; ``role`` says what it proves."""

    role: str
    kind: str
    size: int
    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody brings forward; ``form_key`` is the form's own name for itself.

    ``case_id`` is the announced case of a list that it objects to.
    ``division`` is where a tip says that it was seen; of a record it is known.
    """

    kind: MatterKind
    form_key: str
    agency: str
    contact: Mapping[str, str]
    content: Mapping[str, str]
    record_id: int | None = None
    division: str = ""
    topic: str = ""
    files: Sequence[SentFile] = ()
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps: the number, and the secret with which its state can be followed."""

    number: str
    secret: str


def open_matter(
    session: Session, vault: Vault, rulebook: Rulebook, wish: Wish, now: datetime
) -> Receipt:
    """Keeps a matter; the same form sent again with the same content is the same matter.

    An objection is marked on its record in the same transaction. Raises NotPossible, for an
    application too early with the day from which on it is possible.
    """
    name = _name(vault, wish)
    receipt = _receipt(vault, wish.kind, name, now.date())
    with write_transaction(session):
        known = session.scalar(select(Matter).where(Matter.form_key == name))
        if known is not None:
            return Receipt(known.number, receipt.secret)
        place = whose_business(session, rulebook, wish, now.date())
        if wish.kind is MatterKind.REPAIR:
            check_not_second(session, wish.record_id)
        matter = _made(vault, wish, receipt, place, now)
        matter.form_key = name
        session.add(matter)
        session.flush()
        further_files(session, vault, matter.id, wish.files)
        session.add(_first_step(matter.id, now))
        if wish.kind is MatterKind.OBJECTION:
            if wish.case_id is None:
                _mark(session, vault, wish.record_id, now)
            else:
                object_to_case(
                    ListingTools(session, vault, rulebook), wish.case_id, receipt.number, now
                )
        details = {"number": receipt.number, "kind": wish.kind.value}
        note(session, now, SENDER, "matter_opened", f"matter/{matter.id}", **details)
        return receipt


def secret_digest(vault: Vault, secret: str) -> bytes:
    """What is kept of a secret; blanks, hyphens and case do not matter."""
    plain = "".join(secret.split()).replace("-", "").upper()
    return vault.digest(b"matter secret\x1f" + plain.encode())


def _name(vault: Vault, wish: Wish) -> str:
    """What a matter is known by: form and content, so that other words are another matter."""
    files = [(one.role, one.sha256) for one in wish.files]
    about = wish.record_id if wish.case_id is None else f"case {wish.case_id}"
    said = (wish.form_key, wish.kind, about, dict(wish.contact), dict(wish.content), files)
    return vault.digest(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hex()


def _receipt(vault: Vault, kind: MatterKind, name: str, today: date) -> Receipt:
    """Both follow from the matter's name, so that a form sent twice gets one receipt."""
    drawn = vault.digest(b"matter\x1f" + name.encode())
    drawn += vault.digest(b"matter again\x1f" + name.encode())
    text = base64.b32encode(drawn).decode()
    number = text[:_NUMBER_CHARACTERS]
    secret = text[_NUMBER_CHARACTERS : _NUMBER_CHARACTERS + _SECRET_CHARACTERS]
    grouped = "-".join(secret[n : n + 4] for n in range(0, _SECRET_CHARACTERS, 4))
    return Receipt(f"{kind.letter}{today:%Y%m%d}-{number}", grouped)


def whose_business(
    session: Session, rulebook: Rulebook, wish: Wish, today: date
) -> tuple[str, str]:
    """Bureau and division that deal with it: those of the record, else the ones chosen.

    Raises NotPossible as ``open_matter`` does; to be asked before files are kept.
    """
    if wish.kind is MatterKind.TIP:
        return wish.agency, wish.division
    if wish.case_id is not None:
        about = objectionable(session, rulebook, wish.case_id, today)
        if about is None:
            raise NotPossible("这个主体没有在公示，或者公示期已满，不能再提出异议。")
        return about.agency, ""
    return _place_of_record(session, rulebook, wish, today)


def _place_of_record(
    session: Session, rulebook: Rulebook, wish: Wish, today: date
) -> tuple[str, str]:
    found = get(session, wish.record_id or 0, today)
    if wish.kind is MatterKind.REPAIR and found is None:
        hidden = place_of_screened(session, wish.record_id or 0, rulebook, today)
        if hidden is not None:
            return hidden
    if not isinstance(found, PublicRecord):
        raise NotPossible("这条信息没有公示，或者已经停止公示，不需要申请。")
    if wish.kind is MatterKind.REPAIR and (said := not_open(terms_of(found, rulebook), today)):
        raise NotPossible(said)
    if wish.kind is MatterKind.SCREENING and (said := screening_barred(found, rulebook)):
        raise NotPossible(said)
    return found.agency, found.division


def _made(
    vault: Vault, wish: Wish, receipt: Receipt, place: tuple[str, str], now: datetime
) -> Matter:
    agency, division = place
    return Matter(
        number=receipt.number,
        secret=secret_digest(vault, receipt.secret),
        kind=wish.kind.value,
        state=MatterState.RECEIVED.value,
        agency=agency,
        division=division,
        record_id=wish.record_id,
        case_id=wish.case_id,
        topic=wish.topic,
        contact=vault.seal(orjson.dumps(dict(wish.contact))) if wish.contact else None,
        content=vault.seal(orjson.dumps(dict(wish.content))),
        received_at=now,
        extended=False,
        excluded_days=0,
        rests="[]",
        outcome="",
        document="",
    )


def further_files(
    session: Session, vault: Vault, matter_id: int, files: Sequence[SentFile]
) -> None:
    """In the open transaction: files that are kept already come to a matter, after its others."""
    query = select(func.max(MatterFile.position)).where(MatterFile.matter_id == matter_id)
    last = session.scalar(query) or 0 if files else 0
    session.add_all(
        MatterFile(
            matter_id=matter_id,
            position=position,
            role=one.role,
            kind=one.kind,
            size=one.size,
            sha256=one.sha256,
            name=vault.seal(one.name.encode("utf-8", "replace")),
        )
        for position, one in enumerate(files, last + 1)
    )


def _first_step(matter_id: int, now: datetime) -> MatterStep:
    return MatterStep(
        matter_id=matter_id,
        at=now,
        actor=SENDER,
        action=MatterAction.SUPPLY.value,
        state=MatterState.RECEIVED.value,
        shown=True,
    )


def _mark(session: Session, vault: Vault, record_id: int | None, now: datetime) -> None:
    record = session.get_one(Record, record_id, with_for_update=True)
    if not record.disputed:
        publisher = Publisher(session, vault, now)
        publisher.dispute(record, disputed=True)
        publisher.write()
