"""``/styleguide``: every colour, size and part of the site's look, each with its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, current_app, render_template

from credit_site.services.statistics.history import MonthOfList
from credit_site.web.presenters.statistics import STEPS, Breakdown, Row, Tile

blueprint = Blueprint("styleguide", __name__)
_TOKEN = re.compile(r"--([a-z0-9-]+): ([^;]+);")
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Token:
    """A named value of site.css; what dark.css and large.css say instead, empty: the same."""

    name: str
    value: str
    dark: str
    large: str

    @property
    def colour(self) -> bool:
        """Whether it is a colour."""
        return bool(_COLOUR.fullmatch(self.value))


def _rows(*said: tuple[str, int]) -> tuple[Row, ...]:
    return tuple(Row(label, label, count, "", chosen=False) for label, count in said)


SAMPLES = (
    Breakdown(
        "violation_type",
        "违法行为类型",
        "bars",
        _rows(("销售不符合保障人体健康和人身、财产安全的国家标准的产品", 1234), ("假冒专利", 56)),
        0,
        without=0,
    ),
    Breakdown(
        "month",
        "每月的决定",
        "line",
        _rows(("2026-03", 31), ("2026-04", 52), ("2026-05", 44)),
        0,
        without=0,
    ),
)
"""Invented figures, for the look of charts: one name is too long for a line."""
SAMPLE_MONTHS = (
    MonthOfList("2026-05", 5, 2, 18),
    MonthOfList("2026-04", 3, 0, 15),
    MonthOfList("2026-03", 12, 0, 12),
)


def _tiles() -> list[Tile]:
    """A district of each shade, from none to the darkest."""
    districts = ((f"第{shade}区", shade * 10) for shade in range(STEPS + 1))
    return [
        Tile(Row(name, name, count, "#figures", chosen=False), name, count // 10, 0, count // 10)
        for name, count in districts
    ]


@blueprint.get("/styleguide")
def show() -> str:
    """Tokens as the stylesheets have them, and the parts that are made of them."""
    tokens = design_tokens(Path(current_app.static_folder or ""))
    return render_template(
        "styleguide.html",
        colours=[token for token in tokens if token.colour],
        sizes=[token for token in tokens if token.name.startswith("text-")],
        breakdowns=SAMPLES,
        months=SAMPLE_MONTHS,
        tiles=_tiles(),
        others=[t for t in tokens if not t.colour and not t.name.startswith("text-")],
    )


@lru_cache(maxsize=1)
def design_tokens(folder: Path) -> tuple[Token, ...]:
    """The tokens of the stylesheets in a folder, in their order."""
    own, dark, large = (
        dict(_declared(folder / f"{name}.css")) for name in ("site", "dark", "large")
    )
    return tuple(Token(n, v, dark.get(n, ""), large.get(n, "")) for n, v in own.items())


def _declared(path: Path) -> Iterator[tuple[str, str]]:
    """What the first ``:root`` of a stylesheet declares."""
    block = path.read_text(encoding="utf-8").partition(":root {")[2].partition("\n}")[0]
    yield from ((found[1], found[2]) for found in _TOKEN.finditer(block))
