"""``/verify/<number>``: whether a document with that number was given out here, for whoever has it.

A small register: each kind of document has a prefix of two letters and says what its page shows.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.identifiers import (
    find_personal_numbers,
    mask_personal_numbers,
    normalise_code,
)
from credit_site.domain.lookups import RECEIPTS
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services.company_reports.making import REPORTS
from credit_site.services.lookups.views import receipt
from credit_site.web.bodies import form_text
from credit_site.web.company_reports.verifying import verified_report
from credit_site.web.frame import words
from credit_site.web.matters.pace import TRY
from credit_site.web.presenters import receipts
from credit_site.web.presenters.lookups import CHANGED, CREDIT_OFFICE, result_tag
from credit_site.web.tally import allowed

blueprint = Blueprint("verify", __name__)

Verifier = Callable[[str], str | None]
"""From a number in one spelling (no blanks or hyphens) to its page; None: not given out here."""
_LONGEST = 60
_PREFIX = 2
_UNKNOWN = "本站没有出具过这个编号的文书。请对照原件再输一次；字母大小写、横线和空格都可以不管。"
_TOO_OFTEN = "这个网络地址核对得太频繁了，请过一会儿再来。"
_PERSONAL = (
    "这里像是个人证件号码，不核对，也不会写进网址。请填写文书上的编号，例如 CX20260601-ABCDEFGH23。"
)
_EMPTY = "请填写文书上的编号，例如 CX20260601-ABCDEFGH23。"


def _lookup(number: str) -> str | None:
    """The receipt of a look-up; the bureau's own matter number is not shown."""
    found = receipt(db.session(), vault(), load_rulebook(), number, clock.today())
    if found is None:
        return None
    agency = words().names.agency(found.agency) if found.agency else CREDIT_OFFICE
    return render_template(
        "verify/lookup.html",
        one=found,
        agency=agency,
        tag=result_tag,
        changed=CHANGED,
        summary=receipts.counted(found.lines),
        changes=receipts.changed_lines(found.lines),
        beside=receipts.beside,
    )


VERIFIERS: dict[str, Verifier] = {RECEIPTS.prefix: _lookup, REPORTS.prefix: verified_report}
"""By prefix."""


@blueprint.route("/verify", methods=["GET", "POST"])
def form() -> str | AnyResponse | tuple[str, int]:
    """A field for the number; leads on to its page."""
    if request.method == "GET":
        return _form("")
    if find_personal_numbers(form_text("number")):
        return _form(_PERSONAL), 422
    number = "".join(normalise_code(form_text("number")).split("/"))[:_LONGEST]
    if not number:
        return _form(_EMPTY), 422
    return redirect(url_for("verify.document", number=number), code=303)


@blueprint.route("/verify/<string:number>", methods=["GET", "POST"])
def document(number: str) -> str | tuple[str, int]:
    """What that document is, and whether it is genuine; with a file, whether it is this one."""
    if not allowed("verify", TRY):
        return _form(_TOO_OFTEN, number), 429
    plain = normalise_code(number)
    verifier = VERIFIERS.get(plain[:_PREFIX])
    page = verifier(plain) if verifier else None
    return page or (_form(_UNKNOWN, number), 404)


def _form(problem: str, number: str = "") -> str:
    typed = mask_personal_numbers(number[:_LONGEST])
    return render_template("verify/form.html", problem=problem, number=typed)


@blueprint.after_request
def _private(response: Response) -> Response:
    """Not kept on the way, not to be found by searching."""
    response.headers["Cache-Control"] = "no-store"
    if request.endpoint == "verify.document":
        response.headers["X-Robots-Tag"] = "noindex"
    return response
