"""Rows that are not for the public: the review says so, counts them apart, and never publishes."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import inspect

from credit_site.extensions import db
from credit_site.models import StagedRow, Submission
from tests.support.people import Person
from tests.support.uploads import decision, work
from tests.web.bureau.test_reviews import handed_in, people, published

__all__ = ["people"]

pytestmark = pytest.mark.both_databases

WARNING_ALONE = {"penalty_types": "警告", "penalty_content": "警告", "fine_yuan": ""}


def test_what_is_not_for_the_public_is_never_said_to_be_published(
    app: Flask, people: tuple[Person, Person]
) -> None:
    address = handed_in(app, people[0], [decision(1, **WARNING_ALONE)])
    page = people[1].get(f"{address}/review").text
    assert "审核：依规定不公示，只存档" in page
    assert "存档 1 行（不公示）" in page
    assert "公众看不到这一行" in page
    assert "单处警告的，市场监督管理部门依规定不予公示，审核以后只存档。" in page
    assert "新增</span>" not in page
    assert "发布 1 行" not in page
    people[1].post(f"{address}/publish")
    assert "正在存档" in people[1].get(address).text
    work(app)
    done = people[1].get(address).text
    assert "1 行依规定不公示，已经存档；没有公开的行。" in done
    assert "已存档</span>" in done
    assert "已经发布" not in done


def test_rows_are_counted_by_what_would_become_of_them(
    app: Flask, people: tuple[Person, Person]
) -> None:
    published(app, people, [decision(1)])
    rows = [decision(1, remarks="补"), decision(2), decision(3), decision(4, **WARNING_ALONE)]
    address = handed_in(app, people[0], rows)
    page = people[1].get(f"{address}/review").text
    assert "2 行新增，1 行变更，1 行不公示、只存档</span>" in page
    assert "发布 3 行，另有 1 行只存档</button>" in page
    for row in (4, 5):
        people[1].post(f"{address}/rows/{row}/hold", reason="待核")
    page = people[1].get(f"{address}/review").text
    assert "1 行新增，1 行变更，2 行暂不发布</span>" in page
    assert "发布 2 行，其余 2 行退给报送人</button>" in page
    people[1].post(f"{address}/rows/5/release")
    page = people[1].get(f"{address}/review").text
    assert "发布 2 行，另有 1 行只存档，其余 1 行退给报送人</button>" in page
    people[1].post(f"{address}/publish")
    work(app)
    with app.app_context():
        newest = db.session().query(Submission).order_by(Submission.id.desc()).first()
        assert newest is not None
        assert (newest.accepted, newest.withheld, newest.changed) == (4, 1, 1)


def test_a_record_that_must_be_shown_no_more_is_said_to_end(
    app: Flask, people: tuple[Person, Person]
) -> None:
    published(app, people, [decision(1)])
    address = handed_in(app, people[0], [decision(1, **WARNING_ALONE)])
    page = people[1].get(f"{address}/review").text
    assert "公示编号 1</a>）同时终止公示" in page
    assert "改为</th>" not in page
    people[1].post(f"{address}/publish")
    work(app)
    assert app.test_client().get("/records/1").status_code == 410


def test_large_counts_are_separated(app: Flask, people: tuple[Person, Person]) -> None:
    address = handed_in(app, people[0], [decision(1)])
    with app.app_context():
        session = db.session()
        row = session.query(StagedRow).one()
        kept = {c.key: getattr(row, c.key) for c in inspect(StagedRow).column_attrs}
        more = [StagedRow(**kept | {"row_number": number}) for number in range(3, 1203)]
        session.add_all(more)
        session.commit()
    page = people[1].get(f"{address}/review").text
    assert "发布 1,201 行</button>" in page
    assert "1,201 行新增" in page
