from __future__ import annotations

from collections.abc import Callable

import pytest

from credit_site.domain.lookups import (
    in_fields,
    is_called_like_an_organisation,
    problem_with,
)
from tests.support.entries import CODE


def test_a_code_is_taken_for_one_wherever_it_was_written() -> None:
    assert in_fields(f" {CODE[:9]} {CODE[9:]}".lower(), "") == ("", CODE)
    assert in_fields("郑州某某食品有限公司", CODE) == ("郑州某某食品有限公司", CODE)


def test_persons_numbers_wrong_codes_and_masked_names_are_not_looked_up(
    id_number: Callable[..., str],
) -> None:
    assert "证件号码" in problem_with(id_number(), "")
    assert "证件号码" in problem_with("", id_number())
    assert "请核对" in problem_with("", CODE[:-1] + "0")
    assert "隐去" in problem_with("欧阳**", "")
    assert "没有写" in problem_with("——", "")
    assert problem_with("郑州某某食品有限公司", "") == problem_with("", CODE) == ""


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("郑州某某食品有限公司", True),
        ("郑州某某食品有限公司（普通合伙）", True),
        ("金水区泽某商行", True),
        ("二七区某某百货店", True),
        ("欧阳某某", False),
        ("张店", False),
        ("李行", False),
    ],
)
def test_names_of_organisations_are_told_from_what_could_be_a_person(
    name: str, organisation: bool
) -> None:
    assert is_called_like_an_organisation(name) is organisation
