"""What is stored already under an entry's identity, and what may become of the entry.

行政处罚法 第48条: a decision that was changed is withdrawn, with the reason; as changed it is
disclosed like any other (第39条), and it bears its number still. So the changed decision becomes a
record of its own, under a number of its own; the one withdrawn stays withdrawn, and its very
wording never comes back. What ended for any other reason stays ended, whatever a file says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.issues import Issue, Level
from credit_site.models import AuditEvent, Record, State
from credit_site.models.bulk import BulkLookup
from credit_site.services.audit import note
from credit_site.services.prepared import EntryFacts
from credit_site.vault import Digests, Vault

REPLACES = "replaces_withdrawn"
"""Code of what is said of a changed decision."""
_CHANGED = "changed"
_REVOKED = "revoked"
_AT_ONCE = 500


class Prospect(StrEnum):
    """What would become of an entry."""

    NEW = "new"
    CHANGES = "changes"
    SAME = "same"
    REPLACES = "replaces"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Known:
    """What is already stored under a key.

    ``superseded``: it was withdrawn because its decision was changed. ``void``: the entry says
    exactly what was withdrawn as changed before.
    """

    id: int
    fingerprint: bytes
    state: str
    end_reason: str = ""
    superseded: bool = False
    void: bool = False

    @property
    def ended(self) -> bool:
        """Whether it is shown no more."""
        return self.state == State.ENDED


_BY_KEY = BulkLookup(Record.__table__, "key", ("key", "id", "fingerprint", "state", "end_reason"))


def known_records(session: Session, keys: Sequence[bytes]) -> dict[bytes, Known]:
    """The records stored under some of the keys."""
    found = _BY_KEY.run(session, keys)
    return {key: Known(id_, seen, state, why) for key, id_, seen, state, why in found}


def known_to(
    session: Session, digests: Digests | Vault, items: Collection[EntryFacts]
) -> dict[bytes, Known]:
    """The same for entries, and whether a decision was changed: enough to tell their prospects."""
    known = known_records(session, [item.key for item in items])
    differing = [
        (item, found)
        for item in items
        if (found := known.get(item.key)) is not None and found.fingerprint != item.fingerprint
    ]
    if not differing:
        return known
    over = superseded(session, [one.id for _, one in differing if one.end_reason == _REVOKED])
    retired = {item.key: retired_key(digests, item.key, item.fingerprint) for item, _ in differing}
    void = known_records(session, list(retired.values()))
    for item, one in differing:
        known[item.key] = replace(one, superseded=one.id in over, void=retired[item.key] in void)
    return known


def prospect(item: EntryFacts, known: Known | None) -> Prospect:
    """What would become of an entry, were it published now."""
    if known is None:
        return Prospect.NEW
    if known.fingerprint == item.fingerprint:
        return Prospect.SAME
    if known.void or (known.ended and not known.superseded):
        return Prospect.ENDED
    return Prospect.REPLACES if known.ended else Prospect.CHANGES


def superseded(session: Session, record_ids: Iterable[int]) -> frozenset[int]:
    """Which of the records were withdrawn because the decision was changed (第48条).

    Whoever withdrew it said so: the audit log holds the fate beside its ground.
    """
    subjects = [f"record/{number}" for number in dict.fromkeys(record_ids)]
    found: set[int] = set()
    for begin in range(0, len(subjects), _AT_ONCE):
        asked = select(AuditEvent.subject, AuditEvent.details).where(
            AuditEvent.action == "revoke", AuditEvent.subject.in_(subjects[begin:][:_AT_ONCE])
        )
        for subject, details in session.execute(asked):
            if orjson.loads(details).get("fate") == _CHANGED:
                found.add(int(subject.removeprefix("record/")))
    return frozenset(found)


def retired_key(digests: Digests | Vault, key: bytes, fingerprint: bytes) -> bytes:
    """Where a record is kept whose changed decision is published: by identity and wording."""
    return digests.digest(b"withdrawn as changed\x1f%b%b" % (key, fingerprint))


def note_replaced(
    session: Session, now: datetime, actor: str, pairs: Iterable[tuple[int, int]]
) -> None:
    """In the open transaction: which record follows upon which that was withdrawn."""
    for withdrawn, number in pairs:
        note(session, now, actor, "replaced", f"record/{withdrawn}", other=number)
        note(session, now, actor, "replaces", f"record/{number}", other=withdrawn)


def foretold(row: int, item: EntryFacts, known: Known) -> Issue | None:
    """What to say of a row whose record has ended; nothing of one that is kept back anyway."""
    ahead = prospect(item, known)
    if item.withheld or ahead not in (Prospect.ENDED, Prospect.REPLACES):
        return None
    return ended_issue(row, known) if ahead is Prospect.ENDED else _replaces(row, known)


def ended_issue(row: int, known: Known) -> Issue:
    """Why a row does not become public, and what is to be done."""
    if known.void:
        message = (
            "这样的内容已经因决定被依法变更而撤回，不能再公示。请核对，改成变更后的内容；"
            "不用报的，从文件里删去这一行。"
        )
    else:
        message = (
            f"同一文号、同一当事人的记录（公示编号 {known.id}）已经终止公示，不能用文件重新公示。"
            "文号或者当事人写错了的，请改正；没有错的，不用再报。"
        )
    return Issue(row, None, "record_has_ended", Level.ERROR, message)


def reviewed_only(issue: Issue) -> Issue:
    """The same where nobody reviews: a changed decision is never published unseen."""
    if issue.code != REPLACES:
        return issue
    message = f"{issue.message}变更后的决定须经审核才能公示，请上传后提交审核。"
    return Issue(issue.row, None, REPLACES, Level.ERROR, message)


def _replaces(row: int, known: Known) -> Issue:
    message = (
        f"同一文号、同一当事人的决定（公示编号 {known.id}）因被依法变更已经撤回。"
        "这一行审核后作为变更后的决定公示，用新的公示编号；请核对写的是变更后的内容。"
    )
    return Issue(row, None, REPLACES, Level.WARNING, message)
