"""Records and endings as entries of feeds: titles, sentences, facts in official order, terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from credit_site.services.corrections import Correction
from credit_site.services.departures import Ending, Way
from credit_site.services.public_records import PublicRecord
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.values import Author, Category, Fact, FeedItem, Tombstone
from credit_site.web.presenters.fields import texts
from credit_site.web.presenters.records import RecordWords
from credit_site.web.presenters.words import end_reason, reworded, spoken_day

_NOTICES: Final = {
    Way.ENDED: ("已停止公示", "自{day}起停止公示", "转载过的，请一并删除。"),
    Way.SCREENED: (
        "目前不公示",
        "自{day}起暂停公示",
        "转载过的，请一并删除；恢复公示时，会在这里重新出现。",
    ),
    Way.MOVED: (
        "已更正，不再属于这里",
        "已于{day}更正，不再属于这里",
        "转载过的，请按本站页面上现在的内容更正。",
    ),
}
"""Title, sentence and what is to be done, by how a record left."""
_TO_ALL: Final = "通知只写编号，不写是谁；没有收到过这条信息的，不必理会。"


class RecordDescriber:
    """Makes entries from records in the words of their pages; ``site`` speaks of what ended."""

    def __init__(self, words: RecordWords, addresses: SiteAddresses, site: Author) -> None:
        self._words = words
        self._addresses = addresses
        self._site = site

    def item(self, record: PublicRecord, corrected: Sequence[Correction] = ()) -> FeedItem:
        """The entry of a record; says when it was corrected, and in what."""
        said = "".join(f"{one}。" for one in self._words.corrected(record.register, corrected))
        agency = self._addresses.agency(record.agency)
        return FeedItem(
            id=self._addresses.record_tag(record.id),
            version=record.ledger_seq,
            url=self._addresses.record(record.id),
            title=self._title(record, corrected),
            sentence=self._words.sentence(record) + said,
            facts=tuple(self._facts(record)),
            author=Author(self._words.names.agency(record.agency), agency),
            categories=tuple(self._categories(record)),
            published=record.published_at,
            updated=record.updated_at,
        )

    def removal(self, ending: Ending) -> FeedItem:
        """The entry of a removal from a list: number, day, why, an apology due; nothing of whom."""
        name = self._words.names.list_name(ending.list_name)
        reason = end_reason(ending.register, ending.reason)
        why = f"，原因：{reason}" if reason else ""
        return FeedItem(
            id=self._addresses.removal_tag(ending.list_name, ending.id),
            version=ending.seq,
            url=self._addresses.record(ending.id),
            title=f"移出{name}：编号 {ending.id} 的条目",
            sentence=(
                f"编号 {ending.id} 的条目自{spoken_day(ending.ended_on)}起移出{name}{why}。"
                f"{ending.apology}"
            ),
            facts=(),
            author=self._site,
            categories=(Category(ending.list_name, name, self._addresses.scheme("lists")),),
            published=ending.at,
            updated=ending.at,
        )

    def tombstone(self, ending: Ending) -> Tombstone:
        """That the entry of a record is no more."""
        said = f"。{ending.apology}" if ending.apology else ""
        comment = f"{_since(ending)}{_why(ending)}{said}"
        return Tombstone(self._addresses.record_tag(ending.id), ending.at, comment)

    def notice(self, ending: Ending) -> FeedItem:
        """What takes the place of a record's entry in readers that know no tombstones.

        Number, day and reason; nothing of the record.
        """
        title, _, advice = _NOTICES[ending.way]
        said = f"编号 {ending.id} 的信息"
        return FeedItem(
            id=self._addresses.record_tag(ending.id),
            version=ending.seq,
            url=self._addresses.record(ending.id),
            title=f"{said}{title}{_why(ending)}",
            sentence=f"{said}{_since(ending)}{_why(ending)}。{ending.apology}{advice}{_TO_ALL}",
            facts=(),
            author=self._site,
            categories=(Category("notice", "停止公示通知", self._addresses.scheme("notices")),),
            published=ending.at,
            updated=ending.at,
            notice=f"{ending.way} {ending.reason}",
        )

    def _title(self, record: PublicRecord, corrected: Sequence[Correction]) -> str:
        number = f"（{record.document_number}）" if record.document_number else ""
        said = [f"（{spoken_day(one.on)}{reworded(one.reason)}）" for one in corrected[:1]]
        return f"{record.subject_name}：{self._words.outcome(record)}{number}{''.join(said)}"

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


def _since(ending: Ending) -> str:
    return _NOTICES[ending.way][1].format(day=spoken_day(ending.ended_on))


def _why(ending: Ending) -> str:
    reason = end_reason(ending.register, ending.reason)
    return f"，原因：{reason}" if reason else ""
