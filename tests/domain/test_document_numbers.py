from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.document_numbers import is_complete, is_serial, normalise_number

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


@pytest.mark.parametrize(
    ("written", "complete", "serial"),
    [
        (NORMAL, True, False),
        ("国信修[2026]9号", True, False),
        ("XF-2026 0529-0001", False, True),
        ("2026052900017", False, True),
        ("XIUFUJUEDING1", False, False),
        ("2026052", False, False),
        ("修复决定书", False, False),
        ("1", False, False),
    ],
)
def test_a_whole_number_is_told_from_a_title_and_from_a_system_s_serial_number(
    written: str, complete: bool, serial: bool
) -> None:
    assert (is_complete(written), is_serial(written)) == (complete, serial)
