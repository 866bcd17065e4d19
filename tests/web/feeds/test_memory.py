from __future__ import annotations

from datetime import UTC, date, datetime

from credit_site.domain.feed_addresses import FeedFormat, FeedKind
from credit_site.web.feeds.memory import Document, FeedAddress, FeedMemory, Standing

MOMENT = datetime(2026, 5, 6, tzinfo=UTC)
TODAY = Standing(7, MOMENT, date(2026, 5, 6))


def address(key: str = "") -> FeedAddress:
    return FeedAddress(FeedKind.AGENCY, key, FeedFormat.ATOM)


def test_a_feed_is_remembered_while_ledger_and_day_stand_still() -> None:
    memory, document = FeedMemory(), Document.of(b"feed")
    memory.keep(address(), TODAY, document)
    assert memory.recall(address(), TODAY) is document


def test_a_new_ledger_entry_or_a_new_day_makes_it_forgotten() -> None:
    memory = FeedMemory()
    memory.keep(address(), TODAY, Document.of(b"feed"))
    assert memory.recall(address(), Standing(8, MOMENT, TODAY.today)) is None
    assert memory.recall(address(), Standing(TODAY.seq, MOMENT, date(2026, 5, 7))) is None


def test_no_feed_is_taken_for_another() -> None:
    memory = FeedMemory()
    memory.keep(address("one"), TODAY, Document.of(b"feed"))
    assert memory.recall(address("two"), TODAY) is None


def test_what_was_not_used_for_longest_is_forgotten_first_when_room_runs_out() -> None:
    memory = FeedMemory(most_bytes=8)
    memory.keep(address("one"), TODAY, Document(b"11", b"11", "1"))
    memory.keep(address("two"), TODAY, Document(b"22", b"22", "2"))
    memory.recall(address("one"), TODAY)
    memory.keep(address("three"), TODAY, Document(b"33", b"33", "3"))
    assert memory.recall(address("one"), TODAY)
    assert memory.recall(address("two"), TODAY) is None


def test_a_feed_kept_again_takes_its_room_once() -> None:
    memory = FeedMemory(most_bytes=8)
    memory.keep(address("one"), TODAY, Document(b"11", b"11", "1"))
    for seq in range(5):
        memory.keep(address("two"), Standing(seq, MOMENT, TODAY.today), Document(b"22", b"22", "2"))
    assert memory.recall(address("one"), TODAY)


def test_a_feed_larger_than_the_whole_room_is_not_kept() -> None:
    memory = FeedMemory(most_bytes=3)
    memory.keep(address(), TODAY, Document(b"11", b"11", "1"))
    assert memory.recall(address(), TODAY) is None


def test_equal_bodies_have_equal_tags_in_every_process() -> None:
    assert (
        Document.of(b"feed").digest == Document.of(b"feed").digest != Document.of(b"other").digest
    )
