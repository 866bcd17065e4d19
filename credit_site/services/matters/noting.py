"""What the audit log keeps of a step in a matter: nothing that was said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from credit_site.domain.matters import MatterAction, MatterState
from credit_site.models import Matter
from credit_site.services.audit import note
from credit_site.services.matters.days import dates_of

_TESTS = (MatterAction.EXCLUDE, MatterAction.TESTED)


def note_step(
    session: Session, matter: Matter, action: MatterAction, actor: str, now: datetime
) -> None:
    """In the open transaction, after the step; what closes a matter stands with its record too."""
    details = {"number": matter.number, "state": matter.state, "document": matter.document}
    if matter.record_id is not None:
        details["record"] = str(matter.record_id)
    tested = _test(matter) if action in _TESTS else {}
    about = f"matter/{matter.id}"
    note(session, now, actor, f"matter_{action.value}", about, **details, **tested)
    if matter.record_id is not None and not MatterState(matter.state).open:
        said = {"matter": matter.number, "outcome": matter.outcome, "document": matter.document}
        said |= {"kind": matter.kind, "state": matter.state}
        note(session, now, actor, "matter_closed", f"record/{matter.record_id}", **said)


def _test(matter: Matter) -> dict[str, str | bool]:
    """The test that was entered last: its days, and whether the term had run out by then."""
    last = dates_of(matter).tests[-1]
    until = {"until": last.last.isoformat()} if last.last else {}
    return {"since": last.first.isoformat(), **until, "late": last.late}
