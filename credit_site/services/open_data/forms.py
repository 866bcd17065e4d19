"""The forms in which records go out, and what people should know of each."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from credit_site.domain.rulebook import Rulebook
from credit_site.services.open_data.csv_form import CsvEncoder
from credit_site.services.open_data.json_form import JsonLinesEncoder
from credit_site.services.open_data.parquet_form import ParquetEncoder
from credit_site.services.open_data.reading import CELL_VALUES, RecordRow
from credit_site.services.open_data.table import RecordTable
from credit_site.services.open_data.xlsx_form import XlsxEncoder

T_contra = TypeVar("T_contra", contravariant=True)
T = TypeVar("T")


class Encoder(Protocol[T_contra]):
    """Makes bytes of rows as they come."""

    def begin(self) -> bytes:
        """What stands before the rows."""

    def rows(self, rows: Sequence[T_contra]) -> bytes:
        """What there is to send after some rows."""

    def end(self) -> bytes:
        """What stands behind them."""

    def close(self) -> None:
        """Lets go of what is held, at the end or before it; harmless twice."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What an encoder needs to know: which register, of which site, as of which moment."""

    rulebook: Rulebook
    register: str
    site: str
    moment: datetime | None

    @property
    def table(self) -> RecordTable:
        """The register's table."""
        return RecordTable(self.rulebook, self.register, self.site)


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its ending in addresses, its name, for whom it is, how it is made.

    ``in_pieces``: what some rows become does not depend on the rows before them. ``values``: how
    many of a row's first values it is made of, None: of all.
    """

    ending: str
    title: str
    media_type: str
    hint: str
    make: Callable[[Occasion], Encoder[RecordRow]]
    in_pieces: bool = False
    values: int | None = CELL_VALUES


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ALL = (
    Form(
        "csv",
        "CSV 表格",
        "text/csv",
        "双击即可用 Excel、WPS 打开（UTF-8，带 BOM）。",
        lambda it: CsvEncoder(it.table),
        in_pieces=True,
    ),
    Form(
        "plain.csv",
        "CSV（无 BOM）",
        "text/csv",
        "同上，不带 BOM，供数据库和脚本导入。",
        lambda it: CsvEncoder(it.table, bom=False),
        in_pieces=True,
    ),
    Form(
        "xlsx",
        "Excel 工作簿",
        _XLSX,
        "日期、金额已是单元格格式；超过 1,048,575 条的分在几个工作表。",
        lambda it: XlsxEncoder(it.table, it.moment),
    ),
    Form(
        "jsonl",
        "JSON Lines",
        "application/x-ndjson",
        "每行一条，与接口返回的相同，供编程处理。",
        lambda it: JsonLinesEncoder(it.site),
        in_pieces=True,
        values=None,
    ),
    Form(
        "parquet",
        "Parquet",
        "application/vnd.apache.parquet",
        "列式存储，类型齐全，供 Python、R、DuckDB 等分析。",
        lambda it: ParquetEncoder(it.table),
    ),
)
FORMS: Mapping[str, Form] = {form.ending: form for form in _ALL}


class Stream(Iterator[bytes], Generic[T]):
    """Records in a form, as bytes that are made as they are taken.

    To be closed; then ``let_go`` is called, once, whether it came to its end or not.
    """

    def __init__(
        self,
        batches: Iterator[Sequence[T]],
        encoder: Encoder[T],
        let_go: Callable[[], object],
    ) -> None:
        self._batches, self._encoder = batches, encoder
        self._let_go = [let_go]
        self._pieces = self._made()

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except BaseException:  # its end, or a failure: nothing more will come
            self.close()
            raise

    def close(self) -> None:
        """Ends it, wherever it is."""
        self._pieces.close()
        self._encoder.close()
        while self._let_go:
            self._let_go.pop()()

    def _made(self) -> Generator[bytes]:
        yield self._encoder.begin()
        for rows in self._batches:
            if found := self._encoder.rows(rows):
                yield found
        yield self._encoder.end()
