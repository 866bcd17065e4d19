"""Files of bureaus: bytes become rows, and rows become templates and annotated workbooks."""

from credit_site.intake.annotated import annotated_pieces, write_annotated
from credit_site.intake.header import ERROR_COLUMN_TITLE
from credit_site.intake.layout_titles import known_titles
from credit_site.intake.limits import Limits
from credit_site.intake.shaping import Row
from credit_site.intake.sniffing import Kind
from credit_site.intake.tables import EXAMPLE_MARK, Table, open_table
from credit_site.intake.template import write_template

__all__ = [
    "ERROR_COLUMN_TITLE",
    "EXAMPLE_MARK",
    "Kind",
    "Limits",
    "Row",
    "Table",
    "annotated_pieces",
    "known_titles",
    "open_table",
    "write_annotated",
    "write_template",
]
