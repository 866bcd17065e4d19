"""Nobody on a list that is not in black is called seriously dishonest on any surface."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.domain.entries import Entry, JsonValue
from credit_site.domain.rulebook import load_rulebook
from credit_site.models import Record
from credit_site.services.documents import COLUMNS, DocumentBuilder
from credit_site.services.grading import mend_listed
from credit_site.services.ledger import verify
from credit_site.services.open_data.table import RecordTable
from credit_site.services.public_records import PublicRecord, get
from credit_site.services.publication import publish_staged
from search_index import facet_values
from tests.support.entries import penalty
from tests.support.listings import actions
from tests.support.publishing import Desk

BOOK = load_rulebook()
KINDS = {"trustworthy": "守信名单", "watch": "重点关注名单", "published-elsewhere": "外地名单"}


def graded(list_name: str, severity: str = "serious") -> Entry:
    """An entry of a list as it was once staged and published."""
    content: dict[str, JsonValue] = {"list": list_name, "subject_name": "郑州某某食品有限公司"}
    made = replace(penalty(7), register="serious_dishonesty", severity=severity)
    return replace(made, content=content, rule=f"list_periods/2000-01-01/{list_name}")


def seen(session: Session, desk: Desk) -> PublicRecord:
    (number,) = session.scalars(select(Record.id))
    found = get(session, number, desk.now.date())
    assert isinstance(found, PublicRecord)
    return found


@pytest.mark.parametrize("list_name", KINDS)
def test_what_was_published_as_serious_is_corrected_in_the_ledger(
    desk: Desk, session: Session, list_name: str
) -> None:
    desk.publish(graded(list_name))
    assert mend_listed(session, desk.vault, BOOK, desk.now) == 1
    record = seen(session, desk)
    assert (record.severity, record.revision) == ("", 2)
    assert actions(session) == [("publish", ""), ("amend", "corrected")]
    assert not verify(session).problems
    assert mend_listed(session, desk.vault, BOOK, desk.now) == 0
    assert desk.publish(graded(list_name, "")) == {"rows": 1, "unchanged": 1}


def test_a_black_list_keeps_its_severity(desk: Desk, session: Session) -> None:
    desk.publish(graded("serious-dishonesty"))
    assert mend_listed(session, desk.vault, BOOK, desk.now) == 0
    assert seen(session, desk).severity == "serious"


def test_what_waits_on_the_stage_is_published_without_it(desk: Desk, session: Session) -> None:
    staged = desk.stage(graded("watch"))
    publish_staged(session, desk.vault, staged, "reviewer", desk.now)
    assert seen(session, desk).severity == ""


@pytest.mark.parametrize(("list_name", "kind"), KINDS.items())
def test_downloads_and_facets_say_the_kind_of_the_list_and_no_severity(
    desk: Desk, session: Session, list_name: str, kind: str
) -> None:
    desk.publish(graded(list_name, ""))
    table = RecordTable(BOOK, "serious_dishonesty", "https://credit.example")
    cells = dict(zip(table.titles, table.cells_of(seen(session, desk)), strict=True))
    assert (cells["信息类别"], cells["失信严重程度"]) == (kind, "")
    document = DocumentBuilder(BOOK).bare(session.execute(select(*COLUMNS)).one())
    assert ("severity", "serious") not in list(facet_values(document))
