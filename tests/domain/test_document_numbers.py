from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.document_numbers import normalise_number

NORMAL = "郑市监处罚〔2026〕12号"


@pytest.mark.parametrize(
    "written",
    [
        "郑市监处罚〔2026〕12号",
        "郑市监处罚[2026]12号",
        "郑市监处罚(2026)12号",
        "郑市监处罚（2026）12号",
        "郑市监处罚［２０２６］１２号",
        "郑市监处罚【2026】12号",
        " 郑市监处罚 〔2026〕 12 号\u3000",
    ],
)
def test_every_way_of_writing_a_number_has_one_normal_form(written: str) -> None:
    assert normalise_number(written) == NORMAL


@given(st.text())
def test_the_normal_form_is_its_own(text: str) -> None:
    once = normalise_number(text)
    assert normalise_number(once) == once
