"""Absolute addresses of what feeds speak of; they never change once published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from credit_site.domain.feed_addresses import (
    FeedFormat,
    FeedKind,
    archive_path,
    feed_name,
    feed_path,
)
from credit_site.domain.ledger_spans import Span
from credit_site.web.feeds.tags import tag_authority, tag_uri

FormatUrls = Mapping[FeedFormat, str]


@dataclass(frozen=True, slots=True)
class SiteAddresses:
    """Addresses and tags below the site's public address (no slash at its end)."""

    site: str

    def home(self) -> str:
        """The first page."""
        return f"{self.site}/"

    def help(self) -> str:
        """The page that explains subscribing."""
        return f"{self.site}/feeds/"

    def record(self, record_id: int) -> str:
        """A record's page."""
        return f"{self.site}/records/{record_id}"

    def search(self, query: str) -> str:
        """The page of a search, by the query part of its address."""
        return f"{self.site}/search" + (f"?{query}" if query else "")

    def filtered(self, name: str, value: str) -> str:
        """The page of all that has one value, newest decision first."""
        return self.search(urlencode({name: value}))

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

    def feed(self, kind: FeedKind, key: str) -> FormatUrls:
        """A feed in every format."""
        return {ending: self.site + feed_path(kind, key, ending) for ending in FeedFormat}

    def archive(self, kind: FeedKind, key: str, span: Span) -> FormatUrls:
        """What a feed holds of one span of the ledger."""
        return {ending: self.site + archive_path(kind, key, span, ending) for ending in FeedFormat}

    def record_tag(self, record_id: int) -> str:
        """A record's lasting id."""
        return self._tag(f"records/{record_id}")

    def removal_tag(self, list_name: str, record_id: int) -> str:
        """The lasting id of a record's removal from a list."""
        return self._tag(f"lists/{list_name}/{record_id}/removed")

    def feed_tag(self, kind: FeedKind, key: str) -> str:
        """A feed's lasting id, the same in every format."""
        return self._tag(f"feeds/{feed_name(kind, key)}")

    def _tag(self, specific: str) -> str:
        return tag_uri(tag_authority(self.site), specific)
