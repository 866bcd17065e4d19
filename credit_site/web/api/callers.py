"""Before every call: who it is, and whether that one has calls left."""

from __future__ import annotations

from flask import Response, request

from credit_site.extensions import clock, db, vault
from credit_site.services.api_keys import KeyView, holder_of
from credit_site.services.reader_keys import MARK, ReaderKeyView, reader_of
from credit_site.web.api.answers import problem
from credit_site.web.api.limits import charge, cost_of

_BUREAUS = {
    "api.hand_in",
    "api.submission",
    "api.look_up",
    "api.lookup",
    "api.lookup_feedback",
}
"""Endpoints for the keys of bureaus; everywhere else keys of readers are good for more calls."""


class WrongKey(Exception):
    """A key was given that is none."""


def welcome() -> None:
    """Counts the call against the key it comes with, or the address. Raises TooOften, WrongKey."""
    if request.method == "OPTIONS":
        return
    cost, text = cost_of(request.endpoint), bearer()
    if text is None or request.endpoint in _BUREAUS:
        charge(cost)
        return
    reader = _reader(text)
    if reader is None:
        charge(cost)  # guessing is counted too
        if bureau() is None:
            raise WrongKey
        return  # a bureau's key is no wrong one: it is good for what anybody may ask
    charge(cost, key=f"key:{reader.id}", times=reader.times)


def bureau() -> KeyView | None:
    """The bureau's key that came with the call; None for none and for a wrong one."""
    text = bearer()
    return holder_of(db.session(), vault(), text, clock.now()) if text else None


def bearer() -> str | None:
    """The key that came with the call (RFC 6750); "" for another scheme, None for none."""
    given = request.headers.get("Authorization")
    if given is None:
        return None
    scheme, _, text = given.partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def wrong_key(_error: Exception) -> Response:
    """401."""
    return demand("", "readers")


def demand(detail: str, realm: str) -> Response:
    """401, with what to send (RFC 9110, 11.6.1)."""
    response = problem(401, "需要密钥" if detail else "", detail)
    response.headers["WWW-Authenticate"] = f'Bearer realm="{realm}"'
    return response


def _reader(text: str) -> ReaderKeyView | None:
    return reader_of(db.session(), vault(), text, clock.now()) if text.startswith(MARK) else None
