"""Scanned papers that people hand in: told by their first bytes, handed out to be saved."""

from __future__ import annotations

from typing import BinaryIO

from flask import Response, abort

from credit_site.services.file_store import FileStore
from credit_site.vault import SealBroken

ACCEPT = ".pdf,.jpg,.jpeg,.png"
"""What a browser's file chooser offers."""
_MARKS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def measured(stream: BinaryIO) -> tuple[str, int]:
    """The kind, "" for one that is not taken, and the size in bytes; the stream at its start."""
    stream.seek(0)
    first = stream.read(max(map(len, _MARKS)))
    size = stream.seek(0, 2)
    stream.seek(0)
    return next((kind for mark, kind in _MARKS.items() if first.startswith(mark)), ""), size


def handed_out(store: FileStore, sha256: str, kind: str, name: str) -> Response:
    """A paper to be saved, never to be opened as a part of this site; 404 where it is gone."""
    if kind not in _ENDINGS:
        abort(404)
    try:
        content = b"".join(store.read(sha256))
    except (FileNotFoundError, SealBroken):
        abort(404)
    response = Response(content, content_type=kind)
    attachment = f'attachment; filename="{name}.{_ENDINGS[kind]}"'
    response.headers["Content-Disposition"] = attachment
    return response
