"""Documents that a change rests on: taken in, kept sealed, handed out to whom they concern."""

from __future__ import annotations

from contextlib import closing
from typing import BinaryIO, cast

from flask import Response, request

from credit_site.domain.permissions import Permission
from credit_site.extensions import db
from credit_site.intake.limits import MEBIBYTE
from credit_site.services.record_documents import document_kind
from credit_site.services.reviewing import NotPossible
from credit_site.web.bodies import allow_upload, upload
from credit_site.web.bureau.access import needs
from credit_site.web.bureau.records import found
from credit_site.web.bureau.uploads import files
from credit_site.web.scans import handed_out, measured

MOST_BYTES = 20 * MEBIBYTE
_FORM_BYTES = 65_536
_TAKES_DOCUMENTS = ("bureau.record_deed", "bureau.correct_record", "bureau.announce_withdrawal")


def make_room() -> None:
    """Before the form is read, even for its token: a scan is larger than a form."""
    if request.endpoint in _TAKES_DOCUMENTS:
        allow_upload(2 * MOST_BYTES)


def kept_document() -> tuple[str, str]:
    """Keeps the document that came along: its SHA-256 and kind, told by its first bytes; or "".

    Raises NotPossible.
    """
    sent = upload("file")
    if sent is None:
        return "", ""
    with closing(sent):
        return _kept(cast("BinaryIO", sent.stream))


def _kept(stream: BinaryIO) -> tuple[str, str]:
    kind, size = measured(stream)
    if not kind:
        raise NotPossible("附件只收 PDF、JPG、PNG 文件（看内容，不看文件名）。")
    if size > MOST_BYTES:
        raise NotPossible(f"附件超过了 {MOST_BYTES // MEBIBYTE} MiB，请扫描得小一些，或者分开附。")
    return files().keep_stream(stream).sha256, kind


@needs(Permission.READ)
def document(number: int, sha256: str) -> Response:
    """A document of a record, to be saved, never to be opened as a part of this site."""
    found(number)
    kind = document_kind(db.session(), number, sha256)
    return handed_out(files(), sha256, kind, f"record-{number}-{sha256[:8]}")
