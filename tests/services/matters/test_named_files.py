"""Every column that names a kept file is asked before a file is thrown away."""

from __future__ import annotations

from sqlalchemy import String

from credit_site.extensions import Base
from credit_site.services import kept_files

SHA256_LENGTH = 64
NO_FILES = {
    "accounts.fs_uniquifier",
    "accounts.tf_primary_method",
    "drafts.token",
    "listing_cases.key",
    "matters.form_key",
}
"""As long as a SHA-256, and names no file."""


def test_no_column_that_could_name_a_file_is_forgotten() -> None:
    asked = {f"{one.class_.__tablename__}.{one.key}" for one in kept_files._NAMING}
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String) and column.type.length == SHA256_LENGTH
    }
    assert columns - asked <= NO_FILES, "does it name a kept file? then kept_files must ask it"
    assert asked <= columns
