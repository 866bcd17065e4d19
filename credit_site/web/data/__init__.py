"""``/data/``: everything that is public, whole, and what changed each day."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import RouteCallable

from credit_site.web.data import changes, described, downloads, page

blueprint = Blueprint("data", __name__, url_prefix="/data")

_ADDRESSES: dict[str, RouteCallable] = {
    "/": page.index,
    "/<string:register>.plain.csv": downloads.plain,
    "/<string:register>.<any(csv, xlsx, jsonl, parquet):ending>": downloads.whole,
    "/snapshots/<string:day>/<string:name>": downloads.dated,
    "/<string:register>/deltas/<string:day>.<any(jsonl, csv):ending>": changes.deltas_of_day,
    "/<string:register>/schema.json": described.schema,
    "/manifest.json": described.manifest,
    "/snapshots/<string:day>/manifest.json": described.dated_manifest,
    "/datapackage.json": described.package,
    "/catalog.<any(jsonld, ttl):ending>": described.catalogue_of_data,
}
for _rule, _view in _ADDRESSES.items():
    blueprint.add_url_rule(_rule, view_func=_view)
