"""A slip in a name, a code or a number of a document lists nobody else."""

from __future__ import annotations

import pytest

from credit_site.models import ListingCase
from credit_site.services.reviewing import NotPossible
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE, penalty
from tests.support.listings import SUBJECT, A, Walk
from tests.support.personal_numbers import invented_id_number
from tests.support.publishing import Desk

PERSON = {"subject_name": "欧阳某某", "subject_type": "自然人", "facts": "网站传播谣言"}
MANAGERS = {"branch": "network-order", "agency": "cyberspace"}


def test_the_list_of_managers_takes_no_company(way: Walk) -> None:
    with pytest.raises(NotPossible, match="这个名单只列入自然人"):
        way.open(**MANAGERS)
    with pytest.raises(NotPossible, match="这个名单只列入自然人"):
        way.open(**MANAGERS, said=SUBJECT | {"subject_type": "个体工商户"})


@pytest.mark.parametrize("wrong", ["", "  "])
def test_a_person_is_listed_with_the_number_of_a_document(way: Walk, wrong: str) -> None:
    with pytest.raises(NotPossible, match="请填写证件号码"):
        way.open(**MANAGERS, said=PERSON | {"subject_document_number": wrong})


def test_a_number_whose_check_digit_is_wrong_is_refused_and_not_repeated(way: Walk) -> None:
    number = invented_id_number(5)
    other = number[:-1] + ("1" if number[-1] != "1" else "2")
    with pytest.raises(NotPossible, match="身份证号码不对") as refused:
        way.open(**MANAGERS, said=PERSON | {"subject_document_number": other})
    assert other not in str(refused.value)
    assert way.open(**MANAGERS, said=PERSON | {"subject_document_number": number}) == 1


def test_two_of_one_name_are_two_subjects(way: Walk) -> None:
    for at, number in enumerate((5, 6), 1):
        said = PERSON | {"subject_document_number": invented_id_number(number)}
        assert way.open(**MANAGERS, said=said, form_key=f"form-{at}") == at


def test_a_code_known_under_another_name_is_confirmed_by_somebody(desk: Desk, way: Walk) -> None:
    desk.publish(penalty(1))
    said = SUBJECT | {"subject_name": "郑州市庚辛有限公司"}
    with pytest.raises(NotPossible, match="在公示信息里的名称是“郑州某某食品有限公司”"):
        way.open(said=said)
    way.open(said=said, same_subject=True)
    (doubt,) = way.view.doubts
    assert doubt.startswith(f"代码 {CODE} 在公示信息里的名称是“郑州某某食品有限公司”")
    way.decided()
    assert any("请核对是不是同一个主体" in one for one in way.view.doubts)


def test_a_name_known_under_another_code_is_confirmed_by_somebody(desk: Desk, way: Walk) -> None:
    desk.publish(penalty(1))
    other = invented_uscc(7)
    with pytest.raises(NotPossible, match=f"在公示信息里的代码是 {CODE}，这里是 {other}"):
        way.open(said=SUBJECT | {"uscc": other})


def test_the_name_as_it_is_known_asks_nothing(desk: Desk, way: Walk) -> None:
    desk.publish(penalty(1))
    way.open(said=SUBJECT | {"subject_name": "郑州某某食品有限公司 "})
    assert way.view.doubts == ()


def test_a_form_sent_again_with_another_subject_is_another_case(desk: Desk, way: Walk) -> None:
    first = way.open()
    other = SUBJECT | {"subject_name": "郑州市子丑食品有限公司", "uscc": invented_uscc(7)}
    assert way.open(said=other) != first
    assert way.open(said=other) != first
    assert desk.session.query(ListingCase).count() == 2


def test_a_notice_sent_four_times_is_one_step(way: Walk) -> None:
    way.open()
    for _ in range(4):
        way.step(A.NOTICE, document="郑市监列告〔2026〕1号")
    assert [one.action for one in way.view.steps] == [A.NOTICE]
    way.step(A.NOTICE, document="郑市监列告〔2026〕2号")
    assert len(way.view.steps) == 2


def test_in_a_case_nobody_is_sent_to_the_case(way: Walk) -> None:
    way.open()
    way.served()
    way.clock.move(days=10)
    with pytest.raises(NotPossible, match="完整的文号") as refused:
        way.step(A.DECIDE, document="某号")
    assert "名单案件" not in str(refused.value)
