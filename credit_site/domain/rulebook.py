"""The rulebook: read once from the TOML files of ``credit_site/rulebook``.

The files are data that a civil servant reads and signs; here they become typed values, and what
they promise each other (a layout's fields stand in its register) is checked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from credit_site.domain.errors import RulebookError
from credit_site.domain.exchange_types import (
    ExchangeControl,
    ExchangeProfile,
    control_of,
    profile_of,
)
from credit_site.domain.glossary import Term
from credit_site.domain.list_measures import measures_of
from credit_site.domain.name_titles import ColumnTitles
from credit_site.domain.rule_versions import Rule, Version
from credit_site.domain.rulebook_types import (
    Agency,
    Basis,
    Campaign,
    Column,
    Division,
    Field,
    FieldType,
    Group,
    Layout,
    ListBranch,
    ListDefinition,
    ListGround,
    Measure,
    PenaltyType,
    Register,
    SearchRole,
    TipTopic,
    Visibility,
)

__all__ = [
    "Agency",
    "Basis",
    "Campaign",
    "Column",
    "Division",
    "ExchangeControl",
    "ExchangeProfile",
    "Field",
    "FieldType",
    "Group",
    "Layout",
    "ListBranch",
    "ListDefinition",
    "ListGround",
    "Measure",
    "PenaltyType",
    "Register",
    "Rule",
    "Rulebook",
    "SearchRole",
    "TipTopic",
    "Version",
    "Visibility",
    "load_rulebook",
]

FOLDER = Path(__file__).parent.parent / "rulebook"
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything the rulebook says, by name or slug; equal only to itself."""

    registers: Mapping[str, Register]
    layouts: Mapping[str, Layout]
    agencies: Mapping[str, Agency]
    divisions: Mapping[str, Division]
    campaigns: Mapping[str, Campaign]
    penalty_types: Mapping[str, PenaltyType]
    lists: Mapping[str, ListDefinition]
    list_branches: Mapping[str, ListBranch]
    measures: Mapping[str, Measure]
    tip_topics: Mapping[str, TipTopic]
    glossary: Mapping[str, Term]
    name_list_titles: Mapping[str, ColumnTitles]
    rows_below: Mapping[str, ColumnTitles]
    rules: Mapping[str, Rule]
    profiles: Mapping[str, ExchangeProfile]
    exchange: ExchangeControl

    def rule(self, name: str) -> Rule:
        """The rule of that name; raises RulebookError."""
        try:
            return self.rules[name]
        except KeyError:
            raise RulebookError(f"no rule {name}") from None

    def agency_named(self, text: str) -> Agency | None:
        """The bureau that bears a name, short name or former name."""
        return self._agency_names.get(text.strip())

    @cached_property
    def _agency_names(self) -> dict[str, Agency]:
        return {
            name: agency
            for agency in reversed(list(self.agencies.values()))
            for name in (*agency.aliases, agency.short_name, agency.name)
        }


@lru_cache(maxsize=1)
def load_rulebook(folder: Path = FOLDER) -> Rulebook:
    """Reads all files. Raises RulebookError that names file and place."""
    rulebook = Rulebook(
        registers=_each(folder / "registers", _register),
        layouts=_each(folder / "layouts", _layout),
        agencies=_table(folder, "agencies", Agency, "slug"),
        divisions=_table(folder, "divisions", Division, "code"),
        campaigns=_table(folder, "campaigns", Campaign, "slug"),
        penalty_types=_table(folder, "penalty_types", PenaltyType, "slug"),
        lists=_table(folder, "lists", ListDefinition, "slug"),
        list_branches=_table(folder, "list_branches", _branch, "slug", key="branches"),
        measures=_table(folder, "measures", Measure, "slug"),
        tip_topics=_table(folder, "tip_topics", TipTopic, "slug"),
        glossary=_table(folder, "glossary", Term, "slug"),
        name_list_titles=_table(folder, "name_list_titles", ColumnTitles, "slug"),
        rows_below=_table(folder, "rows_below", ColumnTitles, "slug"),
        rules=_each(folder / "rules", _rule),
        profiles=_each(folder / "exchange", profile_of),
        exchange=_control(folder / "exchange" / "control.toml"),
    )
    _check_layouts(rulebook)
    _check_topics(rulebook)
    _check_profiles(rulebook)
    _check_branches(rulebook)
    return rulebook


def _each(folder: Path, make: Callable[[dict[str, Any]], T]) -> dict[str, T]:
    return {
        document["name"]: _made(path, make, document)
        for path in sorted(folder.glob("*.toml"))
        if "name" in (document := _read(path))
    }


