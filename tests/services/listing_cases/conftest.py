from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from credit_site.extensions import vault
from credit_site.services.file_store import FileStore
from credit_site.services.listing_cases.content import ListingTools
from tests.support.listings import BOOK, Walk
from tests.support.sites import StandingClock


@pytest.fixture
def tools(session: Session, tmp_path: Path) -> ListingTools:
    return ListingTools(session, vault(), BOOK, FileStore(tmp_path / "kept", vault()))


@pytest.fixture
def way(tools: ListingTools, clock: StandingClock) -> Walk:
    return Walk(tools, clock)
