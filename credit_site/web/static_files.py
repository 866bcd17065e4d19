"""Stylesheets, scripts and pictures: sent packed, and never asked for again under one address.

Pages name them with a digest of their content (``asset``), so an address never changes its meaning.
"""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request

from credit_site.web.frame import stamp
from credit_site.web.parameters import StaticParameters, read
from credit_site.web.varying import vary_on

_PACKED = frozenset({"text/css", "text/javascript", "image/svg+xml"})
_FOREVER = "public, max-age=31536000, immutable"
_GZIP_LEVEL = 9


def init_static_files(app: Flask) -> None:
    """Has every static file pass here on its way out."""
    app.after_request(prepare)


def prepare(response: Response) -> Response:
    """Packs what is worth it; what was asked for by its digest is good for a year."""
    path = (request.view_args or {}).get("filename", "")
    if request.endpoint != "static" or response.status_code not in (200, 304):
        return response
    if read(StaticParameters).v == stamp(path):
        response.headers["Cache-Control"] = _FOREVER
    if response.mimetype in _PACKED:
        vary_on(response, "Accept-Encoding")
        if response.status_code == 200 and request.accept_encodings.quality("gzip") > 0:
            _pack(response, path)
    return response


def _pack(response: Response, path: str) -> None:
    response.direct_passthrough = False
    response.close()
    response.set_data(_packed(Path(current_app.static_folder or "") / path, stamp(path)))
    response.headers["Content-Encoding"] = "gzip"
    response.set_etag(f"{stamp(path)}-gzip")
    response.make_conditional(request)


@lru_cache(maxsize=64)
def _packed(path: Path, digest: str) -> bytes:  # noqa: ARG001  # the digest is for the cache
    """The packed bytes of a file of this digest."""
    return gzip.compress(path.read_bytes(), _GZIP_LEVEL, mtime=0)
