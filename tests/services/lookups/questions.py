"""Asking in tests of look-ups, and reading what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import name_directory
from credit_site.services.lookups.asking import LookupTools, Question, ask
from credit_site.services.lookups.feedback import FeedbackTools, Teller, Told, give_feedback
from credit_site.services.lookups.views import LineView, ReceiptView, receipt
from credit_site.services.matching import Asked
from credit_site.services.name_follower import NameFollower
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import saying
from tests.support.publishing import Desk
from tests.web.invented import listed

BOOK = load_rulebook()
TODAY = date(2026, 6, 1)
NAME = "郑州某某食品有限公司"
BUREAU = "health"
OTHER_CODE = invented_uscc(7)


def on_list(number: int, list_name: str = "serious-dishonesty", **changes: object) -> Entry:
    """An entry whose branch the rulebook knows."""
    branches = {"serious-dishonesty": "intellectual-property", "trustworthy": "trustworthy"}
    said = (
        "绿色通道和容缺受理"
        if list_name == "trustworthy"
        else "列为重点监管对象；不授予荣誉称号；禁止乘坐飞机"
    )
    entry = saying(listed(number, list_name), branch=branches.get(list_name, ""), measures=said)
    return replace(entry, **changes)  # type: ignore[arg-type]  # named fields of an entry


def asked(desk: Desk, *lines: Asked, purpose: str = "licence", matter: str = "受理 1 号") -> str:
    tools = LookupTools(desk.session, desk.vault, BOOK, name_directory())
    names = NameFollower(name_directory())
    while names.step(desk.session):
        pass
    return ask(tools, Question(BUREAU, "account:1", purpose, matter, lines), desk.now)


def read(desk: Desk, number: str, today: date = TODAY) -> ReceiptView:
    found = receipt(desk.session, desk.vault, BOOK, number, today)
    assert found is not None
    return found


def answer(desk: Desk, name: str = "", code: str = "") -> LineView:
    (line,) = read(desk, asked(desk, Asked(1, name, code))).lines
    return line


def tell(
    desk: Desk,
    number: str,
    outcome: str,
    measures: Sequence[str] = (),
    words: str = "",
    agency: str = BUREAU,
) -> None:
    told = Told(1, outcome, measures, words)
    give_feedback(
        FeedbackTools(desk.session, desk.vault, BOOK),
        number,
        told,
        Teller(agency, "account:1"),
        desk.now,
    )
