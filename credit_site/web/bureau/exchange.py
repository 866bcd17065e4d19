"""``/bureau/exchange``: what was sent when, what was refused, what is late."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.errors import RuleNotInForce
from credit_site.domain.exchange_deadlines import DELIVERY, RECEIPT, allowed
from credit_site.domain.permissions import Permission
from credit_site.domain.rulebook import load_rulebook
from credit_site.domain.states import BatchState
from credit_site.extensions import clock, db, vault
from credit_site.services.exchange import channels, refusals, standing
from credit_site.services.exchange.refusals import RefusedRow
from credit_site.services.exchange.terms import ExchangeProblem, ExchangeTools, exchange_tools
from credit_site.web.bureau.access import account, actor, needs, own
from credit_site.web.bureau.desk import bureau_name
from credit_site.web.desk_parameters import ExchangeParameters
from credit_site.web.frame import site_settings
from credit_site.web.parameters import read

STATES = {
    BatchState.PREPARED: ("等待送出", "pending"),
    BatchState.DELIVERED: ("已送达，等回执", "plain"),
    BatchState.ACKNOWLEDGED: ("回执已齐", "good"),
}
OPERATIONS = {"new": "新增", "changed": "变更", "ended": "撤销"}
SOURCES = {"folder": "回执文件夹", "table": "前置库", "upload": "手工上传"}
_FIRST = 5


def tools() -> ExchangeTools:
    """The tools of exchange in this application."""
    return exchange_tools(site_settings(), vault(), clock)


@needs(Permission.READ)
def index() -> str:
    """Channels, what is late, what was refused, the newest batches."""
    me, session = account(), db.session()
    asked = read(ExchangeParameters)
    found = standing.batches(session, asked.channel, asked.after)
    return render_template(
        "bureau/exchange/index.html",
        me=me,
        may=Permission,
        channels=channels.channels(session),
        profiles=load_rulebook().profiles,
        chosen=asked.channel,
        late=_late(me.agency),
        limits=_limits(),
        waiting=refusals.open_refusals(session, me.agency),
        refused=lines(refusals.refusals(session, me.agency, most=_FIRST)),
        batches=found,
        states=STATES,
        following=found[-1].id if len(found) == standing.PAGE else 0,
        receipts=standing.receipts(session, asked.channel) if not me.agency else [],
        sources=SOURCES,
    )


@needs(Permission.READ)
def refused() -> str:
    """Every row that was refused and waits."""
    me, after = account(), read(ExchangeParameters).after
    found = refusals.refusals(db.session(), me.agency, after)
    return render_template(
        "bureau/exchange/refused.html",
        me=me,
        may=Permission,
        waiting=refusals.open_refusals(db.session(), me.agency),
        refused=lines(found),
        following=found[-1].id if len(found) == refusals.PAGE else 0,
    )


@needs(Permission.READ)
def batch(number: int) -> str:
    """One batch; of its rows those that were refused, for bureaus only their own."""
    me, found = account(), _batch(number)
    return render_template(
        "bureau/exchange/batch.html",
        me=me,
        may=Permission,
        one=found,
        profile=load_rulebook().profiles[found.name.rsplit("-", 2)[0]],
        tag=STATES[found.state],
        refused=lines(refusals.refusals(db.session(), me.agency, batch_id=number)),
        most=refusals.PAGE,
    )


@needs(Permission.READ)
def manifest(number: int) -> Response:
    """The manifest as it went along with a batch."""
    found = _batch(number)
    if not found.manifest:
        abort(404)
    answer = Response(found.manifest, content_type="application/json")
    answer.headers["Content-Disposition"] = f"attachment; filename={found.name}.json"
    return answer


@needs(Permission.REVIEW)
def again(number: int) -> AnyResponse:
    """Has a refused row sent again as it is."""
    agency = refusals.bureau_of(db.session(), number) if number < 1 << 62 else None
    if agency is None:
        abort(404)
    own(agency)
    try:
        refusals.ask_again(db.session(), number, actor(), clock.now())
        flash("已经安排重送，下一批会带上。")
    except ExchangeProblem as problem:
        flash(str(problem), "error")
    return redirect(url_for("bureau.exchange_refused"), code=303)


def lines(found: list[RefusedRow]) -> list[tuple[RefusedRow, str, str]]:
    """Refused rows with bureau and operation in words."""
    return [(one, bureau_name(one.agency), OPERATIONS[one.operation]) for one in found]


def _batch(number: int) -> standing.BatchView:
    found = standing.batch(db.session(), number) if number < 1 << 62 else None
    if found is None:
        abort(404)
    return found


def _late(agency: str) -> list[standing.Late]:
    try:
        return standing.late(db.session(), load_rulebook(), agency, clock.today())
    except RuleNotInForce:
        return []


def _limits() -> tuple[int, int]:
    """Working days to delivery, and to the receipt."""
    today, book = clock.today(), load_rulebook()
    return allowed(DELIVERY, today, book), allowed(RECEIPT, today, book)
