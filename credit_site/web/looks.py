"""How a visitor wants pages to look: colours and size of type, kept in a cookie of their own.

The server reads the cookie and writes the page accordingly: so nothing flashes, and everything
works without scripts. Until somebody chooses there is no cookie, and pages follow the system.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.web.bodies import form_text
from credit_site.web.varying import vary_on

blueprint = Blueprint("looks", __name__)

COOKIE = "look"
NOWHERE = "bureau.nothing"
"""What answers addresses of the desk that lead nowhere."""
YEAR_SECONDS = 365 * 24 * 3600
THEMES: Mapping[str, str] = {"system": "跟随系统", "light": "浅色", "dark": "深色"}
SIZES: Mapping[str, str] = {"normal": "标准", "large": "大字"}
_SCREENS = {"system": "screen and (prefers-color-scheme: dark)", "dark": "screen"}
_SCHEMES = {"system": "light dark", "light": "light", "dark": "dark"}


@dataclass(frozen=True, slots=True)
class Look:
    """Colours (a key of ``THEMES``) and size of type (a key of ``SIZES``)."""

    theme: str = "system"
    size: str = "normal"

    @property
    def dark_on(self) -> str:
        """The media for which the dark colours are meant; empty: for none."""
        return _SCREENS.get(self.theme, "")

    @property
    def scheme(self) -> str:
        """What the browser may draw its own controls in (CSS color-scheme)."""
        return _SCHEMES[self.theme]

    @property
    def large(self) -> bool:
        """Larger type and targets, fewer things (适老化)."""
        return self.size == "large"

    @property
    def themes(self) -> Mapping[str, str]:
        """What can be chosen of colours, with its words."""
        return THEMES

    @property
    def sizes(self) -> Mapping[str, str]:
        """The same of sizes."""
        return SIZES

    @property
    def text(self) -> str:
        """As the cookie has it: ``dark.large``."""
        return f"{self.theme}.{self.size}"

    def choosing(self, theme: str, size: str) -> Look:
        """The same with what was chosen; what is no choice changes nothing."""
        return replace(
            self,
            theme=theme if theme in THEMES else self.theme,
            size=size if size in SIZES else self.size,
        )


def look() -> Look:
    """The look of the present page, which from now on varies with the cookie."""
    g.varies_with_look = True
    return look_of(request.cookies)


def look_of(cookies: Mapping[str, str]) -> Look:
    """The look that a visitor's cookies ask for."""
    theme, _, size = cookies.get(COOKIE, "").partition(".")
    return Look().choosing(theme, size)


@blueprint.get("/look")
def show() -> str:
    """The choices on a page of their own, with what each is for."""
    return render_template("look.html")


@blueprint.post("/look")
def choose() -> AnyResponse:
    """Keeps what was chosen and leads back to where the visitor was (303)."""
    chosen = look().choosing(form_text("theme"), form_text("size"))
    response = redirect(_back(request.referrer or ""), 303)
    response.set_cookie(
        COOKIE,
        chosen.text,
        max_age=YEAR_SECONDS,
        httponly=True,
        secure=current_app.config["SETTINGS"].url.startswith("https:"),
        samesite="Lax",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _back(referrer: str) -> str:
    """Path and query of a page of this site that can be shown again; else the first page."""
    parts = urlsplit(referrer)
    if parts.netloc != request.host or not _shown(parts.path):
        return "/"
    return parts.path + (f"?{parts.query}" if _harmless(parts.query) else "")


def _harmless(query: str) -> bool:
    """Whether there is a query, and no number of a personal document in it."""
    return bool(query) and mask_personal_numbers(query) == query


def _shown(path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return endpoint != NOWHERE and not path.startswith("//")


def vary_with_look(response: Response) -> Response:
    """Caches on the way keep a page for each look."""
    if g.get("varies_with_look"):
        vary_on(response, "Cookie")
    return response
