"""Decisions that somebody is filling in by hand: kept sealed, told apart by version."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from credit_site.domain.masked_cells import kept_cell, shown_cell
from credit_site.domain.row_forms import InputKind, fields_of
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.states import DraftState
from credit_site.models import Draft
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

LONGEST_CELL = 32_767
MOST_DRAFTS = 200


class MovedOn(Exception):
    """The draft was changed, handed in or discarded elsewhere while somebody was typing."""


class DraftProblem(Exception):
    """A draft cannot be kept like this; the text says in Chinese what to do."""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its owner sees it; ``texts`` by the name of their input, in the clear."""

    id: int
    layout: str
    agency: str
    state: DraftState
    version: int
    texts: Mapping[str, str]
    created_at: datetime
    updated_at: datetime
    came_from: int | None
    reason: str
    submission_id: int | None


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in somebody's form. ``number`` and ``version`` are 0 for one not saved before.

    ``texts`` as the form sends them back: a number of a document that was saved before comes as
    asterisks. ``token`` is the form's own.
    """

    token: str
    number: int
    version: int
    layout: str
    agency: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """Where it was kept; ``instead_of`` names the draft that had gone on without this form."""

    number: int
    version: int
    state: DraftState
    submission_id: int | None = None
    instead_of: int = 0


def new_token() -> str:
    """A form's own number."""
    return secrets.token_urlsafe(24)


def drafts(session: Session, vault: Vault, actor: str) -> list[DraftView]:
    """Somebody's open drafts, the one worked on last before the others."""
    query = select(Draft).where(Draft.actor == actor, Draft.state == DraftState.OPEN)
    newest_first = query.order_by(Draft.updated_at.desc(), Draft.id.desc())
    return [_view(one, vault) for one in session.scalars(newest_first)]


def draft(session: Session, vault: Vault, number: int, actor: str) -> DraftView | None:
    """One of somebody's own drafts, in any state; None for any other number."""
    found = session.get(Draft, number)
    return _view(found, vault) if found is not None and found.actor == actor else None


def texts_behind(
    session: Session, vault: Vault, rulebook: Rulebook, typed: Typed, actor: str
) -> dict[str, str]:
    """What a form says, with the numbers that it shows as asterisks; nothing is kept."""
    return _merged(_own(session, typed, actor), vault, rulebook, typed)


def save_draft(
    session: Session, vault: Vault, rulebook: Rulebook, typed: Typed, actor: str, now: datetime
) -> Saved:
    """Keeps what was filled in. Never over what somebody saved in between: beside it.

    The same form sent twice is one draft. Raises DraftProblem.
    """
    keeping = _Keeping(session, vault, rulebook, typed, actor, now)
    try:
        return keeping.run(beside=True)
    except IntegrityError:  # the same new form at the same moment: the other one was first
        return keeping.run(beside=True)


def autosave_draft(
    session: Session, vault: Vault, rulebook: Rulebook, typed: Typed, actor: str, now: datetime
) -> Saved:
    """The same while somebody types. Raises MovedOn instead of beginning a second draft."""
    return _Keeping(session, vault, rulebook, typed, actor, now).run(beside=False)


class _Keeping:
    """One form being kept."""

    def __init__(
        self,
        session: Session,
        vault: Vault,
        rulebook: Rulebook,
        typed: Typed,
        actor: str,
        now: datetime,
    ) -> None:
        self._session, self._vault, self._rulebook = session, vault, rulebook
        self._typed, self._actor, self._now = typed, actor, now

    def run(self, *, beside: bool) -> Saved:
        with write_transaction(self._session):
            found = _own(self._session, self._typed, self._actor, lock=True)
            texts = _merged(found, self._vault, self._rulebook, self._typed)
            if found is None and not self._typed.number:
                return _saved(self._begin(texts))
            if found is not None and self._stands_there(found, texts):
                return _saved(found)
            if found is not None and self._goes_on(found):
                return _saved(self._renewed(found, texts))
            if not beside:
                raise MovedOn
            return _saved(self._begin(texts), instead_of=self._typed.number or -1)

    def _stands_there(self, found: Draft, texts: Mapping[str, str]) -> bool:
        """Whether nothing is new in what was sent: a double click, or a second look."""
        if found.state == DraftState.HANDED_IN:
            return found.digest == digest_of(texts, found.layout, self._rulebook, self._vault)
        return found.state == DraftState.OPEN and texts == _texts(found, self._vault)

    def _goes_on(self, found: Draft) -> bool:
        return found.state == DraftState.OPEN and found.version == self._typed.version

    def _renewed(self, found: Draft, texts: Mapping[str, str]) -> Draft:
        found.cells, found.version = _sealed(texts, self._vault), found.version + 1
        found.updated_at = self._now
        return found

    def _begin(self, texts: Mapping[str, str]) -> Draft:
        return _begin(self._session, self._vault, self._typed, texts, self._actor, self._now)


