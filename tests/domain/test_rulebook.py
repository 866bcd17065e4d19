from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from credit_site.domain.errors import RulebookError, RuleNotInForce
from credit_site.domain.rulebook import FOLDER, Rulebook, load_rulebook

load = load_rulebook.__wrapped__


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the rulebook to spoil."""
    return Path(shutil.copytree(FOLDER, tmp_path / "rulebook"))


def spoil(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_every_layout_and_list_is_there() -> None:
    book = load_rulebook()
    assert {
        "penalty_2018_legal",
        "penalty_2018_person",
        "penalty_2016",
        "serious_dishonesty",
        "list_elsewhere",
    } <= set(book.layouts)
    assert {"market-supervision", "development-and-reform"} <= set(book.agencies)


def test_codes_2_and_3_are_swapped_between_the_layouts_of_2016_and_2018() -> None:
    def field(layout: str, code: str) -> str:
        return next(c.field for c in load_rulebook().layouts[layout].columns if c.code == code)

    assert field("penalty_2018_legal", "CF_XDR_GSZC") == "registration_number"
    assert field("penalty_2018_legal", "CF_XDR_ZZJG") == "organisation_code"
    assert field("penalty_2016", "CF_XDR_ZDM") == "organisation_code"
    assert field("penalty_2016", "CF_XDR_GSDJ") == "registration_number"


def test_a_rule_answers_with_the_version_of_the_day() -> None:
    rule = load_rulebook().rule("publication_periods")
    assert rule.on(date(2026, 3, 31)).in_force_from == date(2023, 5, 1)
    assert rule.on(date(2026, 4, 1)).in_force_from == date(2026, 4, 1)
    with pytest.raises(RuleNotInForce):
        rule.on(date(2019, 6, 30))


def test_an_agency_is_known_by_its_former_names() -> None:
    found = load_rulebook().agency_named("郑州市工商行政管理局")
    assert found is not None
    assert found.slug == "market-supervision"
    assert load_rulebook().agency_named("不存在的局") is None


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("rules/agencies.toml", 'slug = "commerce"', 'slug = "market-supervision"'),
        ("layouts/list_elsewhere.toml", 'field = "ground"', 'field = "nothing"'),
        ("layouts/list_elsewhere.toml", 'register = "serious_dishonesty"', 'register = "none"'),
        ("registers/penalty.toml", 'visibility = "never"', 'visibility = "sometimes"'),
        ("rules/severity.toml", "in_force_from", "in_force_since"),
        ("rules/campaigns.toml", "[[campaigns]]", "[[campaigns"),
    ],
)
def test_a_spoiled_file_is_named(folder: Path, file: str, before: str, after: str) -> None:
    spoil(folder / file, before, after)
    with pytest.raises(RulebookError, match=Path(file).name):
        load(folder)


def test_a_rule_nobody_wrote_is_an_error() -> None:
    book: Rulebook = load_rulebook()
    with pytest.raises(RulebookError, match="no rule"):
        book.rule("nothing")


def test_a_profile_of_exchange_that_sends_what_its_layout_lacks_is_refused(folder: Path) -> None:
    path = folder / "exchange" / "penalty_2018_legal.toml"
    spoil(path, 'key_fields = ["decision_number"', 'key_fields = ["no_such_field"')
    with pytest.raises(RulebookError, match="does not send no_such_field"):
        load(folder)


def test_a_profile_of_exchange_without_its_operations_is_refused(folder: Path) -> None:
    spoil(folder / "exchange" / "penalty_2016.toml", "[operations]", "[others]")
    with pytest.raises(RulebookError, match=r"penalty_2016\.toml"):
        load(folder)
