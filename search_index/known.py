"""What engines without columns of their own know of a document: everything compared, folded."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from search_index.documents import SearchDocument
from search_index.folded import (
    day_number,
    exact_keys,
    filter_values,
    folded_texts,
    largest_first,
    newest_first,
)
from search_index.folding import fold

NO_END = 1 << 40


@dataclass(frozen=True, slots=True)
class Known:
    """A document as it is compared; days as day numbers, ``amount`` in fen."""

    id: int
    position: int
    name: str
    day: int
    amount: int
    starts: int
    ends: int
    newest: int
    largest: int
    keys: frozenset[str]
    facets: frozenset[tuple[str, str]]
    texts: dict[str, str]

    @classmethod
    def of(cls, document: SearchDocument) -> Known:
        """Of a document."""
        last = document.publication_end
        return cls(
            id=document.id,
            position=document.position,
            name=fold(document.name),
            day=day_number(document.decided_on),
            amount=document.amount_fen,
            starts=day_number(document.publication_start),
            ends=day_number(last) if last else NO_END,
            newest=newest_first(document),
            largest=largest_first(document),
            keys=exact_keys(document),
            facets=frozenset(filter_values(document)),
            texts=folded_texts(document),
        )

    def to_stored(self) -> bytes:
        """Bytes for an index that stores fields."""
        return orjson.dumps(
            [
                self.id,
                self.position,
                self.name,
                self.day,
                self.amount,
                self.starts,
                self.ends,
                self.newest,
                self.largest,
                sorted(self.keys),
                sorted(self.facets),
                self.texts,
            ]
        )

    @classmethod
    def from_stored(cls, stored: bytes) -> Known:
        """From those bytes."""
        values = orjson.loads(stored)
        values[9] = frozenset(values[9])
        values[10] = frozenset((name, value) for name, value in values[10])
        return cls(*values)
