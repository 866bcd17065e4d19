"""Look-ups by departments: who is answered about, what is kept, what is shown later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.lookups import Outcome, Purpose, Result
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import name_directory
from credit_site.models import AuditEvent, Lookup, LookupLine
from credit_site.services.ledger import head
from credit_site.services.lookups.asking import LookupTools, Question, ask
from credit_site.services.lookups.feedback import FeedbackTools, Told, give_feedback
from credit_site.services.lookups.figures import figures, latest
from credit_site.services.lookups.offering import offers
from credit_site.services.lookups.views import LineView, ReceiptView, receipt
from credit_site.services.matching import Asked, Matcher
from credit_site.services.name_follower import NameFollower
from credit_site.services.publication import EndReason, end_record
from credit_site.services.reviewing import NotPossible
from tests.domain.penalty_rows import invented_uscc
from tests.support.entries import CODE, penalty, saying
from tests.support.publishing import Desk
from tests.web.invented import listed

BOOK = load_rulebook()
TODAY = date(2026, 6, 1)
NAME = "郑州某某食品有限公司"
BUREAU = "health"
OTHER_CODE = invented_uscc(7)


def on_list(number: int, list_name: str = "serious-dishonesty", **changes: object) -> Entry:
    """An entry whose branch the rulebook knows."""
    branches = {"serious-dishonesty": "intellectual-property", "trustworthy": "trustworthy"}
    said = (
        "绿色通道和容缺受理"
        if list_name == "trustworthy"
        else "列为重点监管对象；不授予荣誉称号；禁止乘坐飞机"
    )
    entry = saying(listed(number, list_name), branch=branches.get(list_name, ""), measures=said)
    return replace(entry, **changes)  # type: ignore[arg-type]  # named fields of an entry


def asked(desk: Desk, *lines: Asked, purpose: str = "licence", matter: str = "受理 1 号") -> str:
    tools = LookupTools(desk.session, desk.vault, BOOK, name_directory())
    names = NameFollower(name_directory())
    while names.step(desk.session):
        pass
    return ask(tools, Question(BUREAU, "account:1", purpose, matter, lines), desk.now)


def read(desk: Desk, number: str, today: date = TODAY) -> ReceiptView:
    found = receipt(desk.session, desk.vault, BOOK, number, today)
    assert found is not None
    return found


def answer(desk: Desk, name: str = "", code: str = "") -> LineView:
    (line,) = read(desk, asked(desk, Asked(1, name, code))).lines
    return line


def tell(
    desk: Desk, number: str, outcome: str, measures: Sequence[str] = (), words: str = ""
) -> None:
    told = Told(1, outcome, measures, words)
    give_feedback(
        FeedbackTools(desk.session, desk.vault, BOOK), number, told, "account:1", desk.now
    )


def test_a_code_on_the_serious_list_is_answered_with_measures_and_their_basis(desk: Desk) -> None:
    desk.publish(on_list(1))
    line = answer(desk, code=CODE)
    assert line.result is Result.BLACK
    (entry,) = line.entries
    assert [one.slug for one in entry.measures] == ["priority-supervision", "no-honours"]
    assert all(measure.basis for measure in line.measures)


def test_the_gravest_list_is_the_answer_and_all_are_named(desk: Desk) -> None:
    desk.publish(on_list(1, "trustworthy"), on_list(2, "watch"), on_list(3))
    line = answer(desk, name=NAME)
    assert line.result is Result.BLACK
    assert [entry.tone for entry in line.entries] == ["black", "watch", "red"]


def test_a_black_list_bars_the_favours_of_the_red_one_and_no_feedback_names_them(
    desk: Desk,
) -> None:
    red = on_list(1, "trustworthy")
    desk.publish(red)
    line = answer(desk, code=CODE)
    assert [one.slug for one in line.measures] == ["green-channel"]
    desk.publish(on_list(2))
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


def test_the_receipt_says_who_when_why_and_at_which_head_of_the_ledger(desk: Desk) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, NAME))
    found, newest = read(desk, number.lower().replace("-", " ")), head(desk.session)
    assert found.number == number
    assert (found.agency, found.at, found.purpose) == (BUREAU, desk.now, Purpose.LICENCE)
    assert (found.head_seq, found.head_hash) == (newest.seq, newest.own_hash.hex())
    assert found.genuine
    (event,) = desk.session.scalars(select(AuditEvent).where(AuditEvent.action == "look_up"))
    assert event.subject == f"lookup/{number}"


def test_later_entries_of_the_ledger_leave_the_receipt_genuine(desk: Desk) -> None:
    number = asked(desk, Asked(1, "", CODE))
    desk.publish(on_list(1))
    found = read(desk, number)
    assert found.genuine
    assert found.lines[0].result is Result.NONE, "it is what was answered then"


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        (LookupLine, {"result": "none"}),
        (LookupLine, {"name": "别的公司"}),
        (Lookup, {"head_hash": bytes(32)}),
    ],
)
def test_a_receipt_that_was_altered_in_the_database_is_not_genuine(
    desk: Desk, table: type[Lookup | LookupLine], changes: dict[str, object]
) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, NAME))
    desk.session.execute(update(table).values(**changes))
    desk.session.commit()
    assert not read(desk, number).genuine


def test_after_the_end_of_a_record_the_receipt_shows_nothing_of_it(desk: Desk) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, NAME))
    tell(desk, number, "taken", ["no-honours"], "不授予荣誉")
    end_record(desk.session, desk.vault, 1, EndReason.REPAIRED, "account:2", desk.now)
    found = read(desk, number)
    (line,) = found.lines
    assert found.genuine
    assert found.changed
    assert (line.result, line.entries, line.measures) == (Result.CHANGED, (), ())
    assert line.feedback is not None
    assert (line.feedback.measures, line.feedback.words) == ((), "")


def test_after_its_last_day_a_record_is_gone_from_the_receipt_as_well(desk: Desk) -> None:
    desk.publish(on_list(1, publication_end=TODAY))
    number = asked(desk, Asked(1, NAME))
    assert read(desk, number).lines[0].result is Result.BLACK
    assert read(desk, number, date(2026, 6, 2)).lines[0].result is Result.CHANGED


def test_an_amended_record_changes_the_answer(desk: Desk) -> None:
    entry = on_list(1)
    desk.publish(entry)
    number = asked(desk, Asked(1, NAME))
    desk.publish(saying(entry, facts="更正以后的事实"))
    assert read(desk, number).lines[0].result is Result.CHANGED


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
    number = asked(desk, Asked(1, "欧阳某某"), Asked(2, id_number()), Asked(3, "欧阳**"))
    found = read(desk, number)
    assert [line.result for line in found.lines] == [Result.NOT_ASKED] * 3
    assert {line.name + line.code for line in found.lines} == {""}


@pytest.mark.parametrize(
    ("purpose", "matter", "said"),
    [
        ("", "1", "用途"),
        ("fun", "1", "用途"),
        ("licence", " ", "编号"),
        ("licence", "号" * 101, "100"),
    ],
)
def test_without_purpose_and_matter_number_nothing_is_answered(
    desk: Desk, purpose: str, matter: str, said: str
) -> None:
    with pytest.raises(NotPossible, match=said):
        asked(desk, Asked(1, NAME), purpose=purpose, matter=matter)
    assert latest(desk.session, BUREAU) == []


def test_a_persons_number_in_the_matter_number_is_refused(
    desk: Desk, id_number: Callable[..., str]
) -> None:
    with pytest.raises(NotPossible, match="受理号"):
        asked(desk, Asked(1, NAME), matter=id_number())


def test_more_than_a_thousand_subjects_are_too_many(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="1,000"):
        asked(desk, *(Asked(row, "", CODE) for row in range(1_001)))


def test_a_batch_is_one_receipt_with_a_line_each(desk: Desk) -> None:
    desk.publish(on_list(1), on_list(2, "trustworthy", uscc=OTHER_CODE, subject_key=OTHER_CODE))
    number = asked(desk, Asked(2, "", CODE), Asked(3, "", OTHER_CODE), Asked(4, "没有的有限公司"))
    found = read(desk, number)
    assert [line.result for line in found.lines] == [Result.BLACK, Result.RED, Result.UNCLEAR]
    assert [line.row for line in found.lines] == [2, 3, 4]
    end_record(desk.session, desk.vault, 1, EndReason.REVOKED, "account:2", desk.now)
    assert [line.result for line in read(desk, number).lines] == [
        Result.CHANGED,
        Result.RED,
        Result.UNCLEAR,
    ]


def test_feedback_names_measures_that_apply_or_gives_a_reason(desk: Desk) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, "", CODE))
    for outcome, *measures in (("",), ("taken",), ("taken", "publication")):
        with pytest.raises(NotPossible):
            tell(desk, number, outcome, measures)
    with pytest.raises(NotPossible, match="理由"):
        tell(desk, number, "not_taken")
    tell(desk, number, "not_taken", words="许可不受影响")
    tell(desk, number, "taken", ["no-honours"])
    feedback = read(desk, number).lines[0].feedback
    assert feedback is not None
    assert (feedback.outcome, feedback.measures) == (Outcome.TAKEN, ("no-honours",))
    assert read(desk, number).genuine


def test_there_is_no_feedback_where_nothing_was_found(desk: Desk) -> None:
    number = asked(desk, Asked(1, "", CODE))
    with pytest.raises(NotPossible, match="没有需要反馈"):
        tell(desk, number, "not_taken", words="没有")


def test_the_year_is_counted_by_purpose_result_and_feedback(desk: Desk, session: Session) -> None:
    desk.publish(on_list(1))
    number = asked(desk, Asked(1, "", CODE), Asked(2, "", OTHER_CODE))
    asked(desk, Asked(1, "", CODE), purpose="subsidy")
    tell(desk, number, "taken", ["no-honours"])
    licence, subsidy = figures(session, BUREAU, date(2026, 1, 1), TODAY)
    assert licence.purpose is Purpose.LICENCE
    assert (licence.subjects, licence.black, licence.none) == (2, 1, 1)
    assert (licence.taken, licence.waiting, subsidy.waiting) == (1, 0, 1)
    assert figures(session, "commerce", date(2026, 1, 1), TODAY) == []
    assert figures(session, "", date(2025, 1, 1), date(2025, 12, 31)) == []
