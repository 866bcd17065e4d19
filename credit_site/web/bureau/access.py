"""Who gets in where: every view of the desk says what it needs; one that says nothing is shut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, abort, current_app, redirect, request, session, url_for
from flask_security import current_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.permissions import Permission
from credit_site.extensions import clock
from credit_site.services.accounts import AccountView, view_of
from credit_site.services.sign_ins import LONGEST
from credit_site.web.bureau.unsent import from_here, signed_out

View = TypeVar("View", bound=Callable[..., Any])
_NEEDS = "needs_permission"
BEGAN = "began_at"
"""When the session began, in seconds since 1970."""
NUMBER = "number"
"""What tells a session from all others."""


def needs(permission: Permission) -> Callable[[View], View]:
    """Marks a view with the permission without which nobody sees it."""

    def mark(view: View) -> View:
        setattr(view, _NEEDS, permission)
        return view

    return mark


def needed(endpoint: str) -> Permission | None:
    """What an endpoint needs; None where it does not say."""
    found: Permission | None = getattr(current_app.view_functions[endpoint], _NEEDS, None)
    return found


def account() -> AccountView:
    """Who is signed in; to be asked only behind ``guard``."""
    found = current_user._get_current_object()  # noqa: SLF001  # the proxy's documented way
    return view_of(found, clock.now())


def actor() -> str:
    """Who acts, as the audit log names it."""
    return account().actor


def guard() -> AnyResponse | tuple[str, int] | None:
    """Runs before every view of the desk."""
    if current_user.is_authenticated and _outlived():
        logout_user()
    if not current_user.is_authenticated:
        if from_here():
            return signed_out()
        return redirect(url_for("security.login", next=_asked_for()))
    if account().must_change_password:
        return redirect(url_for("security.change_password"))
    permission = needed(request.endpoint or "")
    if permission is None or not account().may(permission):
        abort(403)
    return None


def own(agency: str) -> None:
    """Turns away (404: not even that it is there is told) from what belongs to another bureau."""
    if not account().reaches(agency):
        abort(404)


def private(response: Response) -> Response:
    """Nothing behind the sign-in is kept by anybody on the way."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _outlived() -> bool:
    age = clock.now().timestamp() - float(session.get(BEGAN, 0))
    return age > LONGEST.total_seconds()


def _asked_for() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else "/bureau/"
