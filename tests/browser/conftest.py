"""A live site with invented records on the loopback, and browsers that notice what goes wrong."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from shutil import copy
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from sqlalchemy import make_url
from werkzeug.serving import make_server

from credit_site.domain.entries import Entry
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, name_directory, search_engine, vault
from credit_site.services.documents import DocumentBuilder
from credit_site.services.name_follower import NameFollower
from credit_site.services.publication import EndReason, end_record
from credit_site.services.search_follower import SearchFollower
from credit_site.services.statistics.follower import StatisticsFollower
from tests.support.databases import postgresql_database
from tests.support.entries import penalty
from tests.support.publishing import Desk
from tests.support.sites import StandingClock, running, site_settings
from tests.web.invented import full_penalty, listed, person

ENDED = 6
LONG_NAME = "郑州市很长很长名字的食品饮料生产加工批发零售连锁配送有限责任公司第一分公司"
if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Opener = Callable[..., Page]


def entries() -> list[Entry]:
    """Records in every state, and enough of them for a second page."""
    return [
        full_penalty(1),
        listed(2),
        person(3),
        replace(shop(4, LONG_NAME), severity="serious"),
        listed(5, "published-elsewhere", uscc="", subject_key="注册号", publication_end=None),
        penalty(ENDED),
        *(shop(number, f"郑州第{number}号食品店") for number in range(7, 40)),
    ]


def shop(number: int, name: str) -> Entry:
    """A penalty of a shop without a code."""
    return replace(penalty(number), uscc="", subject_name=name, subject_key=name)


@pytest.fixture(scope="session")
def live_app(
    prepared_database: str, database_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application with those records, published and indexed."""
    folder, prepared = tmp_path_factory.mktemp("live"), make_url(prepared_database).database
    assert prepared is not None
    with ExitStack() as stack:
        if database_server:
            address = stack.enter_context(postgresql_database(template=prepared))
        else:
            address = f"sqlite:///{copy(prepared, folder / 'site.sqlite3')}"
        clock = StandingClock()
        app = stack.enter_context(running(site_settings(address, folder), clock))
        fill(app, clock)
        yield app


def fill(app: Flask, clock: StandingClock) -> None:
    """Publishes the records, ends one, and brings the index up to date."""
    with app.app_context():
        Desk(db.session(), vault(), clock.now()).publish(*entries())
        end_record(db.session(), vault(), ENDED, EndReason.REPAIRED, "clerk", clock.now())
        follower = SearchFollower(search_engine(), DocumentBuilder(load_rulebook()))
        while follower.step(db.session()):
            pass
        follower.commit()
        follower.tell(db.session(), clock.now())
        counting = StatisticsFollower(DocumentBuilder(load_rulebook()), clock)
        for others in (NameFollower(name_directory()), counting):
            while others.step(db.session()):
                pass
        db.session.remove()


def whole_answers(app: Flask) -> WSGIApplication:
    """Answers in one piece: werkzeug's server leaves a file open when the browser hangs up."""

    def answered(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        answer = app(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            getattr(answer, "close", bool)()

    return answered


@pytest.fixture(scope="session")
def live_site(live_app: Flask) -> Iterator[str]:
    """The site's address, for as long as the tests run."""
    server = make_server("127.0.0.1", 0, whole_answers(live_app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One browser for all tests; its own words are Chinese where Debian's chromium-l10n is."""
    chinese: dict[str, str | float | bool] = {**os.environ, "LANGUAGE": "zh_CN"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, env=chinese)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, live_site: str) -> Iterator[Opener]:
    """Opens pages as a visitor: ``visit("/", width=390, scripts=False)``.

    Console errors, failed requests and requests to anyone else fail the test.
    """
    with ExitStack() as stack:

        def open_page(path: str, width: int = 1280, scripts: bool = True) -> Page:
            page = stack.enter_context(watched(browser, live_site, width, scripts))
            page.goto(path)
            return page

        yield open_page


@contextmanager
def watched(browser: Browser, site: str, width: int, scripts: bool) -> Iterator[Page]:
    """A page of its own, nothing of which may go wrong unnoticed."""
    wrong: list[str] = []
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": 844},
        java_script_enabled=scripts,
        locale="zh-CN",
        reduced_motion="reduce",  # a colour on its way to another is neither of the two
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("console", lambda message: wrong.extend(told(message)))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.extend(failed(request)))
    page.on("request", lambda request: wrong.extend(foreign(request.url, site)))
    try:
        yield page
        assert not wrong
    finally:
        context.close()


def told(message: ConsoleMessage) -> list[str]:
    """What the console says, but for the status of the page itself."""
    own_status = "status of 4" in message.text and "/static/" not in message.location["url"]
    return [] if own_status else [f"{message.type}: {message.text}"]


def failed(request: Request) -> list[str]:
    """A request that failed, unless the visitor had gone on before its answer."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}"]


def foreign(url: str, site: str) -> list[str]:
    """The address if it is not the site's."""
    return [] if url.startswith((f"{site}/", "data:")) else [f"asks elsewhere: {url}"]
