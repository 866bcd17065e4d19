"""``/api/v1/openapi.json``, ``/api/docs``, ``/api/mirror.py``: how to use all this."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from flask import Response, render_template, request

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.settings import Settings
from credit_site.web.api.answers import answer
from credit_site.web.api.description import OPERATIONS, document
from credit_site.web.api.limits import Cost, quotas
from credit_site.web.api.problems import PROBLEMS
from credit_site.web.api.reading import check
from credit_site.web.frame import site_settings
from credit_site.web.presenters.api_docs import Docs

_SPANS = {60: "分钟", 3_600: "小时", 86_400: "天"}
_MIRROR = Path(__file__).parents[3] / "scripts" / "mirror.py"


def openapi() -> Response:
    """The description for programs."""
    check(())
    return answer(_document(site_settings()))


def docs() -> str:
    """The same for people."""
    settings = site_settings()
    return render_template(
        "api/docs.html",
        docs=_docs(settings),
        origin=settings.url,
        problems=PROBLEMS.values(),
        limits=[(cost.value, _spoken(quotas(cost))) for cost in Cost],
    )


def mirror() -> Response:
    """A program that keeps a copy, as a text to read and to run."""
    response = Response(_MIRROR.read_bytes(), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _spoken(windows: list[tuple[int, int]]) -> list[tuple[int, str]]:
    return [(calls, _SPANS.get(seconds, f" {seconds:,} 秒")) for calls, seconds in windows]


@lru_cache(maxsize=8)
def _document(settings: Settings) -> dict[str, JsonValue]:
    return document(settings, load_rulebook())


@lru_cache(maxsize=8)
def _docs(settings: Settings) -> Docs:
    return Docs(_document(settings), OPERATIONS, settings.url)
