"""A public record as a feed entry: title, sentence, facts in their official order, terms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Field, FieldType, Rulebook
from credit_site.services.public_records import PublicRecord
from credit_site.web.feeds.addresses import SiteAddresses
from credit_site.web.feeds.values import Author, Category, Fact, FeedItem


class RecordDescriber:
    """Makes entries from records in the rulebook's words."""

    def __init__(self, rulebook: Rulebook, addresses: SiteAddresses) -> None:
        self._rulebook = rulebook
        self._addresses = addresses
        self._fields = {
            name: register.public_fields for name, register in rulebook.registers.items()
        }

    def item(self, record: PublicRecord) -> FeedItem:
        """The entry of a record."""
        return FeedItem(
            id=self._addresses.record_tag(record.id),
            url=self._addresses.record(record.id),
            title=self._title(record),
            sentence=self._sentence(record),
            facts=tuple(self._facts(record)),
            author=Author(self._agency_name(record), self._addresses.agency(record.agency)),
            categories=tuple(self._categories(record)),
            published=record.published_at,
            updated=record.updated_at,
        )

    def _title(self, record: PublicRecord) -> str:
        number = f"（{record.document_number}）" if record.document_number else ""
        return f"{record.subject_name}：{self._outcome(record)}{number}"

    def _sentence(self, record: PublicRecord) -> str:
        day = f"{_spoken_day(record.decided_on)}，" if record.decided_on else ""
        agency = self._agency_name(record)
        if record.list_name:
            return f"{day}{agency}将{record.subject_name}{self._outcome(record)}。"
        reason = record.content.get("violation_type")
        because = f"因{reason}，" if isinstance(reason, str) and reason else ""
        amount = f"，罚没合计{record.amount_yuan:,.2f}元" if record.amount_yuan else ""
        what = self._outcome(record)
        return f"{day}{agency}{because}对{record.subject_name}作出处罚：{what}{amount}。"

    def _outcome(self, record: PublicRecord) -> str:
        if record.list_name:
            return f"列入{self._list_name(record.list_name)}"
        types = _texts(record.content.get("penalty_types"))
        return "、".join(types) or self._rulebook.registers[record.register].title

    def _facts(self, record: PublicRecord) -> Iterator[Fact]:
        for field in self._fields[record.register]:
            value = record.content.get(field.name)
            if value not in (None, "", []):
                yield Fact(field.title, self._text(field, value))
        if record.publication_end:
            yield Fact("公示至", f"{record.publication_end.isoformat()}（含当日）")
        if record.disputed:
            yield Fact("异议", "当事人已提出异议，正在核查")

    def _text(self, field: Field, value: JsonValue) -> str:
        if field.name == "list" and isinstance(value, str):
            return self._list_name(value)
        if field.type is FieldType.YUAN and isinstance(value, str):
            return f"{Decimal(value):,.2f} 元"
        return "；".join(_texts(value))

    def _categories(self, record: PublicRecord) -> Iterator[Category]:
        scheme = self._addresses.scheme
        register = self._rulebook.registers[record.register]
        yield Category(record.register, register.title, scheme("registers"))
        yield Category(record.agency, self._agency_name(record), scheme("agencies"))
        if record.list_name:
            label = self._list_name(record.list_name)
            yield Category(record.list_name, label, scheme("lists"))
        for name in _texts(record.content.get("penalty_types")):
            yield Category(name, name, scheme("penalty-types"))

    def _agency_name(self, record: PublicRecord) -> str:
        known = self._rulebook.agencies.get(record.agency)
        return known.name if known else record.agency

    def _list_name(self, slug: str) -> str:
        known = self._rulebook.lists.get(slug)
        return known.name if known else slug


def _texts(value: JsonValue) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, list):
        return tuple(map(str, value))
    return (str(value),)


def _spoken_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
