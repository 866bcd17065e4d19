"""Proofs are all of one state, whatever is published and ended while they are handed out."""

from __future__ import annotations

import json
from itertools import islice

from sqlalchemy.orm import Session

from credit_site.extensions import db
from credit_site.models import Record
from credit_site.services.proofs import proof_lines
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import penalty
from tests.support.publishing import Desk


def test_what_is_published_or_ended_meanwhile_does_not_show(desk: Desk) -> None:
    desk.publish(*(penalty(number) for number in range(1, 1_002)))
    lines = proof_lines(desk.session, desk.now.date())
    (first,) = islice(lines, 1)
    with Session(db.engine) as other:
        end_record(other, desk.vault, 1_001, EndReason.REPAIRED, "t", desk.now)
        Desk(other, desk.vault, desk.now, files=9).publish(penalty(2_000))
    rest = b"".join(lines).decode().splitlines()
    assert json.loads(first)["ledger"]["seq"] == 1_001
    assert [json.loads(line)["form"]["id"] for line in rest] == list(range(1, 1_002))
    assert desk.session.get_one(Record, 1_001).salt is None
