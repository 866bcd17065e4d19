"""Which feed holds what: divisions, campaigns, moves on lists, endings for those concerned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry
from credit_site.domain.feed_addresses import FeedFormat
from credit_site.extensions import search_engine
from credit_site.models import Apology
from credit_site.services.publication import EndReason
from search_index import SearchUnavailable
from tests.support.entries import CODE, penalty, saying
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.feeds.conftest import End, PublishUnseen
from tests.web.feeds.reading import read
from tests.web.invented import listed

EVERY_FORMAT = pytest.mark.parametrize("ending", list(FeedFormat))
LIST = "/feeds/lists/serious-dishonesty"


def campaigning(number: int, **changes: object) -> Entry:
    """A penalty of another district, from a campaign."""
    return saying(penalty(number, division="410102", **changes), campaign="清风")


@EVERY_FORMAT
def test_a_division_and_a_campaign_have_feeds_of_what_is_theirs(
    client: FlaskClient, publish: Publish, ending: FeedFormat
) -> None:
    publish(penalty(1), campaigning(2), penalty(3))
    for path, ids in (
        ("divisions/410105", ["3", "1"]),
        ("divisions/410102", ["2"]),
        ("campaigns/clear-wind", ["2"]),
        ("divisions/410181", []),
        ("campaigns/lightning", []),
    ):
        assert read(client, f"/feeds/{path}.{ending.value}").ids == ids, path


def test_what_changed_last_comes_first_even_where_it_was_decided_long_ago(
    client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(*(campaigning(number) for number in range(1, 56)))
    clock.move(hours=1)
    day = clock.today() - timedelta(days=300)
    publish(campaigning(90, decided_on=day), saying(campaigning(1), violation_facts="更正"))
    for path in ("/feeds/divisions/410102.atom", "/feeds/campaigns/clear-wind.atom"):
        ids = read(client, path).ids
        assert (ids[:3], len(ids)) == (["1", "56", "55"], 50), path


def test_what_the_index_has_not_taken_in_yet_is_there(
    client: FlaskClient, publish: Publish, publish_unseen: PublishUnseen
) -> None:
    publish(campaigning(1), penalty(2))
    publish_unseen(campaigning(3))
    assert read(client, "/feeds/campaigns/clear-wind.atom").ids == ["3", "1"]


def test_divisions_and_campaigns_are_there_without_an_index(
    app: Flask, client: FlaskClient, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(campaigning(1), penalty(2), campaigning(3))

    def out_of_reach(*_: object) -> None:
        raise SearchUnavailable

    with app.app_context():
        monkeypatch.setattr(type(search_engine()), "search", out_of_reach)
    for path in ("campaigns/clear-wind", "divisions/410102"):
        assert read(client, f"/feeds/{path}.atom").ids == ["3", "1"]


@EVERY_FORMAT
def test_a_removal_from_a_list_is_an_entry_of_its_own_that_names_nobody(
    client: FlaskClient,
    publish: Publish,
    end: End,
    clock: StandingClock,
    ending: FeedFormat,
) -> None:
    publish(listed(1), listed(2))
    clock.move(days=2)
    end(1)
    path = f"{LIST}.{ending.value}"
    found = read(client, path)
    assert found.ids == ["lists/serious-dishonesty/1/removed", "2"]
    assert list(found.gone) == ["1"]
    publish(listed(3))
    body = client.get(path).get_data(as_text=True)
    assert read(client, path).ids == ["4", "lists/serious-dishonesty/1/removed", "2"]
    assert "编号 1 的条目自2026年6月3日起移出严重失信主体名单，原因：提前移出（信用修复）。" in body
    removal = body[body.index("移出严重失信主体名单：编号 1 ") :]
    assert "郑市监列严〔2026〕1号" not in body
    assert CODE not in removal.split("records/2")[0]


def test_additions_and_removals_together_are_fifty(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(*(listed(number) for number in range(1, 61)))
    end(60, 3, 30)
    found = read(client, f"{LIST}.atom")
    assert len(found.ids) == 50
    assert [one for one in found.ids if one.endswith("removed")] == [
        f"lists/serious-dishonesty/{number}/removed" for number in (30, 3, 60)
    ]
    assert "prev-archive" in found.links


@EVERY_FORMAT
def test_who_holds_a_record_that_ended_learns_it_where_it_stood(
    client: FlaskClient,
    publish: Publish,
    end: End,
    clock: StandingClock,
    ending: FeedFormat,
) -> None:
    publish(penalty(1), campaigning(2), penalty(3))
    end(2, reason=EndReason.REVOKED)
    told = {"2": "自2026年6月1日起停止公示，原因：处罚决定被撤销、变更或者确认违法、无效"}
    for path in ("all", "agencies/market-supervision", "divisions/410102", "campaigns/clear-wind"):
        assert read(client, f"/feeds/{path}.{ending.value}").gone == told, path
    for path in ("agencies/commerce", "divisions/410105", "campaigns/lightning"):
        assert read(client, f"/feeds/{path}.{ending.value}").gone == {}, path


def test_nobody_learns_from_a_tombstone_whose_record_it_was(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(penalty(1), penalty(2, subject_name="某甲", subject_key="某甲", uscc=""))
    end(1)
    other = "91410100MA00000236"
    for path in (
        f"/feeds/companies/{CODE}.atom",
        f"/feeds/companies/{other}.atom",
        "/feeds/search.atom?q=郑州某某食品",
        "/feeds/search.atom?q=毫不相干",
    ):
        found = read(client, path)
        assert (found.ids, list(found.gone)) == ([], ["1"]), path
    assert read(client, "/feeds/search.atom?agency=commerce").gone == {}


def test_a_search_of_more_than_fifty_leads_on_to_the_end(
    client: FlaskClient, publish: Publish
) -> None:
    publish(*(penalty(number) for number in range(1, 121)))
    path, found, pages = "/feeds/search.json?sort=newest", list[str](), 0
    while path:
        feed = read(client, path)
        found += feed.ids
        pages += 1
        path = feed.links.get("next", "").removeprefix("https://credit.example")
    assert (len(found), len(set(found)), pages) == (120, 120, 3)


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/divisions/999999.atom",
        "/feeds/campaigns/nothing.rss",
        "/feeds/divisions/410105.xml",
        "/feeds/divisions/999999/1-50.atom",
        "/feeds/companies/abc/1-50.atom",
        "/feeds/search/1-50.atom",
    ],
)
def test_what_does_not_exist_has_no_feed(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@EVERY_FORMAT
def test_the_apology_for_an_error_goes_out_with_the_removal(
    client: FlaskClient, publish: Publish, end: End, session: Session, ending: FeedFormat
) -> None:
    publish(listed(1), listed(2))
    end(1, reason=EndReason.ERROR)
    session.add(Apology(record_id=1, words="列入有误，现予移出，并向当事人致歉。"))
    session.commit()
    for scope in ("lists/serious-dishonesty", "agencies/market-supervision", "all"):
        body = client.get(f"/feeds/{scope}.{ending.value}").get_data(as_text=True)
        assert "原因：列入有误。列入有误，现予移出，并向当事人致歉。" in body
