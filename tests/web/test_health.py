from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from flask import Flask
from flask.testing import FlaskClient
from gunicorn.config import Config

from credit_site.extensions import db, vault
from tests.meta.sources import ROOT
from tests.support.entries import penalty
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


def test_the_server_logs_no_query_and_no_trace_of_it(tmp_path: Path) -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    config, log = Config(), tmp_path / "access.log"
    config.set("accesslog", str(log))
    logger = settings["logger_class"](config)
    asked = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/记录/110101199003077758\n/x",
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
