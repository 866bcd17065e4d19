"""``/records/<id>/citation.…``: a record's citation as a file."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from credit_site.extensions import clock, db
from credit_site.services.public_records import EndedRecord, PublicRecord, get
from credit_site.web.describing import cited_name, this_site
from credit_site.web.frame import words
from credit_site.web.gone import gone_file, hidden_file, hidden_since
from credit_site.web.presenters.citations import Citation, bibtex, citation_of, csl_json

blueprint = Blueprint("citations", __name__)

FORMS = {"bib": "BibTeX", "json": "CSL-JSON", "txt": "纯文本"}
"""Endings and what people call the form."""
_MEDIA_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "json": "application/vnd.citationstyles.csl+json",
}
LARGEST_ID = 1 << 62


def present_citation(record: PublicRecord) -> Citation:
    """A record's citation as of today."""
    site = this_site()
    return citation_of(record, words(), cited_name(site), site.url, clock.today())


@blueprint.get("/records/<int:record_id>/citation.<any(txt, bib, json):ending>")
def show(record_id: int, ending: str) -> Response:
    """200 with the file; 410 after the record's end, 404 where there is none, like its page."""
    found = get(db.session(), record_id, clock.today()) if record_id < LARGEST_ID else None
    if found is None:
        if since := hidden_since(record_id):
            return hidden_file(record_id, since, ending)
        abort(404)
    if isinstance(found, EndedRecord):
        return gone_file(found, ending)
    citation = present_citation(found)
    response = Response(_body(citation, ending), content_type=_MEDIA_TYPES[ending])
    name = f"record-{record_id}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Link"] = f'<{citation.url}>; rel="canonical"'
    return response


def _body(citation: Citation, ending: str) -> str | bytes:
    match ending:
        case "bib":
            return bibtex(citation)
        case "json":
            return csl_json(citation)
        case _:
            return f"{citation.text}\n"
