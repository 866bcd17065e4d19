"""A site with a channel, and the platform at its other end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.services.exchange.channels import ChannelWishes, make_channel
from credit_site.services.exchange.running import Turn, run
from credit_site.services.exchange.terms import ExchangeTools, exchange_tools
from credit_site.settings import Settings
from tests.support.databases import postgresql_database
from tests.support.platform import DatabasePlatform, FolderPlatform
from tests.support.sites import StandingClock

BOOK = load_rulebook()
LEGAL, PERSON, OLD = "penalty_2018_legal", "penalty_2018_person", "penalty_2016"


def titles(profile: str) -> dict[str, str]:
    """Codes by title."""
    layout = BOOK.layouts[BOOK.profiles[profile].layout]
    columns = {column.title: column.code for column in layout.columns if column.code}
    return {one.title: one.code for one in BOOK.exchange.columns} | columns


@pytest.fixture
def tools(session: Session, settings: Settings, clock: StandingClock) -> ExchangeTools:
    return exchange_tools(settings, vault(), clock)


Channel = Callable[..., FolderPlatform]


@pytest.fixture
def channel(session: Session, tools: ExchangeTools) -> Channel:
    """Makes a channel into a folder; the platform that fetches from it."""

    def make(profile: str = LEGAL, kind: str = "xml", name: str = "省平台") -> FolderPlatform:
        wishes = ChannelWishes(name, profile, "folder", kind, name, "", "publication", "6")
        make_channel(session, tools, wishes, "account:1", tools.clock.now())
        return FolderPlatform(tools.root / name, titles(profile))

    return make


@pytest.fixture
def front_end(database_server: str, tools: ExchangeTools) -> Iterator[str]:
    """Address of an empty front-end database, of the kind that the site itself is tested on."""
    tools.root.mkdir(parents=True, exist_ok=True)
    if not database_server:
        yield f"sqlite:///{tools.root / 'front.sqlite3'}"
        return
    with postgresql_database() as address:
        yield address


@pytest.fixture
def database_channel(
    session: Session, tools: ExchangeTools, front_end: str
) -> Callable[[str], DatabasePlatform]:
    """Makes a channel into a front-end database; the platform that reads it."""

    def make(profile: str = LEGAL) -> DatabasePlatform:
        wishes = ChannelWishes("前置库", profile, "database", "", "", front_end, "publication", "6")
        make_channel(session, tools, wishes, "account:1", tools.clock.now())
        return DatabasePlatform(front_end, BOOK.profiles[profile].table.lower())

    return make


@pytest.fixture
def turn(session: Session, tools: ExchangeTools) -> Callable[[], Turn]:
    """One turn of the first channel."""
    return lambda: run(session, tools, 1)


def files(folder: Path) -> dict[str, bytes]:
    """Everything that lies in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
