"""A search while its index has not heard of an ending yet: it hides, and counts nothing ended."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.extensions import vault
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import CODE, penalty
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient

End = Callable[[int], None]
FACETS = "register,agency,division,year,severity,category,violation_type"


@pytest.fixture
def end(session: Session, clock: StandingClock) -> End:
    """Ends a record; no worker tells the index."""

    def run(number: int) -> None:
        end_record(session, vault(), number, EndReason.REPAIRED, "test", clock.now())

    return run


def test_the_only_record_of_a_company_is_gone_without_a_trace(
    pages: CheckingClient, client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(penalty(1))
    end(1)
    page = pages.get(f"/search?q={CODE}")
    assert "没有找到" in page.main
    assert "没有这么多页" not in page.main
    for told in ("共 1 条", "失信严重程度", "年份", "市市场监管局"):
        assert told not in page.main
    asked = client.get(f"/api/v1/search?q={CODE}&facets={FACETS}").get_json()
    assert (asked["total"], asked["items"], asked["facets"]) == (0, [], {})


def test_the_others_are_counted_without_it_and_filters_wait(
    pages: CheckingClient, client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(*map(penalty, range(1, 31)))
    end(3)
    page = pages.get(f"/search?q={CODE}")
    assert "共 29 条正在公示的信息" in page.main
    assert "分类筛选正在更新" in page.main
    assert "年份" not in page.main
    assert client.get(f"/api/v1/search?q={CODE}").get_json()["total"] == 29


def test_as_soon_as_the_index_has_heard_filters_are_back(
    pages: CheckingClient, publish: Publish, end: End
) -> None:
    publish(penalty(1), penalty(2))
    end(1)
    publish()
    page = pages.get(f"/search?q={CODE}")
    assert "共 1 条" in page.main
    assert "正在更新" not in page.main
    assert "年份" in page.main
