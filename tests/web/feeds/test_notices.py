"""What has left is told to those who hold it, whenever they come, and to nobody as somebody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.domain.entries import Entry
from credit_site.domain.feed_addresses import FeedFormat
from credit_site.extensions import db, vault
from credit_site.models import Record
from credit_site.services.prepared import prepare
from credit_site.services.publisher import Publisher
from credit_site.services.transactions import write_transaction
from tests.support.entries import CODE, penalty, saying
from tests.support.sites import StandingClock
from tests.support.uploads import work
from tests.web.conftest import Publish
from tests.web.feeds.conftest import End
from tests.web.feeds.reading import Read, read, understood

OTHER = "91410100MA00000236"
EVERY_FORMAT = pytest.mark.parametrize("ending", list(FeedFormat))
FEEDS = (
    "all", "agencies/market-supervision", "divisions/410105", "campaigns/clear-wind",
    f"companies/{CODE}", "search?q=食品", "search?agency=market-supervision",
)  # fmt: skip
EVERY_FEED = pytest.mark.parametrize("feed", FEEDS)
Screen = Callable[..., None]
Correct = Callable[..., None]


def path_of(feed: str, ending: FeedFormat = FeedFormat.ATOM) -> str:
    name, mark, query = feed.partition("?")
    return f"/feeds/{name}.{ending.value}{mark}{query}"


class Follower:
    """A reader that sends back the tag it was given last."""

    def __init__(self, client: FlaskClient, path: str) -> None:
        self._client, self._path, self._tag = client, path, ""

    def poll(self) -> Read | None:
        """What it is told; None where nothing changed."""
        headers = {"If-None-Match": self._tag} if self._tag else {}
        response = self._client.get(self._path, headers=headers)
        self._tag = response.headers["ETag"]
        return None if response.status_code == 304 else understood(response, self._path)


@pytest.fixture
def screen(app: Flask, clock: StandingClock) -> Screen:
    """Hides a record for the time being, or shows it again."""

    def run(number: int, *, screened: bool = True) -> None:
        with app.app_context(), write_transaction(db.session()) as session:
            publisher = Publisher(session, vault(), clock.now())
            record = session.get_one(Record, number)
            publisher.screen(record, screened=screened, reason="reorganisation")
            publisher.write()
        work(app)

    return run


@pytest.fixture
def correct(app: Flask, clock: StandingClock) -> Correct:
    """Corrects a record on the desk, whatever becomes of its key."""

    def run(number: int, entry: Entry) -> None:
        with app.app_context(), write_transaction(db.session()) as session:
            publisher = Publisher(session, vault(), clock.now())
            publisher.correct(session.get_one(Record, number), prepare(2, entry, vault()))
            publisher.write()
        work(app)

    return run


def elsewhere(number: int) -> Entry:
    return penalty(number, agency="commerce", subject_name="别人", uscc="", division="410102")


def campaigning(number: int) -> Entry:
    return saying(penalty(number), campaign="清风")


@EVERY_FEED
@EVERY_FORMAT
def test_who_comes_back_after_weeks_and_much_news_is_told_of_his_entry_alone(
    client: FlaskClient,
    publish: Publish,
    end: End,
    clock: StandingClock,
    feed: str,
    ending: FeedFormat,
) -> None:
    publish(*map(campaigning, range(1, 4)), penalty(4, uscc=OTHER, subject_key=OTHER))
    follower = Follower(client, path_of(feed, ending))
    assert (first := follower.poll()) is not None
    assert {"1", "2", "3"} <= set(first.ids)
    end(1)
    publish(*map(elsewhere, range(100, 160)))
    end(*range(6, 66))
    clock.move(days=30)
    told = follower.poll()
    assert told is not None
    mine = {"1": "编号 1 的信息已停止公示，原因：信用修复"}
    assert (told.notices, "1" in told.ids) == (mine, False)
    assert follower.poll() is None
    publish(campaigning(200))
    again = follower.poll()
    assert again is not None
    assert again.notices == mine, "for as long as weeks"
    clock.move(days=60)
    assert (later := follower.poll()) is not None
    assert later.notices == {}


@EVERY_FEED
def test_what_is_screened_is_told_and_comes_again(
    client: FlaskClient, publish: Publish, screen: Screen, clock: StandingClock, feed: str
) -> None:
    publish(campaigning(1), campaigning(2))
    path = path_of(feed)
    follower = Follower(client, path)
    follower.poll()
    clock.move(hours=1)
    screen(1)
    said = {"1": "编号 1 的信息目前不公示"}
    narrow = feed.startswith(("companies", "search"))
    for told, notices in ((follower.poll(), said), (read(client, path), {} if narrow else said)):
        assert told is not None
        assert (told.ids, told.notices) == (["2"], notices)
        assert told.gone == {"1": "自2026年6月1日起暂停公示"}
    clock.move(hours=1)
    screen(1, screened=False)
    for told in (follower.poll(), read(client, path)):
        assert told is not None
        assert (sorted(told.ids), told.notices, told.gone) == (["1", "2"], {}, {})


@EVERY_FORMAT
def test_what_is_corrected_to_be_another_s_is_told_where_it_stood(
    client: FlaskClient,
    publish: Publish,
    correct: Correct,
    clock: StandingClock,
    ending: FeedFormat,
) -> None:
    publish(penalty(1), penalty(2))
    left = [f"companies/{CODE}", "search?q=食品", "divisions/410105"]
    paths = [path_of(feed, ending) for feed in left]
    followers = [Follower(client, path) for path in paths]
    for follower in followers:
        assert (first := follower.poll()) is not None
        assert first.ids == ["2", "1"]
    clock.move(hours=1)
    other = penalty(
        1, uscc=OTHER, subject_key=OTHER, subject_name="郑州别家机械", division="410102"
    )
    correct(1, saying(other, counterparty_name="郑州别家机械", uscc=OTHER))
    for follower, path in zip(followers, paths, strict=True):
        for told in (follower.poll(), read(client, path)):
            assert told is not None
            assert told.ids == ["2"], path
            assert told.notices == {"1": "编号 1 的信息已更正，不再属于这里"}, path
            assert told.gone == {"1": "已于2026年6月1日更正，不再属于这里"}, path
    for feed in (f"companies/{OTHER}", "search?q=机械", "divisions/410102", "all"):
        here = read(client, path_of(feed, ending))
        assert "1" in here.ids
        assert (here.notices, here.gone) == ({}, {}), feed


def test_who_follows_a_search_of_many_hears_which_is_a_hit_no_more(
    client: FlaskClient, publish: Publish, correct: Correct
) -> None:
    publish(*(penalty(number) for number in range(1, 11)))
    follower = Follower(client, "/feeds/search.atom?q=食品")
    follower.poll()
    publish(*(penalty(number) for number in range(100, 160)))
    assert (told := follower.poll()) is not None
    assert told.notices == {}
    correct(1, saying(penalty(1, subject_name="郑州别家机械"), counterparty_name="郑州别家机械"))
    assert (told := follower.poll()) is not None
    assert told.notices == {"1": "编号 1 的信息已更正，不再属于这里"}
    assert len(told.ids) == 50


def test_a_stranger_s_feed_of_a_company_or_of_words_holds_what_their_pages_hold(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(penalty(1), penalty(2, subject_name="某甲", subject_key="某甲", uscc=""))
    end(1)
    paths = [f"/feeds/companies/{code}.json" for code in (CODE, OTHER)]
    paths += [f"/feeds/search.json?q={words}" for words in ("郑州某某食品", "毫不相干")]
    assert all(client.get(path).get_json()["items"] == [] for path in paths)
    for path in paths:
        told = client.get(path.replace(".json", ".rss")).text
        assert "编号 1 " not in told


def test_a_stranger_s_notices_say_nothing_of_whom(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(penalty(1), penalty(2, subject_name="某甲", subject_key="某甲", uscc=""))
    end(1)
    items = client.get("/feeds/divisions/410105.json").get_json()["items"]
    (notice,) = [one for one in items if "编号 1 " in one["title"]]
    for word in ("郑州某某", "食品", CODE, "郑市监处罚", "罚款"):
        assert word not in str(notice)


def test_who_follows_an_empty_feed_is_not_told_of_strangers_endings(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(penalty(1), penalty(2))
    follower = Follower(client, f"/feeds/companies/{OTHER}.atom")
    follower.poll()
    end(1)
    told = follower.poll()
    assert told is not None
    assert (told.ids, told.notices) == ([], {})


def test_what_newer_entries_pushed_out_is_told_of_all_the_same(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(penalty(1), penalty(2))
    follower = Follower(client, "/feeds/all.atom")
    follower.poll()
    publish(*(penalty(number) for number in range(10, 80)))
    assert (told := follower.poll()) is not None
    assert told.notices == {}
    end(1)
    assert (told := follower.poll()) is not None
    assert told.notices == {"1": "编号 1 的信息已停止公示，原因：信用修复"}


def test_the_time_of_a_feed_never_goes_back(
    client: FlaskClient, publish: Publish, end: End, clock: StandingClock
) -> None:
    publish(penalty(1))
    clock.move(days=1)
    end(1)
    moments = []
    for path in (f"/feeds/companies/{CODE}.json", "/feeds/search.json?q=食品"):
        client.get(path)
        publish(*(penalty(number, uscc="", subject_name="别人") for number in range(100, 120)))
        clock.move(days=400)
        moments.append(client.get(path.replace(".json", ".atom")).text.split("<updated>")[1][:19])
    assert moments == ["2026-06-02T02:00:00"] * 2


def test_an_answer_for_one_reader_is_kept_by_nobody_else(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(penalty(1), penalty(2))
    path = f"/feeds/companies/{CODE}.atom"
    first = client.get(path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    end(1)
    told = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert told.headers["Cache-Control"] == "private, no-cache"


def test_a_browser_and_an_archive_show_records_alone(
    client: FlaskClient, publish: Publish, end: End
) -> None:
    publish(*(penalty(number) for number in range(1, 111)))
    end(1, 105)
    assert "编号 1 " not in client.get("/feeds/all.atom", headers={"Accept": "text/html"}).text
    assert read(client, "/feeds/all/51-100.atom").notices == {}
