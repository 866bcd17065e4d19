"""Bringing matters forward and deciding them in tests."""

from __future__ import annotations

from datetime import date, datetime

from credit_site.domain.matters import MatterAction, MatterKind
from credit_site.domain.rulebook import load_rulebook
from credit_site.models import Matter
from credit_site.services.matters.opening import Receipt, SentFile, Wish, open_matter
from credit_site.services.matters.steps import StepOrder, StepTools, take_step
from tests.support.publishing import Desk

BOOK = load_rulebook()
START = date(2026, 2, 6)
"""A general penalty shown from this day on can be repaired on 2026-06-01."""


def bring(
    desk: Desk, kind: MatterKind, at: datetime, *files: SentFile, **place: str
) -> tuple[int, Receipt]:
    """Opens a matter about record 1, or a tip; its number in the table, and the receipt."""
    tip = kind is MatterKind.TIP
    wish = Wish(
        kind,
        f"form of {at.isoformat()} {sorted(place.items())}",
        place.get("agency", "health") if tip else "",
        {"name": "王某"},
        {"statement": "处罚已经履行"},
        None if tip else 1,
        place.get("division", ""),
        files=files,
    )
    receipt = open_matter(desk.session, desk.vault, BOOK, wish, at)
    found = desk.session.query(Matter).filter_by(number=receipt.number).one()
    return found.id, receipt


def step(
    desk: Desk, number: int, action: MatterAction, at: datetime, words: str = "已核实"
) -> None:
    """Takes a step on the desk."""
    order = StepOrder(action, words, "决定〔2026〕1号", "ended")
    take_step(StepTools(desk.session, desk.vault, BOOK), number, order, "account:9", at)
