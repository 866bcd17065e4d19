"""Absolute addresses of what feeds speak of; they never change once published."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from credit_site.web.feeds.links import FeedFormat, FeedKind, feed_name, feed_path
from credit_site.web.feeds.tags import tag_authority, tag_uri


@dataclass(frozen=True, slots=True)
class SiteAddresses:
    """Addresses and tags below the site's public address (no slash at its end)."""

    site: str

    def home(self) -> str:
        """The first page."""
        return f"{self.site}/"

    def record(self, record_id: int) -> str:
        """A record's page."""
        return f"{self.site}/records/{record_id}"

    def search(self, query: str) -> str:
        """The page of a search, by the query part of its address."""
        return f"{self.site}/search" + (f"?{query}" if query else "")

    def agency(self, slug: str) -> str:
        """An agency's page."""
        return f"{self.site}/agencies/{quote(slug, safe='')}"

    def company(self, uscc: str) -> str:
        """The page of one code."""
        return f"{self.site}/companies/{quote(uscc, safe='')}"

    def list_page(self, name: str) -> str:
        """A list's page."""
        return f"{self.site}/lists/{quote(name, safe='')}"

    def scheme(self, vocabulary: str) -> str:
        """Whose terms a category's are: registers, agencies, penalty-types, lists, divisions."""
        return f"{self.site}/feeds/#{vocabulary}"

    def feed(self, kind: FeedKind, key: str, ending: FeedFormat) -> str:
        """A feed in one format."""
        return self.site + feed_path(kind, key, ending)

    def record_tag(self, record_id: int) -> str:
        """A record's lasting id."""
        return tag_uri(tag_authority(self.site), f"records/{record_id}")

    def feed_tag(self, kind: FeedKind, key: str) -> str:
        """A feed's lasting id, the same in every format."""
        return tag_uri(tag_authority(self.site), f"feeds/{feed_name(kind, key)}")
