"""What engines that keep their index on disk promise beyond the contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search_index import (
    SearchDocument,
    SearchEngine,
    SearchQuery,
    SearchUnavailable,
    WriterBusy,
    open_engine,
)
from tests.support.documents import TODAY, document

Opener = Callable[[], SearchEngine]


def put(engine: SearchEngine, *documents: SearchDocument) -> None:
    engine.replace(documents)
    engine.commit()


def ids(engine: SearchEngine) -> tuple[int, ...]:
    return engine.search(SearchQuery("", TODAY)).ids


def test_an_index_on_disk_is_there_for_others_at_once(open_again: Opener) -> None:
    reader, writer = open_again(), open_again()
    assert ids(reader) == ()
    put(writer, document(1))
    assert ids(reader) == (1,)
    writer.rebuild([document(2)])
    assert ids(reader) == (2,)
    writer.close()


def test_what_was_not_committed_is_lost_and_the_rest_stands(open_again: Opener) -> None:
    writer = open_again()
    put(writer, document(1))
    writer.replace([document(2)])
    writer.close()
    again = open_again()
    assert (ids(again), again.health().position) == ((1,), 1)
    put(again, document(2))
    assert ids(again) == (2, 1)
    again.close()


def test_only_one_writes(open_again: Opener) -> None:
    first, second = open_again(), open_again()
    first.replace([document(1)])
    with pytest.raises(WriterBusy):
        second.replace([document(2)])
    first.commit()
    first.close()
    put(second, document(2))
    assert ids(first) == (2, 1)
    second.close()


def test_an_index_of_another_version_asks_to_be_rebuilt(open_again: Opener, tmp_path: Path) -> None:
    writer = open_again()
    put(writer, document(1))
    writer.close()
    pointer = tmp_path / "index" / "CURRENT"
    pointer.write_text(pointer.read_text("ascii").split()[0] + " older\n", "ascii")
    stale = open_again()
    assert not stale.health().ok
    with pytest.raises(SearchUnavailable):
        ids(stale)
    stale.rebuild([document(1)])
    assert ids(stale) == (1,)


# Whoosh leaves the broken file open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broken_index_is_unavailable_not_an_accident(open_again: Opener, tmp_path: Path) -> None:
    writer = open_again()
    put(writer, document(1))
    writer.close()
    for path in (tmp_path / "index").rglob("*"):
        if path.is_file() and path.parent.name.startswith("g"):
            path.write_bytes(b"broken")
    broken = open_again()
    assert not broken.health().ok
    with pytest.raises(SearchUnavailable):
        ids(broken)


def test_an_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="no search engine"):
        open_engine("nothing:here")
