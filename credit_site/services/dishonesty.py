"""What speaks against a subject being called trustworthy, or a file changing what a case decided.

The list of the trustworthy promises that nobody stands on it who is dishonest: its entries end
when that happens, so all the more none begins (国发〔2016〕33号; list_branches.toml, removal).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import Rulebook, load_rulebook
from credit_site.domain.severity import Severity
from credit_site.models import ListingCase
from credit_site.services.known import Known
from credit_site.services.listing_cases.naming import case_name
from credit_site.services.prepared import EntryFacts
from credit_site.services.public_records import PublicRecord, listed, of_company

_RED, _BLACK = "red", "black"


def dishonesty(session: Session, rulebook: Rulebook, code: str, name: str, today: date) -> str:
    """The black lists and serious penalties of a subject in public today, in words; "" for none."""
    found = listed(session, [code], [] if code else [name], today)
    said = [rulebook.lists[one.list_name].name for one in found if _black(rulebook, one)]
    penalties = of_company(session, code, today) if code else []
    said += [
        f"严重的处罚（{one.document_number}）"
        for one in penalties
        if not one.list_name and one.severity == Severity.SERIOUS
    ]
    return "、".join(dict.fromkeys(said))


def is_favourable(rulebook: Rulebook, list_name: str) -> bool:
    """Whether standing on the list is an honour."""
    definition = rulebook.lists.get(list_name)
    return definition is not None and definition.tone == _RED


def bar(session: Session, item: EntryFacts, known: Known | None, today: date) -> str:
    """Why a row of a list's file must not be taken, in Chinese; "" where it may."""
    rulebook = load_rulebook()
    if not item.list_name:
        return ""
    if known is not None and (number := _case(session, known.id)):
        return f"这条列入信息出自{case_name(number)}，内容和期限只能在案件里办理，不能用文件改。"
    if not is_favourable(rulebook, item.list_name):
        return ""
    said = dishonesty(session, rulebook, item.uscc, item.subject_name, today)
    return f"这个主体有失信记录（{said}），不能列入这个名单。" if said else ""


def _case(session: Session, record_id: int) -> int | None:
    return session.scalar(select(ListingCase.id).where(ListingCase.record_id == record_id))


def _black(rulebook: Rulebook, record: PublicRecord) -> bool:
    return rulebook.lists[record.list_name].tone == _BLACK
