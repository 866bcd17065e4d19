import re
from datetime import datetime

from credit_site.demonstration.persons import document_number, person_name
from credit_site.demonstration.trade_names import trade_name
from credit_site.demonstration.word_lists import table


def test_no_two_numbers_share_a_trade_name() -> None:
    assert len({trade_name(number, shift=12345) for number in range(60_000)}) == 60_000


def test_short_trade_names_come_first_and_long_ones_only_when_all_others_are_used() -> None:
    early = {len(trade_name(number, 0)) for number in range(1000)}
    assert early == {2, 3}
    assert len(trade_name(10_000_000, 0)) == 4


def test_no_trade_name_begins_like_a_known_one() -> None:
    beginnings = {trade_name(number, 77)[:2] for number in range(50_000)}
    assert not beginnings & set(table("names")["trade_names"]["never"])


def test_the_number_of_an_identity_card_can_belong_to_nobody() -> None:
    numbers = {document_number(number) for number in range(2000)}
    assert len(numbers) > 1990
    for number in numbers:
        assert re.fullmatch(r"99\d{15}[\dX]", number)
        datetime.strptime(number[6:14], "%Y%m%d")  # noqa: DTZ007 - a birthday has no zone


def test_the_number_of_an_identity_card_has_a_right_check_digit() -> None:
    for number in map(document_number, range(500)):
        digits = [10 if sign == "X" else int(sign) for sign in number]
        weighed = sum(digit * 2 ** (17 - place) for place, digit in enumerate(digits))
        assert weighed % 11 == 1


def test_a_person_keeps_the_name_and_some_have_compound_surnames() -> None:
    names = [person_name(number) for number in range(3000)]
    assert names == [person_name(number) for number in range(3000)]
    assert {len(name) for name in names} == {2, 3, 4}
    assert any(name.startswith("欧阳") for name in names)
