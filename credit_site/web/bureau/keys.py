"""``/bureau/keys``: keys for a bureau's machines, and who publishes directly."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db, vault
from credit_site.services import api_keys
from credit_site.services.accounts import sole_reviewer
from credit_site.services.api_keys import KeyProblem, KeyView
from credit_site.web.bodies import form_text
from credit_site.web.bureau.access import account, actor, needs, own
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.bureau.names import names_of


@needs(Permission.KEYS_READ)
def index() -> str:
    """The keys of one's bureau, or of all."""
    return _index()


@needs(Permission.KEYS)
def make() -> str | tuple[str, int]:
    """Makes a key and shows it, once."""
    agency = account().agency or form_text("agency")
    if agency not in load_rulebook().agencies:
        return _index("请选择密钥属于哪个部门。"), 422
    try:
        text = api_keys.make_key(
            db.session(), vault(), agency, form_text("name"), actor(), clock.now()
        )
    except KeyProblem as problem:
        return _index(str(problem)), 422
    return render_template("bureau/key.html", text=text, bureau=bureau_name(agency))


@needs(Permission.KEYS)
def deed(number: int, deed: str) -> str | AnyResponse:
    """Exchanges or revokes a key."""
    found = api_keys.key(db.session(), number)
    if found is None:
        abort(404)
    own(found.agency)
    try:
        if deed == "exchange":
            text = api_keys.exchange_key(db.session(), vault(), number, actor(), clock.now())
            return render_template("bureau/key.html", text=text, bureau=bureau_name(found.agency))
        api_keys.revoke_key(db.session(), number, actor(), clock.now())
        flash("密钥已经停用，用它的请求从现在起被拒绝。")
    except KeyProblem as problem:
        flash(str(problem), "error")
    return redirect(url_for("bureau.keys"), code=303)


@needs(Permission.GRANT)
def direct(deed: str) -> AnyResponse:
    """Grants direct publication to a bureau's machines, or takes it back."""
    agency = form_text("agency")
    if agency not in load_rulebook().agencies:
        abort(404)
    if deed == "grant":
        api_keys.grant_direct(db.session(), agency, actor(), clock.now())
    else:
        api_keys.take_back_direct(db.session(), agency, actor(), clock.now())
    flash("已经保存。")
    return redirect(url_for("bureau.keys"), code=303)


def _index(error: str = "") -> str:
    me, session = account(), db.session()
    found = api_keys.keys(session, me.agency)
    granted = api_keys.publishing_directly(session)
    lines = [(one, bureau_name(one.agency)) for one in found]
    return render_template(
        "bureau/keys.html",
        error=error,
        keys=lines,
        people=names_of(one.created_by for one in found),
        by_sole=[line for line in lines if _by_sole_reviewer(line[0])],
        alone=sole_reviewer(session, me.agency) == me.actor,
        agencies=[] if me.agency else _agencies(),
        granted=[(slug, bureau_name(slug)) for slug in sorted(granted)],
        own_granted=me.agency in granted,
        may_change=me.may(Permission.KEYS),
        may_grant=me.may(Permission.GRANT),
    )


def _by_sole_reviewer(one: KeyView) -> bool:
    """Whether nobody in the bureau is left who may review what comes by a key."""
    return one.revoked_at is None and sole_reviewer(db.session(), one.agency) == one.created_by


def _agencies() -> list[tuple[str, str]]:
    return [(slug, one.name) for slug, one in load_rulebook().agencies.items()]
