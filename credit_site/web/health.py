"""For machines that watch: alive, ready, figures."""

from __future__ import annotations

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from credit_site.extensions import db, search_engine
from credit_site.services.followers import standing
from credit_site.services.search_follower import NAME

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """Database and search engine answer: 200; else 503 with what is missing."""
    answers = {"database": _database(), "search": _search()}
    missing = [name for name, works in answers.items() if not works]
    text = "ready\n" if not missing else f"not ready: {', '.join(missing)}\n"
    return Response(text, content_type="text/plain; charset=utf-8"), 503 if missing else 200


@blueprint.get("/metrics")
def metrics() -> Response:
    """Ledger head, follower lag and index health for Prometheus."""
    registry = CollectorRegistry()
    stands = standing(db.session(), NAME)
    gauge = Gauge("credit_site_ledger_head", "Newest ledger entry", registry=registry)
    gauge.set(stands.seq + stands.behind)
    lag = Gauge("credit_site_search_behind", "Entries the index lacks", registry=registry)
    lag.set(stands.behind)
    works = Gauge("credit_site_search_ok", "1 while the engine answers", registry=registry)
    works.set(_search())
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _database() -> bool:
    try:
        standing(db.session(), NAME)
    except SQLAlchemyError:
        return False
    return True


def _search() -> bool:
    return search_engine().health().ok
