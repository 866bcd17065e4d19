"""A form that could not be taken (signed out meanwhile, no room on the disk) is given back whole.

Only to whom this site itself showed the form: what another site sends is not offered to be sent
again.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import render_template, request

from credit_site.domain.identifiers import find_personal_numbers
from credit_site.web.bodies import any_upload, form_fields

_MOST_BYTES = 1 << 20
_ALONE = re.compile(r"[A-Za-z]{1,2}[0-9]{7,9}")
"""A cell that holds nothing but the number of a passport or permit, without the word for it."""
_OLD = "这一页已经过时"
_OPEN_AGAIN = "您可能重新登录过。请回到工作台，重新打开这一页再提交。"
_TOKEN = "csrf_token"  # noqa: S105  # the name of a field


def from_here() -> bool:
    """Whether the browser says that a page of this site sent the form, and it is no large file."""
    if request.method != "POST" or (request.content_length or 0) > _MOST_BYTES:
        return False
    fetched = request.headers.get("Sec-Fetch-Site", "")
    if fetched:
        return fetched == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def signed_out() -> tuple[str, int]:
    """Nobody is signed in any more."""
    return _given_back("signed out"), 403


def no_room() -> tuple[str, int]:
    """There is no room to store it."""
    return _given_back("no room"), 503


def outdated(_: Exception) -> tuple[str, int]:
    """Somebody is, but the form is from before, or from elsewhere."""
    if not from_here():
        page = render_template("errors/error.html", title=_OLD, text=_OPEN_AGAIN, code=400)
        return page, 400
    return _given_back("outdated"), 400


def _personal(value: str) -> bool:
    return bool(find_personal_numbers(value) or _ALONE.fullmatch(value.strip()))


def _given_back(why: str) -> str:
    sent = [(name, value) for name, value in form_fields().items(multi=True) if name != _TOKEN]
    kept = [(name, value) for name, value in sent if not _personal(value)]
    return render_template(
        "bureau/unsent.html",
        why=why,
        address=request.full_path.rstrip("?"),
        fields=kept,
        left_out=len(kept) < len(sent),
        files=any_upload(),
    )