def digest_of(texts: Mapping[str, str], layout: str, rulebook: Rulebook, vault: Vault) -> bytes:
    """Tells the same form sent twice, asterisks or not, without keeping what stood in it."""
    shown = {
        field.name: shown_cell(texts.get(field.name, ""), secret=field.kind is InputKind.PERSONAL)
        for field in fields_of(rulebook.layouts[layout], rulebook)
    }
    return vault.digest(orjson.dumps(shown, option=orjson.OPT_SORT_KEYS))


def begin_draft(
    session: Session,
    vault: Vault,
    typed: Typed,
    actor: str,
    now: datetime,
    came_from: int | None = None,
    reason: str = "",
) -> Draft:
    """In the open transaction: a draft of what is already there. Raises DraftProblem."""
    made = _begin(session, vault, typed, dict(typed.texts), actor, now)
    made.came_from, made.reason = came_from, reason
    return made


def discard_draft(session: Session, number: int, actor: str, now: datetime) -> None:
    """Throws an own draft away, with all that stood in it; one that is gone already stays gone."""
    with write_transaction(session):
        found = session.get(Draft, number, with_for_update=True)
        if found is None or found.actor != actor or found.state != DraftState.OPEN:
            return
        found.state, found.cells = DraftState.DISCARDED.value, None
        found.reason, found.updated_at = "", now


def _own(session: Session, typed: Typed, actor: str, *, lock: bool = False) -> Draft | None:
    """By its number, else by the form's token: a form that was sent twice, or on two ways."""
    wanted = Draft.id == typed.number if typed.number else Draft.token == typed.token
    asked = select(Draft).where(wanted)
    found = session.scalar(asked.with_for_update() if lock else asked)
    return found if found is not None and found.actor == actor else None


def _begin(
    session: Session,
    vault: Vault,
    typed: Typed,
    texts: Mapping[str, str],
    actor: str,
    now: datetime,
) -> Draft:
    open_ones = select(func.count()).where(Draft.actor == actor, Draft.state == DraftState.OPEN)
    if (session.scalar(open_ones) or 0) >= MOST_DRAFTS:
        raise DraftProblem(f"草稿已经有 {MOST_DRAFTS} 份，存不下了。请先提交或者删去一些。")
    taken = session.scalar(select(Draft.id).where(Draft.token == typed.token))
    made = Draft(
        token=typed.token if typed.token and taken is None else new_token(),
        layout=typed.layout,
        agency=typed.agency,
        actor=actor,
        state=DraftState.OPEN.value,
        version=1,
        cells=_sealed(texts, vault),
        created_at=now,
        updated_at=now,
        reason="",
    )
    session.add(made)
    session.flush()
    return made


def _merged(found: Draft | None, vault: Vault, rulebook: Rulebook, typed: Typed) -> dict[str, str]:
    before = _texts(found, vault) if found is not None else {}
    merged = {}
    for field in fields_of(rulebook.layouts[typed.layout], rulebook):
        old = before.get(field.name, "")
        new = typed.texts.get(field.name, old)[:LONGEST_CELL]
        merged[field.name] = kept_cell(old, new, secret=field.kind is InputKind.PERSONAL)
    return {name: text for name, text in merged.items() if text}


def _texts(found: Draft, vault: Vault) -> dict[str, str]:
    texts: dict[str, str] = orjson.loads(vault.open(found.cells)) if found.cells else {}
    return texts


def _sealed(texts: Mapping[str, str], vault: Vault) -> bytes:
    return vault.seal(orjson.dumps(dict(texts)))


def _saved(found: Draft, instead_of: int = 0) -> Saved:
    state = DraftState(found.state)
    return Saved(found.id, found.version, state, found.submission_id, instead_of)


def _view(found: Draft, vault: Vault) -> DraftView:
    return DraftView(
        found.id,
        found.layout,
        found.agency,
        DraftState(found.state),
        found.version,
        _texts(found, vault),
        found.created_at,
        found.updated_at,
        found.came_from,
        found.reason,
        found.submission_id,
    )
