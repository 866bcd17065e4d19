"""Numbers in tags: what was written is read, and nothing anybody makes up does harm."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from credit_site.web.feeds.holdings import MOST_HELD, read, written

IDS = st.lists(st.integers(1, 1 << 61), max_size=MOST_HELD, unique=True)


@given(IDS)
def test_what_was_written_is_read_falling(ids: list[int]) -> None:
    text = written(ids)
    assert set(text) <= set(string.ascii_letters + string.digits + "._")
    assert read(text) == tuple(sorted(ids, reverse=True))


def test_a_feed_of_fifty_is_named_in_few_signs() -> None:
    assert len(written(range(1_000_001, 1_000_051))) < 80


@given(st.text(max_size=300))
def test_what_nobody_wrote_is_numbers_or_nothing(text: str) -> None:
    found = read(text)
    assert all(0 < number < 1 << 62 for number in found)
    assert len(found) <= MOST_HELD


def test_what_is_too_long_is_nothing() -> None:
    assert read("A" * 10_000) == ()
