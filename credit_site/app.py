"""The application: settings in, a Flask app out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy.engine import make_url

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import Clock, db, prepare_sqlite
from credit_site.services.common_terms import CommonTerms
from credit_site.services.documents import places_of
from credit_site.services.site import SiteFigures
from credit_site.settings import Settings, load_settings
from credit_site.vault import Vault
from credit_site.web import BLUEPRINTS, NumberConverter, init_app
from search_index import open_engine
from search_index.directory import open_directory

_HERE = Path(__file__).parent
View = TypeVar("View", bound=Callable[..., Any])


class Site(Flask):
    """Flask without a word of asyncio: no view or hook of ours is a coroutine."""

    def ensure_sync(self, func: View) -> View:
        """The function itself: asking each of twenty hooks of every request takes long."""
        return func


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> Flask:
    """Builds the application. Settings default to the environment's; tests bring a clock."""
    settings = settings or load_settings()
    app = Site(
        "credit_site",
        static_folder=str(_HERE / "static"),
        template_folder=str(_HERE.parent / "templates"),
    )
    _configure(app, settings)
    db.init_app(app)
    if settings.database_url.startswith("sqlite"):
        with app.app_context():
            prepare_sqlite(db.engine)
    app.extensions["credit_site_clock"] = clock or Clock()
    app.extensions["credit_site_vault"] = Vault(settings.secret_key)
    app.extensions["credit_site_search"] = open_engine(settings.search_url)
    app.extensions["credit_site_names"] = open_directory(
        settings.search_url, places_of(load_rulebook())
    )
    app.extensions["credit_site_figures"] = SiteFigures()
    app.extensions["credit_site_terms"] = CommonTerms(load_rulebook())
    app.url_map.converters["int"] = NumberConverter
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    init_app(app, settings)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config["SETTINGS"] = settings
    app.config["SECRET_KEY"] = settings.secret_key
    app.config["SQLALCHEMY_DATABASE_URI"] = _driver_url(settings.database_url)
    app.config["MAX_CONTENT_LENGTH"] = 1 << 20


def _driver_url(url: str) -> str:
    """PostgreSQL addresses without a driver mean psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)
