"""HTTP only: request → service → template; one module a part of the site."""

from __future__ import annotations

from flask import Blueprint, Flask

from credit_site.web.feeds import blueprint as feeds

BLUEPRINTS: tuple[Blueprint, ...] = (feeds,)


def init_app(app: Flask) -> None:
    """What every page shares."""
