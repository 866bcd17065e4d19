"""A file on its way in: taken, checked by the worker, shown row by row, mended, handed in."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from credit_site.extensions import db
from credit_site.intake import annotated
from credit_site.models import Job, StagedRow, Submission
from credit_site.services import annotating
from credit_site.services import rows as row_reading
from credit_site.settings import Settings
from tests.support.forms import cell_of
from tests.support.people import Person
from tests.support.sites import StandingClock
from tests.support.uploads import checked, decision, number_of, runner, table, upload, work


def staged(app: Flask) -> list[tuple[int, str]]:
    with app.app_context():
        query = db.session().query(StagedRow).order_by(StagedRow.row_number)
        return [(row.row_number, row.state) for row in query]


def test_a_file_is_kept_at_once_and_checked_by_the_worker(app: Flask, clerk: Person) -> None:
    number = number_of(upload(clerk, table([decision(1), decision(2)])))
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "正在检查" in page
    assert "排队中" in page
    told = clerk.get(f"/bureau/submissions/{number}/progress").json
    assert told == {"busy": True, "waiting": True, "done": 0, "total": 0}
    work(app)
    assert clerk.get(f"/bureau/submissions/{number}/progress").text.find('"busy":false') > 0
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "每一行都没有问题" in page
    assert "提交审核（2 行）" in page
    assert staged(app) == [(2, "ready"), (3, "ready")]


def test_nothing_that_was_uploaded_is_public_before_it_is_reviewed(
    app: Flask, clerk: Person
) -> None:
    checked(app, clerk, [decision(1)])
    assert "郑州第1号食品" not in app.test_client().get("/search?q=食品").text
    assert app.test_client().get("/records/1").status_code == 404


def test_problems_are_grouped_as_tasks_and_said_row_by_row(app: Flask, clerk: Person) -> None:
    rows = [
        decision(1),
        decision(2, legal_basis=""),
        decision(3, legal_basis=""),
        decision(4, decision_date="昨天"),
    ]
    number = checked(app, clerk, rows)
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "补填：2 行的“处罚依据”" in page
    assert "（第 3、4 行）" in page
    assert "第 5 行" in page
    assert "昨天" in page
    only = clerk.get(f"/bureau/submissions/{number}?column=处罚依据&code=required").text
    assert 'id="row-3"' in only
    assert 'id="row-5"' not in only


def test_a_file_with_titles_alone_is_refused_with_what_to_do(app: Flask, clerk: Person) -> None:
    number = checked(app, clerk, [])
    assert "没有要报送的内容" in clerk.get(f"/bureau/submissions/{number}").text


def test_a_row_is_mended_in_place_and_the_counts_follow(app: Flask, clerk: Person) -> None:
    number = checked(app, clerk, [decision(1), decision(2, legal_basis="")])
    address = f"/bureau/submissions/{number}/rows/3"
    form = clerk.get(address).text
    cell = cell_of(form, "处罚依据")
    still = clerk.post(address, **{cell: ""})
    assert still.status_code == 422
    assert "处罚依据" in still.text
    done = clerk.post(address, **{cell: "《中华人民共和国商标法》第六十条"})
    assert done.status_code == 303
    assert staged(app) == [(2, "ready"), (3, "ready")]
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "第 3 行已经改好" in page
    assert "提交审核（2 行）" in page


def test_a_row_with_a_problem_says_whose_it_is(app: Flask, clerk: Person) -> None:
    number = checked(app, clerk, [decision(1), decision(2, legal_basis="")])
    for address in (f"/bureau/submissions/{number}", f"/bureau/submissions/{number}/rows/3"):
        page = clerk.get(address).text
        assert "郑州第2号食品有限公司，郑市监处罚〔2026〕2号" in page
        assert "郑州第1号食品有限公司" not in page


def test_what_is_taken_back_is_told_by_what_becomes_of_it(app: Flask, clerk: Person) -> None:
    number = checked(app, clerk, [decision(1)])
    clerk.post(f"/bureau/submissions/{number}/hand-in")
    for said in ("可以修改以后再提交审核", "这份文件不再报送"):
        clerk.post(f"/bureau/submissions/{number}/withdraw")
        assert said in clerk.get(f"/bureau/submissions/{number}").text


def test_a_number_of_a_person_is_never_shown_and_survives_mending(
    app: Flask, clerk: Person, id_number: Callable[..., str]
) -> None:
    secret = id_number()
    facts = f"当事人身份证号{secret}，销售白酒。"
    number = checked(app, clerk, [decision(1, violation_facts=facts, legal_basis="")])
    page = clerk.get(f"/bureau/submissions/{number}").text
    form = clerk.get(f"/bureau/submissions/{number}/rows/2").text
    assert secret not in page + form
    cell = cell_of(form, "处罚依据")
    again = clerk.post(f"/bureau/submissions/{number}/rows/2", **{cell: "《商标法》第六十条"})
    assert again.status_code == 422, "the number in the facts is still there"
    assert secret not in again.text
    annotated = clerk.get(f"/bureau/submissions/{number}/annotated.xlsx").data
    assert secret.encode() not in annotated


def test_the_annotated_file_says_what_is_wrong_where(
    app: Flask, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotating, "BATCH", 2)
    bad = (1, 2, 4, 5, 8)
    number = checked(
        app, clerk, [decision(n, **{"legal_basis": ""} if n in bad else {}) for n in range(9)]
    )
    answer = clerk.get(f"/bureau/submissions/{number}/annotated.xlsx")
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    said = [str(row[0] or "") for row in sheet.iter_rows(values_only=True)]
    assert [n for n, text in enumerate(said[1:]) if "处罚依据" in text] == list(bad)


def test_the_same_file_twice_is_recognised(app: Flask, clerk: Person) -> None:
    first = checked(app, clerk, [decision(1)])
    second = checked(app, clerk, [decision(1)])
    assert second != first
    page = clerk.get(f"/bureau/submissions/{second}").text
    assert f'href="/bureau/submissions/{first}"' in page


def test_a_double_click_makes_one_submission(app: Flask, clerk: Person) -> None:
    content = table([decision(1)])
    first, second = number_of(upload(clerk, content)), number_of(upload(clerk, content))
    assert first == second
    with app.app_context():
        assert db.session().query(Job).count() == 1


def test_a_file_that_cannot_be_read_is_explained_and_nothing_is_taken(
    app: Flask, clerk: Person
) -> None:
    number = number_of(upload(clerk, b"PK\x03\x04 no workbook", "六月.xlsx"))
    work(app)
    page = clerk.get(f"/bureau/submissions/{number}").text
    assert "不能读取" in page
    assert "没有任何一行被收下" in page
    assert staged(app) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("六月.exe", b"MZ", "只收 XLSX、XLS、CSV"),
        ("六月.csv", b"", "是空的"),
        ("", b"", "还没有选文件"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(
    clerk: Person, name: str, content: bytes, said: str
) -> None:
    answer = upload(clerk, content, name)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_path_in_a_file_name_is_left_out(app: Flask, clerk: Person) -> None:
    number_of(upload(clerk, table([decision(1)]), "..\\..\\etc/六月.csv"))
    with app.app_context():
        assert db.session().query(Submission).one().file_name == "六月.csv"


def test_a_store_that_can_keep_nothing_says_so_and_nothing_is_half_there(
    app: Flask, clerk: Person, settings: Settings
) -> None:
    Path(settings.data_dir, "files").write_text("no folder", encoding="utf-8")
    answer = upload(clerk, table([decision(1)]))
    assert answer.status_code == 503
    assert "没有收下" in answer.text
    with app.app_context():
        assert db.session().query(Submission).count() == 0


def test_a_worker_that_dies_in_the_middle_begins_anew_and_doubles_nothing(
    app: Flask, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_reading, "CHUNK", 2)
    rows = [decision(number, legal_basis="" if number % 3 else "某法第一条") for number in range(7)]
    number = number_of(upload(clerk, table(rows)))
    for pieces in (1, 2):
        with app.app_context():
            dying = runner()
            dying.begin()
            for _ in range(pieces):
                assert dying.step()
            db.session.remove()
    work(app)
    assert [row for row, _ in staged(app)] == list(range(2, 9))
    with app.app_context():
        stored = db.session().get_one(Submission, number)
        assert (stored.rows, stored.accepted, stored.rejected) == (7, 3, 4)
        assert {job.state for job in db.session().query(Job)} == {"done"}


def test_a_job_that_takes_the_worker_down_is_given_up(app: Flask, clerk: Person) -> None:
    number = number_of(upload(clerk, table([decision(1)])))
    for _ in range(3):
        with app.app_context():
            dying = runner()
            dying.begin()
            assert dying.step()
            db.session.remove()
    with app.app_context():
        last = runner()
        last.begin()
        assert not last.step()
        assert "没有丢失" in db.session().query(Job).one().problem
    assert "没有丢失" in clerk.get(f"/bureau/submissions/{number}").text


def test_a_busy_page_owns_up_when_nobody_checks(clerk: Person, clock: StandingClock) -> None:
    number = number_of(upload(clerk, table([decision(1)])))
    clock.move(minutes=2)
    assert "可能没有运行" in clerk.get(f"/bureau/submissions/{number}").text


def test_no_file_is_left_in_the_clear(app: Flask, clerk: Person, settings: Settings) -> None:
    checked(app, clerk, [decision(1), decision(2, legal_basis="")])
    for path in Path(settings.data_dir).rglob("*"):
        if path.is_file() and "sqlite" not in path.name:
            assert "食品有限公司".encode() not in path.read_bytes(), path


def test_a_small_file_does_not_wait_for_the_notes_on_a_large_one(
    app: Flask, clerk: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotated, "_PIECE", 1)
    large = number_of(upload(clerk, table([decision(n, legal_basis="") for n in range(5)])))
    with app.app_context():
        jobs = runner()
        jobs.begin()
        while states(large) != ["done", "running"]:
            assert jobs.step()
        jobs.step()
        small = number_of(upload(clerk, table([decision(9)]), "小.csv"))
        told = clerk.get(f"/bureau/submissions/{small}").text
        assert "前面还有 1 项" in told
        while "done" not in states(small):
            assert jobs.step()
        assert states(large) == ["done", "running"]
        while jobs.step():
            pass
        assert states(large) == ["done", "done"]
        db.session.remove()
    assert clerk.get(f"/bureau/submissions/{large}/annotated.xlsx").status_code == 200


def states(number: int) -> list[str]:
    query = db.session().query(Job).filter_by(submission_id=number).order_by(Job.id)
    found = [one.state for one in query]
    db.session().rollback()
    return found
