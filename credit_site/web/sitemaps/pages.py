"""The pages that always stand: what the site is, lists, bureaus, rules, help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy.orm import Session

from credit_site.domain.rulebook import Rulebook
from credit_site.services.public_records import Selection, latest
from credit_site.web.sitemaps.documents import Place

FOLLOWING = ("/", "/search", "/lists/", "/agencies/", "/statistics/")
"""Pages that show what is new."""
STANDING = (
    "/about",
    "/screening",
    "/rules/",
    "/help/",
    "/help/citizens",
    "/help/clerks",
    "/help/glossary",
    "/help/search",
    "/feeds/",
    "/embed/",
    "/data/",
    "/ledger/",
    "/assessment/",
    "/assessment/warnings",
    "/api/docs",
    "/help/verify",
    "/help/web-hooks",
    "/objections/new",
    "/repairs/new",
    "/screenings/new",
    "/tips/new",
    "/track",
    "/verify",
)
"""Pages that change with the site itself."""


def standing_pages(
    session: Session, today: date, book: Rulebook, changed_at: datetime | None
) -> Iterator[Place]:
    """Their paths, in this order; ``changed_at`` is the moment of the newest ledger entry."""
    yield from (Place(path, changed_at) for path in FOLLOWING)
    for name in book.lists:
        changed = _newest(session, today, Selection(list_name=name))
        yield Place(f"/lists/{name}", changed)
    for slug in book.agencies:
        yield Place(f"/agencies/{slug}", _newest(session, today, Selection(agency=slug)))
    yield from (Place(path) for path in (*STANDING, *_rules(book)))


def _newest(session: Session, today: date, selection: Selection) -> datetime | None:
    found = latest(session, today, selection, limit=1)
    return found[0].updated_at if found else None


def _rules(book: Rulebook) -> Iterator[str]:
    yield from (f"/rules/{name}" for name in book.rules)
    yield from (f"/rules/registers/{name}" for name in book.registers)
    yield from (f"/rules/layouts/{name}" for name in book.layouts)
