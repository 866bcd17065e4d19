"""The glossary: terms of law in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from credit_site.domain.rulebook_types import Basis


@dataclass(frozen=True, slots=True)
class Term:
    """A term of law in plain words; ``explains`` are fields of registers it stands for.

    ``field:list`` is a field on one list alone.
    """

    slug: str
    term: str
    plain: str
    basis: tuple[Basis, ...]
    pinyin: str = ""
    explains: tuple[str, ...] = ()
