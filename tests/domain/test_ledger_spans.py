"""Archives cut from the ledger: nothing is left out, none is large, none lies partly in another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from credit_site.domain.ledger_spans import Span, is_span, span_above, span_below

MOST = 50
LEDGERS = st.tuples(
    st.sampled_from([1, 3, 20, 400]), st.integers(0, 300), st.randoms(use_true_random=False)
)


def changes(drawn: tuple[int, int, object]) -> list[int]:
    """Ledger numbers of one feed, rising, a step of up to so many apart."""
    most, count, chance = drawn
    seqs, seq = [], 0
    for _ in range(count):
        seq += chance.randint(1, most)  # type: ignore[attr-defined]  # random.Random
        seqs.append(seq)
    return seqs


def backwards(seqs: list[int]) -> list[Span]:
    """The archives that a reader fetches who follows ``prev-archive`` to the end."""
    shown, spans = seqs[::-1][:MOST], list[Span]()
    if len(shown) < MOST:
        return spans
    floor, bound = shown[-1], shown[0]
    while True:
        below = [seq for seq in reversed(seqs) if seq < floor][:MOST]
        span = span_below(below, bound, MOST)
        if span is None:
            return spans
        spans.append(span)
        floor, bound = span[0], span[0] - 1


@given(LEDGERS)
def test_feed_and_archives_hold_every_change(drawn: tuple[int, int, object]) -> None:
    seqs = changes(drawn)
    held = set(seqs[::-1][:MOST])
    for first, last in backwards(seqs):
        held |= {seq for seq in seqs if first <= seq <= last}
    assert held == set(seqs)


@given(LEDGERS)
def test_an_archive_is_a_span_that_is_closed_and_small(drawn: tuple[int, int, object]) -> None:
    seqs = changes(drawn)
    for first, last in backwards(seqs):
        assert is_span(first, last)
        assert last <= seqs[-1]
        assert sum(first <= seq <= last for seq in seqs) <= 2 * MOST


@given(LEDGERS)
def test_the_archive_that_follows_begins_after_and_is_closed(
    drawn: tuple[int, int, object],
) -> None:
    seqs = changes(drawn)
    for _, last in backwards(seqs):
        above = [seq for seq in seqs if seq > last][:MOST]
        following = span_above(above, last, seqs[-1], MOST)
        if following is not None:
            assert is_span(*following)
            assert last < following[0] <= above[0] <= following[1] <= seqs[-1]


def test_a_quiet_feed_has_long_archives_and_a_busy_one_short_ones() -> None:
    assert backwards(list(range(1, 201)))[0] == (101, 150)
    quiet = backwards(list(range(16, 3201, 16)))
    assert {last - first + 1 for first, last in quiet} == {400}
    assert quiet[-1] == (1, 400)


def test_what_is_no_span_is_known() -> None:
    assert is_span(1, 50)
    assert is_span(101, 200)
    for first, last in ((1, 49), (2, 51), (51, 150), (1, 150), (0, 49), (50, 1), (-49, 0)):
        assert not is_span(first, last)
