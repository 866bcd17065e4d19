"""``/search.csv`` and ``/search.jsonl``: all hits of a search in its order, as a stream."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import orjson
from flask import Blueprint, Response, abort, stream_with_context

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.public_records import PublicRecord
from credit_site.web.api.items import item
from credit_site.web.frame import site_settings
from credit_site.web.parameters import SearchParameters, engine_query
from credit_site.web.presenters.tables import RecordTable
from credit_site.web.searching import PersonalNumberAsked, asked_search, public_search
from search_index import SearchUnavailable

blueprint = Blueprint("exports", __name__)

EXPORTS = {"csv": "CSV 表格", "jsonl": "JSON Lines"}
"""Endings and what people call the format."""
BATCH = 5_000
MEDIA_TYPES = {"csv": "text/csv", "jsonl": "application/x-ndjson"}
_BOM = "\ufeff"


@blueprint.get("/search.<any(csv, jsonl):ending>")
def export(ending: str) -> Response:
    """From the address's place to the end; a search that cannot be made is an error at once."""
    try:
        parameters = asked_search()
        records = _begun(_records(parameters))
    except PersonalNumberAsked:
        abort(400)
    except SearchUnavailable:
        abort(503)
    lines = _csv(records, parameters.register) if ending == "csv" else _json_lines(records)
    response = Response(
        stream_with_context(lines), content_type=f"{MEDIA_TYPES[ending]}; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="search.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _records(parameters: SearchParameters) -> Iterator[list[PublicRecord]]:
    query = engine_query(parameters, clock.today(), limit=BATCH)
    for records in public_search().records(query):
        yield records
        db.session.expunge_all()


def _begun(batches: Iterator[list[PublicRecord]]) -> Iterator[list[PublicRecord]]:
    """The same batches, the first of them fetched already."""
    first = next(batches)

    def going_on() -> Iterator[list[PublicRecord]]:
        yield first
        yield from batches

    return going_on()


def _csv(batches: Iterator[list[PublicRecord]], register: str) -> Iterator[str]:
    table = RecordTable(load_rulebook(), register, site_settings().url)
    stream = io.StringIO()
    writer = csv.writer(stream)
    stream.write(_BOM)
    writer.writerow(table.titles)
    for batch in batches:
        writer.writerows(map(table.row, batch))
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()


def _json_lines(batches: Iterator[list[PublicRecord]]) -> Iterator[bytes]:
    site = site_settings().url
    for batch in batches:
        yield b"".join(orjson.dumps(item(one, site)) + b"\n" for one in batch)
