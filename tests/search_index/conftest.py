from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search_index import SearchEngine, open_engine

Opener = Callable[[], SearchEngine]


@pytest.fixture(params=["memory", "tantivy", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """Every engine in turn, empty."""
    opened = open_engine(f"{request.param}:{tmp_path / 'index'}")
    yield opened
    opened.close()


@pytest.fixture(params=["tantivy", "whoosh"])
def open_again(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens the same index on disk, as another process would."""
    return lambda: open_engine(f"{request.param}:{tmp_path / 'index'}")
