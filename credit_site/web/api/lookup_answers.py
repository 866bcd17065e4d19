"""Receipts of look-ups as JSON has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Basis, Measure
from credit_site.services.lookups.offering import MOST_LINES, offers
from credit_site.services.lookups.views import Entry, Feedback, LineView, ReceiptView
from credit_site.services.matching import Match
from credit_site.web.frame import site_settings
from credit_site.web.searching import matcher
from search_index import SearchUnavailable


def receipt_said(found: ReceiptView) -> dict[str, JsonValue]:
    """A receipt with all its lines."""
    try:
        offered = offers(matcher(), found.lines, MOST_LINES)
    except SearchUnavailable:
        offered = {}
    return {
        "number": found.number,
        "verify": f"{site_settings().url}/verify/{found.number}",
        "genuine": found.genuine,
        "agency": found.agency,
        "asked_at": found.at.isoformat(),
        "purpose": found.purpose.value,
        "matter_number": found.matter_number,
        "reading": found.reading,
        "head": {"seq": found.head_seq, "hash": found.head_hash},
        "lines": [_said(line, offered) for line in found.lines],
    }


def _said(line: LineView, offered: Mapping[int, Iterable[Match]]) -> JsonValue:
    return {
        "line": line.position,
        "row": line.row,
        "name": line.name,
        "uscc": line.code,
        "role": line.role,
        "result": line.result.value,
        "note": line.note,
        "entries": [_entry(entry) for entry in line.entries],
        "offers": [
            {"name": one.name, "uscc": one.uscc, "reason": match.reason}
            for match in offered.get(line.position, ())
            for one in match.subjects
        ],
        "feedback": _told(line.feedback),
    }


def _told(feedback: Feedback | None) -> JsonValue:
    if feedback is None:
        return None
    return {
        "outcome": feedback.outcome.value,
        "measures": list(feedback.measures),
        "words": feedback.words,
        "told_at": feedback.told_at.isoformat(),
    }


def _entry(entry: Entry) -> JsonValue:
    record = entry.record
    return {
        "record_id": record.id,
        "subject_name": record.subject_name,
        "uscc": record.uscc,
        "list": record.list_name,
        "tone": entry.tone,
        "branch": entry.branch.slug if entry.branch else "",
        "document_number": record.document_number,
        "listed_on": record.decided_on.isoformat() if record.decided_on else None,
        "until": record.publication_end.isoformat() if record.publication_end else None,
        "disputed": record.disputed,
        "measures": [_measure(measure) for measure in entry.measures],
        "measures_as_decided": entry.said,
        "favours_barred": entry.barred,
    }


def _measure(measure: Measure) -> JsonValue:
    return {
        "slug": measure.slug,
        "name": measure.name,
        "kind": measure.kind,
        "content": measure.content,
        "target": measure.target,
        "body": measure.body,
        "basis": [_basis(one) for one in measure.basis],
    }


def _basis(one: Basis) -> JsonValue:
    return {"document": one.document, "article": one.article, "verified": one.verified}
