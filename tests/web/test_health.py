from __future__ import annotations

import runpy

import pytest
from flask import Flask
from flask.testing import FlaskClient

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


@pytest.mark.parametrize("part", ["%(q)s", "%(r)s", "%(f)s", "Referer", "%(a)s", "Cookie"])
def test_the_server_logs_no_query_and_no_trace_of_it(part: str) -> None:
    settings = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert part not in settings["access_log_format"]
