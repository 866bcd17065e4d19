"""Invented entries for tests of services, without reading any file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from credit_site.domain.entries import Entry

CODE = "91410100MA0000015B"
PERSON_NUMBER = "X0000001"
"""The passport of every invented person."""


def penalty(number: int = 1, **changes: object) -> Entry:
    """A general penalty of an invented company, decided on 2026-05-06, shown for a year."""
    decision = f"郑市监处罚〔2026〕{number}号"
    entry = Entry(
        register="penalty",
        agency="market-supervision",
        subject_name="郑州某某食品有限公司",
        subject_kind="legal_person",
        uscc=CODE,
        document_number=decision,
        document_number_key=decision,
        subject_key=CODE,
        division="410105",
        decided_on=date(2026, 5, 6),
        amount_fen=1_000_000,
        severity="general",
        publication_start=date(2026, 5, 6),
        publication_end=date(2027, 5, 6),
        rule="publication_periods/2026-04-01",
        withheld="",
        content={
            "counterparty_name": "郑州某某食品有限公司",
            "uscc": CODE,
            "decision_number": decision,
            "violation_facts": "销售侵犯注册商标专用权的商品",
            "penalty_types": ["罚款"],
            "fine_yuan": "10000.00",
        },
        sealed={},
    )
    return replace(entry, **changes)  # type: ignore[arg-type]  # named fields of an entry


def saying(entry: Entry, **content: str) -> Entry:
    """The same entry with some content said differently."""
    return replace(entry, content={**entry.content, **content})


def person(number: int = 1, **changes: object) -> Entry:
    """A penalty of an invented person, masked, with what is kept back sealed."""
    base = penalty(number)
    content = {**base.content, "counterparty_name": "欧阳**", "counterparty_type": "自然人"}
    content.pop("uscc")
    made = replace(
        base,
        subject_name="欧阳**",
        subject_kind="natural_person",
        uscc="",
        subject_key=f"P{number}",
        content=content,
        sealed={
            "counterparty_name": "欧阳某某",
            "counterparty_document_type": "护照号",
            "counterparty_document_number": PERSON_NUMBER,
        },
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # named fields of an entry
