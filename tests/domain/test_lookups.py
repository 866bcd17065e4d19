from __future__ import annotations

import pytest

from credit_site.domain.lookups import is_called_like_an_organisation


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
