"""The page of a published record on the desk: what it says, said, and who did what to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template

from credit_site.domain.permissions import Permission
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.dishonesty import is_favourable
from credit_site.services.from_elsewhere import copied_lists
from credit_site.services.grounds import Fate
from credit_site.services.listing_cases.apologies import wordings
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.listing_cases.views import case_of_record
from credit_site.services.matters.marking import objections_to
from credit_site.services.publication import EndReason
from credit_site.services.record_life import Deed, RecordLife
from credit_site.services.record_origins import Origin, origin_of
from credit_site.services.repair_doors import repair_barred
from credit_site.services.waiting_corrections import waiting_correction
from credit_site.services.withdrawals import withdrawal_of
from credit_site.web.bodies import form_text_again
from credit_site.web.bureau.access import account
from credit_site.web.bureau.late_deeds import late_deed
from credit_site.web.bureau.names import names_of
from credit_site.web.bureau.record_words import FATES, OTHER_ELEMENT, REASONS, called
from credit_site.web.frame import words
from credit_site.web.presenters.words import SEVERITIES, end_reason

_BEFORE_AND_AFTER = {
    "dispute": ("公示中", "公示中，标注“异议处理中”"),
    "dispute_over": ("公示中，标注“异议处理中”", "公示中"),
    "restore": ("暂停公示", "公示中"),
    "end": ("公示中", "已终止公示"),
    "revoke": ("公示中", "已撤回，不再公示"),
}


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One deed: who did it when, why, on which document, and what was before and after.

    ``revision`` is the wording that it replaced; ``fields`` are titles of what changed.
    """

    at: datetime
    who: str
    text: str
    said: Mapping[str, JsonValue]
    before: str
    after: str
    fields: tuple[str, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class Replaced:
    """An earlier wording: the fields that differ from what followed."""

    revision: int
    at: datetime
    changes: tuple[tuple[str, str, str], ...]


def record_page(
    life: RecordLife, problem: str = "", deed: str = "", cells: Sequence[tuple[str, str]] = ()
) -> str:
    """The page; after something was refused with the problem, and what had been filled in.

    ``cells`` are titles and texts of a correction that came too late.
    """
    me, today = account(), clock.today()
    origin = _origin(life)
    listing = _listing(life, may_open=me.may(Permission.LISTINGS))
    waits = withdrawal_of(db.session(), life.id, today, load_rulebook())
    return render_template(
        "bureau/record.html",
        one=life,
        fields=words().content(life.register, life.content),
        severity=SEVERITIES.get(life.severity, ""),
        period=_period(life),
        origin=origin,
        people=names_of((origin.uploaded_by, origin.published_by) if origin else ()),
        deeds=_deeds(life),
        replaced=_replaced(life),
        reasons=_reasons(life),
        repair_barred="" if life.ended else _barred(life),
        mirrored=load_rulebook().rule("deadlines").on(today).values["repair_mirrored"],
        fates=_fates(life),
        waits=waits,
        correction=waiting_correction(db.session(), life.id, today, load_rulebook()),
        late=late_deed(life, deed, cells) if _over(life, deed, waits=waits is not None) else None,
        overdue=_overdue(life),
        fate_words=FATES,
        ended_because=end_reason(life.register, life.end_reason),
        may_change=me.may(Permission.CHANGE) and not life.ended,
        may_announce=me.may(Permission.SUBMIT) and not life.ended,
        noticed=not (life.ended or life.screened or is_favourable(load_rulebook(), life.list_name)),
        listing=listing,
        objections=objections_to(db.session(), life.id),
        case_decides=bool(life.list_name and listing),
        on_list=bool(life.list_name),
        apologies=list(wordings(load_rulebook(), today).items()),
        apologises=on_own_list(load_rulebook(), life.list_name),
        today=today.isoformat(),
        problem=problem,
        opened=deed,
        given={
            name: form_text_again(name) if deed else ""
            for name in ("reason", "document", "day", "why", "fate", "apology", "sure")
        },
    )


def _period(life: RecordLife) -> str:
    """The rule that its last day follows from, and how long it shows such a record."""
    return words().period_of(life.rule, life.severity, str(life.content.get("branch") or ""))


def _origin(life: RecordLife) -> Origin | None:
    """By whose hands it came; None as well where the file is another bureau's business."""
    origin = origin_of(db.session(), life.id)
    return origin if origin and account().reaches(origin.agency) else None


def _over(life: RecordLife, deed: str, *, waits: bool) -> bool:
    """Whether the form that was sent is on the page no more."""
    done = {
        "dispute": life.disputed,
        "dispute-over": not life.disputed,
        "restore": not life.screened,
        "announce": waits,
        "dismiss": not waits,
    }
    return bool(deed) and (life.ended or done.get(deed, False))


def _overdue(life: RecordLife) -> str:
    """The day before which its end was due, where it came later; "" where it did not."""
    late = [one.details["due"] for one in life.deeds if one.details.get("late")]
    return str(late[-1]) if late and life.ended else ""


def _reasons(life: RecordLife) -> list[tuple[str, str]]:
    """Why it can end; what other systems decide of lists comes with the list itself."""
    barred = EndReason.REPAIRED_ELSEWHERE if life.list_name else None
    return [(why.value, text) for why, text in REASONS.items() if why is not barred]


def _barred(life: RecordLife) -> str:
    return repair_barred(db.session(), life.id, load_rulebook(), clock.today())


def _fates(life: RecordLife) -> list[tuple[str, str]]:
    """What can have become of the decision: of a copied entry at its source as well."""
    copied = life.list_name in copied_lists(load_rulebook())
    return [(one.value, text) for one, text in FATES.items() if copied or one is not Fate.DELISTED]


def _listing(life: RecordLife, *, may_open: bool) -> str:
    """Where the case of an entry is, or where one about a penalty begins; "" for neither."""
    if life.register == "penalty":
        return "" if life.ended or not may_open else f"/bureau/listings/new?record={life.id}"
    number = case_of_record(db.session(), life.id)
    return f"/bureau/listings/{number}" if number else ""


def _deeds(life: RecordLife) -> list[DeedLine]:
    people = names_of(deed.actor for deed in life.deeds)
    return [_deed(life, deed, people[deed.actor]) for deed in life.deeds]


def _deed(life: RecordLife, deed: Deed, who: str) -> DeedLine:
    before, after = _BEFORE_AND_AFTER.get(deed.action, ("", ""))
    revision = deed.details.get("revision")
    return DeedLine(
        deed.at,
        who,
        called(life, deed),
        deed.details,
        before,
        after,
        _titles(life.register, deed.details.get("changed")),
        revision - 1 if isinstance(revision, int) else 0,
    )


def _titles(register: str, names: JsonValue) -> tuple[str, ...]:
    titles = {field.name: field.title for field in load_rulebook().registers[register].fields}
    found = names if isinstance(names, list) else []
    return tuple(dict.fromkeys(titles.get(str(name), OTHER_ELEMENT) for name in found))


def _replaced(life: RecordLife) -> list[Replaced]:
    after, lines = life.content, []
    for wording in life.wordings:
        changes = _changes(life.register, wording.content, after)
        lines.append(Replaced(wording.revision, wording.replaced_at, changes))
        after = wording.content
    return lines


def _changes(
    register: str, before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]
) -> tuple[tuple[str, str, str], ...]:
    say = words()
    old = {field.title: field.value for field in say.content(register, before)}
    new = {field.title: field.value for field in say.content(register, after)}
    titles = dict.fromkeys([*new, *old])
    return tuple(
        (title, old.get(title, ""), new.get(title, ""))
        for title in titles
        if old.get(title, "") != new.get(title, "")
    )
