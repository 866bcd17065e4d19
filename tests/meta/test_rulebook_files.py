"""Every register field is labelled, every layout column leads to one, every rule has a basis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, takewhile
from typing import Protocol

import pytest

from credit_site.domain.exchange_types import Control, Operation
from credit_site.domain.rulebook import Basis, Rule, Rulebook, Version, load_rulebook
from credit_site.services.publication import EndReason
from tests.meta.sources import ROOT, report

_DOCUMENT = re.compile(r"〔\d{4}〕\d+号|GB/T \d+|法.{0,8}第.{1,4}条|第\d+号")


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
    counted = Counter(names)
    return [f"{place}: {name} stands twice" for name, number in counted.items() if number > 1]


def baseless(place: str, basis: Iterable[Basis]) -> list[str]:
    """What a rule's basis lacks: one that names its document, and its article where it was read."""
    given = tuple(basis)
    if not given:
        return [f"{place}: give a basis: document, article, url, verified"]
    unnamed = [f"{place}: a basis without a document" for one in given if not one.document]
    unread = [
        f"{place}: {one.document} is said to be verified, but neither article nor url say where"
        for one in given
        if one.verified and not (one.article or one.url or one.document.endswith("号"))
    ]
    return unnamed + unread


def names_its_source(text: str) -> bool:
    """Whether a file of rules has a basis, or a first comment that names a document."""
    comment = "".join(takewhile(lambda line: line.startswith("#"), text.splitlines()))
    return "basis]]" in text or "basis =" in text or bool(_DOCUMENT.search(comment))


def overlapping(rule: Rule) -> list[str]:
    """Versions of which a day could not choose, and those that end before they begin."""
    crossed = [
        f"{rule.name}: {before.id} runs into {after.id}"
        for before, after in pairwise(rule.versions)
        if before.in_force_to is None or before.in_force_to >= after.in_force_from
    ]
    backwards = [
        f"{rule.name}: {version.id} ends before it begins"
        for version in rule.versions
        if version.in_force_to is not None and version.in_force_to < version.in_force_from
    ]
    return crossed + backwards


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
    used = {entry.register for entry in rulebook.lists.values()}
    used |= {layout.register for layout in rulebook.layouts.values()}
    assert used <= rulebook.registers.keys()
    assert all(chinese(entry.name) for entry in rulebook.lists.values())


def test_every_version_of_every_rule_has_a_basis(rulebook: Rulebook) -> None:
    problems = [
        problem
        for rule in rulebook.rules.values()
        for version in rule.versions
        for problem in baseless(f"rule {version.id}", version.basis)
    ]
    assert not problems, report(problems)
    assert rulebook.rules
    assert all(rule.versions and chinese(rule.title) for rule in rulebook.rules.values())


def test_every_list_has_a_basis(rulebook: Rulebook) -> None:
    lists = rulebook.lists.values()
    problems = [p for entry in lists for p in baseless(f"list {entry.slug}", entry.basis)]
    assert not problems, report(problems)


def test_every_branch_of_a_list_and_every_measure_has_a_basis(rulebook: Rulebook) -> None:
    places = {f"branch {one.slug}": one.basis for one in rulebook.list_branches.values()}
    places |= {f"measure {one.slug}": one.basis for one in rulebook.measures.values()}
    problems = [p for place, basis in places.items() for p in baseless(place, basis)]
    assert not problems, report(problems)
    grounds = [g for one in rulebook.list_branches.values() for g in one.grounds]
    assert all(ground.name and ground.basis for ground in grounds)
    assert {one.list for one in rulebook.list_branches.values()} == rulebook.lists.keys() - {
        "published-elsewhere"
    }


def test_candidates_lead_to_branches_and_grounds_of_the_catalogue(rulebook: Rulebook) -> None:
    for version in rulebook.rule("listing_candidates").versions:
        for trigger in version.values.values():
            if isinstance(trigger, dict):
                branch = rulebook.list_branches[trigger["branch"]]
                assert branch.ground(trigger["ground"]) is not None


