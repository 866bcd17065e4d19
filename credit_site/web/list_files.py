"""``/lists/<list>/entries.csv``, ``.xlsx``, ``.jsonl``: what the page of the list counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from flask import Blueprint, Response, abort

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services import list_pages
from credit_site.services.ledger import head
from credit_site.services.list_pages import ListFilter
from credit_site.services.open_data.forms import FORMS, Occasion, Stream
from credit_site.services.open_data.reading import RecordRow
from credit_site.services.open_data.table import row_of
from credit_site.web.frame import site_settings
from credit_site.web.list_filters import readable_filter
from credit_site.web.streams import InContext, sent, turns

blueprint = Blueprint("list_files", __name__)
BATCH = 1_000


@blueprint.get("/lists/<string:name>/entries.<any(csv, xlsx, jsonl):ending>")
def entries(name: str, ending: str) -> Response:
    """The entries that the page with the same parameters counts, in its order.

    422 with what is wrong for a filter that cannot be read: it must not give the whole list.
    """
    definition = load_rulebook().lists.get(name)
    if definition is None:
        abort(404)
    wanted = readable_filter(name)
    with ExitStack() as held:
        held.callback(turns().take())
        moment = head(db.session()).changed_at
        occasion = Occasion(load_rulebook(), definition.register, site_settings().url, moment)
        stream = Stream(_rows(wanted), FORMS[ending].make(occasion), held.pop_all().close)
    response = sent(InContext(stream), FORMS[ending], _file_name(wanted, ending))
    response.headers["Cache-Control"] = "no-store"
    return response


def _file_name(wanted: ListFilter, ending: str) -> str:
    """A part of a list must not be taken for the whole one when it has been kept."""
    return f"{wanted.list_name}{'-selected' if wanted.narrows else ''}.{ending}"


def _rows(wanted: ListFilter) -> Iterator[list[RecordRow]]:
    page, today = 1, clock.today()
    while found := list_pages.entries(db.session(), today, wanted, page, BATCH):
        yield [row_of(record) for record in found]
        db.session.expunge_all()
        page += 1
