"""What the statistics have counted: of each record what it counts for, and the sums.

No text of a record stays here when it ends: a value that no record has any more is deleted.
"""

from __future__ import annotations

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from credit_site.extensions import Base
from credit_site.models.types import BigId


class StatisticsFact(Base):
    """A record that was counted: its first and last day of publication, and its tallies.

    Days are day numbers (``date.toordinal``); ``tallies`` are ids, commas between.
    """

    __tablename__ = "statistics_facts"
    __table_args__ = (Index(None, "starts"), Index(None, "ends"))

    record_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    starts: Mapped[int]
    ends: Mapped[int]
    tallies: Mapped[str] = mapped_column(String(400))


class StatisticsTally(Base):
    """How many records with one value of one dimension are shown on the day counted for.

    ``facts`` is how many facts speak of it, whatever their days.
    """

    __tablename__ = "statistics_tallies"
    __table_args__ = (
        UniqueConstraint("dimension", "value"),
        Index(None, "dimension", "records"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    dimension: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(200))
    records: Mapped[int]
    facts: Mapped[int]


class StatisticsDeparture(Base):
    """How many entries came on a list in one month and left it in another (2026-05)."""

    __tablename__ = "statistics_departures"

    list_name: Mapped[str] = mapped_column(String(40), primary_key=True)
    came: Mapped[str] = mapped_column(String(7), primary_key=True)
    gone: Mapped[str] = mapped_column(String(7), primary_key=True)
    records: Mapped[int]
