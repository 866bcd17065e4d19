from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from credit_site.domain.cells import Cell
from credit_site.domain.identifiers import uscc_check_digit
from credit_site.domain.issues import Level
from tests.domain.penalty_rows import ELSEWHERE, PERSON, USCC, checked, codes, issues, value

WRONG = USCC[:-1] + ("1" if USCC[-1] != "1" else "2")
RUINED = ["9.14101E+17", "9.1410105E17", 914101050000000000, 9.14101e17, Decimal("9.14E+17"),
          "914101050000123000"]  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [USCC, USCC.lower(), f" {USCC[:8]} {USCC[8:]}\u3000", f"{USCC}\ufeff",
     "".join(chr(ord(character) + 0xFEE0) for character in USCC)],
)  # fmt: skip
def test_codes_are_known_with_spaces_full_width_and_lower_case(written: str) -> None:
    assert value("uscc", written) == USCC


@pytest.mark.parametrize(
    ("written", "code"),
    [(WRONG, "uscc_check_digit"), (USCC[:-1], "uscc_length"), ("I" + USCC[1:], "uscc_alphabet")],
)
def test_what_is_wrong_with_a_code_is_said(written: str, code: str) -> None:
    (issue,) = issues(uscc=written)
    assert (issue.row, issue.code, issue.level) == (7, code, Level.ERROR)
    assert issue.column == "行政相对人代码_1（统一社会信用代码）"


@pytest.mark.parametrize("written", RUINED)
def test_a_ruined_code_is_an_error_and_never_a_guess(written: Cell) -> None:
    assert codes(uscc=written) == ["uscc_ruined_by_spreadsheet"]


@pytest.mark.parametrize("written", RUINED[:-1])
def test_a_ruined_registration_number_is_one_too(written: Cell) -> None:
    assert codes(registration_number=written) == ["number_ruined_by_spreadsheet"]


def test_a_registration_number_in_a_numeric_cell_is_whole_up_to_fifteen_digits() -> None:
    assert value("registration_number", 410105000012345) == "410105000012345"
    assert value("registration_number", 410105000012345.0) == "410105000012345"
    assert value("organisation_code", "12345678-9") == "123456789"


@pytest.mark.parametrize("field", ["uscc", "registration_number", "enforcement_agency_uscc"])
def test_an_id_card_in_a_column_of_codes_is_refused_without_an_echo(
    field: str, id_number: Callable[..., str]
) -> None:
    number = id_number()
    (issue,) = issues(**{field: number})
    assert (issue.code, issue.level) == ("personal_number", Level.ERROR)
    assert number[:6] not in issue.message


def test_an_old_tax_number_made_of_an_id_card_is_a_personal_number(
    id_number: Callable[..., str],
) -> None:
    assert "personal_number" in codes(tax_number=id_number()[:17] + "500")


def test_a_wrong_digit_in_a_bureaus_own_code_is_a_warning() -> None:
    (issue,) = issues(enforcement_agency_uscc=WRONG)
    assert (issue.code, issue.level) == ("uscc_check_digit", Level.WARNING)
    assert value("enforcement_agency_uscc", WRONG) == WRONG
    assert checked(source_agency_uscc=USCC[:-1]).values is None
    assert checked(source_agency_uscc="9.14E+17").values is None


def test_the_inner_check_of_codes_that_do_not_begin_with_9_is_a_warning() -> None:
    for kind, level in (("11", Level.WARNING), ("91", Level.ERROR)):
        body = kind + "410100MA0000019"
        (issue,) = issues(uscc=body + uscc_check_digit(body))
        assert (issue.code, issue.level) == ("uscc_organisation_check_digit", level)


@pytest.mark.parametrize("blank", ["/", "无", "—", "NULL", "", " ", None])
def test_a_placeholder_says_that_there_is_nothing(blank: Cell) -> None:
    row = checked(ELSEWHERE, uscc=blank, registration_number="410105000012345")
    assert row.values is not None
    assert "uscc" not in row.values
    assert [issue.code for issue in row.issues] == ["no_uscc"]


def test_an_id_card_that_cannot_be_is_a_warning_without_an_echo(
    id_number: Callable[..., str],
) -> None:
    number = id_number()
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    (issue,) = issues(PERSON, counterparty_document_number=wrong)
    assert (issue.code, issue.level) == ("document_number_check_digit", Level.WARNING)
    assert wrong[:6] not in issue.message


def test_a_ruined_document_number_matters_only_where_it_tells_persons_apart() -> None:
    (own,) = issues(PERSON, counterparty_document_number=4.1e17)
    assert own.level is Level.ERROR
    (others,) = issues(legal_representative_document_number=4.1e17)
    assert others.level is Level.WARNING
