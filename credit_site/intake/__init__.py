"""Files of bureaus: bytes become rows, and rows become templates and annotated workbooks."""

from credit_site.intake.header import ERROR_COLUMN_TITLE
from credit_site.intake.limits import Limits
from credit_site.intake.sniffing import Kind
from credit_site.intake.tables import EXAMPLE_MARK, Table, open_table

__all__ = ["ERROR_COLUMN_TITLE", "EXAMPLE_MARK", "Kind", "Limits", "Table", "open_table"]
