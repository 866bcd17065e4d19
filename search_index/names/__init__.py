"""What is known about names: their parts, their sounds, their look-alikes, and how like two are.

Everything here works on one name, or two, and knows no index. Words and look-alike characters are
data (words.toml, shapes.toml); readings come from the data file of pypinyin.
"""

from __future__ import annotations

from search_index.names.beginning import nearly_begins
from search_index.names.keys import alike_keys, beginning_keys
from search_index.names.likeness import THRESHOLD, Likeness, likeness
from search_index.names.parts import NameParts, split_name
from search_index.names.places import Places
from search_index.names.sounds import initials, readings, spellings

__all__ = [
    "THRESHOLD",
    "Likeness",
    "NameParts",
    "Places",
    "alike_keys",
    "beginning_keys",
    "initials",
    "likeness",
    "nearly_begins",
    "readings",
    "spellings",
    "split_name",
]
