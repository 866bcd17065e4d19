from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from credit_site.extensions import vault
from credit_site.services.listing_cases.content import ListingTools
from tests.support.listings import BOOK, Walk
from tests.support.sites import StandingClock


@pytest.fixture
def tools(session: Session) -> ListingTools:
    return ListingTools(session, vault(), BOOK)


@pytest.fixture
def way(tools: ListingTools, clock: StandingClock) -> Walk:
    return Walk(tools, clock)
