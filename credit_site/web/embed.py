"""``/embed/…``: the latest decisions of one bureau as a box for the bureau's own site."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request

from credit_site.domain.rulebook import Agency, load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.newest import newest
from credit_site.services.public_records import Selection
from credit_site.web.frame import figures, show_frames, site_settings, words
from credit_site.web.parameters import EmbedParameters, read

blueprint = Blueprint("embed", __name__, url_prefix="/embed")

MOST_ROWS = 20
THEMES = {"auto": "跟随访客的系统", "light": "浅色", "dark": "深色"}
_HEAD, _ROW = 150, 76
"""Pixels that a box takes: heading and foot together, and each line, on a narrow page."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: whose it is, how many lines it has (1 to 20), its colours."""

    agency: Agency
    rows: int
    theme: str
    site: str

    @property
    def path(self) -> str:
        """Its address below the site's."""
        return f"/embed/agencies/{self.agency.slug}?{self._query}"

    @property
    def src(self) -> str:
        """The whole address of the box."""
        return self.site + self.path

    @property
    def loader(self) -> str:
        """The whole address of the script that puts the box in its place."""
        return f"{self.site}/embed/agencies/{self.agency.slug}.js?{self._query}"

    @property
    def title(self) -> str:
        """What the frame is called for those who hear the page."""
        return f"{self.agency.name}最新公示"

    @property
    def height(self) -> int:
        """In pixels; a longer box scrolls."""
        return _HEAD + _ROW * self.rows

    @property
    def _query(self) -> str:
        return f"rows={self.rows}&theme={self.theme}"


@blueprint.get("/")
def index() -> Response:
    """The lines to copy into another site, and how the box looks there."""
    given, book = read(EmbedParameters), load_rulebook()
    agency = book.agencies.get(given.agency) or next(iter(book.agencies.values()))
    page = render_template(
        "embed/index.html",
        box=_box(agency, given),
        agencies=[(one.slug, one.name) for one in book.agencies.values()],
        rows=[(str(n), f"{n} 条") for n in range(1, MOST_ROWS + 1)],
        themes=list(THEMES.items()),
    )
    return show_frames(make_response(page))


@blueprint.get("/agencies/<string:slug>")
def agency(slug: str) -> Response:
    """The box; one of a bureau that is not there says so in its place (404)."""
    found = load_rulebook().agencies.get(slug)
    if found is None:
        page = render_template("embed/nothing.html", home=site_settings().url)
        return _kept(make_response(page, 404))
    box, today = _box(found, read(EmbedParameters)), clock.today()
    page = render_template(
        "embed/agency.html",
        box=box,
        lines=[
            words().line(record)
            for record in newest(db.session(), today, Selection(agency=slug), box.rows)
        ],
        total=f"{figures().counts(db.session(), today).by_agency.get(slug, 0):,}",
    )
    return _kept(make_response(page))


@blueprint.get("/agencies/<string:slug>.js")
def loader(slug: str) -> Response:
    """A script that puts the frame where it stands and gives it the height it needs."""
    found = load_rulebook().agencies.get(slug)
    if found is None:
        text, status = f"/* 没有代号为 {_plain(slug)} 的部门 */\n", 404
    else:
        box = _box(found, read(EmbedParameters))
        text, status = render_template("embed/loader.js", box=box), 200
    return _kept(Response(text, status, content_type="text/javascript; charset=utf-8"))


def _box(agency: Agency, given: EmbedParameters) -> Box:
    theme = given.theme if given.theme in THEMES else "auto"
    rows = min(max(given.rows, 1), MOST_ROWS)
    return Box(agency, rows, theme, site_settings().url)


def _plain(slug: str) -> str:
    return "".join(c for c in slug if c.isascii() and (c.isalnum() or c == "-"))


def _kept(response: Response) -> Response:
    """Asked anew each time, answered with 304: what has ended must vanish at once."""
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
