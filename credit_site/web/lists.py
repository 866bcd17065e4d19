"""``/lists/`` and ``/lists/<list>``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template

from credit_site.domain.list_measures import measures_of
from credit_site.domain.rulebook import ListBranch, Measure, load_rulebook
from credit_site.domain.subjects import NATURAL_PERSON
from credit_site.extensions import CITY_TIME, clock, db
from credit_site.services import list_pages
from credit_site.services.list_pages import ListFilter
from credit_site.services.open_data.forms import FORMS
from credit_site.services.public_records import PublicRecord
from credit_site.web.describing import described, this_site
from credit_site.web.exports import EXPORTS
from credit_site.web.feeds.links import FeedLink, feed_links
from credit_site.web.frame import figures, words
from credit_site.web.list_filters import TITLES, asked_filter, search_of
from credit_site.web.paging import last_page, pager
from credit_site.web.parameters import PAGE_SIZE, ListParameters, read
from credit_site.web.presenters.records import Line
from credit_site.web.presenters.structured import (
    Crumb,
    Download,
    catalogue,
    dataset,
    script_text,
)
from credit_site.web.presenters.words import end_reason

blueprint = Blueprint("lists", __name__)
NEW_DAYS = 30
_NO_ORIGIN = "来源没有写明"
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in the list's table."""

    line: Line
    uscc: str
    person: bool
    branch: str
    ground: str
    origin: str
    until: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class BranchView:
    """What the rulebook says of a branch, with its measures."""

    branch: ListBranch
    measures: tuple[Measure, ...]
    in_force: bool


@blueprint.get("/lists/")
def index() -> str:
    """All lists with what they mean and how many stand on them."""
    counts = figures().counts(db.session(), clock.today())
    book = load_rulebook()
    lists = [(d, f"{counts.by_list.get(s, 0):,}") for s, d in book.lists.items()]
    about = script_text([catalogue(this_site(), book.lists.values())])
    return render_template("lists/index.html", lists=lists, structured=about)


@blueprint.get("/lists/<string:name>")
def show(name: str) -> str:
    """Who stands on a list, newest entry first; who came, who left; what follows from it."""
    definition = load_rulebook().lists.get(name)
    if definition is None:
        abort(404)
    today, wanted, asked = clock.today(), read(ListParameters), asked_filter(name)
    chosen = asked.chosen
    total = figures().counts(db.session(), today).by_list.get(name, 0)
    matching = list_pages.how_many(db.session(), today, chosen) if chosen.narrows else total
    page = min(wanted.page, last_page(matching, PAGE_SIZE))
    found = list_pages.entries(db.session(), today, chosen, page, PAGE_SIZE)
    feeds, files = _feed_links(chosen), _files(chosen)
    about = dataset(
        this_site(), definition, [*_files(ListFilter(name)), *_feeds(feed_links("list", name))]
    )
    return render_template(
        "lists/show.html",
        definition=definition,
        total=f"{total:,}",
        matching=f"{matching:,}" if chosen.narrows else "",
        came=list_pages.how_many_came(db.session(), today, name, NEW_DAYS),
        newcomers=[
            (words().line(one), one.published_at.astimezone(CITY_TIME).date())
            for one in list_pages.came(db.session(), today, name, NEW_DAYS)
        ],
        new_days=NEW_DAYS,
        entries=[_entry(record) for record in found],
        wanted=wanted,
        asked=asked,
        titles=TITLES,
        choices=_choices(name),
        today=today,
        announced=list_pages.announced(db.session(), load_rulebook(), name),
        agencies={slug: one.name for slug, one in load_rulebook().agencies.items()},
        left=[
            (one, end_reason(one.record.register, one.record.reason))
            for one in list_pages.left_list(db.session(), today, name)
        ],
        branches=_branches(name, today),
        pager=pager(page, matching, PAGE_SIZE, lambda n: _paged(wanted, f"/lists/{name}", n)),
        download=_file(chosen, "csv"),
        feeds=feeds,
        files=list(zip(EXPORTS.values(), files, strict=True)),
        **described(f"/lists/{name}", definition.name, (Crumb("/lists/", "名单"),), about),
    )


def _files(chosen: ListFilter) -> list[Download]:
    """What the page counts, newest entry first."""
    return [Download(_file(chosen, ending), FORMS[ending].media_type) for ending in EXPORTS]


def _file(chosen: ListFilter, ending: str) -> str:
    said = {
        item.name: str(value)
        for item in fields(chosen)
        if item.name != "list_name" and (value := getattr(chosen, item.name))
    }
    return f"/lists/{chosen.list_name}/entries.{ending}{'?' if said else ''}{urlencode(said)}"


def _feed_links(chosen: ListFilter) -> tuple[FeedLink, ...]:
    """The list's feed; narrowed it is that of a search for the same entries."""
    if not chosen.narrows:
        return feed_links("list", chosen.list_name)
    return feed_links("search", search_of(chosen).address_below("").removeprefix("?"))


def _feeds(links: Iterable[FeedLink]) -> list[Download]:
    return [Download(link.href, link.type) for link in links]


def _paged(wanted: ListParameters, path: str, page: int) -> str:
    address = wanted.address(path, page=1)
    return f"{address}{'&' if '?' in address else '?'}page={page}"


def _choices(name: str) -> dict[str, Choices]:
    book = load_rulebook()
    return {
        "branch": _all((b.slug, b.name) for b in book.list_branches.values() if b.list == name),
        "agency": _all((slug, one.short_name) for slug, one in book.agencies.items()),
        "division": _all((code, one.name) for code, one in book.divisions.items()),
    }


def _all(options: Iterable[tuple[str, str]]) -> Choices:
    return [("", "全部"), *options]


def _entry(record: PublicRecord) -> EntryLine:
    def said(name: str) -> str:
        found = record.content.get(name, "")
        return found if isinstance(found, str) else ""

    end, branch = record.publication_end, said("branch")
    return EntryLine(
        words().line(record),
        record.uscc,
        record.subject_kind == NATURAL_PERSON,
        words().names.branch(branch) if branch else "",
        said("ground"),
        said("origin") or _NO_ORIGIN if record.list_name == "published-elsewhere" else "",
        end.isoformat() if end else "以原名单为准",
        record.disputed,
    )


def _branches(name: str, today: date) -> list[BranchView]:
    book = load_rulebook()
    return [
        BranchView(b, measures_of(b, book.measures), b.covers(today))
        for b in book.list_branches.values()
        if b.list == name
    ]
