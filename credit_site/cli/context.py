"""What every command works with: the application, and tools for use cases."""

from __future__ import annotations

import functools
import logging
import os
import ssl
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click
from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, name_directory, search_engine, vault
from credit_site.intake import Limits
from credit_site.services.desk_tools import DeskTools
from credit_site.services.documents import DocumentBuilder
from credit_site.services.exchange.running import ExchangeFollower
from credit_site.services.exchange.terms import exchange_tools
from credit_site.services.file_store import FileStore
from credit_site.services.followers import Follower
from credit_site.services.hook_follower import HookFollower, HookTools
from credit_site.services.imports import ImportTools
from credit_site.services.kept_files import StrayFiles
from credit_site.services.listing_cases.content import ListingTools
from credit_site.services.listing_cases.proposing import ListingProposer
from credit_site.services.matters.purging import MatterPurger
from credit_site.services.name_follower import NameFollower
from credit_site.services.open_data.follower import SnapshotFollower
from credit_site.services.open_data.shelf import Shelf
from credit_site.services.open_data.snapshot import Source
from credit_site.services.statistics.follower import StatisticsFollower
from credit_site.services.websub import HubFollower, HubSite
from credit_site.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")


def with_app(command: Callable[P, R]) -> Callable[P, R]:
    """Runs a command inside the context of the application that click's object makes."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
        logging.getLogger("alembic").setLevel(logging.WARNING)
        make_app: Callable[[], Flask] = click.get_current_context().obj
        with make_app().app_context():
            try:
                return command(*args, **kwargs)
            except (OperationalError, ProgrammingError) as error:
                raise click.ClickException(_advice(error)) from None
            finally:
                search_engine().close()
                name_directory().close()
                db.session.remove()
                db.engine.dispose()

    return run


def _advice(error: DBAPIError) -> str:
    """What to do about a database that does not answer; statements and values stay out of it."""
    reason = str(error.orig).strip().splitlines()[0]
    return f"the database says: {reason} — has «python -m credit_site init» been run?"


def settings() -> Settings:
    """The settings of the running application."""
    found = current_app.config["SETTINGS"]
    assert isinstance(found, Settings)
    return found


def import_tools() -> ImportTools:
    """The tools of an import, over the application's database and data folder."""
    files = FileStore(settings().data_path / "files", vault())
    return ImportTools(db.session(), vault(), files, load_rulebook(), clock)


def desk_tools() -> DeskTools:
    """What the worker needs for the files that bureaus upload."""
    folder = settings().data_path
    files = FileStore(folder / "files", vault())
    return DeskTools(vault(), files, load_rulebook(), clock, folder / "work", Limits())


def followers() -> list[Follower]:
    """What the worker keeps in step with the ledger and the clock beside the search index."""
    files = FileStore(settings().data_path / "files", vault())
    return [
        NameFollower(name_directory()),
        statistics_follower(),
        ExchangeFollower(exchange_tools(settings(), vault(), clock)),
        HookFollower(hook_tools()),
        SnapshotFollower(db.engine, data_source(), clock),
        MatterPurger(files, load_rulebook(), clock),
        StrayFiles(files, clock),
        ListingProposer(ListingTools(db.session(), vault(), load_rulebook()), clock),
        *_hub_follower(),
    ]


def statistics_follower() -> StatisticsFollower:
    """What counts the figures."""
    return StatisticsFollower(DocumentBuilder(load_rulebook()), clock)


def data_source() -> Source:
    """For whom snapshots of the open data are written, and where."""
    given = settings()
    return Source(load_rulebook(), given.url, Shelf(given.data_path / "data"))


def hook_tools() -> HookTools:
    """What sending to subscribers takes."""
    found = settings()
    return HookTools(vault(), clock, found.url, found.hook_networks, _trusted())


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The authorities this machine trusts; reading them takes a tenth of a second."""
    return ssl.create_default_context()


def _hub_follower() -> list[Follower]:
    """The WebSub hub is told of changed feeds, where there is one."""
    hub, site = settings().websub_hub, settings().url
    campaigns = {one.name: slug for slug, one in load_rulebook().campaigns.items()}
    return [HubFollower(HubSite(hub, site, campaigns), clock)] if hub else []


def actor() -> str:
    """Who sits at the command line, for the audit log."""
    return f"cli:{os.environ.get('SUDO_USER') or os.environ.get('USER') or 'operator'}"
