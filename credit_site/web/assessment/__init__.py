"""``/assessment/``: which bureau discloses how well, month by month; sudden rises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from credit_site.web.assessment import downloads, pages

blueprint = Blueprint("assessment", __name__, url_prefix="/assessment")

_REPORT = "/<string:month>"
_VERSION = f"{_REPORT}/versions/<int:version>"
_ENDINGS = "<any(csv, json, pdf, xlsx):ending>"
_ADDRESSES: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("/", "index", pages.index),
    ("/warnings", "warnings", pages.warnings),
    (_REPORT, "report", pages.report),
    (_VERSION, "version", pages.version),
    (f"{_REPORT}.{_ENDINGS}", "download", downloads.report),
    (f"{_VERSION}.{_ENDINGS}", "download_version", downloads.version),
)
for rule, name, view in _ADDRESSES:
    blueprint.add_url_rule(rule, name, view)
