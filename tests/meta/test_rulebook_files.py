"""Every register field is labelled, every layout column leads to one, every rule has a basis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pytest

from credit_site.domain.rulebook import Rulebook, load_rulebook
from tests.meta.sources import report


class Labelled(Protocol):
    """What a field must say of itself."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def help(self) -> str: ...


def chinese(text: str) -> bool:
    """Whether a text has at least one Chinese character."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def unlabelled(register: str, fields: Iterable[Labelled]) -> list[str]:
    return [
        f"registers/{register}.toml, field {field.name}: write its {what} in Chinese"
        for field in fields
        for what, text in (("title", field.title), ("help", field.help))
        if not chinese(text)
    ]


def doubled(place: str, names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [f"{place}: {name} stands twice" for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def test_every_register_field_has_a_title_and_a_help_text(rulebook: Rulebook) -> None:
    problems = [
        problem
        for register in rulebook.registers.values()
        for problem in unlabelled(register.name, register.fields)
    ]
    assert not problems, report(problems)


def test_the_fields_that_a_register_singles_out_exist(rulebook: Rulebook) -> None:
    for register in rulebook.registers.values():
        named = (
            register.subject_field,
            register.uscc_field,
            register.number_field,
            register.date_field,
            register.category_field,
            *register.amount_fields,
        )
        known = {field.name for field in register.fields} | {""}
        assert set(named) <= known, f"registers/{register.name}.toml: {set(named) - known}"


def test_no_field_and_no_column_stands_twice(rulebook: Rulebook) -> None:
    problems = []
    for register in rulebook.registers.values():
        problems += doubled(register.name, (field.name for field in register.fields))
        problems += doubled(register.name, (field.title for field in register.fields))
    for layout in rulebook.layouts.values():
        problems += doubled(layout.name, (column.title for column in layout.columns))
    assert not problems, report(problems)


def test_every_column_of_a_layout_leads_to_a_field_of_its_register(rulebook: Rulebook) -> None:
    registers = rulebook.registers
    problems = [
        f"layouts/{layout.name}.toml: {column.title} leads to {column.field}, which "
        f"registers/{layout.register}.toml does not have"
        for layout in rulebook.layouts.values()
        for column in layout.columns
        if column.field not in {field.name for field in registers[layout.register].fields}
    ]
    assert not problems, report(problems)


def test_every_list_and_layout_has_a_name_and_a_register(rulebook: Rulebook) -> None:
    for entry in (*rulebook.lists.values(), *rulebook.layouts.values()):
        assert entry.register in rulebook.registers
    assert all(chinese(entry.name) for entry in rulebook.lists.values())


def test_an_unlabelled_field_would_be_named(rulebook: Rulebook) -> None:
    class Bare:
        name, title, help = "fine_yuan", "罚款金额", ""

    assert unlabelled("penalty", [Bare()]) == [
        "registers/penalty.toml, field fine_yuan: write its help in Chinese"
    ]


def test_a_doubled_column_would_be_named() -> None:
    assert doubled("penalty", ["a", "b", "a"]) == ["penalty: a stands twice"]
