"""newsboat, a reader that people use, subscribes to a running site and keeps up with it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.support.entries import CODE, penalty, saying
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.feeds.conftest import End
from tests.web.invented import listed

NEWSBOAT = shutil.which("newsboat") or ""
pytestmark = pytest.mark.skipif(not NEWSBOAT, reason="no newsboat here")
SEARCH = f"/feeds/search.atom?q={quote('食品')}"
LIST = "/feeds/lists/serious-dishonesty.rss"


@dataclass(frozen=True)
class Article:
    """What newsboat keeps of an entry."""

    title: str
    text: str


@dataclass(frozen=True)
class Reader:
    """A newsboat with subscriptions and a memory of its own, on a loopback site."""

    site: str
    folder: Path

    def reload(self, *paths: str, name: str = "reader") -> None:
        """Fetches subscriptions as its user does with the key R."""
        urls = self.folder / "urls"
        urls.write_text("".join(f"{self.site}{path}\n" for path in paths), encoding="utf-8")
        files = ["-u", str(urls), "-c", str(self._cache(name)), "-C", os.devnull]
        env = {"HOME": str(self.folder), "LANG": "C.UTF-8", "PATH": os.defpath}
        command = [NEWSBOAT, *files, "-x", "reload"]
        done = subprocess.run(command, env=env, capture_output=True, timeout=60, check=True)
        assert b"rror" not in done.stderr

    def articles(self, path: str, name: str = "reader") -> dict[str, Article]:
        """What it has of a subscription, by the local part of ids."""
        query = "SELECT guid, title, content FROM rss_item WHERE feedurl = ?"
        with closing(sqlite3.connect(self._cache(name))) as cache:
            rows = cache.execute(query, [self.site + path]).fetchall()
        return {guid.rpartition(":")[2]: Article(title, text) for guid, title, text in rows}

    def _cache(self, name: str) -> Path:
        return self.folder / f"{name}.db"


@pytest.fixture
def reader(app: Flask, tmp_path: Path) -> Iterator[Reader]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Reader(f"http://127.0.0.1:{server.server_port}", tmp_path)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_search_is_followed_through_news_correction_and_ending(
    reader: Reader, publish: Publish, end: End, clock: StandingClock
) -> None:
    publish(penalty(1), penalty(2, subject_name="郑州某某机械有限公司"))
    reader.reload(SEARCH)
    (found,) = reader.articles(SEARCH).values()
    assert found.title == "郑州某某食品有限公司：罚款（郑市监处罚〔2026〕1号）"
    assert "销售侵犯注册商标专用权的商品" in found.text

    clock.move(hours=1)
    publish(saying(penalty(1), violation_facts="更正后的事实"), penalty(3))
    reader.reload(SEARCH)
    articles = reader.articles(SEARCH)
    assert set(articles) == {"records/1", "records/4"}
    assert "更正后的事实" in articles["records/1"].text, "the same entry, said anew"
    assert articles["records/1"].title.endswith("（2026年6月1日更正）")
    assert "2026年6月1日更正：违法事实。" in articles["records/1"].text

    clock.move(hours=1)
    end(1)
    reader.reload(SEARCH)
    articles = reader.articles(SEARCH)
    assert set(articles) == {"records/1", "records/4"}
    assert articles["records/1"].title == "编号 1 的信息已停止公示，原因：信用修复"
    assert "郑州" not in articles["records/1"].text
    assert "更正后的事实" not in articles["records/1"].text
    assert "更正" not in articles["records/4"].title


AGENCY = "/feeds/agencies/market-supervision.atom"
FOLLOWED = ((SEARCH, 3), (f"/feeds/companies/{CODE}.rss", 3), (AGENCY, 3), (AGENCY, 1))
"""Feeds, and how often newsboat came before; it sends a tag from the third time on."""


@pytest.mark.parametrize(("path", "polls"), FOLLOWED)
def test_who_holds_an_entry_hears_that_it_ended_whatever_came_between(
    reader: Reader, publish: Publish, end: End, clock: StandingClock, path: str, polls: int
) -> None:
    publish(penalty(1), penalty(2))
    for _ in range(polls):
        clock.move(minutes=30)
        reader.reload(path)
    end(1)
    others = (penalty(100 + i, agency="commerce", uscc="", subject_name="别人") for i in range(60))
    publish(*others)
    clock.move(days=7)
    reader.reload(path)
    articles = reader.articles(path)
    assert articles["records/1"].title == "编号 1 的信息已停止公示，原因：信用修复"
    assert articles["records/2"].title.startswith("郑州某某食品有限公司")


def test_a_list_is_followed_through_addition_and_removal(
    reader: Reader, publish: Publish, end: End, clock: StandingClock
) -> None:
    publish(listed(1))
    reader.reload(LIST)
    assert set(reader.articles(LIST)) == {"records/1"}
    clock.move(days=1)
    end(1)
    reader.reload(LIST)
    articles = reader.articles(LIST)
    assert articles["records/1"].title == "编号 1 的信息已停止公示，原因：提前移出（信用修复）"
    removal = articles["lists/serious-dishonesty/1/removed"]
    assert removal.title == "移出严重失信主体名单：编号 1 的条目"
    assert "自2026年6月2日起移出严重失信主体名单，原因：提前移出（信用修复）" in removal.text
    assert "郑州某某食品" not in removal.title + removal.text


def test_what_did_not_change_is_not_sent_again(
    app: Flask, reader: Reader, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1))
    clock.move(minutes=1)
    statuses: list[int] = []
    app.after_request(_noting(statuses))
    for _ in range(3):
        reader.reload(SEARCH)
    assert statuses == [200, 200, 304], "it keeps the tag of a feed that it knows already"


def _noting(statuses: list[int]) -> Callable[..., object]:
    def note(response: object) -> object:
        statuses.append(response.status_code)  # type: ignore[attr-defined]  # a response
        return response

    return note
