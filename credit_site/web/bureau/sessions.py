"""Sessions live under ``/bureau/`` alone: the public pages know no cookie."""

from __future__ import annotations

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

PLACE = "/bureau"


def on_desk(path: str) -> bool:
    """Whether a path is one of the desk."""
    return path == PLACE or path.startswith(PLACE + "/")


class NoSession(SecureCookieSession):
    """What stands in for a session outside the desk; nothing in it is kept."""


class DeskSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, for the desk only: public answers stay free of Vary and Set-Cookie."""

    def get_cookie_path(self, app: Flask) -> str:
        """Browsers send the cookie nowhere else."""
        return PLACE

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """An empty one outside the desk, whatever cookie came."""
        if on_desk(request.path):
            return super().open_session(app, request)
        return NoSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing is saved where nothing was opened."""
        if not isinstance(session, NoSession):
            super().save_session(app, session, response)
