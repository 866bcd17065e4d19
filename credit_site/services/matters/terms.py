"""When the end, or the screening, of a public record can be applied for."""

from __future__ import annotations

from datetime import date

from credit_site.domain.repair import RepairFacts, RepairTerms, RepairWay, repair_terms
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.subjects import NATURAL_PERSON
from credit_site.models import Record
from credit_site.services.dishonesty import is_favourable
from credit_site.services.listing_cases.repairing import on_own_list
from credit_site.services.public_records import PublicRecord

_TEXTS = ("violation_type", "violation_facts", "legal_basis", "product_field", "ground")


def screening_barred(record: PublicRecord, rulebook: Rulebook) -> str:
    """Why a record is not screened during a reorganisation, in Chinese; "" where it may be.

    暂时屏蔽 (总局令第107号) hides what weighs on an enterprise, by whoever decided it.
    """
    if record.subject_kind == NATURAL_PERSON:
        return "暂时屏蔽只用于重整期间的企业，不用于自然人的信息。"
    if not record.list_name:
        return ""
    if is_favourable(rulebook, record.list_name):
        return "守信名单的信息不需要暂时屏蔽。"
    if not on_own_list(rulebook, record.list_name):
        return "这是转载的名单，屏蔽由原公布单位决定；原名单移出后，本站同步移除。"
    return ""


def not_open(terms: RepairTerms, today: date) -> str:
    """Why no end can be applied for on a day, in Chinese; "" where it can."""
    if terms.way is not RepairWay.APPLICATION:
        return f"这条信息不能申请提前终止公示：{terms.reason}"
    if terms.open_on(today):
        return ""
    assert terms.earliest is not None, "an application has a first day"
    return (
        f"还没有到可以申请的时间：{terms.reason}"
        f"最早可以在 {terms.earliest.isoformat()} 申请，请到时再来。"
    )


def terms_of(record: PublicRecord | Record, rulebook: Rulebook) -> RepairTerms:
    """The terms of a record under the version of the rule that stands on it."""
    content = record.content
    types = content.get("penalty_types")
    facts = RepairFacts(
        rule=record.rule,
        list_name=record.list_name,
        severity=record.severity,
        types=tuple(map(str, types)) if isinstance(types, (list, tuple)) else (),
        texts=tuple(text for name in _TEXTS if isinstance(text := content.get(name), str)),
        start=record.publication_start,
        end=record.publication_end,
        branch=str(content.get("branch") or ""),
    )
    return repair_terms(facts, rulebook)
