"""What a company's credit report says, as plain data for its template (``company_report.typ``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.severity import Severity
from credit_site.services.company_reports.making import CompanyState
from credit_site.services.public_records import PublicRecord
from credit_site.web.companies import event_of, former_names, standing, standing_lines
from credit_site.web.company_reports.qr import qr_image
from credit_site.web.frame import words
from credit_site.web.presenters.records import DISPUTED, severity_word
from credit_site.web.presenters.words import spoken_moment, yuan_figure

MOST_IN_FULL = 50
"""Records of a kind that are told field by field; beyond them the table and the pages tell."""
_OPEN_END = "以原名单为准"

Data = dict[str, object]


@dataclass(frozen=True, slots=True)
class Publisher:
    """The site that makes the report: its name, address, and whether its data are invented."""

    name: str
    url: str
    invented: bool


def content(state: CompanyState, number: str, at: datetime, publisher: Publisher) -> Data:
    """Everything of the report; the same for the same arguments."""
    penalties = [one for one in state.records if not one.list_name]
    verify = f"{publisher.url}/verify/{number}"
    now, lines = standing(state.records), standing_lines(state.records)
    return {
        "site": {"name": publisher.name, "url": publisher.url, "invented": publisher.invented},
        "number": number,
        "verify": verify,
        "qr": qr_image(verify),
        "made": spoken_moment(at),
        "up_to": spoken_moment(state.head.changed_at or at),
        "head": {"seq": state.head.seq, "hash": state.head.own_hash.hex()},
        "uscc": state.uscc,
        "name": state.records[0].subject_name if state.records else "",
        "former": list(former_names(state.records)),
        "standing": {"headline": now.headline, "detail": now.detail, "tone": now.tone},
        "lines": [[one.title, one.word, one.tone, one.dates] for one in lines],
        "sums": list(_sums(penalties)),
        "penalties": _told(penalties, publisher),
        "honest": _told(_listed(state, "red"), publisher),
        "serious": _told(_listed(state, "black"), publisher),
        "other": _told(_listed(state, "watch"), publisher),
        "commitments": list(_commitments(state, publisher)),
        "most": MOST_IN_FULL,
        "days": _days(state),
    }


def _listed(state: CompanyState, tone: str) -> list[PublicRecord]:
    """Entries of the lists of a tone (rulebook/rules/lists.toml)."""
    lists = load_rulebook().lists
    return [one for one in state.records if one.list_name and lists[one.list_name].tone == tone]


def _commitments(state: CompanyState, publisher: Publisher) -> Iterator[Data]:
    """What is committed to in public, by wording: whose wording it is, and the words."""
    made = [
        (one, state.commitments[one.id]) for one in state.records if one.id in state.commitments
    ]
    for text in dict.fromkeys(commitment.text for _, commitment in made):
        rows = [
            _row(at, one, publisher)
            | {
                "href": f"{publisher.url}/records/{one.id}/commitment",
                "made_on": commitment.made_on.isoformat(),
                "accepted_on": commitment.accepted_on.isoformat(),
            }
            for at, (one, commitment) in enumerate(made, 1)
            if commitment.text == text
        ]
        yield {"text": text, "rows": rows}


def _days(state: CompanyState) -> Data:
    """Working days that objections and repairs take, by the rule of the day."""
    values = load_rulebook().rule("deadlines").on(state.day).values
    names = ("objection_own_data", "objection_with_source", "repair_answered")
    return {name: values[name] for name in names}


def _sums(penalties: Sequence[PublicRecord]) -> Iterator[list[str]]:
    """Penalties by severity and in money; nothing of what there is none."""
    for severity in (Severity.SERIOUS, Severity.GENERAL, Severity.MINOR):
        found = [one for one in penalties if one.severity == severity]
        if found:
            yield [f"其中{severity_word(found[0])}", f"{len(found)} 条"]
    disputed = sum(one.disputed for one in penalties)
    if disputed:
        yield [f"其中{DISPUTED}", f"{disputed} 条"]
    for title, name in (("罚款合计", "fine_yuan"), ("没收合计", "confiscated_yuan")):
        total = sum((_yuan(one, name) for one in penalties), Decimal(0))
        if total:
            yield [title, f"{yuan_figure(total)} 元"]


def _yuan(record: PublicRecord, name: str) -> Decimal:
    value = record.content.get(name)
    return Decimal(value) if isinstance(value, str) and value else Decimal(0)


def _told(records: Sequence[PublicRecord], publisher: Publisher) -> Data:
    """All in a table, the first ones in full."""
    return {
        "rows": [_row(at, one, publisher) for at, one in enumerate(records, 1)],
        "blocks": [_block(at, one, publisher) for at, one in enumerate(records[:MOST_IN_FULL], 1)],
    }


def _row(at: int, record: PublicRecord, publisher: Publisher) -> Data:
    say, end = words(), record.publication_end
    tags = say.tags(record)
    return {
        "at": str(at),
        "number": record.document_number or f"公示编号 {record.id}",
        "href": f"{publisher.url}/records/{record.id}",
        "day": record.decided_on.isoformat() if record.decided_on else "未公布",
        "agency": say.deciding_agency(record),
        "outcome": say.outcome(record),
        "reason": say.reason(record),
        "amount": yuan_figure(record.amount_yuan) if record.amount_yuan else "",
        "severity": "" if record.list_name else severity_word(record),
        "tone": next((tag.tone for tag in tags), "plain"),
        "disputed": DISPUTED if record.disputed else "",
        "until": end.isoformat() if end else _OPEN_END,
    }


def _block(at: int, record: PublicRecord, publisher: Publisher) -> Data:
    event = event_of(record)
    known = (record.subject_name, record.uscc, record.document_number)
    return _row(at, record, publisher) | {
        "sentence": words().sentence(record),
        "id": record.id,
        "fields": [
            [row.title, row.value] for row in words().fields(record) if row.value not in known
        ],
        "until_said": event.until,
        "way_out": event.way_out,
        "deeds": [[f"{publisher.url}{href}", title] for href, title in event.deeds],
    }
