"""Records and endings as entries of feeds: titles, sentences, facts in official order, terms."""

from __future__ import annotations

from collections.abc import Iterator

from credit_site.services.feed_changes import Ending
from credit_site.services.public_records import PublicRecord
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.values import Author, Category, Fact, FeedItem, Tombstone
from credit_site.web.presenters.fields import texts
from credit_site.web.presenters.records import RecordWords
from credit_site.web.presenters.words import end_reason, spoken_day


class RecordDescriber:
    """Makes entries from records in the words of their pages; ``site`` speaks of what ended."""

    def __init__(self, words: RecordWords, addresses: SiteAddresses, site: Author) -> None:
        self._words = words
        self._addresses = addresses
        self._site = site

    def item(self, record: PublicRecord) -> FeedItem:
        """The entry of a record."""
        agency = self._addresses.agency(record.agency)
        return FeedItem(
            id=self._addresses.record_tag(record.id),
            version=record.ledger_seq,
            url=self._addresses.record(record.id),
            title=self._title(record),
            sentence=self._words.sentence(record),
            facts=tuple(self._facts(record)),
            author=Author(self._words.names.agency(record.agency), agency),
            categories=tuple(self._categories(record)),
            published=record.published_at,
            updated=record.updated_at,
        )

    def removal(self, ending: Ending) -> FeedItem:
        """The entry of a removal from a list: which number, which day, why; nothing of whom."""
        name = self._words.names.list_name(ending.list_name)
        reason = end_reason(ending.register, ending.reason)
        why = f"，原因：{reason}" if reason else ""
        return FeedItem(
            id=self._addresses.removal_tag(ending.list_name, ending.id),
            version=ending.seq,
            url=self._addresses.record(ending.id),
            title=f"移出{name}：编号 {ending.id} 的条目",
            sentence=f"编号 {ending.id} 的条目自{spoken_day(ending.ended_on)}起移出{name}{why}。",
            facts=(),
            author=self._site,
            categories=(Category(ending.list_name, name, self._addresses.scheme("lists")),),
            published=ending.at,
            updated=ending.at,
        )

    def tombstone(self, ending: Ending) -> Tombstone:
        """That the entry of a record is no more."""
        reason = end_reason(ending.register, ending.reason)
        why = f"，原因：{reason}" if reason else ""
        comment = f"自{spoken_day(ending.ended_on)}起停止公示{why}"
        return Tombstone(self._addresses.record_tag(ending.id), ending.at, comment)

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
        if record.division:
            yield Category(record.division, names.division(record.division), scheme("divisions"))
        for name in texts(record.content.get("campaign")):
            yield Category(name, name, scheme("campaigns"))
        for name in texts(record.content.get("penalty_types")):
            yield Category(name, name, scheme("penalty-types"))
