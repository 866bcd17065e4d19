"""What every page shares: names, demonstration notice, headers, filters of the templates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from flask import Flask, Response, current_app, request, url_for
from markupsafe import Markup, escape
from werkzeug.urls import uri_to_iri

from credit_site.domain.glossary import Term
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.site import SiteFigures, Standing
from credit_site.settings import Settings
from credit_site.web.kept_pages import MARK
from credit_site.web.kept_parts import kept
from credit_site.web.looks import look, vary_with_look
from credit_site.web.presenters.records import RecordWords
from credit_site.web.presenters.words import spoken_day, spoken_moment, spoken_size

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY, FRAME_OPTIONS = "Content-Security-Policy", "X-Frame-Options"
_FOLDED = {name: name.casefold() for name in HEADERS}
FRAMED = frozenset({"embed.agency"})
"""The only pages that other sites may show in a frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame around a page.

    ``section`` is the first part of its path, empty for what leads nowhere.
    """

    name: str
    demonstration: bool
    up_to: str
    canonical: str
    section: str


def site_settings() -> Settings:
    """The settings of the running application."""
    found = current_app.config["SETTINGS"]
    assert isinstance(found, Settings)
    return found


def figures() -> SiteFigures:
    """Counts of the site, remembered as long as the ledger stands still."""
    found = current_app.extensions["credit_site_figures"]
    assert isinstance(found, SiteFigures)
    return found


def site_standing() -> Standing:
    """Where the public record stood when this request came in."""
    return figures().standing(db.session(), request.environ.get(MARK) if request else None)


@lru_cache(maxsize=1)
def words() -> RecordWords:
    """The rulebook's words for records."""
    return RecordWords(load_rulebook())


def frame() -> Frame:
    """The frame of the present page."""
    settings, now = site_settings(), site_standing()
    return Frame(
        settings.name,
        now.demonstration,
        spoken_moment(now.changed_at or clock.now()),
        settings.url + quote(request.path),
        request.path.split("/", 2)[1] if request.url_rule else "",
    )


def add_headers(response: Response) -> Response:
    """Headers of every answer; what is not there, or no more, is not to be found either."""
    known = {name.casefold() for name, _ in response.headers}
    for name, folded in _FOLDED.items():
        if folded not in known:
            response.headers.add(name, HEADERS[name])
    if request.endpoint in FRAMED:
        del response.headers[FRAME_OPTIONS]
        response.headers[POLICY] = _allowing("frame-ancestors", "*")
    if response.status_code in (404, 410):
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def show_frames(response: Response) -> Response:
    """For a page of this site that shows another one in a frame."""
    response.headers[POLICY] = f"{HEADERS[POLICY]}; frame-src 'self'"
    return response


def _allowing(directive: str, value: str) -> str:
    """The policy with one directive's «none» made wider."""
    return HEADERS[POLICY].replace(f"{directive} 'none'", f"{directive} {value}")


@lru_cache(maxsize=64)
def asset(path: str) -> str:
    """Address of a static file that changes with its content."""
    return url_for("static", filename=path, v=stamp(path))


@lru_cache(maxsize=64)
def stamp(path: str) -> str:
    """A digest of a static file's content, as addresses have it."""
    folder = Path(current_app.static_folder or "")
    return hashlib.sha256((folder / path).read_bytes()).hexdigest()[:12]


def _readable_address(address: str) -> Markup:
    """An address as it is printed: Chinese as Chinese, and nobody's number."""
    plain = address.unescape() if isinstance(address, Markup) else address
    return escape(mask_personal_numbers(uri_to_iri(plain) if "%" in plain else plain))


def _glossary() -> Mapping[str, Term]:
    return load_rulebook().glossary


def init_frame(app: Flask) -> None:
    """Registers the frame with the application."""
    app.after_request(add_headers)
    app.after_request(vary_with_look)
    app.jinja_env.filters.update(
        spoken_day=spoken_day,
        spoken_moment=spoken_moment,
        spoken_size=spoken_size,
        unnumbered=mask_personal_numbers,
        readable_address=_readable_address,
    )
    app.jinja_env.globals.update(
        frame=frame, asset=asset, kept=kept, look_of_page=look, glossary=_glossary
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
