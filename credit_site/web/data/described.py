"""What machines read about the data: manifests, schemas, package and catalogue."""

from __future__ import annotations

import orjson
from flask import Response, abort

from credit_site.domain.public_form import JsonValue
from credit_site.services.open_data.catalogue import catalogue
from credit_site.services.open_data.descriptions import (
    JsonObject,
    Publication,
    data_package,
    field,
    licence,
    table_schema,
)
from credit_site.services.open_data.forms import FORMS
from credit_site.services.open_data.manifest import RegisterFiles, Snapshot, WrittenFile
from credit_site.services.open_data.turtle import turtle
from credit_site.web.data.standing import (
    day_named,
    newest_standing,
    publication,
    register_named,
    shelf,
    standing_now,
)

_LINKED_DATA = "application/ld+json"
_TURTLE = "text/turtle; charset=utf-8"


def schema(register: str) -> Response:
    """The Table Schema of a register's CSV files."""
    found = register_named(register)
    return _json(table_schema(publication().table(found.name).columns))


def package() -> Response:
    """The Data Package."""
    return _json(data_package(publication()))


def catalogue_of_data(ending: str) -> Response:
    """The DCAT catalogue, as JSON-LD or as Turtle."""
    found = catalogue(publication(), newest_standing())
    if ending == "ttl":
        return _open(Response(turtle(found), content_type=_TURTLE))
    body = orjson.dumps(found, option=orjson.OPT_INDENT_2)
    return _open(Response(body, content_type=_LINKED_DATA))


def manifest() -> Response:
    """The newest snapshot: what its files hold, their size and hash; and the earlier ones."""
    whose, newest = publication(), newest_standing()
    earlier = [_in_short(standing_now(one), whose) for one in list(shelf().snapshots())[1:]]
    return _json(_manifest(newest, whose) | {"earlier": earlier})


def dated_manifest(day: str) -> Response:
    """The manifest of a day's snapshot; it stays when the files are withdrawn."""
    found = shelf().snapshot(day_named(day)) or abort(404)
    return _json(_manifest(standing_now(found), publication()))


def _manifest(snapshot: Snapshot | None, whose: Publication) -> JsonObject:
    parts = {part.name: part for part in snapshot.registers} if snapshot else {}
    return {
        "title": f"{whose.name}开放数据",
        "homepage": f"{whose.site}/data/",
        "licence": licence(whose.terms) | {"attribution": whose.terms.attribution},
        "order": ["id"],
        **_state(snapshot),
        "registers": [
            _register(name, parts.get(name), snapshot, whose) for name in whose.rulebook.registers
        ],
    }


def _state(snapshot: Snapshot | None) -> JsonObject:
    if snapshot is None:
        return {"status": "none", "day": None, "ledger": None, "withdrawn": None}
    gone = snapshot.withdrawn
    told: JsonValue = {"on": gone.on.isoformat(), "records": gone.records} if gone else None
    return {
        "status": "available" if gone is None else "withdrawn",
        "day": snapshot.day.isoformat(),
        "ledger": {
            "since": 0,
            "until": snapshot.seq,
            "hash": snapshot.own_hash,
            "moment": snapshot.moment,
        },
        "withdrawn": told,
    }


def _register(
    name: str, part: RegisterFiles | None, snapshot: Snapshot | None, whose: Publication
) -> JsonObject:
    address = f"{whose.site}/data/{name}"
    files: list[JsonValue] = []
    if snapshot is not None and part is not None:
        files += [_file(snapshot, file, whose) for file in part.files]
    return {
        "name": name,
        "title": whose.rulebook.registers[name].title,
        "rows": part.rows if part else None,
        "files": files,
        "current": {ending: f"{address}.{ending}" for ending in FORMS},
        "deltas": f"{address}/deltas/YYYY-MM-DD.jsonl",
        "schema": f"{address}/schema.json",
        "fields": [field(column) for column in whose.table(name).columns],
    }


def _file(snapshot: Snapshot, file: WrittenFile, whose: Publication) -> JsonObject:
    return {
        "url": f"{whose.site}/data/snapshots/{snapshot.day}/{file.name}",
        "form": file.form,
        "media_type": FORMS[file.form].media_type,
        "rows": file.rows,
        "bytes": file.bytes,
        "sha256": file.sha256,
    }


def _in_short(snapshot: Snapshot, whose: Publication) -> JsonObject:
    address = f"{whose.site}/data/snapshots/{snapshot.day}/manifest.json"
    return {"manifest": address, **_state(snapshot)}


def _json(content: JsonObject) -> Response:
    body = orjson.dumps(content, option=orjson.OPT_INDENT_2)
    return _open(Response(body, content_type="application/json"))


def _open(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    return response
