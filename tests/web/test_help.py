from __future__ import annotations

from urllib.parse import urlencode

import pytest

from credit_site.web.help import WAYS
from search_index.language import read_query
from tests.web.pages import CheckingClient

TYPED = [example.typed for _, examples in WAYS for example in examples]


def test_every_example_can_be_tried(pages: CheckingClient) -> None:
    page = pages.get("/help/search")
    assert len(TYPED) == len({row[0] for row in page.rows()} & set(TYPED)) > 15


@pytest.mark.parametrize("typed", TYPED)
def test_every_example_is_read_as_it_is_typed(pages: CheckingClient, typed: str) -> None:
    assert read_query(typed).note == ""
    assert typed in pages.get("/search?" + urlencode({"q": typed})).heading