def _made(path: Path, make: Callable[[dict[str, Any]], T], document: dict[str, Any]) -> T:
    try:
        return make(document)
    except (KeyError, TypeError, ValueError) as error:
        raise RulebookError(f"{path.name}: {error!r}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RulebookError(f"{path.name}: {error}") from error


def _table(
    folder: Path, name: str, kind: Callable[..., T], slug: str, key: str = ""
) -> dict[str, T]:
    path = folder / "rules" / f"{name}.toml"
    found: dict[str, T] = {}
    for item in _read(path)[key or name]:
        if item[slug] in found:
            raise RulebookError(f"{path.name}: {item[slug]} stands twice")
        values = {**item, "basis": _basis(item["basis"])} if "basis" in item else item
        found[item[slug]] = _made(path, lambda given: kind(**_frozen(given)), values)
    return found


def _frozen(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in item.items()}


def _branch(grounds: tuple[dict[str, str], ...], **given: Any) -> ListBranch:  # noqa: ANN401
    return ListBranch(grounds=tuple(ListGround(**item) for item in grounds), **given)


def _basis(given: list[dict[str, Any]]) -> tuple[Basis, ...]:
    return tuple(Basis(**_frozen(item)) for item in given)


def _register(document: dict[str, Any]) -> Register:
    given = _frozen(document)
    fields = tuple(map(_field, document["fields"]))
    groups = tuple(Group(**_frozen(item)) for item in document.get("groups", ()))
    grouped = [name for group in groups for name in group.fields]
    if len(set(grouped)) < len(grouped) or not {field.name for field in fields} >= set(grouped):
        raise ValueError("groups name a field twice, or one that is none")
    if not {field.name for field in fields} >= set(document.get("second_person", ())):
        raise ValueError("second_person names what is no field")
    return Register(**{**given, "fields": fields, "groups": groups})


def _field(item: dict[str, Any]) -> Field:
    given = _frozen(item)
    given["type"] = FieldType(given["type"])
    given["visibility"] = Visibility(given["visibility"])
    given["search"] = SearchRole(given["search"])
    return Field(**given)


def _layout(document: dict[str, Any]) -> Layout:
    given = _frozen(document)
    given["columns"] = tuple(Column(**_frozen(item)) for item in document["columns"])
    given["at_least_one_of"] = tuple(tuple(g) for g in document.get("at_least_one_of", ()))
    return Layout(**given)


def _control(path: Path) -> ExchangeControl:
    return _made(path, control_of, _read(path))


def _rule(document: dict[str, Any]) -> Rule:
    name, versions = document["name"], document["versions"]
    made = [_version(name, item) for item in versions]
    made.sort(key=lambda version: version.in_force_from)
    return Rule(name, document["title"], tuple(made), document.get("labels", {}))


def _version(rule: str, item: dict[str, Any]) -> Version:
    start: date = item["in_force_from"]
    known = {"in_force_from", "in_force_to", "basis", "id"}
    return Version(
        id=f"{rule}/{item.get('id', start.isoformat())}",
        in_force_from=start,
        in_force_to=item.get("in_force_to"),
        basis=_basis(item["basis"]),
        values={name: value for name, value in item.items() if name not in known},
    )


def _check_layouts(rulebook: Rulebook) -> None:
    for layout in rulebook.layouts.values():
        register = rulebook.registers.get(layout.register)
        if register is None:
            raise RulebookError(f"{layout.name}.toml: no register {layout.register}")
        names = {field.name for field in register.fields}
        for column in layout.columns:
            if column.field not in names:
                raise RulebookError(f"{layout.name}.toml: no field {column.field}")


def _check_topics(rulebook: Rulebook) -> None:
    for topic in rulebook.tip_topics.values():
        if topic.agency not in rulebook.agencies:
            raise RulebookError(f"tip_topics.toml: no agency {topic.agency}")


def _check_profiles(rulebook: Rulebook) -> None:
    """A profile sends what its layout has, and of what is kept back only what it names."""
    for profile in rulebook.profiles.values():
        layout = rulebook.layouts.get(profile.layout)
        if layout is None:
            raise RulebookError(f"{profile.name}.toml: no layout {profile.layout}")
        there = {column.field for column in profile.columns_of(layout)}
        named = {*profile.sealed_fields, *profile.key_fields, *(c.field for c in profile.computed)}
        if not named <= there:
            missing = ", ".join(sorted(named - there))
            raise RulebookError(f"{profile.name}.toml: {layout.name} does not send {missing}")


def _check_branches(rulebook: Rulebook) -> None:
    names: set[str] = set()
    for branch in rulebook.list_branches.values():
        known = {
            branch.list in rulebook.lists,
            branch.review in ("above", "none"),
            branch.extension in ("none", "repetition", "restriction"),
            branch.name not in names,
            set(branch.agencies) <= rulebook.agencies.keys(),
            _have_a_basis(branch, rulebook),
            bool(branch.restrictions) is (branch.extension == "restriction"),
            set(branch.restrictions) <= {kind.name for kind in rulebook.penalty_types.values()},
            set(branch.heavier_types) <= {kind.name for kind in rulebook.penalty_types.values()},
        }
        if False in known:
            raise RulebookError(f"list_branches.toml: {branch.slug} names what is not there")
        names.add(branch.name)


def _have_a_basis(branch: ListBranch, rulebook: Rulebook) -> bool:
    """Whether all measures of a branch are there and rest on something in that branch."""
    known = set(branch.measures) <= rulebook.measures.keys()
    return known and len(measures_of(branch, rulebook.measures)) == len(branch.measures)
