"""Who stands on a list is not exchanged by a correction: a slip of the pen is mended, no more.

Another subject never had the notice, the hearing and the review that a listing demands
(河南省社会信用条例 第28、35-37条): the entry is removed as an error, and a case is opened on
whom it should be.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.identifiers import normalise_code
from credit_site.domain.subjects import normal_name
from credit_site.models import ListingCase, Record, Submission
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.public_records import of_company, visible
from credit_site.services.reviewing import NotPossible

_NAME = "subject_name"
_CODES = ("uscc", "registration_number", "organisation_code", "subject_document_number")
_OTHER = "请以“列入有误”移出并致歉，另对正确的主体开名单案件。"

Said = Mapping[str, str]


def check_subject(tools: ListingTools, record: Record, old: Said, new: Said, today: date) -> bool:
    """Whether a correction touches who it is; texts are given by field.

    Raises NotPossible where it would be another subject: name and code both differ, or the one
    that differs is known to belong to somebody else.
    """
    named = normal_name(old.get(_NAME, "")) != normal_name(new.get(_NAME, ""))
    coded = any(normalise_code(old.get(f, "")) != normalise_code(new.get(f, "")) for f in _CODES)
    if named and coded:
        raise NotPossible(f"名称和代码同时改，就成了另一个主体，不是笔误。{_OTHER}")
    code = normalise_code(new.get("uscc", ""))
    if coded and (name := _other_name(tools.session, record, code, new.get(_NAME, ""), today)):
        raise NotPossible(f"这个代码在本站是{name}的，改成这样就成了另一个主体。{_OTHER}")
    if named and (other := _other_code(tools.session, record, new.get(_NAME, ""), code, today)):
        raise NotPossible(f"这个名称在本站是代码 {other} 的，改成这样就成了另一个主体。{_OTHER}")
    return named or coded


def check_corrector(tools: ListingTools, record: Record, actor: str, *, above: bool) -> None:
    """Who it is, is corrected by a second person, of the level above where the list is reviewed.

    Raises NotPossible.
    """
    branch = tools.rulebook.list_branches.get(str(record.content.get("branch")))
    if (branch is None or branch.review == "above") and not above:
        raise NotPossible(
            "名单上主体的名称、代码由上一级（信用管理部门）核对更正，请把更正的文书报给信用管理部门。"
        )
    query = select(ListingCase.decided_by).where(ListingCase.record_id == record.id)
    if record.submission_id is not None:  # from a file: whoever published it
        query = select(Submission.decided_by).where(Submission.id == record.submission_id)
    if actor == tools.session.scalar(query):
        raise NotPossible("列入是您自己决定的，名称、代码须由另一个人核对更正。")


def _other_name(session: Session, record: Record, code: str, name: str, today: date) -> str:
    """A name under which a code is public, where none of them is this one."""
    found = of_company(session, code, today) if code else []
    known = [one.subject_name for one in found if one.id != record.id]
    same = any(normal_name(one) == normal_name(name) for one in known)
    return "" if same or not known else known[0]


def _other_code(session: Session, record: Record, name: str, code: str, today: date) -> str:
    """Another code under which a name is public."""
    query = visible(today).where(
        Record.subject_name == name, Record.uscc.not_in(("", code)), Record.id != record.id
    )
    found = session.scalar(query.limit(1))
    return found.uscc if found is not None else ""
