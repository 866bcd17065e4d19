"""Pages for what goes wrong: in Chinese, with a way on, without technical detail."""

from __future__ import annotations

import errno
import logging
import traceback

from flask import Flask, Response, render_template, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, ServiceUnavailable

from credit_site.web.api.answers import problem
from credit_site.web.bureau import shut, unsent
from credit_site.web.spoken import Spoken

log = logging.getLogger(__name__)
_JSON = (".json", ".jsonl", ".jsonld")

_FULL = ("disk is full", "No space left")
"""How SQLite and PostgreSQL say it."""
_NO_ROOM = (
    "暂时存不下",
    "服务器的存储空间满了，刚才的内容没有保存。请过一会儿再试；急的话请联系系统管理员。",
)
TEXTS = {
    400: ("这个请求无法处理", "地址里有无法识别的内容。请从首页重新查询。"),
    403: ("没有权限", "您没有查看这一页的权限。"),
    404: (
        "没有找到这一页",
        "地址可能有误，或者这里没有正在公示的内容。可以用查询框查找企业名称、代码或者文号。",
    ),
    405: ("不支持这种请求", "请从首页重新进入。"),
    410: ("信息已不再公示", "这条信息已停止公示。"),
    413: ("内容太大", "提交的内容超过了允许的大小。"),
    429: ("请求太频繁", "请稍等片刻再试。"),
    500: (
        "网站出了问题",
        "我们已经记录下这个错误。请稍后再试；急需查询的，可以联系作出决定的部门。",
    ),
    503: ("暂时无法服务", "网站正在维护或者过于繁忙，请稍后再试。"),
}


def init_errors(app: Flask) -> None:
    """Registers the error pages."""
    app.register_error_handler(HTTPException, _on_http_error)
    app.register_error_handler(Exception, _on_failure)


def _on_http_error(error: Exception) -> tuple[str, int, dict[str, str]] | Response:
    assert isinstance(error, HTTPException)
    code = error.code or 500
    known = code if code in TEXTS else (500 if code >= 500 else 400)
    own = error.words if isinstance(error, Spoken) else None
    title, text = own or TEXTS[known]
    if from_a_program():
        response = problem(code, *own or ())
        response.headers.update(_hints(error))
        return response
    page = None if own else shut.desk_page(code)
    back = error.back if isinstance(error, Spoken) else None
    page = page or render_template(
        "errors/error.html", title=title, text=text, code=code, back=back
    )
    return page, code, _hints(error)


def _on_failure(error: Exception) -> tuple[str, int] | Response:
    """The log names the kind of error and where, never its message: it may hold what was asked."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("unexpected %s\n%s", type(error).__name__, where)
    if _is_full(error):
        return _no_room()
    if from_a_program():
        return problem(500)
    return render_template("errors/failure.html", title=TEXTS[500][0], text=TEXTS[500][1]), 500


def _is_full(error: Exception) -> bool:
    """Whether the disk is full: of this machine, or the database's."""
    if isinstance(error, OperationalError):
        return any(words in str(error.orig) for words in _FULL)
    return isinstance(error, OSError) and error.errno == errno.ENOSPC


def _no_room() -> tuple[str, int] | Response:
    if from_a_program():
        return problem(503, *_NO_ROOM)
    if request.blueprint == "bureau" and unsent.from_here():
        return unsent.no_room()
    return render_template("errors/failure.html", title=_NO_ROOM[0], text=_NO_ROOM[1]), 503


def from_a_program() -> bool:
    """Programs get problem details instead of a page: of the interface, of all that is JSON."""
    return request.path.startswith("/api/") or request.path.endswith(_JSON)


def _hints(error: HTTPException) -> dict[str, str]:
    """Which methods an address knows instead, when to come again (RFC 9110, 15.5.6 and 10.2.3)."""
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        return {"Allow": ", ".join(sorted(error.valid_methods))}
    if isinstance(error, ServiceUnavailable) and isinstance(error.retry_after, int):
        return {"Retry-After": str(error.retry_after)}
    return {}
