"""Ids that outlive every move of an address: tag URIs (RFC 4151)."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, urlsplit

# The day the site's tags speak of. A later day would make every reader see every record anew.
TAG_DATE = "2026-01-01"


@lru_cache(maxsize=16)
def tag_authority(site_url: str) -> str:
    """``host,date`` of the site's tags; port and scheme are no part of it (RFC 4151, 2.1).

    A name outside ASCII is taken in its IDNA form. An address without a name (IPv6) cannot stand
    in a tag; such a site is nobody's but this machine's and is called localhost.
    """
    host = urlsplit(site_url).hostname or ""
    if not host or ":" in host:
        host = "localhost"
    return f"{host.encode('idna').decode('ascii')},{TAG_DATE}"


def tag_uri(authority: str, specific: str) -> str:
    """The tag of a thing named inside the site: ``tag:host,2026-01-01:records/7``."""
    return f"tag:{authority}:{quote(specific, safe='/')}"
