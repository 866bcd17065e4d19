"""When the end, or the screening, of a public record can be applied for."""

from __future__ import annotations

from credit_site.domain.repair import RepairFacts, RepairTerms, repair_terms
from credit_site.domain.rulebook import Rulebook
from credit_site.domain.subjects import NATURAL_PERSON
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


def terms_of(record: PublicRecord, rulebook: Rulebook) -> RepairTerms:
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
