"""The pages that lead through the ledger."""

from __future__ import annotations

from tests.support.entries import penalty
from tests.web.conftest import Publish
from tests.web.pages import CheckingClient


def test_the_ledger_page_shows_head_and_newest_entries_and_leads_on(
    pages: CheckingClient, publish: Publish
) -> None:
    publish(*(penalty(number) for number in range(1, 61)))
    page = pages.get("/ledger/")
    assert "第 60 笔" in page.main
    assert [row[0] for row in page.rows()][:2] == ["60", "59"]
    assert len(page.rows()) == 20
    older = pages.get(page.link("更早的"))
    assert [row[0] for row in older.rows()] == [str(number) for number in range(40, 20, -1)]
    oldest = pages.get(older.link("更早的"))
    assert [row[0] for row in oldest.rows()][-1] == "1"
    assert "更早的" not in oldest.texts("a")


def test_the_record_page_leads_to_its_proof(pages: CheckingClient, publish: Publish) -> None:
    publish(penalty(1))
    assert pages.get("/records/1").link("核验") == "/records/1/proof.json"
