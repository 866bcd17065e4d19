"""Statements by the shape of a selection find what the selection itself finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from credit_site.domain.entries import Entry
from credit_site.services.feed_changes import positions, standing_positions
from credit_site.services.public_records import Selection, latest
from credit_site.services.publication import EndReason, end_record
from credit_site.services.record_keys import keys_of, latest_keys
from credit_site.services.whereabouts import standing
from tests.support.entries import CODE, penalty, saying
from tests.support.publishing import Desk
from tests.web.invented import listed

TODAY = date(2026, 6, 1)
SELECTIONS = (
    Selection(),
    Selection(register="penalty"),
    Selection(agency="commerce"),
    Selection(division="410102", register="penalty"),
    Selection(uscc=CODE),
    Selection(campaign="100%清风_/行动"),
    Selection(campaign="100"),
    Selection(list_name="serious-dishonesty"),
    Selection(list_name="serious-dishonesty", branch="intellectual-property"),
    Selection(branch="intellectual_property"),
    Selection(branch="%"),
    Selection(above=2),
    Selection(above=1, upto=4),
)


def on_list(number: int) -> Entry:
    return saying(listed(number), branch="intellectual-property")


@pytest.fixture
def published(desk: Desk) -> Desk:
    elsewhere = penalty(2, agency="commerce", division="410102")
    desk.publish(penalty(1), saying(elsewhere, campaign="100%清风_/行动"), on_list(3), listed(4))
    desk.publish(penalty(5), penalty(6), penalty(7, publication_start=date(2026, 9, 1)))
    end_record(desk.session, desk.vault, 5, EndReason.REPAIRED, "t", desk.now)
    return desk


@pytest.mark.parametrize("selection", SELECTIONS, ids=str)
def test_the_newest_of_a_selection_are_the_same_whichever_way_they_are_asked_for(
    published: Desk, selection: Selection
) -> None:
    session = published.session
    found = [(one.id, one.ledger_seq) for one in latest(session, TODAY, selection, 3)]
    assert latest_keys(session, TODAY, selection, 3) == found
    seqs = [seq for _, seq in found]
    assert standing_positions(session, TODAY, selection, 3) == seqs
    assert set(seqs) <= set(positions(session, selection, 50))
    ids = [1, 2, 3, 4, 5, 6, 7, 99]
    every = {one.id for one in latest(session, TODAY, selection)}
    assert standing(session, TODAY, selection, ids) == every


def test_one_statement_serves_every_selection_of_its_shape(published: Desk) -> None:
    session = published.session
    wanted = Selection(agency="commerce")
    assert [id_ for id_, _ in latest_keys(session, TODAY, wanted, 50)] == [2]
    other = replace(wanted, agency="market-supervision")
    assert 2 not in {id_ for id_, _ in latest_keys(session, TODAY, other, 50)}


def test_keys_of_numbers_come_in_the_order_asked_for_and_of_the_visible_alone(
    published: Desk,
) -> None:
    found = keys_of(published.session, [6, 5, 99, 1, 7], TODAY)
    assert [id_ for id_, _ in found] == [6, 1]
    assert keys_of(published.session, [], TODAY) == []
