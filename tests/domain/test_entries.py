from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.domain.penalty_rows import (
    BOOK,
    ELSEWHERE,
    LEGAL,
    LIST,
    OLD,
    PERSON,
    USCC,
    entry,
    entry_of,
    of_manager,
)


def test_an_entry_has_what_every_register_needs() -> None:
    made = entry(confiscated_yuan="0.3", penalty_types="罚款;没收违法所得")
    assert (made.register, made.agency) == ("penalty", "market-supervision")
    assert (made.subject_name, made.subject_kind) == ("郑州某某食品有限公司", "legal_person")
    assert (made.uscc, made.subject_key, made.division) == (USCC, USCC, "410105")
    assert made.document_number == made.document_number_key == "郑市监处罚〔2026〕12号"
    assert (made.decided_on, made.amount_fen) == (date(2026, 5, 6), 1_300_000)
    assert (made.severity, made.withheld, made.sealed) == ("general", "", {})
    assert made.publication_start == date(2026, 5, 6)


def test_content_is_json_in_the_order_of_the_register() -> None:
    content = entry(penalty_types="罚款;警告", fine_yuan="1.23").content
    assert content["penalty_types"] == ["罚款", "警告"]
    assert content["fine_yuan"] == "12300.00"
    assert content["decision_date"] == "2026-05-06"
    order = [field.name for field in BOOK.registers["penalty"].fields]
    assert sorted(content, key=order.index) == list(content)


def test_without_an_amount_there_is_none_rather_than_zero() -> None:
    assert entry(penalty_types="责令停产停业", fine_yuan="").amount_fen is None
    assert entry(fine_yuan="0").amount_fen == 0


def test_every_way_of_writing_a_number_is_one_key() -> None:
    written = ("郑市监处罚[2026]12号", "郑市监处罚（2026）12号", "郑市监处罚〔２０２６〕 12 号")
    assert {entry(decision_number=number).document_number_key for number in written} == {
        "郑市监处罚〔2026〕12号"
    }


def test_numbers_of_documents_are_sealed_and_never_in_the_content(
    id_number: Callable[..., str],
) -> None:
    number = id_number()
    made = entry(
        legal_representative_document_type="身份证", legal_representative_document_number=number
    )
    assert made.sealed == {
        "legal_representative_document_type": "身份证",
        "legal_representative_document_number": number,
    }
    assert number not in str(made.content)


def test_a_persons_full_name_is_nowhere_in_what_is_public(id_number: Callable[..., str]) -> None:
    number = id_number()
    made = entry(
        PERSON,
        counterparty_document_type="身份证",
        counterparty_document_number=number,
        violation_facts="当事人欧阳某某于2026年3月销售白酒。欧阳某某没有许可证。",
        penalty_content="对欧阳某某罚款10000元",
    )
    assert (made.subject_name, made.content["counterparty_name"]) == ("欧阳**", "欧阳**")
    assert "欧阳某某" not in str(made.content)
    assert made.sealed["counterparty_name"] == "欧阳某某"
    assert made.sealed["counterparty_document_number"] == number
    assert made.subject_key == f"欧阳某某|{number}"
    assert number not in str(made.content)


def test_a_person_is_masked_however_old_the_decision_is() -> None:
    made = entry(PERSON, decision_date="2000-01-01")
    assert made.subject_name == "欧阳**"
    assert made.withheld


def test_a_minors_penalty_is_withheld(id_number: Callable[..., str]) -> None:
    made = entry(PERSON, counterparty_document_number=id_number(born="20090101"))
    assert "未成年人" in made.withheld


def test_a_person_in_the_table_of_2016_is_masked_too(id_number: Callable[..., str]) -> None:
    number = id_number()
    made = entry(OLD, counterparty_name="张某某", uscc="", counterparty_document_number=number)
    assert (made.subject_kind, made.subject_name) == ("natural_person", "张**")
    assert made.subject_key == f"张某某|{number}"
    assert "张某某" not in str(made.content)


def test_a_manager_on_a_list_is_masked() -> None:
    made = entry_of(of_manager(facts="张某某作为平台负责人，未履行管理义务。"), LIST)
    assert made.subject_name == "张**"
    assert made.content["facts"] == "张**作为平台负责人，未履行管理义务。"


@pytest.mark.parametrize(
    ("codes", "key"),
    [
        ({"registration_number": "410105000012345"}, "registration_number:410105000012345"),
        ({"organisation_code": "12345678-9"}, "organisation_code:123456789"),
        ({}, "某某电子商务有限公司"),
    ],
)
def test_without_the_uniform_code_a_subject_is_known_by_the_next_best(
    codes: dict[str, str], key: str
) -> None:
    made = entry(ELSEWHERE, uscc="", **codes)
    assert (made.uscc, made.subject_key) == ("", key)
    assert made.content["list"] == "published-elsewhere"


def test_content_holds_only_public_fields() -> None:
    public = {field.name for field in BOOK.registers["penalty"].public_fields}
    for layout in (LEGAL, PERSON, OLD):
        assert entry(layout).content.keys() <= public
