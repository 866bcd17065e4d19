"""The notices on repair of all that a submission published, on one page to be printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.services import record_entries
from tests.domain.penalty_rows import CLEAN, PERSON
from tests.support.people import Person, signed_in
from tests.support.sites import StandingClock
from tests.support.uploads import Row, checked, decision, number_of, table, upload, work
from tests.web.conftest import Publish
from tests.web.invented import listed
from tests.web.pages import CheckingClient, Page

pytestmark = pytest.mark.both_databases


def seen(person: Person, path: str) -> Page:
    return CheckingClient(person.client).get(path)


def out(app: Flask, clerk: Person, reviewer: Person, content: bytes, **fields: str) -> str:
    """The address of a submission all of whose rows were published."""
    address = f"/bureau/submissions/{number_of(upload(clerk, content, **fields))}"
    work(app)
    clerk.post(f"{address}/hand-in")
    reviewer.post(f"{address}/publish")
    work(app)
    return address


def rows(*numbers: int) -> Sequence[Row]:
    return [decision(number) for number in numbers]


def told(html: str) -> list[str]:
    """Whom the sheets of a page speak to, in their order."""
    sheets = html.split('<article class="document">')[1:]
    return [re.search(r"<p>([^<（]+)（统一社会信用代码", sheet)[1] for sheet in sheets]  # type: ignore[index]  # each names its subject


def test_every_published_row_has_its_sheet_and_the_submission_leads_there(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    address = out(app, clerk, reviewer, table(rows(1, 2, 3)))
    page = seen(clerk, address)
    assert page.link("打印信用修复告知书") == f"{address}/notices"
    html = seen(clerk, f"{address}/notices").html
    assert told(html) == [f"郑州第{number}号食品有限公司" for number in (1, 2, 3)]
    assert html.count("行政处罚信息信用修复告知书</h2>") == 3
    assert "共 3 条" in html
    assert "分成几页打印" not in html
    one = seen(clerk, "/bureau/records/2/notice").html.split("</h1>")[1].split("</article>")[0]
    assert one in html, "a sheet says what the record's own notice says"


def test_what_ended_and_what_a_later_file_changed_is_not_among_them(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    first = out(app, clerk, reviewer, table(rows(1, 2, 3)))
    ground = {"reason": "公示有误", "document": "核查记录", "day": "2026-05-20", "why": "error"}
    reviewer.post("/bureau/records/1/end", **ground)
    second = out(app, clerk, reviewer, table([decision(2, violation_facts="销售白酒21瓶。")]))
    assert told(seen(clerk, f"{first}/notices").html) == ["郑州第3号食品有限公司"]
    assert told(seen(clerk, f"{second}/notices").html) == ["郑州第2号食品有限公司"]


def test_a_correction_on_the_desk_keeps_the_sheet(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    address = out(app, clerk, reviewer, table(rows(1)))
    ground = {"reason": "笔误", "document": "更〔2026〕1号", "day": "2026-05-29"}
    reviewer.post("/bureau/records/1/correct", cell13="销售白酒21瓶。", **ground)
    assert told(seen(clerk, f"{address}/notices").html) == ["郑州第1号食品有限公司"]


def test_many_are_printed_part_by_part_and_none_is_left_out(
    app: Flask, clerk: Person, reviewer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_entries, "PAGE", 2)
    address = f"{out(app, clerk, reviewer, table(rows(1, 2, 3, 4, 5)))}/notices"
    first = seen(clerk, address)
    assert "共 5 条" in first.main
    assert "这一页是第 1 至 2 份" in first.main
    reviewer.post(
        "/bureau/records/1/end", reason="有误", document="记录", day="2026-05-20", why="error"
    )
    second = seen(clerk, address + first.link("下面的 2 份"))
    assert told(second.html) == ["郑州第3号食品有限公司", "郑州第4号食品有限公司"]
    last = seen(clerk, address + second.link("下面的 1 份"))
    assert told(last.html) == ["郑州第5号食品有限公司"]
    assert "这一页是第 4 份。" in last.main
    assert clerk.get(f"{address}?after=99").status_code == 404


def test_a_person_is_called_by_the_whole_name_and_no_number_is_shown(
    app: Flask, clerk: Person, reviewer: Person
) -> None:
    address = out(app, clerk, reviewer, table([CLEAN[PERSON]], PERSON))
    page = clerk.get(f"{address}/notices").text
    assert "欧阳某某：" in page
    assert "X0000001" not in page


def test_before_publication_and_for_an_honour_there_is_nothing_to_print(
    app: Flask, clerk: Person, publish: Publish
) -> None:
    address = f"/bureau/submissions/{checked(app, clerk, rows(1))}"
    publish(listed(6, "trustworthy", severity="", agency="market-supervision"))
    for one in (address, "/bureau/submissions/2"):
        assert clerk.get(f"{one}/notices").status_code == 404
        assert "打印信用修复告知书" not in clerk.get(one).text


def test_what_was_published_on_another_day_than_it_came_is_found(
    app: Flask, clerk: Person, reviewer: Person, clock: StandingClock
) -> None:
    address = f"/bureau/submissions/{checked(app, clerk, rows(1))}"
    clerk.post(f"{address}/hand-in")
    clock.move(days=3)
    later = signed_in(app, Role.REVIEWER, "market-supervision", name="later")
    later.post(f"{address}/publish")
    work(app)
    assert told(later.get(f"{address}/notices").text) == ["郑州第1号食品有限公司"]


def test_another_bureau_prints_none_of_them(
    app: Flask, clerk: Person, reviewer: Person, stranger: Person
) -> None:
    address = out(app, clerk, reviewer, table(rows(1)))
    assert stranger.get(f"{address}/notices").status_code == 404
    auditor = signed_in(app, Role.AUDITOR)
    assert auditor.get(f"{address}/notices").status_code == 200
