"""Batches into the tables of a front-end exchange database (前置库), and receipts out of it.

Three tables: one of the profile's rows, one of batches (a batch that stands there is complete),
one in which the platform writes its receipts. Names are given to SQLAlchemy in lower case, which
means: however the database folds them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import orjson
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from credit_site.domain.exchange_types import Control
from credit_site.domain.rulebook import ExchangeProfile, Rulebook
from credit_site.models.types import BigId
from credit_site.services.exchange.parcels import Parcel, Part, manifest, other_batch
from credit_site.services.exchange.terms import ExchangeProblem

_AT_ONCE = 500
_MOST_RECEIPTS = 10_000
_SECONDS = 5
_PATIENCE = {
    "psycopg": {"connect_timeout": _SECONDS},
    "pymysql": {"connect_timeout": _SECONDS},
    "oracledb": {"tcp_connect_timeout": _SECONDS},
    "pysqlite": {"timeout": _SECONDS},
}
_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "oracle": "oracle+oracledb",
}
_EXAMPLE = "例如 postgresql://用户名:密码@front.example:5432/库名"


def address_of(text: str, root: Path) -> URL:
    """The address that was typed, with the driver that is meant. Raises ExchangeProblem.

    An SQLite file must lie below the root of the exchange folders.
    """
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError) as error:
        raise ExchangeProblem(f"看不懂这个数据库地址，{_EXAMPLE}。") from error
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.get_backend_name() == "sqlite":
        place = Path(url.database or ":memory:").absolute().resolve()
        if not place.is_relative_to(root.resolve()) or place == root.resolve():
            raise ExchangeProblem("SQLite 数据库文件必须放在交换目录以内。")
    elif not url.host and "host" not in url.query:
        raise ExchangeProblem(f"数据库地址里没有主机，{_EXAMPLE}。")
    return url


class DatabaseTarget:
    """Delivers into one database."""

    def __init__(self, url: URL, profile: ExchangeProfile, rulebook: Rulebook) -> None:
        self._url = url
        self.tables = FrontEndTables(profile, rulebook)

    def check(self) -> None:
        """Connects, and makes or compares the tables. Raises ExchangeProblem."""
        with self.connected() as connection:
            self.tables.prepare(connection)

    def deliver(self, parcel: Parcel) -> str:
        """Writes all of it in one transaction; returns the manifest. Raises ExchangeProblem.

        A batch that stands there already is left alone; of one broken off nothing is there.
        """
        part = _digest(parcel)
        with self.connected() as connection:
            if not self._stands(connection, parcel, part):
                self._write(connection, parcel, part)
        return manifest(parcel, part)

    def receipts(self, batches: str) -> list[dict[str, object]]:
        """Receipts not read yet of batches whose names begin so. Raises ExchangeProblem.

        Columns of fixed width come with blanks. What begins otherwise is left to other senders.
        """
        table = self.tables.receipts
        named = func.trim(table.c.batch_no).startswith(batches, autoescape=True)
        query = select(table).where(table.c.read_at.is_(None), named)
        with self.connected() as connection:
            found = connection.execute(query.order_by(table.c.id).limit(_MOST_RECEIPTS))
            return [dict(row) for row in found.mappings()]

    def receipts_read(self, ids: Sequence[int], moment: str) -> None:
        """Marks receipts as read. Raises ExchangeProblem."""
        table = self.tables.receipts
        with self.connected() as connection:
            for begin in range(0, len(ids), _AT_ONCE):
                part = ids[begin : begin + _AT_ONCE]
                change = update(table).where(table.c.id.in_(part)).values(read_at=moment)
                connection.execute(change)

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """A connection in a transaction. Raises ExchangeProblem, without any of the address."""
        try:
            engine = self._engine()
        except (NoSuchModuleError, ImportError) as error:
            name = self._url.get_backend_name()
            raise ExchangeProblem(
                f"本站没有安装连接 {name} 数据库的驱动，请系统管理员安装后再试。"
            ) from error
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise ExchangeProblem(_reason(error)) from None
        except SQLAlchemyError as error:
            raise ExchangeProblem("前置库不接受读写，请核对表结构和权限。") from error
        finally:
            engine.dispose()

    def _engine(self) -> Engine:
        patience = _PATIENCE.get(self._url.get_driver_name(), {})
        return create_engine(
            self._url, poolclass=NullPool, connect_args=patience, hide_parameters=True
        )

    def _stands(self, connection: Connection, parcel: Parcel, part: Part) -> bool:
        batches = self.tables.batches
        query = select(batches.c.sha256).where(batches.c.batch_no == parcel.name)
        there = connection.scalar(query)
        if there not in (None, part.sha256):
            raise other_batch(parcel.name)
        return there is not None

    def _write(self, connection: Connection, parcel: Parcel, part: Part) -> None:
        rows, batches = self.tables.rows, self.tables.batches
        number = rows.c[self.tables.batch_column]
        connection.execute(delete(rows).where(number == parcel.name))
        codes = [code.lower() for code, _ in parcel.columns]
        many: list[Mapping[str, str]] = []
        for cells in parcel.rows():
            plain = (text.replace("\0", "") for text in cells)  # PostgreSQL has no such character
            many.append(dict(zip(codes, plain, strict=True)))
            if len(many) == _AT_ONCE:
                connection.execute(insert(rows), many)
                many = []
        if many:
            connection.execute(insert(rows), many)
        connection.execute(
            insert(batches),
            {
                "batch_no": parcel.name,
                "profile": parcel.profile.name,
                "version": parcel.version,
                "total_rows": parcel.total,
                "cut_at": parcel.moment.isoformat(timespec="seconds"),
                "sha256": part.sha256,
            },
        )


class FrontEndTables:
    """The tables of one profile; every column but the batch's own counters holds text."""

    def __init__(self, profile: ExchangeProfile, rulebook: Rulebook) -> None:
        data, control = MetaData(), rulebook.exchange.columns
        names = {column.what: column.code.lower() for column in control}
        self.batch_column = names[Control.BATCH]
        keys = (names[Control.BATCH], names[Control.ROW])
        own = profile.columns_of(rulebook.layouts[profile.layout])
        self.rows = Table(
            profile.table.lower(),
            data,
            *(Column(name, String(80), primary_key=True) for name in keys),
            *(
                Column(name, String(200), index=what is Control.ID)
                for what, name in names.items()
                if name not in keys
            ),
            *(Column(one.code.lower(), Text) for one in own),
        )
        self.batches = Table(
            "ex_batches",
            data,
            Column("batch_no", String(80), primary_key=True),
            Column("profile", String(40)),
            Column("version", String(20)),
            Column("total_rows", Integer),
            Column("cut_at", String(40)),
            Column("sha256", String(64)),
        )
        self.receipts = Table(
            rulebook.exchange.receipts.table.lower(),
            data,
            Column("id", BigId, primary_key=True),
            *(Column(name, String(200)) for name in RECEIPT_CODES.values() if name != "reason"),
            Column("reason", Text),
            Column("read_at", String(40)),
        )
        self.all: Sequence[Table] = (self.rows, self.batches, self.receipts)

    def prepare(self, connection: Connection) -> None:
        """Makes what is missing; raises ExchangeProblem where a table has other columns."""
        known = inspect(connection)
        for table in self.all:
            if not known.has_table(table.name):
                table.create(connection)
                continue
            there = {str(column["name"]).lower() for column in known.get_columns(table.name)}
            missing = [column.name for column in table.columns if column.name not in there]
            if missing:
                raise ExchangeProblem(
                    f"前置库的表 {table.name} 缺少这些列：{'、'.join(missing)}。"
                    "请按本格式的建表语句补上。"
                )