def test_every_file_of_rules_says_where_it_comes_from() -> None:
    silent = [
        path.name
        for folder in ("rules", "exchange")
        for path in sorted((ROOT / "credit_site/rulebook" / folder).glob("*.toml"))
        if not names_its_source(path.read_text(encoding="utf-8"))
    ]
    assert not silent, f"name the document in a basis or in the first comment: {silent}"


def test_on_every_day_at_most_one_version_is_in_force(rulebook: Rulebook) -> None:
    problems = [problem for rule in rulebook.rules.values() for problem in overlapping(rule)]
    assert not problems, report(problems)


def test_a_profile_of_exchange_demands_what_is_kept_back_only_with_a_basis(
    rulebook: Rulebook,
) -> None:
    problems = []
    for profile in rulebook.profiles.values():
        register = rulebook.registers[rulebook.layouts[profile.layout].register]
        public = [f for f in profile.sealed_fields if register.field(f).visibility != "never"]
        problems += [f"exchange/{profile.name}.toml: {name} is public anyhow" for name in public]
        problems += baseless(f"exchange/{profile.name}.toml", profile.basis)
        if not chinese(profile.personal_note):
            problems.append(f"exchange/{profile.name}.toml: say in Chinese what of persons travels")
    assert rulebook.profiles
    assert not problems, report(problems)


def test_profiles_of_exchange_name_columns_tables_and_operations_once(rulebook: Rulebook) -> None:
    problems = doubled("exchange", (one.table for one in rulebook.profiles.values()))
    control = [column.code for column in rulebook.exchange.columns]
    for profile in rulebook.profiles.values():
        own = profile.columns_of(rulebook.layouts[profile.layout])
        problems += doubled(profile.name, [*control, *(column.code for column in own)])
        problems += doubled(profile.name, profile.operations.values())
        assert set(profile.operations) == set(Operation)
    assert [column.what for column in rulebook.exchange.columns] == list(Control)
    assert not problems, report(problems)


def test_every_ending_of_a_record_has_words_for_receivers(rulebook: Rulebook) -> None:
    assert {reason.value for reason in EndReason} <= rulebook.exchange.endings.keys()
    words = rulebook.exchange.receipts
    assert not set(words.accepted) & set(words.refused)


def test_an_unlabelled_field_would_be_named() -> None:
    class Bare:
        name, title, help = "fine_yuan", "罚款金额", ""

    assert unlabelled("penalty", [Bare()]) == [
        "registers/penalty.toml, field fine_yuan: write its help in Chinese"
    ]


def test_a_doubled_column_would_be_named() -> None:
    assert doubled("penalty", ["a", "b", "a"]) == ["penalty: a stands twice"]


def _version(start: date, days: int | None, *basis: Basis) -> Version:
    end = None if days is None else start + timedelta(days=days)
    return Version(f"example/{start}", start, end, basis, {})


def test_a_rule_without_a_basis_would_be_named() -> None:
    assert baseless("rule example", ()) == [
        "rule example: give a basis: document, article, url, verified"
    ]
    read = Basis("某条例", article="第一条", verified=True)
    assert not baseless("rule example", [read])
    assert baseless("rule example", [replace(read, article="")])
    assert baseless("rule example", [replace(read, document="")])


def test_a_file_without_a_source_would_be_named() -> None:
    assert not names_its_source("# 一些部门.\n[[agencies]]\n")
    assert names_its_source("# 郑政办文〔2016〕60号列出的部门.\n[[agencies]]\n")


def test_versions_that_overlap_would_be_named() -> None:
    first, second = date(2026, 1, 1), date(2026, 1, 11)
    apart = Rule("example", "例", (_version(first, 9), _version(second, None)))
    assert not overlapping(apart)
    assert overlapping(replace(apart, versions=(_version(first, 10), _version(second, None))))
    assert overlapping(replace(apart, versions=(_version(first, None), _version(second, None))))
    assert overlapping(replace(apart, versions=(_version(first, -1),)))
