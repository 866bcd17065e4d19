"""Reads the word lists of vocabulary/, each once.

A broken word list is a broken promise of this package: KeyError, TypeError or ValueError.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from credit_site.demonstration.chance import Weighted
from credit_site.demonstration.words import (
    District,
    Fine,
    Goods,
    OfficeWords,
    Outcome,
    PenaltyKind,
    ProductField,
    Violation,
)

Table = dict[str, Any]  # as tomllib gives it
_FOLDER = Path(__file__).with_name("vocabulary")
_NOT_FOR_PERSONS = frozenset({"halt", "revoke"})


@cache
def table(name: str) -> Table:
    """One word list of vocabulary/ as it stands in its file."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


@cache
def product_fields() -> tuple[ProductField, ...]:
    """All fields of goods, in the order of their slugs."""
    slugs = sorted(path.stem for path in (_FOLDER / "fields").glob("*.toml"))
    return tuple(_product_field(slug, table(f"fields/{slug}")) for slug in slugs)


@cache
def violations() -> Mapping[str, Violation]:
    """All kinds of unlawful acts by slug."""
    return {
        slug: _violation(slug, words)
        for path in sorted((_FOLDER / "violations").glob("*.toml"))
        for slug, words in table(f"violations/{path.stem}").items()
    }


@cache
def penalty_kinds() -> Mapping[str, PenaltyKind]:
    """What the words of an outcome stand for."""
    return {slug: PenaltyKind(**words) for slug, words in table("kinds").items()}


@cache
def office_words() -> Mapping[str, OfficeWords]:
    """The bureaus that punish, former ones among them, each by a slug of its own."""
    return {slug: _office(words) for slug, words in table("offices").items()}


@cache
def districts() -> Mapping[str, District]:
    """The districts by the code of their division."""
    return {code: District(**words) for code, words in table("names")["divisions"].items()}


def _product_field(slug: str, words: Table) -> ProductField:
    goods = {entry[0]: Goods(*entry) for entry in words["goods"]}
    lists = {
        name: tuple(words[name])
        for name in ("industries", "shops", "sell_sites", "make_sites", "details", "licences")
    }
    return ProductField(
        slug=slug,
        name=words["name"],
        weight=words["weight"],
        licence_mark=words["licence_mark"],
        cooperatives=tuple(words.get("cooperatives", ())),
        goods=tuple(goods.values()),
        violations=words["violations"],
        only={
            violation: tuple(goods[name] for name in names)
            for violation, names in words.get("only", {}).items()
        },
        **lists,
    )


def _violation(slug: str, words: Table) -> Violation:
    outcomes: dict[Outcome, float] = {
        tuple(text.split()): weight for text, weight in words["outcomes"].items()
    }
    return Violation(
        slug=slug,
        type=words["type"],
        offices=tuple(words["offices"]),
        role=words.get("role", "sell"),
        opening=words.get("opening", "inspection"),
        trade=words.get("trade", "sold"),
        kinds=tuple(words.get("kinds", ("company", "shop", "person"))),
        minor=words.get("minor", False),
        seized=words.get("seized", "涉案{goods}"),
        scenes=tuple(words["scenes"]),
        basis=_dated(words["basis"]),
        outcomes=Weighted(outcomes),
        mild_outcomes=Weighted(_mild(outcomes)),
        fine=Fine(*words["fine"]),
    )


def _mild(outcomes: Mapping[Outcome, float]) -> Mapping[Outcome, float]:
    mild: dict[Outcome, float] = {}
    for outcome, weight in outcomes.items():
        left = tuple(kind for kind in outcome if kind not in _NOT_FOR_PERSONS)
        mild[left] = mild.get(left, 0.0) + weight
    return mild


def _office(words: Table) -> OfficeWords:
    until = words.get("until")
    return OfficeWords(
        agency=words["agency"],
        name=words.get("name", ""),
        share=words["share"],
        until=date.fromisoformat(until) if until else None,
        signs=_dated(words["signs"]),
        district_office=words["district_office"],
    )


def _dated(versions: list[list[str]]) -> tuple[tuple[date, str], ...]:
    return tuple((date.fromisoformat(since), text) for since, text in versions)
