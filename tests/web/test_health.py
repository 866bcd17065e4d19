from __future__ import annotations

import logging
import runpy
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from gunicorn.config import Config
from gunicorn.http.errors import InvalidRequestLine
from gunicorn.http.parser import RequestParser

from credit_site.extensions import db, vault
from tests.meta.sources import ROOT
from tests.support.entries import penalty
from tests.support.personal_numbers import invented_id_number
from tests.support.publishing import Desk
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.engines import Unreachable


def figures(client: FlaskClient) -> dict[str, float]:
    """The measured values by name."""
    lines = client.get("/metrics").text.splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_the_process_says_that_it_lives(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_it_is_ready_while_database_and_search_answer(app: Flask, client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200
    app.extensions["credit_site_search"] = Unreachable()
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "not ready: search\n")


def test_figures_say_how_far_the_index_lags(
    app: Flask, client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1), penalty(2))
    with app.app_context():
        Desk(db.session(), vault(), clock.now(), files=1).publish(penalty(3))
        db.session.remove()
    assert figures(client) == {
        "credit_site_ledger_head": 3,
        "credit_site_search_behind": 1,
        "credit_site_search_ok": 1,
    }


def test_figures_say_that_search_is_down(app: Flask, client: FlaskClient) -> None:
    app.extensions["credit_site_search"] = Unreachable()
    assert figures(client)["credit_site_search_ok"] == 0


@pytest.fixture
def server_log(tmp_path: Path) -> Iterator[tuple[Any, Path]]:
    """The server's logger as it is configured, and the file it writes to."""
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    config, log = Config(), tmp_path / "server.log"
    config.set("accesslog", str(log))
    config.set("errorlog", str(log))
    yield settings["logger_class"](config), log
    for logger in map(logging.getLogger, ("gunicorn.access", "gunicorn.error")):
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
            handler.close()


def test_the_server_logs_no_query_and_no_trace_of_it(server_log: tuple[Any, Path]) -> None:
    logger, log = server_log
    asked = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": f"/记录/{invented_id_number()}\n/x",
        "QUERY_STRING": "q=张三",
        "RAW_URI": "/x?q=张三",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_REFERER": "http://localhost/search?q=张三",
        "HTTP_USER_AGENT": "Mozilla",
        "HTTP_COOKIE": "session=x",
    }
    answer = SimpleNamespace(status="200 OK", sent=1234, headers=[])
    logger.access(answer, SimpleNamespace(headers=[]), asked, timedelta(milliseconds=7))
    (line,) = log.read_text(encoding="utf-8").splitlines()
    said = line.partition("] ")[2]
    assert said == '192.0.2.7 "GET /记录/******************\\n/x HTTP/1.1" 200 1234 7ms'


def test_what_was_wrong_with_a_request_is_logged_without_the_request(
    server_log: tuple[Any, Path],
) -> None:
    (logger, log), number = server_log, invented_id_number()
    for line in (
        f"Invalid HTTP request line: 'GET /search?q=张三 {number} HTTP/1.1'",
        f'Invalid HTTP Header: "x\' {number}"',
    ):
        said = f"Invalid request from ip=192.0.2.7: {line}"
        logger.warning(said)
    logger.warning("Worker with pid %s was terminated", 7)
    written = log.read_text(encoding="utf-8")
    assert "Invalid request from ip=192.0.2.7: Invalid HTTP request line" in written
    assert "Worker with pid 7 was terminated" in written
    assert not [word for word in ("张三", number, "GET", "x'") if word in written]


@pytest.mark.parametrize("coding", ["utf-8", "gb18030"])
def test_an_address_may_be_typed_in_chinese(coding: str) -> None:
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    line = "GET /feeds/search.atom?q=食品%20a HTTP/1.1\r\nHost: x\r\n\r\n"
    request = next(RequestParser(Config(), iter([line.encode(coding)]), ("192.0.2.7", 1)))
    assert request.path == "/feeds/search.atom"
    assert unquote(request.query, coding) == "q=食品 a"
    assert request.query.isascii()


@pytest.mark.parametrize("line", ["GET /search?q=张三 {} HTTP/1.1", "get{} / HTTP/1.1", "GET /{}"])
def test_a_request_that_cannot_be_read_is_not_repeated_in_the_answer(line: str) -> None:
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    sent = f"{line.format(invented_id_number())}\r\nHost: x\r\n\r\n".encode()
    with pytest.raises(InvalidRequestLine) as problem:
        next(RequestParser(Config(), iter([sent]), ("192.0.2.7", 1)))
    assert invented_id_number() not in str(problem.value)
    assert "张三" not in str(problem.value)
