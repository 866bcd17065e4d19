"""From cells to checked values: every problem of every row in one pass."""

from credit_site.domain.validation.header import HeaderMatch, match_header
from credit_site.domain.validation.recognising import recognise
from credit_site.domain.validation.rows import CheckedRow, RowChecker
from credit_site.domain.validation.values import Value

__all__ = ["CheckedRow", "HeaderMatch", "RowChecker", "Value", "match_header", "recognise"]
