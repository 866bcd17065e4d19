"""A public record as a feed entry: title, sentence, facts in their official order, terms."""

from __future__ import annotations

from collections.abc import Iterator

from credit_site.services.public_records import PublicRecord
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.values import Author, Category, Fact, FeedItem
from credit_site.web.presenters.fields import texts
from credit_site.web.presenters.records import RecordWords


class RecordDescriber:
    """Makes entries from records in the words of their pages."""

    def __init__(self, words: RecordWords, addresses: SiteAddresses) -> None:
        self._words = words
        self._addresses = addresses

    def item(self, record: PublicRecord) -> FeedItem:
        """The entry of a record."""
        agency = self._addresses.agency(record.agency)
        return FeedItem(
            id=self._addresses.record_tag(record.id),
            url=self._addresses.record(record.id),
            title=self._title(record),
            sentence=self._words.sentence(record),
            facts=tuple(self._facts(record)),
            author=Author(self._words.names.agency(record.agency), agency),
            categories=tuple(self._categories(record)),
            published=record.published_at,
            updated=record.updated_at,
        )

    def _title(self, record: PublicRecord) -> str:
        number = f"（{record.document_number}）" if record.document_number else ""
        return f"{record.subject_name}：{self._words.outcome(record)}{number}"

    def _facts(self, record: PublicRecord) -> Iterator[Fact]:
        for row in self._words.fields(record):
            yield Fact(row.title, row.value)
        if record.publication_end:
            yield Fact("公示至", f"{record.publication_end.isoformat()}（含当日）")
        if record.disputed:
            yield Fact("异议", "当事人已提出异议，正在核查")

    def _categories(self, record: PublicRecord) -> Iterator[Category]:
        names, scheme = self._words.names, self._addresses.scheme
        yield Category(record.register, names.register(record.register), scheme("registers"))
        yield Category(record.agency, names.agency(record.agency), scheme("agencies"))
        if record.list_name:
            yield Category(record.list_name, names.list_name(record.list_name), scheme("lists"))
        for name in texts(record.content.get("penalty_types")):
            yield Category(name, name, scheme("penalty-types"))