RECEIPT_CODES = {
    "batch": "batch_no",
    "row": "row_no",
    "id": "row_id",
    "number": "cf_wsh",
    "uscc": "cf_xdr_shxym",
    "result": "result",
    "reason": "reason",
}
"""What a receipt says, and the column of the receipts' table in which it says so."""


def _digest(parcel: Parcel) -> Part:
    digest = hashlib.sha256()
    for cells in parcel.rows():
        digest.update(orjson.dumps(cells) + b"\n")
    return Part(parcel.profile.table, 0, digest.hexdigest())


def _reason(error: DBAPIError) -> str:
    """What to do, by the kind of error; what the driver says may hold names and passwords."""
    if error.connection_invalidated or "connect" in str(error.orig).lower():
        return (
            "连不上前置库：请核对主机、端口、库名、用户名和密码，以及防火墙；修好以后会自动再送。"
        )
    return "前置库不接受读写：请核对用户的建表、增删改权限和表的列，然后在通道页面按“试一试”。"


def table_statements(profile: ExchangeProfile, rulebook: Rulebook) -> str:
    """The statements that make the tables, as PostgreSQL has them."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's own form
    tables = FrontEndTables(profile, rulebook).all
    made = (str(CreateTable(table).compile(dialect=dialect)).strip() for table in tables)
    return ";\n\n".join(made) + ";\n"
