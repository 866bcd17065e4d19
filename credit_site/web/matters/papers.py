"""Files that come with a matter: told by their first bytes, limited in number and size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, cast

from werkzeug.datastructures import FileStorage

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.extensions import vault
from credit_site.services.file_store import FileStore
from credit_site.services.matters.opening import SentFile
from credit_site.web.bodies import uploads
from credit_site.web.frame import site_settings
from credit_site.web.scans import measured

MOST_FILES = 5
MOST_MEBIBYTES = 10
_MOST_BYTES = MOST_MEBIBYTES << 20
MOST_BODY = MOST_FILES * _MOST_BYTES + (1 << 18)
_LONGEST_NAME = 80


class PaperProblem(Exception):
    """A file is not taken; the text says in Chinese what to do."""


PROOF, AUTHORITY, MORE, TEST = "proof", "authority", "more", "test"
"""What a file is: a proof, what entitles an agent, what was asked for afterwards; of a test."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of the request that may be kept: nothing is stored yet."""

    role: str
    kind: str
    name: str
    sent: FileStorage


def checked_papers(name: str = "papers", role: str = PROOF) -> list[Paper]:
    """The files of the request under a field's name. Raises PaperProblem."""
    sent = uploads(name)
    if len(sent) > MOST_FILES:
        raise PaperProblem(f"最多附 {MOST_FILES} 个文件，您选了 {len(sent)} 个。")
    return [Paper(role, _kind(one), _plain(one.filename or ""), one) for one in sent]


def kept_papers(store: FileStore, role: str, name: str = "papers") -> list[SentFile]:
    """Keeps the files of the request, sealed. Raises PaperProblem; OSError on a full disk."""
    return [_kept(store, one) for one in checked_papers(name, role)]


def stored(papers: Iterable[Paper]) -> list[SentFile]:
    """Keeps files that were checked, sealed. Raises OSError on a full disk."""
    store = FileStore(site_settings().data_path / "files", vault())
    return [_kept(store, one) for one in papers]


def _kept(store: FileStore, one: Paper) -> SentFile:
    kept = store.keep_stream(cast("BinaryIO", one.sent.stream))
    return SentFile(one.role, one.kind, kept.size, kept.sha256, one.name)


def _kind(one: FileStorage) -> str:
    name = _plain(one.filename or "")
    kind, size = measured(cast("BinaryIO", one.stream))
    if size > _MOST_BYTES:
        raise PaperProblem(f"“{name}”超过了 {MOST_MEBIBYTES} MiB，请压缩或者分开以后再附。")
    if not size:
        raise PaperProblem(f"“{name}”是空的，没有内容，请核对以后重新选择。")
    if not kind:
        raise PaperProblem(f"“{name}”不是 PDF、JPG 或者 PNG 文件，请转换以后再附。")
    return kind


def _plain(name: str) -> str:
    """The last part of the name, printable, without the number of a person."""
    last = PurePath(name.replace("\\", "/")).name
    return mask_personal_numbers("".join(c for c in last if c.isprintable()))[-_LONGEST_NAME:]
