"""``/bureau/upload``: a file in; it is kept, and the worker checks it. Nothing is parsed here."""

from __future__ import annotations

import logging
from pathlib import PurePath
from typing import BinaryIO, cast

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import Layout, load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.intake.limits import MEBIBYTE, Limits
from credit_site.intake.receipt_files import LIMITS as RECEIPT_LIMITS
from credit_site.services.file_store import FileStore
from credit_site.services.submissions import Delivery, receive_upload
from credit_site.web.bodies import allow_upload, form_text, upload
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.frame import site_settings
from credit_site.web.matters.papers import MOST_BODY

log = logging.getLogger(__name__)
SUFFIXES = (".csv", ".txt", ".xlsx", ".xls")
MOST_BYTES = Limits().max_bytes
_FORM_BYTES = 65_536
_ROOM = {
    "bureau.take_upload": MOST_BYTES,
    "bureau.take_receipt": RECEIPT_LIMITS.max_bytes,
    "bureau.listing_step": MOST_BODY,
    "bureau.matter_step": MOST_BODY,
    "bureau.confirm_listing": MOST_BODY,
}
_LONGEST_NAME = 120


class Refused(Exception):
    """A file is not taken; the text says in Chinese what to do."""


def make_room() -> None:
    """Before the form is read, even for its token: a file may be large here."""
    room = _ROOM.get(request.endpoint or "")
    if room:
        allow_upload(room + _FORM_BYTES)


def files() -> FileStore:
    """Where files of bureaus are kept."""
    return FileStore(site_settings().data_path / "files", vault())


@needs(Permission.SUBMIT)
def form() -> str:
    """The form, and blank templates."""
    return _form()


@needs(Permission.SUBMIT)
def take() -> AnyResponse | tuple[str, int]:
    """Keeps a file and has it checked; leads on to where that can be watched."""
    try:
        number = _take()
    except Refused as refused:
        return _form(str(refused)), 422
    except OSError as error:
        log.error("an upload could not be kept: %s", type(error).__name__)
        return _form("服务器现在存不下文件，没有收下。请稍后再传，或者联系系统管理员。"), 503
    return redirect(url_for("bureau.submission", number=number), code=303)


def _take() -> int:
    sent = upload("file")
    if sent is None:
        raise Refused("还没有选文件。请选一个 XLSX、XLS 或者 CSV 文件再上传。")
    name = PurePath((sent.filename or "").replace("\\", "/")).name
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise Refused("只收 XLSX、XLS、CSV 文件。WPS 表格（.et）等请另存为 XLSX 再上传。")
    stream = cast("BinaryIO", sent.stream)
    if not stream.read(1):
        raise Refused("这个文件是空的。请检查选的是不是要报送的文件。")
    stream.seek(0)
    delivery = Delivery(_plain(name), _layout(), _agency(), actor())
    kept = files().keep_stream(stream)
    return receive_upload(db.session(), kept, delivery, clock.now()).submission_id


def _plain(name: str) -> str:
    """What a file is called on pages: nothing unprintable, nobody's number."""
    printable = "".join(c for c in name if c.isprintable())
    return mask_personal_numbers(printable)[-_LONGEST_NAME:]


def _layout() -> str:
    wanted = form_text("layout")
    return wanted if wanted in load_rulebook().layouts else ""


def _agency() -> str:
    me, wanted = account(), form_text("agency")
    if me.agency:
        return me.agency
    if wanted not in load_rulebook().agencies:
        raise Refused("请选择这份文件属于哪个部门。")
    return wanted


def usual(layout: Layout) -> tuple[bool, bool, str]:
    """The layouts of today's penalties stand first."""
    return layout.register != "penalty", layout.name == "penalty_2016", layout.name


def _form(error: str = "") -> str:
    book, me = load_rulebook(), account()
    return render_template(
        "bureau/upload.html",
        error=error,
        agency=form_text("agency"),
        layout=form_text("layout"),
        agencies=[] if me.agency else [(s, one.name) for s, one in book.agencies.items()],
        layouts=[(one.name, one.title) for one in sorted(book.layouts.values(), key=usual)],
        most=MOST_BYTES // MEBIBYTE,
        most_bytes=MOST_BYTES,
        suffixes=",".join(SUFFIXES),
    )
