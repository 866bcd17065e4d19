"""``exchange`` at the command line, also killed by the operating system at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.exchange.channels import ChannelWishes, make_channel
from credit_site.services.exchange.terms import exchange_tools
from credit_site.settings import PREFIX, Settings
from tests.cli.conftest import Run
from tests.support.entries import penalty
from tests.support.platform import FolderPlatform
from tests.support.publishing import Desk

REPOSITORY = Path(__file__).parents[2]
MOMENTS, MORE = 5, 300


@pytest.fixture
def platform(app: Flask, settings: Settings) -> FolderPlatform:
    """The receiver of a channel."""
    with app.app_context():
        tools = exchange_tools(settings, vault(), clock)
        wishes = ChannelWishes(
            "省平台", "penalty_2018_legal", "folder", "csv", "省", "", "publication", "6"
        )
        make_channel(db.session(), tools, wishes, "test", clock.now())
        db.session.remove()
    columns = load_rulebook().layouts["penalty_2018_legal"].columns
    titles = {one.title: one.code for one in columns}
    titles |= {one.title: one.code for one in load_rulebook().exchange.columns}
    return FolderPlatform(Path(settings.exchange_dir) / "省", titles)


def publish(app: Flask, first: int, many: int) -> None:
    with app.app_context():
        desk = Desk(db.session(), vault(), clock.now())
        desk.files = first
        desk.publish(*(penalty(n, publication_end=None) for n in range(first, first + many)))
        db.session.remove()


def test_run_delivers_and_status_says_how_it_stands(
    app: Flask, run: Run, platform: FolderPlatform
) -> None:
    publish(app, 1, 3)
    done = run("exchange", "run")
    assert (done.exit_code, done.output) == (0, "省平台: 1 cut, 1 delivered, 0 receipts\n")
    platform.fetch()
    assert len(platform.mirror.held) == 3
    said = run("exchange", "status").output
    assert "1 省平台: active, ledger 3, batch 1 delivered" in said
    assert "refused rows: 0" in said


def test_run_takes_one_channel_by_name_or_number(run: Run, platform: FolderPlatform) -> None:
    for channel in ("省平台", "1"):
        assert run("exchange", "run", "--channel", channel).exit_code == 0
    assert run("exchange", "run", "--channel", "none").exit_code == 2


def test_run_says_what_keeps_it_from_a_target(
    app: Flask, run: Run, platform: FolderPlatform
) -> None:
    publish(app, 1, 1)
    platform.folder.rename(platform.folder.with_name("moved"))
    platform.folder.write_text("in the way")
    done = run("exchange", "run")
    assert done.exit_code == 1
    assert "写不进交换文件夹" in done.output


def test_killed_at_any_moment_the_next_run_completes_the_work(
    app: Flask, settings: Settings, run: Run, platform: FolderPlatform
) -> None:
    names = ("data_dir", "database_url", "search_url", "secret_key", "url")
    given = {PREFIX + name.upper(): getattr(settings, name) for name in names}
    chance = random.Random(4)
    for moment in range(MOMENTS):
        publish(app, 1 + moment * MORE, MORE)
        victim = subprocess.Popen(
            [sys.executable, "-m", "credit_site", "exchange", "run"],
            env={**os.environ, **given},
            cwd=REPOSITORY,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.8, 2.5))
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        platform.fetch()
    assert run("exchange", "run").exit_code == 0
    platform.fetch()
    assert len(platform.mirror.held) == MOMENTS * MORE
