"""What a cell of a bureau's file can hold."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | int | float | bool | Decimal | date | datetime | time | timedelta | None
