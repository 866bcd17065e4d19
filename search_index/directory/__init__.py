"""The directory of names: every name that stands in a visible record, once, and how to find it.

Beside the index of records, because a name is asked for in other ways than a text: by how it
begins while it is typed, by its pinyin, by likeness, by its code.
"""

from __future__ import annotations

from search_index.directory.store import NameDirectory, open_directory
from search_index.directory.values import KnownName, NamedRecord, NearName

__all__ = ["KnownName", "NameDirectory", "NamedRecord", "NearName", "open_directory"]
