"""What is said publicly to whoever stood on a list by an error; it names nobody."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from credit_site.models import Apology, ListingCase

MISTAKEN = "error"
"""The reason of an ending for which an apology is due to whoever stood on a list."""


def apologies_of(session: Session, record_ids: Collection[int]) -> dict[int, str]:
    """The apologies by the numbers of their records, from cases and beside them."""
    if not record_ids:
        return {}
    query = select(ListingCase.record_id, ListingCase.apology).where(
        ListingCase.record_id.in_(record_ids), ListingCase.apology != ""
    )
    said = {number: text for number, text in session.execute(query) if number is not None}
    without_case = select(Apology).where(Apology.record_id.in_(record_ids))
    return said | {one.record_id: one.words for one in session.scalars(without_case)}


def apology_for(session: Session, record_id: int) -> str:
    """The apology for one record; "" for none."""
    return apologies_of(session, [record_id]).get(record_id, "")
