"""Gunicorn and worker over SQLite with fifty people at once: no error, no lock-up."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from credit_site.domain.permissions import Role
from tests.support.people import PASSWORD, somebody
from tests.support.sites import StandingClock, make_tables, running, site_settings
from tests.support.uploads import decision, table

CROWD, ROUNDS, ROWS = 50, 1, 3
REPOSITORY = Path(__file__).parents[2]
AGENCY = "market-supervision"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_ANSWER = 90
"""Seconds after which an answer counts as a lock-up; a bound, not a measure."""


@dataclass
class Site:
    """Where it is, how to get in, and what its processes wrote."""

    address: str
    cookie: str
    logs: list[Path]

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self.address}{path}", cookies={"desk": self.cookie}, timeout=_ANSWER)

    def upload(self, content: bytes, name: str) -> requests.Response:
        token = _TOKEN.search(self.get("/bureau/upload").text)
        assert token
        return requests.post(
            f"{self.address}/bureau/upload",
            cookies={"desk": self.cookie},
            data={"csrf_token": token[1]},
            files={"file": (name, content)},
            allow_redirects=False,
            timeout=_ANSWER,
        )


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Gunicorn as it is configured, and a worker, on an empty site with one clerk."""
    database = f"sqlite:///{tmp_path / 'site.sqlite3'}"
    make_tables(database, tmp_path)
    with running(site_settings(database, tmp_path), StandingClock()) as app:
        clerk = somebody(app, Role.CLERK, AGENCY)
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if "CREDIT_SITE" not in name},
        "CREDIT_SITE_DATA_DIR": str(tmp_path),
        "CREDIT_SITE_DATABASE_URL": database,
        "CREDIT_SITE_SECRET_KEY": "a secret for tests only",
        "PORT": str(port),
    }
    commands = (["gunicorn", "--config", "gunicorn.conf.py"], ["credit_site", "work"])
    logs = [tmp_path / f"{number}.log" for number, _ in enumerate(commands)]
    processes = [start(order, environment, log) for order, log in zip(commands, logs, strict=True)]
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield Site(address, signed_in(address, clerk.email), logs)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=60)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def start(order: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as stream:
        return subprocess.Popen(
            [sys.executable, "-m", *order],
            env=environment,
            cwd=REPOSITORY,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )


def wait_for(address: str) -> None:
    for _ in range(240):
        try:
            requests.get(f"{address}/healthz", timeout=10).raise_for_status()
        except requests.RequestException:
            time.sleep(0.5)
        else:
            return
    pytest.fail("the server did not come up")


def signed_in(address: str, email: str) -> str:
    """The cookie of a session."""
    with requests.Session() as browser:
        page = browser.get(f"{address}/bureau/sign-in", timeout=_ANSWER).text
        token = _TOKEN.search(page)
        assert token
        form = {"csrf_token": token[1], "email": email, "password": PASSWORD}
        browser.post(f"{address}/bureau/sign-in", data=form, timeout=_ANSWER).raise_for_status()
        return next(cookie.value or "" for cookie in browser.cookies if cookie.name == "desk")


def visit(site: Site, number: int) -> list[str]:
    """One of the crowd uploads and reads; the addresses of what was uploaded."""
    made = []
    for turn in range(ROUNDS):
        base = (number * ROUNDS + turn) * ROWS
        rows = [decision(base + row + 1) for row in range(ROWS)]
        answer = site.upload(table(rows), f"{number}-{turn}.csv")
        assert answer.status_code == 303, answer.status_code
        made.append(answer.headers["Location"])
        for path in ("/", "/search?q=食品", "/bureau/", made[-1], "/feeds/all.atom", "/lists/"):
            found = site.get(path)
            assert found.status_code == 200, (path, found.status_code)
    return made


def test_fifty_people_at_once_upload_and_read_without_an_error(site: Site) -> None:
    with ThreadPoolExecutor(CROWD) as crowd:
        made = [
            path for paths in crowd.map(lambda n: visit(site, n), range(CROWD)) for path in paths
        ]
    assert len(set(made)) == CROWD * ROUNDS
    for path in made:
        checked(site, path)
    for log in site.logs:
        written = log.read_text(encoding="utf-8")
        for word in ("Traceback", "locked", "WORKER TIMEOUT", "error"):
            assert word not in written, word


def checked(site: Site, path: str) -> None:
    """The worker gets to each of them, and every row is there."""
    for _ in range(600):
        if not site.get(f"{path}/progress").json()["busy"]:
            break
        time.sleep(0.2)
    page = site.get(path).text
    assert f"提交审核（{ROWS} 行）" in page
