"""Opening a case: by a bureau from a record or by hand, or as the system proposes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.id_cards import is_id_card
from credit_site.domain.identifiers import normalise_code
from credit_site.domain.listing_cases import CLOSED, ListingState
from credit_site.domain.listing_rules import branches_for, procedure
from credit_site.domain.rulebook import ListBranch, Rulebook
from credit_site.domain.subjects import NATURAL_PERSON
from credit_site.models import ListingCase, ListingFact
from credit_site.services.audit import note
from credit_site.services.listing_cases.content import (
    SUBJECT_FIELDS,
    ListingTools,
    entry_of,
    seal,
)
from credit_site.services.listing_cases.known_names import otherwise_known
from credit_site.services.listing_cases.naming import case_name
from credit_site.services.private_facts import without_private_parts
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.reviewing import NotPossible, without_personal_numbers
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault

_LONGEST_REASON = 1_000
_ID_CARD = 18
_PUBLIC = {"facts": "主要事实", "subject_name": "主体名称", "legal_representative": "法定代表人"}
_TYPES = {"legal_person": "法人及非法人组织", "sole_proprietor": "个体工商户"}


class KnownOtherwise(NotPossible):
    """Public records know the code or the name otherwise; somebody must confirm it."""


@dataclass(frozen=True, slots=True)
class CaseWish:
    """What a bureau wants to examine; ``form_key`` is the form's own name for itself.

    ``said`` are the fields of the subject and ``facts``; ``record_id`` the penalty it rests on.
    ``same_subject``: somebody has checked a name and a code that public records know otherwise.
    """

    form_key: str
    agency: str
    branch: str
    ground: str
    reason: str
    facts_on: date
    said: Mapping[str, str]
    record_id: int | None = None
    same_subject: bool = False


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a case begins with; ``trigger`` is the rule that proposed it, "" for a bureau."""

    key: str
    ground: str
    agency: str
    reason: str
    facts_on: date
    opened_by: str
    trigger: str = ""


def open_case(tools: ListingTools, wish: CaseWish, actor: str, now: datetime) -> int:
    """Opens a case; the same form with the same content is the same case. Raises NotPossible."""
    key = _key(tools.vault, wish)
    with write_transaction(tools.session) as session:
        known = session.scalar(select(ListingCase).where(ListingCase.key == key))
        if known is not None:
            return known.id
        branch = _branch(tools.rulebook, wish, now.date())
        record = _record(session, wish, now.date())
        case = _case(tools, key, wish, branch, actor, now)
        said = _said(wish, record)
        for field, title in _PUBLIC.items():
            without_private_parts(said.get(field, ""), title)
        _complete(tools, case, said, now.date())
        _of_a_person(said)
        _same_subject(session, case, said, wish, now.date())
        check_alone(tools, case)
        session.add(case)
        session.flush()
        if record is not None:
            session.add(ListingFact(case_id=case.id, record_id=record.id))
        _note(session, case, actor, now)
        return case.id


def subject_fields(record: PublicRecord) -> dict[str, str]:
    """What a public record tells of its subject, for a form or a proposal."""
    found = {name: _text(record, name) for name in SUBJECT_FIELDS}
    return found | {
        "subject_name": record.subject_name,
        "subject_type": _TYPES.get(record.subject_kind, "自然人"),
        "uscc": record.uscc,
        "facts": _text(record, "violation_facts"),
    }


def standing(list_name: str, subject: bytes) -> Select[ListingCase]:
    """The case in which a subject is examined for a list, or stands on it."""
    return select(ListingCase).where(
        ListingCase.list_name == list_name,
        ListingCase.subject == subject,
        ListingCase.state.not_in(CLOSED),
    )


def check_alone(tools: ListingTools, case: ListingCase) -> None:
    """Raises NotPossible where the subject is examined for the list, or on it, in another case."""
    other = tools.session.scalar(standing(case.list_name, case.subject))
    if other is None:
        return
    if other.agency == case.agency:
        raise NotPossible(
            f"这个主体在这个名单上已经有一件（{case_name(other.id)}），请在那里办理。"
        )
    bureau = tools.rulebook.agencies[other.agency].name
    raise NotPossible(
        f"这个主体在这个名单上已经有一件，由{bureau}办理（第 {other.id} 号），请与该部门联系。"
    )


def subject_digest(vault: Vault, key: str) -> bytes:
    """What subjects are told apart by; nobody can test a guess against it."""
    return vault.digest(b"listing subject\x1f" + key.encode())


def _branch(rulebook: Rulebook, wish: CaseWish, today: date) -> ListBranch:
    if wish.facts_on > today:
        raise NotPossible("事实的日期不能晚于今天。")
    known = {b.slug: b for b in branches_for(rulebook, wish.agency, wish.facts_on)}
    branch = known.get(wish.branch)
    if branch is None:
        raise NotPossible(
            f"{wish.facts_on.isoformat()} 的事实，本部门不能按这个领域认定：请看名单目录里的施行"
            "日期和认定机关。"
        )
    try:
        procedure(branch, today, rulebook)
    except RuleNotInForce:
        raise NotPossible("今天没有可以适用的列入程序，不能办理。") from None
    return branch


