"""The number of a person never gets from the field for numbers of documents into an address."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.personal_numbers import invented_id_number


@pytest.mark.parametrize("before", ["", "CX"])
def test_a_persons_number_is_refused_without_an_address(app: Flask, before: str) -> None:
    number = invented_id_number(4)
    answer = app.test_client().post("/verify", data={"number": f"{before} {number}"})
    assert (answer.status_code, "Location" in answer.headers) == (422, False)
    assert "像是个人证件号码" in answer.text
    assert number not in answer.text
