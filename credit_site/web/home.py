"""``/`` and ``/about``."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import clock, db
from credit_site.services.newest import newest
from credit_site.services.public_records import Selection
from credit_site.web.describing import this_site
from credit_site.web.feeds.links import feed_links
from credit_site.web.frame import figures, words
from credit_site.web.presenters.records import Line
from credit_site.web.presenters.structured import script_text, website

blueprint = Blueprint("home", __name__)
NEWEST, NEWEST_LISTED = 10, 5
"""As many as make two columns of about one length on a wide screen."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the site with what it counts and where to see it."""

    number: str
    label: str
    href: str


@blueprint.get("/")
def home() -> str:
    """Search first, then what is new, counts, lists, feeds."""
    today = clock.today()
    counts = figures().counts(db.session(), today)
    book = load_rulebook()
    shown = [
        Figure(f"{counts.by_register.get(slug, 0):,}", register.title, f"/search?register={slug}")
        for slug, register in book.registers.items()
    ]
    return render_template(
        "home.html",
        figures=shown,
        total=f"{counts.total:,}",
        penalties=_lines("penalty", NEWEST),
        listed=_lines("serious_dishonesty", NEWEST_LISTED),
        lists=[(d, f"{counts.by_list.get(s, 0):,}") for s, d in book.lists.items()],
        feeds=feed_links("all"),
        structured=script_text([website(this_site())]),
    )


@blueprint.get("/about")
def about() -> str:
    """What this site is, whom it serves, what it shows and what not."""
    return render_template("about.html", feeds=feed_links("all"))


def _lines(register: str, most: int) -> list[Line]:
    selection = Selection(register=register)
    found = newest(db.session(), clock.today(), selection, most)
    return [words().line(record) for record in found]
