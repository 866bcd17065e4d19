"""Reading the same text only once: most columns hold few different ones."""

from __future__ import annotations

from credit_site.domain.cells import Cell
from credit_site.domain.validation.lost_cells import lost
from credit_site.domain.validation.values import Reader, Reading

_MOST = 16_384


class Remembering(dict[Cell, Reading]):
    """Readings by cell; only texts are kept, since 1, 1.0 and True are the same key."""

    def __init__(self, read: Reader) -> None:
        super().__init__({"": None, None: None})
        self.read = read

    def __missing__(self, cell: Cell) -> Reading:
        found = lost(cell) or self.read(cell)
        if isinstance(cell, str):
            if len(self) > _MOST:
                self.clear()
            self[cell] = found
        return found
