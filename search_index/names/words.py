"""The word lists of words.toml and shapes.toml, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Words:
    """What names are made of; all texts folded."""

    provinces: Mapping[str, tuple[str, ...]]  # short form: its cities, short
    kinds: tuple[str, ...]  # 自治区, 省, 市 …, the longest first
    shortened: Mapping[str, str]  # 经济技术开发: 经开
    towns: tuple[str, ...]  # 镇, 乡 …
    forms: Mapping[str, str]  # 有限公司: company
    industries: frozenset[str]
    surnames: frozenset[str]
    numerals: frozenset[str]
    polyphones: Mapping[str, tuple[str, ...]]
    pairs: Mapping[str, tuple[str, ...]]  # 银行: hang

    @property
    def branches(self) -> frozenset[str]:
        """Forms of a part of a company: 分公司, 分店 …"""
        return frozenset(form for form, kind in self.forms.items() if kind == _BRANCH)


@cache
def words() -> Words:
    """Read from words.toml."""
    data = _table("words.toml")
    places, names, sounds = data["places"], data["surnames"], data["readings"]
    return Words(
        provinces={name: tuple(cities.split()) for name, cities in data["provinces"].items()},
        kinds=tuple(sorted(places["kinds"].split(), key=len, reverse=True)),
        shortened=dict(_pairs(places["shortened"])),
        towns=tuple(places["towns"].split()),
        forms={form: kind for kind, forms in data["forms"].items() for form in forms.split()},
        industries=frozenset(data["industries"]["words"].split()),
        surnames=frozenset("".join(names["common"].split())),
        numerals=frozenset(names["numerals"]),
        polyphones={name: tuple(v.split(",")) for name, v in _pairs(sounds["polyphones"])},
        pairs={name: tuple(v.split(",")) for name, v in _pairs(sounds["pairs"])},
    )


@cache
def look_alikes() -> Mapping[str, str]:
    """For each character of shapes.toml those that look like it."""
    found: dict[str, str] = {}
    for group in _table("shapes.toml")["shapes"]["groups"].split():
        for character in group:
            others = group.replace(character, "")
            found[character] = found.get(character, "") + others
    return found


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for entry in text.split():
        name, _, value = entry.partition("=")
        yield name, value


def _table(name: str) -> dict[str, dict[str, str]]:
    source = files("search_index.names").joinpath(name)
    return tomllib.loads(source.read_text(encoding="utf-8"))
