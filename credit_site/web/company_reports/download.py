"""``/companies/<uscc>/report.pdf``: everything public about one code as a paper with a number."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Flask, Response, abort, current_app, redirect, render_template
from limits import parse_many
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.extensions import clock, db, vault
from credit_site.services.company_reports.making import CompanyState, Paper, make_report, state_of
from credit_site.services.pdf import PdfTooHeavy, render_pdf
from credit_site.web.company_reports.content import Publisher, content
from credit_site.web.company_reports.press import Busy, Press, StateKey
from credit_site.web.frame import site_settings, site_standing
from credit_site.web.tally import allowed

blueprint = Blueprint("company_reports", __name__)

LIMITS = parse_many("20 per minute; 200 per hour")
"""Reports that have to be made for one address; those that lie ready cost nothing."""
_PLACE = "credit_site_press"
_BUSY, _BUSY_SECONDS = "现在生成报告的人比较多，请等几秒钟再点一次。", 5
_TOO_OFTEN, _OFTEN_SECONDS = "这个网络地址要的报告太多了，请过一会儿再来。", 60
_TOO_HEAVY = "这家企业的公示信息太多，一份报告装不下。请在企业页面上逐条查看，或者下载开放数据。"


def init_company_reports(app: Flask) -> None:
    """Gives the application its press."""
    app.extensions[_PLACE] = Press()


@blueprint.get("/companies/<string:uscc>/report.pdf")
def report(uscc: str) -> AnyResponse:
    """The report of this moment; a code that nothing is known of has one too."""
    code = normalise_code(uscc)
    if not is_uscc(code):
        abort(404)
    if code != uscc:
        return redirect(f"/companies/{code}/report.pdf", code=301)
    state = state_of(db.session(), code, clock.today())
    press = _press()
    ready = press.ready(_key(state))
    if ready is not None:
        return _sent(ready, code)
    if not allowed("report", LIMITS):
        return _not_now(code, _TOO_OFTEN, 429, _OFTEN_SECONDS)
    try:
        with press.turn():
            paper = _made(state, press)
    except Busy:
        return _not_now(code, _BUSY, 503, _BUSY_SECONDS)
    except PdfTooHeavy:
        return _not_now(code, _TOO_HEAVY, 503, 0)
    return _sent(paper, code)


def _made(state: CompanyState, press: Press) -> Paper:
    """Somebody before in the line may just have made it."""
    key = _key(state)
    ready = press.ready(key)
    if ready is not None:
        return ready
    settings = site_settings()
    invented = site_standing().demonstration
    publisher = Publisher(settings.name, settings.url, invented)
    paper = make_report(
        db.session(),
        vault(),
        state,
        clock.now(),
        lambda of, number, at: render_pdf(
            "company_report.typ", content(of, number, at, publisher), at
        ),
    )
    press.lay(key, paper)
    return paper


def _key(state: CompanyState) -> StateKey:
    return state.uscc, state.head.seq, state.day, state.told


def _press() -> Press:
    found = current_app.extensions[_PLACE]
    assert isinstance(found, Press)
    return found


def _sent(paper: Paper, code: str) -> Response:
    response = Response(paper.pdf, content_type="application/pdf")
    plain, said = f"credit-report-{code}.pdf", quote(f"企业信用报告-{code}.pdf")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{said}"
    )
    return _private(response)


def _not_now(code: str, text: str, status: int, seconds: int) -> Response:
    page = render_template("company_reports/not_now.html", uscc=code, text=text)
    response = Response(page, status)
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return _private(response)


def _private(response: Response) -> Response:
    """Of this moment alone: not kept on the way, not to be found by searching."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
