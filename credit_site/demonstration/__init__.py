"""Invented records for trying and showing the site; nobody and nothing in them exists."""

from credit_site.demonstration.batches import Batch, batches
from credit_site.demonstration.files import write_csv, write_xlsx
from credit_site.demonstration.mistakes import Mistake, planted, with_mistakes
from credit_site.demonstration.records import rows
from credit_site.demonstration.sheets import titles

__all__ = [
    "Batch",
    "Mistake",
    "batches",
    "planted",
    "rows",
    "titles",
    "with_mistakes",
    "write_csv",
    "write_xlsx",
]
