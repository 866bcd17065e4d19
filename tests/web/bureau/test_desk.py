"""The desk: what waits for whom, which decisions are late, how the month stands."""

from __future__ import annotations

import re

from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import StagedRow
from credit_site.services.desk_figures import waiting
from tests.domain.penalty_rows import BOOK, CLEAN, LIST
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.support.uploads import checked, decision, number_of, published, table, upload, work


def test_what_waits_is_shown_to_whom_it_waits_for(
    app: Flask, clerk: Person, reviewer: Person, stranger: Person
) -> None:
    number = checked(app, clerk, [decision(1)])
    assert "六月.csv" in clerk.get("/bureau/").text
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    assert f"/bureau/submissions/{number}/review" in reviewer.get("/bureau/").text
    assert f"/bureau/submissions/{number}/review" not in clerk.get("/bureau/").text
    assert "六月.csv" not in stranger.get("/bureau/").text


def test_late_and_nearly_late_decisions_stand_on_the_desk(app: Flask, clerk: Person) -> None:
    rows = [
        decision(1, decision_date="2026-05-06"),
        decision(2, decision_date="2026-05-22"),
        decision(3, decision_date="2026-05-29"),
    ]
    checked(app, clerk, rows)
    page = clerk.get("/bureau/").text
    assert "2026年5月6日" in page
    assert "已超" in page
    assert "还有 1 个工作日" in page or "还有 2 个工作日" in page or "今天到期" in page
    assert "2026年5月29日" not in page


def test_the_month_counts_what_went_out_in_time(
    app: Flask, clerk: Person, reviewer: Person, clock: StandingClock
) -> None:
    rows = [decision(1, decision_date="2026-05-06"), decision(2, decision_date="2026-05-28")]
    number = checked(app, clerk, rows)
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    page = clerk.get("/bureau/").text
    assert "已公示 <strong>2</strong> 条，其中 <strong>1</strong> 条（50%）" in page
    clock.move(days=30)
    assert clerk.sign_in().status_code == 302
    assert "本月还没有公示" in clerk.get("/bureau/").text


def test_an_administrator_sees_no_submissions(app: Flask, clerk: Person) -> None:
    checked(app, clerk, [decision(1)])
    page = signed_in(app, Role.ADMINISTRATOR).get("/bureau/").text
    assert "六月.csv" not in page
    assert "账号" in page


def test_a_deadline_runs_for_a_row_with_mistakes_as_for_any_other(
    app: Flask, clerk: Person
) -> None:
    old = {"decision_date": "2026-05-06"}
    rows = [
        decision(1, **old),
        decision(2, **old, legal_basis=""),
        decision(3, **old, decision_number=""),
    ]
    number = checked(app, clerk, rows)
    assert late(clerk) == 3
    clerk.post(f"/bureau/submissions/{number}/rows/3")
    assert late(clerk) == 3, "still wrong"
    checked(app, clerk, [decision(1, **old), decision(2, **old)])
    assert late(clerk) == 3, "the same decision in two files is one"


