"""Look-ups by departments: who is answered about, and what the answer is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from credit_site.domain.lookups import Result
from credit_site.extensions import name_directory
from credit_site.services.lookups.asking import LookupTools, Question, ask
from credit_site.services.lookups.offering import offers
from credit_site.services.matching import Asked, Matcher
from credit_site.services.reviewing import NotPossible
from tests.services.lookups.questions import (
    BOOK,
    BUREAU,
    NAME,
    OTHER_CODE,
    TODAY,
    answer,
    asked,
    on_list,
    read,
    tell,
)
from tests.support.entries import CODE, penalty, saying
from tests.support.listings import stand_again
from tests.support.publishing import Desk


def test_a_code_on_the_serious_list_is_answered_with_measures_and_their_basis(desk: Desk) -> None:
    desk.publish(on_list(1))
    line = answer(desk, code=CODE)
    assert line.result is Result.BLACK
    (entry,) = line.entries
    assert [one.slug for one in entry.measures] == ["priority-supervision", "no-honours"]
    assert all(measure.basis for measure in line.measures)


def test_the_gravest_list_is_the_answer_and_all_are_named(desk: Desk) -> None:
    desk.publish(on_list(1, "trustworthy"), on_list(2, "watch"))
    assert answer(desk, name=NAME).result is Result.WATCH
    desk.publish(on_list(3))
    line = answer(desk, name=NAME)
    assert line.result is Result.BLACK
    assert [entry.tone for entry in line.entries] == ["black", "watch"]


def test_a_black_list_bars_the_favours_of_the_red_one_and_no_feedback_names_them(
    desk: Desk,
) -> None:
    red = on_list(1, "trustworthy")
    desk.publish(red)
    line = answer(desk, code=CODE)
    assert [one.slug for one in line.measures] == ["green-channel"]
    desk.publish(on_list(2))
    stand_again(desk.session, 1)
    number = asked(desk, Asked(1, "", CODE))
    (line,) = read(desk, number).lines
    assert [(entry.tone, entry.barred) for entry in line.entries] == [
        ("black", False),
        ("red", True),
    ]
    assert {one.kind for one in line.measures} == {"punish"}
    assert line.entries[1].said == ""
    with pytest.raises(NotPossible, match="只能选"):
        tell(desk, number, "taken", ["green-channel"])


def test_a_penalty_alone_is_no_ground_of_joint_punishment(desk: Desk) -> None:
    desk.publish(penalty(1))
    line = answer(desk, code=CODE)
    assert (line.result, line.entries) == (Result.NONE, ())


def test_near_names_are_offered_and_never_answered(desk: Desk) -> None:
    desk.publish(on_list(1, subject_name="郑州市华润食品有限公司"))
    number = asked(desk, Asked(1, "郑州市华闰食品有限公司"))
    (line,) = read(desk, number).lines
    assert (line.result, line.entries) == (Result.UNCLEAR, ())
    matcher = Matcher(desk.session, name_directory(), TODAY)
    (match,) = offers(matcher, [line], 1)[1]
    assert match.subjects[0].uscc == CODE
    assert offers(matcher, [line], 0) == {}


def test_a_name_that_nobody_bears_on_record_is_no_clean_answer(desk: Desk) -> None:
    desk.publish(penalty(1))
    line = answer(desk, name="洛阳从来没有的贸易有限公司")
    assert (line.result, line.offered) == (Result.UNCLEAR, False)
    assert "统一社会信用代码" in line.note
    assert answer(desk, name=NAME).result is Result.NONE, "one who has penalties bears this name"


def test_a_code_in_the_field_of_the_name_decides(desk: Desk) -> None:
    desk.publish(on_list(1))
    for line in (f"{CODE},{NAME}", f"{NAME}，{CODE}", f"{CODE} {NAME}", f"{NAME} {CODE.lower()}"):
        found = answer(desk, line)
        assert (found.result, found.name, found.code) == (Result.BLACK, NAME, CODE)
    with pytest.raises(NotPossible, match="表格软件"):
        asked(desk, Asked(1, "9.14101E+17"))


def test_another_code_beside_the_name_of_one_who_is_listed_is_not_answered(desk: Desk) -> None:
    desk.publish(on_list(1), penalty(2, uscc=OTHER_CODE, subject_key=OTHER_CODE))
    line = answer(desk, NAME, OTHER_CODE)
    assert (line.result, line.entries) == (Result.UNCLEAR, ())
    assert "只填代码" in line.note
    assert answer(desk, code=OTHER_CODE).result is Result.NONE


def test_a_name_that_several_bear_is_not_answered(desk: Desk) -> None:
    other = on_list(2, uscc=OTHER_CODE, subject_key=OTHER_CODE)
    desk.publish(on_list(1), other)
    line = answer(desk, name=NAME)
    assert (line.result, line.entries, line.offered) == (Result.UNCLEAR, (), True)
    assert answer(desk, code=OTHER_CODE).result is Result.BLACK


def test_a_former_name_is_offered_and_not_answered(desk: Desk) -> None:
    old = penalty(1, subject_name="郑州旧名食品有限公司", decided_on=date(2026, 1, 5))
    desk.publish(old, on_list(2))
    line = answer(desk, name="郑州旧名食品有限公司")
    assert (line.result, line.entries, line.offered) == (Result.UNCLEAR, (), True)


def test_a_name_beside_a_code_that_is_called_otherwise_is_noticed(desk: Desk) -> None:
    desk.publish(on_list(1))
    line = answer(desk, "郑州别的什么有限公司", CODE)
    assert line.result is Result.BLACK
    assert "不同" in line.note


def test_a_listing_not_yet_in_the_directory_is_found_by_its_name(desk: Desk) -> None:
    desk.publish(on_list(1))
    tools = LookupTools(desk.session, desk.vault, BOOK, name_directory())
    question = Question(BUREAU, "account:1", "licence", "1", [Asked(1, NAME)])
    number = ask(tools, question, desk.now)
    assert read(desk, number).lines[0].result is Result.BLACK


def test_natural_persons_are_not_looked_up_and_nothing_of_them_is_kept(
    desk: Desk, id_number: Callable[..., str]
) -> None:
    masked = on_list(
        1, "network-service-managers", subject_name="欧阳**", uscc="", subject_kind="natural_person"
    )
    desk.publish(masked)
    for text in ("欧阳某某", "欧阳**", id_number()):
        with pytest.raises(NotPossible):
            asked(desk, Asked(1, text))
    persons = Asked(1, "欧阳某某"), Asked(2, id_number()), Asked(3, "欧阳**")
    with pytest.raises(NotPossible, match="没有留下回执"):
        asked(desk, *persons)
    *found, _ = read(desk, asked(desk, *persons, Asked(4, "", OTHER_CODE))).lines
    assert [line.result for line in found] == [Result.NOT_ASKED] * 3
    assert {line.name + line.code for line in found} == {""}


def test_nothing_is_asked_back_where_nothing_can_follow(desk: Desk) -> None:
    desk.publish(saying(on_list(1, "published-elsewhere", severity=""), measures=""))
    number = asked(desk, Asked(1, "", CODE))
    (line,) = read(desk, number).lines
    assert (line.result, line.measures, line.answerable) == (Result.WATCH, (), False)
    with pytest.raises(NotPossible, match="没有需要反馈"):
        tell(desk, number, "taken", words="按另外的规定办理")
