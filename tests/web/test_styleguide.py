"""The style guide shows every token, and every colour can be read on its ground."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from credit_site.web.presenters.statistics import CHARTS, STEPS
from credit_site.web.styleguide import Token, design_tokens
from tests.web.pages import CheckingClient

GROUNDS = ("paper", "sheet")
INKS = ("ink", "ink-soft", "accent", "serious", "pending", "good")
ON_THEIR_OWN = [(tone, f"{tone}-soft") for tone in ("serious", "pending", "good", "accent")]
PAIRS = [*product(INKS, GROUNDS), *ON_THEIR_OWN, ("accent-ink", "accent"), ("ink", "mark")]
READABLE = 4.5
"""Contrast of text and ground (WCAG 2.2, 1.4.3)."""


@pytest.fixture
def tokens(app: Flask) -> dict[str, Token]:
    return {token.name: token for token in design_tokens(Path(str(app.static_folder)))}


def test_every_token_is_shown_with_its_name(
    pages: CheckingClient, tokens: dict[str, Token]
) -> None:
    assert set(pages.get("/styleguide").texts("code")) >= tokens.keys()


def test_every_colour_has_a_patch_and_every_size_a_line(
    app: Flask, tokens: dict[str, Token]
) -> None:
    css = (Path(str(app.static_folder)) / "styleguide.css").read_text(encoding="utf-8")
    for token in tokens.values():
        if token.colour:
            assert f".swatch-{token.name} {{ background: var(--{token.name}); }}" in css
        if token.name.startswith("text-"):
            assert f".sample-{token.name} {{ font-size: var(--{token.name});" in css


SVG = "{http://www.w3.org/2000/svg}"
PARTS = {
    "charts": ("figure", "data-chart"),
    "their tables": ("details", "more twin on-paper"),
    "the map": (f"{SVG}svg", "tile-map"),
    "breadcrumbs": ("ol", "crumbs"),
    "pages": ("nav", "pager"),
    "chosen conditions": ("ul", "chips"),
    "folded parts": ("details", "more"),
    "filters": ("details", "filters"),
    "a list of errors": ("ul", "plain-list"),
    "suggestions": ("ul", "suggestions"),
}
"""What pages are made of, each by its element and its class (a chart: what it is known by)."""


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_shown(pages: CheckingClient, part: str) -> None:
    tag, known = PARTS[part]
    found = pages.get("/styleguide").all(tag)
    assert any(one.get("class") == known or known in one.attrib for one in found)


def test_each_kind_of_chart_and_each_shade_of_the_map_is_shown(pages: CheckingClient) -> None:
    page = pages.get("/styleguide")
    assert {one.get("data-chart") for one in page.all("figure")} == {*CHARTS.values(), "list"} - {
        "map"
    }
    tiles = [one.get("class", "") for one in page.all(f"{SVG}a")]
    assert sorted(tile.strip() for tile in tiles) == [f"tile shade-{n}" for n in range(STEPS + 1)]


@pytest.mark.parametrize("theme", ["value", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(
    tokens: dict[str, Token], theme: str, ink: str, ground: str
) -> None:
    one, other = sorted(light(getattr(tokens[name], theme)) for name in (ink, ground))
    assert (other + 0.05) / (one + 0.05) >= READABLE


def test_the_dark_colours_are_all_the_colours_and_nothing_else(
    app: Flask, tokens: dict[str, Token]
) -> None:
    assert all(bool(token.dark) is token.colour for token in tokens.values())
    large = [token for token in tokens.values() if token.large]
    assert large
    assert not any(token.colour for token in large)


def light(colour: str) -> float:
    """Relative luminance of a colour #rrggbb (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(share * p for share, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
