from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from credit_site.domain.subjects import (
    is_under_age,
    kind_of_subject,
    may_name_person,
    names_organisation,
    subject_key,
)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("法人及非法人组织", "legal_person"),
        ("个体工商户", "sole_proprietor"),
        ("自然人", "natural_person"),
    ],
)
def test_the_kind_is_the_one_that_is_written(written: str, kind: str) -> None:
    assert kind_of_subject({"counterparty_type": written, "uscc": "x"}) == kind
    assert kind_of_subject({"subject_type": written}) == kind


def test_without_a_word_codes_and_names_tell_and_doubt_means_a_person() -> None:
    assert kind_of_subject({"counterparty_name": "张某某", "tax_number": "1"}) == "legal_person"
    assert kind_of_subject({"subject_name": "某某商行"}) == "legal_person"
    assert kind_of_subject({"subject_name": "张某某"}) == "natural_person"
    assert kind_of_subject({"subject_name": "买买提某某江"}) == "natural_person"
    assert kind_of_subject({}) == "natural_person"
    owner = {"counterparty_name": "某某商行", "counterparty_document_number": "1"}
    assert kind_of_subject(owner) == "natural_person"


@pytest.mark.parametrize(
    "name",
    ["某某公司", "金水区某某饭店", "某某村卫生所", "某某（北京）电子商务平台运营商", "某某合作社"],
)
def test_names_of_organisations_are_known(name: str) -> None:
    assert names_organisation(name)
    assert not may_name_person(name)


@pytest.mark.parametrize("name", ["张某", "欧阳某某", "李某会", "阿某·买某提·某某某某江", "王店"])
def test_names_of_persons_are_not_taken_for_organisations(name: str) -> None:
    assert not names_organisation(name)


def test_a_subject_is_known_by_code_then_registration_then_name() -> None:
    values = {"registration_number": "4101", "organisation_code": "12"}
    assert subject_key(values, "legal_person", "某", "9141") == "9141"
    assert subject_key(values, "legal_person", "某", "") == "registration_number:4101"
    assert subject_key({}, "legal_person", "某某 （Ａ）公司", "") == "某某(A)公司"


def test_persons_of_one_name_are_told_apart_by_their_document() -> None:
    one = subject_key({"counterparty_document_number": "1"}, "natural_person", "张某", "")
    two = subject_key({"counterparty_document_number": "2"}, "natural_person", "张某", "")
    assert one != two


@pytest.mark.parametrize(("born", "minor"), [("20080602", True), ("20080601", False)])
def test_who_is_under_eighteen_on_the_day_is_a_minor(
    born: str, minor: bool, id_number: Callable[..., str]
) -> None:
    assert is_under_age(id_number(born=born), date(2026, 6, 1)) is minor


@pytest.mark.parametrize("number", ["", "X0000001", "护" * 18, "１" * 18])
def test_other_documents_tell_no_birthday(number: str) -> None:
    assert not is_under_age(number, date(2026, 6, 1))