def test_what_was_published_by_way_of_another_file_waits_no_more(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    old = {"decision_date": "2026-05-06"}
    checked(app, clerk, [decision(1, **old, legal_basis=""), decision(2, **old, legal_basis="")])
    published(app, clerk, reviewer, decision(1, **old))
    assert late(clerk) == 1


def test_what_was_published_stands_on_the_desk_though_rows_came_back(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    number = checked(app, clerk, [decision(1), decision(2), decision(3, legal_basis="")])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    reviewer.post(f"/bureau/submissions/{number}/rows/3/hold", reason="文号待核")
    reviewer.post(f"/bureau/submissions/{number}/publish")
    work(app)
    for person in (clerk, reviewer):
        page = person.get("/bureau/").text
        came_back, finished = (
            page.split(f'id="{part}"')[-1].split("</section>")[0]
            for part in ("came-back", "finished")
        )
        assert f"/bureau/submissions/{number}" in came_back
        assert f"/bureau/submissions/{number}" in finished
        assert "发布 1 行，共 3 行" in finished


def test_a_file_that_says_nothing_new_is_done_by_itself(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    published(app, clerk, reviewer, decision(1))
    number = checked(app, clerk, [decision(1)])
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "没有要公示的变化，不用再做什么" in page
    assert "没有变化</span>" in page
    assert "放弃" not in page
    assert "已经发布 0 行" not in page
    assert f"/bureau/submissions/{number}" not in clerk.get("/bureau/").text


def late(person: Person) -> int:
    """How many decisions of 6 May the desk says are late."""
    page = person.get("/bureau/").text
    line = page.split("2026年5月6日</a>")[1].split("</tr>")[0]
    return int(line.split('class="figure">')[1].split("<")[0])


def test_the_oldest_decisions_stand_first_and_what_is_not_shown_is_told(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    numbers = [
        number_of(
            upload(clerk, table([decision(n, decision_date=f"2026-05-{30 - n}")]), f"{n}.csv")
        )
        for n in range(1, 13)
    ]
    work(app)
    listed = part(clerk, "to-do")
    assert "还有 2 份" in listed
    assert 'href="/bureau/submissions?show=read"' in listed
    shown = re.findall(r"submissions/(\d+)\"", listed)
    assert shown == [str(number) for number in reversed(numbers[2:])]
    for number in numbers:
        clerk.post(f"/bureau/submissions/{number}/hand-in")
    handed_in = part(reviewer, "to-do")
    assert "还有 2 份" in handed_in
    assert 'href="/bureau/submissions?show=submitted"' in handed_in
    for number in numbers[:11]:
        reviewer.post(f"/bureau/submissions/{number}/send-back", reason="请核对")
    assert "还有 1 份" in part(clerk, "came-back")


def test_what_one_handed_in_oneself_is_not_counted_as_waiting(app: Flask, reviewer: Person) -> None:
    number = checked(app, reviewer, [decision(1)])
    reviewer.post(f"/bureau/submissions/{number}/hand-in")
    assert "没有等着处理的" in part(reviewer, "to-do")


def test_the_line_of_a_day_leads_to_all_its_decisions(
    app: Flask, clerk: Person, stranger: Person
) -> None:
    old = {"decision_date": "2026-05-06"}
    first = checked(app, clerk, [decision(1, **old), decision(2, **old, legal_basis="")])
    second = checked(app, clerk, [decision(3, **old), decision(4, decision_date="2026-05-28")])
    clerk.post(f"/bureau/submissions/{second}/hand-in")
    assert 'href="/bureau/due?day=2026-05-06"' in clerk.get("/bureau/").text
    page = clerk.get("/bureau/due?day=2026-05-06").text
    assert "还没有公示的 3 行" in page
    for said in (
        f"/bureau/submissions/{first}?after=1#row-2",
        f"/bureau/submissions/{first}?after=2#row-3",
        f"/bureau/submissions/{second}/review?after=1#row-2",
        "郑州第2号食品有限公司，郑市监处罚〔2026〕2号",
        "1 处要改",
    ):
        assert said in page, said
    assert "郑州第4号" not in page
    assert "第1号" not in stranger.get("/bureau/due?day=2026-05-06").text
    assert clerk.get("/bureau/due?day=yesterday").status_code == 404


def test_what_is_near_its_limit_stands_before_what_is_long_past(app: Flask, clerk: Person) -> None:
    old = [decision(n, decision_date=f"2026-04-{n:02}") for n in range(1, 12)]
    checked(app, clerk, [*old, decision(30, decision_date="2026-05-22")])
    shown, earlier = clerk.get("/bureau/").text.split('<details class="more"><summary>更早的')
    assert "2026年5月22日</a>" in shown
    assert earlier.startswith(" 2 个决定日期，2 件")
    assert "2026年4月1日</a>" in earlier
    assert "2026年4月3日</a>" in shown


def test_what_must_not_be_published_and_lists_have_no_limit_of_penalties(
    app: Flask, clerk: Person
) -> None:
    warned = decision(
        1,
        decision_date="2026-05-06",
        penalty_types="警告",
        penalty_content="警告",
        fine_yuan="",
        confiscated_yuan="",
    )
    number = checked(app, clerk, [warned])
    assert "依规定不予公示" in clerk.get(f"/bureau/submissions/{number}").text
    assert "2026年5月6日</a>" not in clerk.get("/bureau/").text
    assert "都已经公示，或者没有报送" in clerk.get("/bureau/due?day=2026-05-06").text
    listed = upload(clerk, table([CLEAN[LIST]], LIST))
    work(app)
    assert listed.status_code == 303
    with app.app_context():
        days = [one.decided_on for one in db.session().query(StagedRow) if one.decided_on]
        assert days
        assert not waiting(db.session(), "", BOOK)


def part(person: Person, name: str) -> str:
    """One section of somebody's desk."""
    return person.get("/bureau/").text.split(f'id="{name}"')[-1].split("</section>")[0]