def _record(session: Session, wish: CaseWish, today: date) -> PublicRecord | None:
    if wish.record_id is None:
        return None
    found = get(session, wish.record_id, today)
    if not isinstance(found, PublicRecord) or found.list_name or found.agency != wish.agency:
        raise NotPossible("请选择本部门正在公示的处罚；已经终止公示的不能再作为列入的依据。")
    if found.subject_kind == NATURAL_PERSON:
        raise NotPossible("自然人的处罚公开时隐去姓名，请不从记录、直接填写。")
    return found


def _said(wish: CaseWish, record: PublicRecord | None) -> dict[str, str]:
    said = {name: text.strip() for name, text in wish.said.items()}
    if record is not None:
        said |= {name: text for name, text in subject_fields(record).items() if name != "facts"}
    return said


def _key(vault: Vault, wish: CaseWish) -> str:
    """The form together with its content: other content in the same form is another case."""
    said = dict(wish.said) | {"agency": wish.agency, "branch": wish.branch, "reason": wish.reason}
    told = (wish.form_key, wish.ground, wish.facts_on, wish.record_id, said)
    plain = orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
    return vault.digest(b"listing form\x1f" + plain).hex()


def _of_a_person(said: Mapping[str, str]) -> None:
    """Persons of one name are told apart by their document alone: it is there, and sound."""
    if said.get("subject_type") != "自然人":
        return
    number = normalise_code(said.get("subject_document_number", ""))
    if not number:
        raise NotPossible("列入自然人的，请填写证件号码：同名的人只有用它才能分开，不公开。")
    if len(number) == _ID_CARD and number[:-1].isdigit() and not is_id_card(number):
        raise NotPossible("身份证号码不对（校验位、日期不符），请核对。")


def _same_subject(
    session: Session, case: ListingCase, said: Mapping[str, str], wish: CaseWish, today: date
) -> None:
    known = otherwise_known(session, case.uscc, said.get("subject_name", ""), today)
    if known and not wish.same_subject:
        raise KnownOtherwise(
            f"{known}：请核对名称和代码；确实是同一个主体（例如已经更名）的，请勾选确认。"
        )


def _case(
    tools: ListingTools, key: str, wish: CaseWish, branch: ListBranch, actor: str, now: datetime
) -> ListingCase:
    without_personal_numbers(wish.reason, title="为什么考虑列入")
    if not wish.reason.strip():
        raise NotPossible("请写明为什么考虑列入。")
    reason = wish.reason.strip()[:_LONGEST_REASON]
    begun = Beginning(key, wish.ground, wish.agency, reason, wish.facts_on, actor)
    return blank_case(tools.rulebook, branch, begun, now)


def blank_case(
    rulebook: Rulebook, branch: ListBranch, begun: Beginning, now: datetime
) -> ListingCase:
    """A case at its beginning, without its subject. Raises RuleNotInForce."""
    return ListingCase(
        key=begun.key,
        list_name=branch.list,
        branch=branch.slug,
        ground=begun.ground,
        agency=begun.agency,
        trigger=begun.trigger,
        reason=begun.reason,
        state=ListingState.CANDIDATE.value,
        way=procedure(branch, now.date(), rulebook).way.value,
        rule="",
        opened_at=now,
        opened_by=begun.opened_by,
        facts_on=begun.facts_on,
        decided_by="",
        decision_number="",
        penalty_number="",
        outcome="",
        apology="",
    )


def _complete(tools: ListingTools, case: ListingCase, said: Mapping[str, str], today: date) -> None:
    """Fills the subject in, by the same checks as a row of the list's file."""
    entry = entry_of(tools, case, said, today)
    case.subject_name, case.subject_kind = entry.subject_name, entry.subject_kind
    case.uscc, case.subject = entry.uscc, subject_digest(tools.vault, entry.subject_key)
    case.content = seal(said, tools.vault)


def complete_proposal(
    tools: ListingTools, case: ListingCase, record: PublicRecord, facts: Iterable[int]
) -> bool:
    """Adds a proposed case about a record's subject; False where its data do not fit the list."""
    try:
        _complete(tools, case, subject_fields(record), case.opened_at.date())
    except NotPossible:
        return False
    tools.session.add(case)
    tools.session.flush()
    tools.session.add_all(ListingFact(case_id=case.id, record_id=number) for number in facts)
    _note(tools.session, case, case.opened_by, case.opened_at)
    return True


def _note(session: Session, case: ListingCase, actor: str, now: datetime) -> None:
    details = {"list": case.list_name, "branch": case.branch, "reason": case.reason}
    note(session, now, actor, "listing_opened", f"listing/{case.id}", **details)


def _text(record: PublicRecord, name: str) -> str:
    found = record.content.get(name)
    return found if isinstance(found, str) else ""
