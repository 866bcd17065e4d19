"""When the end of a public record can be applied for."""

from __future__ import annotations

from credit_site.domain.repair import RepairFacts, RepairTerms, repair_terms
from credit_site.domain.rulebook import Rulebook
from credit_site.services.public_records import PublicRecord

_TEXTS = ("violation_type", "violation_facts", "legal_basis", "product_field", "ground")


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
