"""What a view hands its template beside the content: the way to the page, and structured data."""

from __future__ import annotations

from collections.abc import Sequence

from credit_site.web.frame import site_settings, site_standing
from credit_site.web.presenters.structured import (
    INVENTED,
    Crumb,
    Node,
    Site,
    breadcrumbs,
    script_text,
)


def this_site() -> Site:
    """The site as structured data speaks of it."""
    settings = site_settings()
    return Site(settings.url, settings.name, site_standing().demonstration)


def cited_name(site: Site) -> str:
    """The site's name where it stands alone, away from the notice on every page."""
    return f"{site.name}（{INVENTED}）" if site.invented else site.name


def described(path: str, title: str, crumbs: Sequence[Crumb], *nodes: Node) -> dict[str, object]:
    """The template's ``crumbs`` and ``structured``: the page at ``path``, called ``title``."""
    trail = breadcrumbs(this_site(), crumbs, path, title)
    return {"crumbs": crumbs, "structured": script_text([*nodes, trail])}
