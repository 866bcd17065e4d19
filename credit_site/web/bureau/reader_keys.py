"""``/bureau/reader-keys``: keys for banks, procurement offices, journalists."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.extensions import clock, db, vault
from credit_site.services import reader_keys as service
from credit_site.services.reader_keys import TIMES, KeyProblem, ReaderKeyWishes
from credit_site.web.bodies import form_text
from credit_site.web.bureau.access import account, actor, needs
from credit_site.web.bureau.names import names_of

_NONE = ReaderKeyWishes("", "", TIMES[0])


@needs(Permission.READER_KEYS_READ)
def index() -> str:
    """All of them, and a form for another one."""
    return _index()


@needs(Permission.READER_KEYS)
def make() -> str | tuple[str, int]:
    """Makes a key and shows it, once."""
    times = form_text("times")
    wishes = ReaderKeyWishes(
        form_text("holder"), form_text("name"), int(times) if times in map(str, TIMES) else 0
    )
    try:
        text = service.make_reader_key(db.session(), vault(), wishes, actor(), clock.now())
    except KeyProblem as problem:
        return _index(str(problem), wishes), 422
    return _shown(text, wishes.holder)


@needs(Permission.READER_KEYS)
def deed(number: int, deed: str) -> str | AnyResponse:
    """Exchanges or revokes a key."""
    session, who, now = db.session(), actor(), clock.now()
    found = next((one for one in service.reader_keys(session) if one.id == number), None)
    if found is None:
        abort(404)
    try:
        if deed == "exchange":
            text = service.exchange_reader_key(session, vault(), number, who, now)
            return _shown(text, found.holder)
        service.revoke_reader_key(session, number, who, now)
        flash("密钥已经停用，用它的请求从现在起被拒绝。")
    except KeyProblem as problem:
        flash(str(problem), "error")
    return redirect(url_for("bureau.reader_keys"), code=303)


def _shown(text: str, holder: str) -> str:
    return render_template("bureau/reader_key.html", text=text, holder=holder)


def _index(error: str = "", wishes: ReaderKeyWishes = _NONE) -> str:
    found = service.reader_keys(db.session())
    return render_template(
        "bureau/reader_keys.html",
        error=error,
        wishes=wishes,
        keys=found,
        may_change=account().may(Permission.READER_KEYS),
        people=names_of(one.created_by for one in found),
        times=[(str(times), f"{times} 倍") for times in TIMES],
    )
