"""Nobody is named in a text that stays for ever: what has ended must be gone from everywhere."""

from __future__ import annotations

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from credit_site.models import Record
from credit_site.services.reviewing import NotPossible

_SHORTEST = 4
"""Characters of the shortest name that is told from an ordinary word."""


def names_nobody(session: Session, *texts: str) -> None:
    """Raises NotPossible where a text holds the name of anybody there is a record of."""
    for text in filter(None, texts):
        named = session.scalar(
            select(Record.subject_name)
            .where(
                func.length(Record.subject_name) >= _SHORTEST,
                literal(text).contains(Record.subject_name),
            )
            .limit(1)
        )
        if named is not None:
            raise NotPossible(
                f"文字里写了“{named}”：通报发布以后固定不变，这条信息终止公示以后就删不掉了。"
                "请不要写企业和个人的名称，可以写“某企业”，或者只写件数。"
            )
