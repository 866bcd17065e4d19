"""A register from the day's kept file is, byte for byte, what making all of it would give."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from credit_site.domain.rulebook import Rulebook, load_rulebook
from credit_site.services.amending import mark_dispute
from credit_site.services.grounds import Ground
from credit_site.services.open_data.forms import FORMS, Occasion, Stream
from credit_site.services.open_data.patching import KeptFile, PatchingEncoder, Span, kept_file
from credit_site.services.open_data.reading import FrozenRead
from credit_site.services.open_data.shelf import Shelf
from credit_site.services.open_data.snapshot import Source, write_snapshot
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk
from tests.web.invented import listed

TODAY = date(2026, 6, 1)
SITE = "https://credit.example"
IN_PIECES = [ending for ending, form in FORMS.items() if form.in_pieces]
PIECE = 3


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """Snapshots below ``tmp_path/data``."""
    return Source(load_rulebook(), SITE, Shelf(tmp_path / "data"))


@pytest.fixture
def kept(desk: Desk, source: Source) -> Desk:
    """Twelve penalties and two entries of lists, in a snapshot of pieces of three."""
    desk.publish(*(penalty(number) for number in range(1, 13)), listed(13), listed(14))
    for _ in write_snapshot(desk.session.get_bind().engine, source, TODAY, PIECE):
        pass
    return desk


def opened(
    read: FrozenRead,
    source: Source,
    ending: str = "csv",
    register: str = "penalty",
    book: Rulebook | None = None,
) -> KeptFile | None:
    occasion = Occasion(book or source.rulebook, register, SITE, read.state.moment)
    return kept_file(source.shelf, read, FORMS[ending], occasion)


def both(desk: Desk, source: Source, ending: str, register: str) -> tuple[bytes, bytes, int]:
    """The register made anew, the same from the kept file, and how many spans that was."""
    engine, form = desk.session.get_bind().engine, FORMS[ending]
    with closing(FrozenRead(engine, TODAY)) as read:
        occasion = Occasion(source.rulebook, register, SITE, read.state.moment)
        anew = b"".join(Stream(read.rows(register), form.make(occasion), str))
        file = opened(read, source, ending, register)
        assert file is not None
        pieces = list(file.pieces(read, register))
        encoder = PatchingEncoder(file, form.make(occasion))
        found = b"".join(Stream(iter(pieces), encoder, str))
    return anew, found, sum(isinstance(piece[0], Span) for piece in pieces)


def nothing(_: Desk) -> None:
    """Leaves all as it is."""


def an_end(desk: Desk) -> None:
    end_record(desk.session, desk.vault, 5, EndReason.REPAIRED, "t", desk.now)


def a_correction(desk: Desk) -> None:
    desk.publish(saying(penalty(6), violation_facts="更正"))


def an_objection(desk: Desk) -> None:
    ground = Ground("异议", "郑文〔2026〕1号", TODAY)
    mark_dispute(desk.session, desk.vault, 4, ground, "t", desk.now, disputed=True)


def all_of_a_piece(desk: Desk) -> None:
    for number in (4, 5, 6):
        end_record(desk.session, desk.vault, number, EndReason.ERROR, "t", desk.now)


def newer_ones(desk: Desk) -> None:
    desk.publish(penalty(20), penalty(21), listed(22))


@pytest.mark.parametrize("ending", IN_PIECES)
@pytest.mark.parametrize(
    ("deed", "spans"),
    [
        (nothing, 4),
        (an_end, 3),
        (a_correction, 3),
        (an_objection, 3),
        (all_of_a_piece, 3),
        (newer_ones, 4),
    ],
)
def test_only_the_pieces_with_a_change_are_made_anew(
    kept: Desk, source: Source, ending: str, deed: Callable[[Desk], None], spans: int
) -> None:
    deed(kept)
    anew, found, sent_as_they_lie = both(kept, source, ending, "penalty")
    assert found == anew
    assert sent_as_they_lie == spans
    anew, found, _ = both(kept, source, ending, "serious_dishonesty")
    assert found == anew


def test_changes_everywhere_at_once_give_the_same_bytes(kept: Desk, source: Source) -> None:
    for deed in (newer_ones, an_end, a_correction):
        deed(kept)
    end_record(kept.session, kept.vault, 1, EndReason.ERROR, "t", kept.now)
    end_record(kept.session, kept.vault, 12, EndReason.ERROR, "t", kept.now)
    anew, found, sent_as_they_lie = both(kept, source, "jsonl", "penalty")
    assert found == anew
    assert sent_as_they_lie == 1


def test_a_file_that_is_taken_away_while_it_is_sent_is_sent_to_its_end(
    kept: Desk, source: Source
) -> None:
    with closing(FrozenRead(kept.session.get_bind().engine, TODAY)) as read:
        file = opened(read, source)
        assert file is not None
        with file.stream:
            for path in source.shelf.of(TODAY).iterdir():
                path.unlink()
            assert file.bytes(Span(0, file.ends[-1])).count(b"\r\n") == 13


@pytest.mark.parametrize("name", ["penalty-14.csv", "penalty-14.places.json", "manifest.json"])
def test_where_a_part_of_it_is_gone_all_is_made_anew(kept: Desk, source: Source, name: str) -> None:
    (source.shelf.of(TODAY) / name).unlink()
    with closing(FrozenRead(kept.session.get_bind().engine, TODAY)) as read:
        assert opened(read, source) is None


@pytest.mark.parametrize("name", ["penalty-14.places.json", "manifest.json"])
@pytest.mark.parametrize("body", [b"", b"{}", b'{"making":', b"[1, 2]", b"\xff"])
def test_a_damaged_part_counts_as_none(kept: Desk, source: Source, name: str, body: bytes) -> None:
    (source.shelf.of(TODAY) / name).write_bytes(body)
    with closing(FrozenRead(kept.session.get_bind().engine, TODAY)) as read:
        assert opened(read, source) is None


def test_a_file_of_another_length_another_day_or_other_words_is_not_used(
    kept: Desk, source: Source
) -> None:
    engine = kept.session.get_bind().engine
    agencies = source.rulebook.agencies
    renamed = {slug: replace(one, name=f"新{one.name}") for slug, one in agencies.items()}
    with closing(FrozenRead(engine, TODAY)) as read:
        assert opened(read, source, book=replace(source.rulebook, agencies=renamed)) is None
    with closing(FrozenRead(engine, date(2026, 6, 2))) as read:
        assert opened(read, source) is None
    with (source.shelf.of(TODAY) / "penalty-14.csv").open("ab") as stream:
        stream.write(b"more")
    with closing(FrozenRead(engine, TODAY)) as read:
        assert opened(read, source) is None


def test_a_file_of_another_ledger_is_not_used(kept: Desk, source: Source) -> None:
    snapshot = source.shelf.snapshot(TODAY)
    assert snapshot is not None
    source.shelf.settle(replace(snapshot, own_hash="ab" * 32))
    with closing(FrozenRead(kept.session.get_bind().engine, TODAY)) as read:
        assert opened(read, source) is None


def test_forms_that_hang_together_are_made_anew(kept: Desk, source: Source) -> None:
    with closing(FrozenRead(kept.session.get_bind().engine, TODAY)) as read:
        assert [opened(read, source, ending) for ending in ("xlsx", "parquet")] == [None, None]
