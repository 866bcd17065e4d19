"""Invented entries for pages: every public field filled, sealed values to look for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from credit_site.domain.entries import Entry
from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Field, FieldType, load_rulebook
from tests.support.entries import CODE, penalty
from tests.support.personal_numbers import invented_id_number

OTHER_CODE = "914101007218000026"
SEALED = {"counterparty_document_number": invented_id_number(7), "use_scope": "封存的使用范围"}


def full_penalty(number: int = 1) -> Entry:
    """A penalty with a value in every public field of its register, and sealed ones."""
    entry = penalty(number)
    content = _every_field("penalty") | entry.content
    return replace(entry, content=content, sealed=SEALED)


def listed(number: int = 1, list_name: str = "serious-dishonesty", **changes: object) -> Entry:
    """An entry of a list about the same company, with a value in every public field."""
    decision = f"郑市监列严〔2026〕{number}号"
    entry = replace(
        penalty(number),
        register="serious_dishonesty",
        document_number=decision,
        document_number_key=decision,
        severity="serious",
        content=_every_field("serious_dishonesty")
        | {
            "subject_name": "郑州某某食品有限公司",
            "uscc": CODE,
            "list": list_name,
            "document_number": decision,
        },
    )
    return replace(entry, **changes)  # type: ignore[arg-type]  # named fields of an entry


def person(number: int = 1) -> Entry:
    """A penalty of a natural person, the name masked, full name and number sealed."""
    entry = penalty(number)
    content = {**entry.content, "counterparty_name": "欧阳**"}
    del content["uscc"]
    return replace(
        entry,
        subject_name="欧阳**",
        subject_kind="natural_person",
        uscc="",
        subject_key=f"欧阳某某 {number}",
        content=content,
        sealed={"counterparty_name": "欧阳某某", **SEALED},
    )


def _every_field(register: str) -> dict[str, JsonValue]:
    return {
        field.name: _example(field) for field in load_rulebook().registers[register].public_fields
    }


def _example(field: Field) -> JsonValue:
    match field.type:
        case FieldType.DATE:
            return date(2026, 5, 6).isoformat()
        case FieldType.YUAN:
            return "12345.60"
        case FieldType.USCC:
            return CODE
        case FieldType.CHOICES:
            return ["警告", "罚款"]
        case _:
            return f"公开的{field.title}"


def on_branch(number: int, branch: str = "local", **changes: object) -> Entry:
    """An entry of the list of serious dishonesty, in one of its branches, of 第N号公司."""
    made = listed(number, subject_name=f"第{number}号公司", subject_key=f"公司{number}")
    content = {**made.content, "branch": branch}
    return replace(made, content=content, **changes)  # type: ignore[arg-type]  # named fields
