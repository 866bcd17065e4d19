"""Why something is changed after publication: reason, document, and the day it was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.public_form import JsonValue
from credit_site.services.reviewing import NotPossible, without_personal_numbers

_LONGEST = 500
_FIRST_DAY = date(2016, 1, 1)
"""No rule on deadlines reaches further back."""


class Fate(StrEnum):
    """What became of a decision that must be withdrawn (行政处罚法 第48条).

    DELISTED: the source of an entry copied from elsewhere has it no more.
    """

    REVOKED = "revoked"
    CHANGED = "changed"
    UNLAWFUL = "unlawful"
    VOID = "void"
    DELISTED = "delisted"


@dataclass(frozen=True, slots=True)
class Ground:
    """``document`` is a number or title, ``decided_on`` its day.

    ``file`` is the SHA-256 under which the document itself is kept, "" for none; ``kind`` its
    content type by its first bytes.
    """

    reason: str
    document: str
    decided_on: date
    file: str = ""
    kind: str = ""


def check_ground(ground: Ground, today: date) -> None:
    """Raises NotPossible where something of it is missing."""
    if not ground.reason.strip():
        raise NotPossible("请写明理由。")
    if not ground.document.strip():
        raise NotPossible("请写明依据的文书（名称或者文号）。")
    if ground.decided_on > today:
        raise NotPossible("文书的日期不能晚于今天。")
    if ground.decided_on < _FIRST_DAY:
        raise NotPossible("文书的日期早于 2016 年，请核对年份。")
    without_personal_numbers(ground.reason, title="理由")
    without_personal_numbers(ground.document, title="依据的文书")


def check_follows(ground: Ground, decided_on: date | None, list_name: str) -> None:
    """Nothing is done to a decision on a paper older than it. Raises NotPossible.

    ``decided_on`` is the decision's day, ``list_name`` the list that it put somebody on, if any.
    """
    if decided_on is not None and ground.decided_on < decided_on:
        decision = "列入日期" if list_name else "处罚决定日期"
        raise NotPossible(f"文书日期早于{decision}（{decided_on}），请核对。")


def said_of(ground: Ground) -> dict[str, JsonValue]:
    """A ground as the audit log keeps it."""
    kept: dict[str, JsonValue] = {"file": ground.file, "kind": ground.kind} if ground.file else {}
    return {
        "reason": plain(ground.reason),
        "document": plain(ground.document),
        "decided_on": ground.decided_on.isoformat(),
        **kept,
    }


def plain(text: str) -> str:
    """On one line, no longer than it is read, without numbers of persons."""
    return mask_personal_numbers(" ".join(text.split()))[:_LONGEST]
