"""Pages of the desk that somebody may not see, or that are not there: with a way on."""

from __future__ import annotations

from typing import NoReturn

from flask import abort, current_app, render_template, request
from flask_security import current_user
from werkzeug.exceptions import MethodNotAllowed

from credit_site.domain.permissions import Permission, Role
from credit_site.web.bureau.access import account, needed, needs

_ASK = "系统管理员可以改账号的角色。"


@needs(Permission.DESK)
def nothing(**_: str) -> NoReturn:
    """An address below the desk that is none: strangers sign in first, as for every other.

    One that knows other methods alone is 405.
    """
    if others := [method for method in ("GET", "POST") if _knows(method)]:
        raise MethodNotAllowed(others)
    abort(404)


def _knows(method: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None, "a request has its address"
    endpoint, _ = adapter.match(method=method)
    return bool(endpoint != request.endpoint)


def desk_page(code: int) -> str | None:
    """The page for 403 and 404 of somebody who is signed in; None for everybody else."""
    signed_in = request.blueprint == "bureau" and current_user.is_authenticated
    if code not in (403, 404) or not signed_in or account().must_change_password:
        return None
    title, text = _forbidden() if code == 403 else _MISSING
    return render_template("bureau/shut.html", title=title, text=text, code=code)


_MISSING = (
    "没有找到这一页",
    "编号可能有误，或者这是别的部门的，或者已经没有了。可以从上面的目录重新查找。",
)


def _forbidden() -> tuple[str, str]:
    """Whose right it is, and whom to ask."""
    permission = needed(request.endpoint or "")
    if permission is None or account().may(permission):
        return "没有权限", f"您的角色是“{account().role.label}”，不能办理这一项。{_ASK}"
    whose = "、".join(f"“{role.label}”" for role in Role if _has(role, permission))
    said = f"这一页由{whose}使用，您的角色是“{account().role.label}”。需要使用的，请找他们办理；"
    return "没有权限", f"{said}{_ASK}"


def _has(role: Role, permission: Permission) -> bool:
    return permission in role.permissions
