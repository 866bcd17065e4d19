"""Sitemaps as XML (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Place:
    """An absolute address and when what it shows changed last, if that is known."""

    url: str
    changed_at: datetime | None = None


def url_set(places: Iterable[Place]) -> bytes:
    """A file of addresses; empty for no place: the protocol wants at least one."""
    return _document("urlset", "url", places)


def sitemap_index(places: Iterable[Place]) -> bytes:
    """The file that names the others."""
    return _document("sitemapindex", "sitemap", places)


def _document(root: str, element: str, places: Iterable[Place]) -> bytes:
    lines = [_line(element, place) for place in places]
    if not lines:
        return b""
    body = "\n".join(lines)
    return f'{_HEAD}<{root} xmlns="{_NAMESPACE}">\n{body}\n</{root}>\n'.encode()


def _line(element: str, place: Place) -> str:
    moment = place.changed_at
    changed = f"<lastmod>{_spelled(moment)}</lastmod>" if moment else ""
    return f"<{element}><loc>{escape(place.url)}</loc>{changed}</{element}>"


def _spelled(moment: datetime) -> str:
    """W3C Datetime to the second, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
