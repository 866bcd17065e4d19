"""Batches into a folder: files appear whole and only once, the manifest last of all."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from credit_site.domain.exchange_types import FileFormat
from credit_site.domain.rulebook import Rulebook
from credit_site.intake.exchange_files import ExchangeSheet, write_exchange
from credit_site.intake.exchange_schema import schema_of
from credit_site.services.exchange.parcels import Parcel, Part, manifest, other_batch
from credit_site.services.exchange.terms import ExchangeProblem

RECEIPTS = "receipts"
_PRIVATE, _SHARED = 0o600, 0o640
_PART = re.compile(r"[0-9A-Za-z_\u4e00-\u9fff][0-9A-Za-z_.\-\u4e00-\u9fff]{0,59}")
_DEEPEST = 4


def folder_below(root: Path, wanted: str) -> Path:
    """The folder of that name below the root, whatever links lie on the way.

    Raises ExchangeProblem for a name that leads out of it or that a receiver could not type.
    """
    if wanted.strip().startswith(("/", "\\", "~")):
        raise ExchangeProblem(
            "请写交换目录下面的文件夹名称，例如 省平台/处罚，不写从 / 开始的完整路径；"
            "交换目录本身由系统管理员在设置里指定。"
        )
    parts = wanted.strip().rstrip("/").split("/")
    if len(parts) > _DEEPEST or not all(map(_PART.fullmatch, parts)):
        raise ExchangeProblem(
            "文件夹名称只用汉字、字母、数字、下划线、横线和点，可以用 / 分层（最多四层），"
            "例如 省平台/处罚。"
        )
    if parts[-1] == RECEIPTS:
        raise ExchangeProblem("receipts 是放回执的文件夹，请换一个名称。")
    place = root.joinpath(*parts)
    if not place.resolve().is_relative_to(root.resolve()):
        raise ExchangeProblem("这个文件夹通向交换目录以外，不能使用。请换一个名称。")
    return place


class FolderTarget:
    """Delivers into one folder."""

    def __init__(self, folder: Path, rulebook: Rulebook) -> None:
        self._folder, self._rulebook = folder, rulebook

    def check(self) -> None:
        """Makes the folders and tries to write. Raises ExchangeProblem."""
        try:
            (self._folder / RECEIPTS).mkdir(parents=True, exist_ok=True)
            self._settle(".writable", _PRIVATE, lambda stream: stream.write(b""))
            (self._folder / ".writable").unlink()
        except OSError as error:
            raise _problem(error) from error

    def deliver(self, parcel: Parcel) -> str:
        """Writes the files; returns the manifest. Raises ExchangeProblem.

        Done again after it was broken off, it writes the same bytes under the same names.
        """
        try:
            (self._folder / RECEIPTS).mkdir(parents=True, exist_ok=True)
            return self._deliver(parcel)
        except OSError as error:
            raise _problem(error) from error

    def _deliver(self, parcel: Parcel) -> str:
        mode = _PRIVATE if parcel.personal else _SHARED
        profile = parcel.profile
        if parcel.format is FileFormat.XML and parcel.version == profile.version:
            schema = schema_of(profile, self._rulebook)
            name = f"{profile.name}-{profile.version}.xsd"
            self._settle(name, _SHARED, lambda stream: stream.write(schema))
        sheet = _sheet(parcel)
        file = f"{parcel.name}.{parcel.format.value}"
        draft = self._draft(file, mode, lambda out: write_exchange(parcel.format, sheet, out))
        text = manifest(parcel, _part(draft, file))
        there = self._folder / f"{parcel.name}.json"
        if there.exists() and there.read_bytes() != text.encode():
            draft.unlink()
            raise other_batch(parcel.name)
        self._publish(draft, file)
        self._settle(f"{parcel.name}.json", _SHARED, lambda stream: stream.write(text.encode()))
        return text

    def _settle(self, name: str, mode: int, fill: Callable[[BinaryIO], object]) -> None:
        self._publish(self._draft(name, mode, fill), name)

    def _draft(self, name: str, mode: int, fill: Callable[[BinaryIO], object]) -> Path:
        """A draft left behind by a process that was killed is written over."""
        draft = self._folder / f".{name}.draft"
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "w+b") as stream:
            os.fchmod(stream.fileno(), mode)
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        return draft

    def _publish(self, draft: Path, name: str) -> None:
        draft.replace(self._folder / name)
        descriptor = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sheet(parcel: Parcel) -> ExchangeSheet:
    about = {"profile": parcel.profile.name, "version": parcel.version, "name": parcel.name}
    encoding = parcel.profile.csv_encoding
    return ExchangeSheet(parcel.columns, parcel.rows(), parcel.moment, encoding, about)


def _part(path: Path, name: str) -> Part:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Part(name, path.stat().st_size, digest)


def _problem(error: OSError) -> ExchangeProblem:
    return ExchangeProblem(
        f"写不进交换文件夹（{error.strerror or '读写错误'}）。"
        "请系统管理员检查文件夹是否存在、权限和磁盘空间；修好以后会自动再送。"
    )
