"""How much a file may ask of us."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one uploaded file; sizes in bytes, times in seconds.

    ``max_ratio`` is uncompressed to compressed size of one part of a zip, ``max_memory_bytes``
    and ``max_seconds`` bound the separate process that reads a workbook.
    """

    max_bytes: int = 512 * MEBIBYTE
    max_rows: int = 200_000
    max_columns: int = 200
    max_uncompressed_bytes: int = 1024 * MEBIBYTE
    max_ratio: int = 200
    max_cell_chars: int = 32_767
    max_parts: int = 2_000
    max_memory_bytes: int = 1536 * MEBIBYTE
    max_seconds: int = 300
