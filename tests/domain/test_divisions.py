from __future__ import annotations

import pytest

from credit_site.domain.divisions import division_of
from tests.domain.penalty_rows import BOOK


@pytest.mark.parametrize(
    ("agency", "uscc", "written", "code"),
    [
        ("郑州市金水区市场监督管理局", "410102", "410103", "410105"),
        ("新郑市农业农村局", "", "", "410184"),
        ("郑州市市场监督管理局高新技术产业开发区分局", "410102", "", "410172"),
        ("郑州市公安局高新区分局", "410102", "", "410172"),
        ("郑州市市场监督管理局", "410102", "410103", "410102"),
        ("郑州市市场监督管理局", "410100", "", "410100"),
        ("郑州市市场监督管理局", "110108", "410103", "410103"),
        ("郑州市市场监督管理局", "110108", "110108", ""),
        ("", "", "", ""),
    ],
)
def test_the_bureaus_name_goes_before_the_code_and_the_code_before_the_file(
    agency: str, uscc: str, written: str, code: str
) -> None:
    assert division_of(agency, uscc, written, BOOK) == code
