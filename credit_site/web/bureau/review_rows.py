"""Rows before the reviewer's eyes: what changes in public, by which rule, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from credit_site.domain.entries import Entry
from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.issues import Issue
from credit_site.domain.public_form import JsonValue
from credit_site.domain.publication_window import follows_severity
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.severity import SeverityGround, severity_grounds
from credit_site.domain.validation.private_parts import private_parts
from credit_site.extensions import clock, db, vault
from credit_site.services.comparing import (
    Alike,
    Elsewhere,
    Standing,
    alike,
    elsewhere,
    same_subject_and_day,
    standing,
)
from credit_site.services.desk_views import RowView
from credit_site.services.known import REPLACES
from credit_site.services.listing_rows import lacks_penalty
from credit_site.services.reviewing import Sealing
from credit_site.web.bureau.notices import repairable
from credit_site.web.frame import words
from credit_site.web.presenters.words import SEVERITIES, money

_ORDER = list(SEVERITIES)
# The reasons say what is true once it is decided; their words belong to a row's fingerprint.
_KEPT, _TO_BE_KEPT = "已存档", "审核以后只存档"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; ``marked`` where it looks private."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field: what it says in public now, and what it would say."""

    title: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after

    @property
    def parts(self) -> list[Part]:
        """What it would say, with what looks private marked."""
        return list(_parts(self.after))


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A row before the reviewer's eyes.

    ``grounds`` say how the severity comes about, ``overruled`` what the rules alone would give;
    ``twins`` are rows of this page with the same subject on the same day.
    ``lacks_penalty``: it lists somebody without a case, and no heavier penalty is public.
    ``gradable``: a penalty that is shown, or would be were it graver: its severity can be decided.
    """

    row: RowView
    subject: str
    number: str
    fields: tuple[FieldChange, ...]
    same: int
    severity: str
    grounds: tuple[str, ...]
    overruled: str
    start: date
    end: date | None
    rule: str
    basis: str
    withheld: str
    standing: Standing | None
    alike: tuple[Alike, ...]
    elsewhere: Elsewhere | None
    twins: tuple[int, ...]
    issues: tuple[Issue, ...]
    looks_personal: bool
    lacks_penalty: bool
    repairable: bool
    gradable: bool

    @property
    def follows(self) -> bool:
        """Whether it is the changed decision after one that was withdrawn."""
        return self.standing is not None and self.standing.superseded and not self.withheld

    @property
    def ends(self) -> bool:
        """Whether what is public now would be public no more."""
        return self.standing is not None and not self.standing.ended and bool(self.withheld)


def review_rows(submission_id: int, rows: Sequence[RowView]) -> list[ReviewRow]:
    """A page of rows."""
    keys = [row.key for row in rows if row.key is not None]
    session = db.session()
    before, others = standing(session, keys), elsewhere(session, submission_id, keys)
    return [
        _review_row(row, rows, before.get(row.key or b""), others.get(row.key or b""))
        for row in rows
    ]


def _review_row(
    row: RowView, rows: Sequence[RowView], before: Standing | None, other: Elsewhere | None
) -> ReviewRow:
    entry = row.entry
    assert entry is not None, "a row that waits for review has an entry"
    assert row.key is not None, "and a key"
    fields = _compared(entry.register, before.content if before else {}, entry.content)
    found = _grounds(entry)
    return ReviewRow(
        row,
        entry.subject_name,
        entry.document_number,
        fields if before is None else tuple(f for f in fields if f.changed),
        sum(not field.changed for field in fields),
        SEVERITIES.get(entry.severity, ""),
        tuple(_said(ground) for ground in found),
        _overruled(entry, found),
        entry.publication_start,
        entry.publication_end,
        entry.rule,
        words().period_of(entry.rule, entry.severity, str(entry.content.get("branch") or "")),
        entry.withheld.replace(_KEPT, _TO_BE_KEPT),
        before,
        tuple(alike(db.session(), entry, row.key)),
        other,
        tuple(_twins(row, rows)),
        tuple(issue for issue in row.issues if issue.code != REPLACES),
        row.looks_personal and not row.cleared and not row.unconfirmed,
        row.unconfirmed and lacks_penalty(db.session(), sealing(), entry, clock.today()),
        repairable(entry) and not entry.withheld,
        not entry.content.get("list") and follows_severity(entry.withheld),
    )


def sealing() -> Sealing:
    """What it takes to open an entry."""
    return Sealing(vault(), load_rulebook())


def _twins(row: RowView, rows: Sequence[RowView]) -> Iterator[int]:
    for other in rows:
        if other.number == row.number or other.entry is None or row.entry is None:
            continue
        if same_subject_and_day(row.entry, other.entry):
            yield other.number


def _grounds(entry: Entry) -> tuple[SeverityGround, ...]:
    """Lists have no severity of their own."""
    types, fine = entry.content.get("penalty_types"), entry.content.get("fine_yuan")
    if not isinstance(types, list) or entry.decided_on is None:
        return ()
    book = load_rulebook()
    yuan = Decimal(fine) if isinstance(fine, str) else None
    names = tuple(map(str, types))
    try:
        agency = book.agencies[entry.agency]
        return severity_grounds(names, yuan, book, entry.decided_on, agency)
    except RuleNotInForce:
        return ()


def _said(ground: SeverityGround) -> str:
    word = SEVERITIES[ground.severity.value]
    if ground.fine_yuan is None:
        return f"{ground.type}：{word}"
    large = f"{money(Decimal(ground.large_yuan))}以上为一般，" if ground.large_yuan else ""
    huge = money(Decimal(ground.huge_yuan))
    return f"{ground.type} {money(ground.fine_yuan)}：{word}（{large}{huge}以上为严重）"


def _overruled(entry: Entry, grounds: Sequence[SeverityGround]) -> str:
    if not grounds or not entry.rule:  # without a rule for its day nothing was decided
        return ""
    gravest = max((ground.severity.value for ground in grounds), key=_ORDER.index)
    return SEVERITIES[gravest] if gravest != entry.severity else ""


def _compared(
    register: str, before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]
) -> tuple[FieldChange, ...]:
    old = {field.title: field.value for field in words().content(register, before)}
    new = {field.title: field.value for field in words().content(register, after)}
    gone = [title for title in old if title not in new]
    return tuple(
        FieldChange(title, old.get(title, ""), new.get(title, "")) for title in [*new, *gone]
    )


def _parts(text: str) -> Iterator[Part]:
    done = 0
    for found in sorted(private_parts(text), key=lambda part: part.start):
        if found.start >= done:
            yield Part(text[done : found.start], marked=False)
            yield Part(text[found.start : found.end], marked=True)
            done = found.end
    yield Part(text[done:], marked=False)
