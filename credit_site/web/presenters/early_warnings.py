"""Early warnings in words, each with the search that shows what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from credit_site.domain.rulebook import Rulebook
from credit_site.services.assessment.rises import DIVISION, Rise
from credit_site.web.presenters.words import Names


@dataclass(frozen=True, slots=True)
class RiseWords:
    """A rise as a line: what rose, by how much over what is usual, and where to look."""

    about: str
    title: str
    month: str
    number: int
    usual: str
    bound: str
    before: str
    href: str


class WarningPresenter:
    """Says rises with the rulebook's words."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._names = Names(rulebook)

    def rise(self, one: Rise) -> RiseWords:
        """One of them."""
        what = "区县：" if one.kind == DIVISION else "商品领域："
        called = self._names.division(one.key) if one.kind == DIVISION else one.key
        return RiseWords(
            one.about,
            what + called,
            f"{one.month.year}年{one.month.month}月",
            one.number,
            f"{one.usual.median:g}",
            f"{one.usual.bound:.1f}",
            "、".join(map(str, one.before)),
            _search(one),
        )


def _search(one: Rise) -> str:
    days = f"日期:{one.month}"
    if one.kind == DIVISION:
        asked = {"q": days, "register": "penalty", "division": one.key, "sort": "newest"}
    else:
        field = f'类别:"{one.key}"'
        asked = {"q": f"{field} {days}", "register": "penalty", "sort": "newest"}
    return f"/search?{urlencode(asked)}"
