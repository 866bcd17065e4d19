"""Whatever the bytes: a table, or words about why not; never another exception."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from credit_site.domain.errors import UnusableFile
from credit_site.intake import Limits, open_table
from tests.intake.files import csv_text, rezipped, xls_file, xlsx_file

LIMITS = Limits(max_seconds=20, max_memory_bytes=512 * 1024 * 1024)
XLSX_PARTS = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml")

Mutations = list[tuple[float, bytes]]
mutations = st.lists(
    st.tuples(st.floats(0, 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=4
)


@cache
def good(kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "good")
        if kind == "xls":
            return xls_file(path).read_bytes()
        return xlsx_file(path).read_bytes()


def mutated(content: bytes, changes: Mutations) -> bytes:
    """Bytes put over others at some places; an empty piece cuts off what follows."""
    for place, piece in changes:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + len(piece) :] if piece else content[
            : max(start, 1)
        ]  # fmt: skip
    return content


def is_read_or_refused(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(content)
        with suppress(UnusableFile):
            table = open_table(path, LIMITS)
            for number, cells in table.rows:
                assert number > table.header_row
                assert len(cells) == len(table.titles)


@given(changes=mutations, encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
@settings(max_examples=300)
def test_a_mutated_csv_is_read_or_refused(changes: Mutations, encoding: str) -> None:
    is_read_or_refused(mutated(csv_text().encode(encoding), changes))


@given(content=st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    is_read_or_refused(content)


@given(changes=mutations)
@settings(max_examples=100)
def test_a_mutated_xlsx_is_read_or_refused(changes: Mutations) -> None:
    is_read_or_refused(mutated(good("xlsx"), changes))


@given(changes=mutations, part=st.sampled_from(XLSX_PARTS))
@settings(max_examples=40)
def test_an_xlsx_with_a_mutated_part_is_read_or_refused(changes: Mutations, part: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a")
        source.write_bytes(good("xlsx"))
        changed = rezipped(
            source,
            Path(folder, "b"),
            lambda name, content: mutated(content, changes) if name == part else content,
        )
        is_read_or_refused(changed.read_bytes())


@given(changes=mutations)
@settings(max_examples=40)
def test_a_mutated_xls_is_read_or_refused(changes: Mutations) -> None:
    is_read_or_refused(mutated(good("xls"), changes))
