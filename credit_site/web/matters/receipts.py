"""The receipt: a page of its own, to which «back» leads again, for a short while in one browser.

Number and secret are in no address and on no server: the browser has them sealed in a cookie that
scripts cannot read, and that is sent to this page alone. A browser that keeps no cookies is
answered with the receipt at once.
"""

from __future__ import annotations

import base64
import binascii

import orjson
from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.extensions import clock, vault
from credit_site.services.matters.opening import Receipt
from credit_site.vault import SealBroken
from credit_site.web.matters.form_keys import LONGEST_SECONDS

SECONDS = 30 * 60
"""So long the receipt can be seen again."""
_READY, _COOKIE = "ready", "receipt"
_PURPOSE = "receipt of a matter"
_PLACE_BYTES = 9
Answer = str | tuple[str, int] | AnyResponse


def ready(page: str) -> Response:
    """A form, with a cookie that shows whether the browser keeps any."""
    response = make_response(page)
    _set(response, _READY, "1", request.path, LONGEST_SECONDS)
    return response


def handed(receipt: Receipt) -> str | AnyResponse:
    """Leads on to the receipt; a browser that keeps no cookies has it at once, and once only."""
    if _READY not in request.cookies:
        return _page(receipt, "")
    place = url_for("matters.receipt", place=_place(receipt))
    response = redirect(place, code=303)
    _set(response, _COOKIE, _sealed(receipt, place), place, SECONDS)
    return response


def receipt(place: str) -> Answer:
    """``/track/receipts/<place>``; a POST puts it away."""
    if request.method == "POST":
        response = redirect("/track", code=303)
        response.delete_cookie(_COOKIE, path=request.path)
        return response
    found = _opened(request.cookies.get(_COOKIE, ""), request.path)
    if found is None:
        return render_template("matters/receipt_over.html", minutes=SECONDS // 60), 404
    return _page(found, place)


def _place(receipt: Receipt) -> str:
    """The same for a form that is sent twice, so that putting it away puts all of it away."""
    said = f"{_PURPOSE}\x1f{receipt.number}\x1f{receipt.secret}"
    return base64.urlsafe_b64encode(vault().digest(said.encode())[:_PLACE_BYTES]).decode()


def _page(receipt: Receipt, place: str) -> str:
    return render_template(
        "matters/receipt.html", receipt=receipt, place=place, minutes=SECONDS // 60
    )


def _set(response: AnyResponse, name: str, value: str, path: str, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        secure=current_app.config["SETTINGS"].url.startswith("https:"),
        samesite="Lax",
    )


def _sealed(receipt: Receipt, place: str) -> str:
    until = int(clock.now().timestamp()) + SECONDS
    said = (_PURPOSE, place, until, receipt.number, receipt.secret)
    return base64.urlsafe_b64encode(vault().seal(orjson.dumps(said))).decode()


def _opened(text: str, place: str) -> Receipt | None:
    """None for what was not sealed here for this place, and after its time."""
    try:
        said = orjson.loads(vault().open(base64.urlsafe_b64decode(text)))
    except (SealBroken, ValueError, binascii.Error):
        return None
    if said[:2] != [_PURPOSE, place] or said[2] < clock.now().timestamp():
        return None
    return Receipt(said[3], said[4])
