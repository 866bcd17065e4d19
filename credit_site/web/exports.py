"""``/search.csv``, ``.xlsx`` and ``.jsonl``: all hits of a search in its order, as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from flask import Blueprint, Response, abort

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.ledger import head
from credit_site.services.open_data.forms import FORMS, Occasion, Stream
from credit_site.services.open_data.reading import RecordRow
from credit_site.services.open_data.table import row_of
from credit_site.services.public_records import PublicRecord
from credit_site.web.frame import site_settings
from credit_site.web.search_filters import readable_search
from credit_site.web.search_parameters import SearchParameters, engine_query
from credit_site.web.searching import public_search
from credit_site.web.streams import InContext, sent, turns
from search_index import SearchUnavailable

blueprint = Blueprint("exports", __name__)

EXPORTS = {"csv": "CSV 表格", "xlsx": "Excel 工作簿", "jsonl": "JSON Lines"}
"""Endings and what people call the format."""
BATCH = 5_000


@blueprint.get("/search.<any(csv, xlsx, jsonl):ending>")
def export(ending: str) -> Response:
    """From the address's place to the end; a search that cannot be made is an error at once."""
    with ExitStack() as held:
        held.callback(turns().take())
        try:
            parameters = readable_search()
            records = _begun(_records(parameters))
        except SearchUnavailable:
            abort(503)
        moment = head(db.session()).changed_at
        occasion = Occasion(load_rulebook(), parameters.register, site_settings().url, moment)
        stream = Stream(records, FORMS[ending].make(occasion), held.pop_all().close)
    response = sent(InContext(stream), FORMS[ending], f"search.{ending}")
    response.headers["Cache-Control"] = "no-store"
    return response


def _records(parameters: SearchParameters) -> Iterator[list[PublicRecord]]:
    query = engine_query(parameters, clock.today(), limit=BATCH)
    for records in public_search().records(query):
        yield records
        db.session.expunge_all()


def _begun(batches: Iterator[list[PublicRecord]]) -> Iterator[list[RecordRow]]:
    """The same batches as rows, the first of them fetched already."""
    first = next(batches)

    def going_on() -> Iterator[list[RecordRow]]:
        yield [row_of(record) for record in first]
        for batch in batches:
            yield [row_of(record) for record in batch]

    return going_on()
