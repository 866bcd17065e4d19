"""Reads PDF files as people and their programs do."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class ReadPaper:
    """A PDF file: its text, blanks and line ends left out, and what it says of itself.

    Only what somebody asks for is looked for: a long paper takes seconds for each.
    """

    reader: PdfReader

    @property
    def title(self) -> str:
        return str(self.reader.metadata.title if self.reader.metadata else "")

    @property
    def language(self) -> str:
        return str(self.reader.root_object.get("/Lang"))

    @property
    def pages(self) -> int:
        return len(self.reader.pages)

    @cached_property
    def text(self) -> str:
        texts = [page.extract_text() for page in self.reader.pages]
        return "".join("".join(texts).split())

    @cached_property
    def tags(self) -> Counter[str]:
        return Counter(_tags(self.reader.root_object.get("/StructTreeRoot")))

    @cached_property
    def links(self) -> frozenset[str]:
        return frozenset(_links(self.reader))


def read_paper(pdf: bytes) -> ReadPaper:
    """A file, to be asked."""
    return ReadPaper(PdfReader(io.BytesIO(pdf)))


@lru_cache(maxsize=16)
def text_of_paper(pdf: bytes) -> str:
    """The text alone, and where links lead; the same file is read once."""
    paper = read_paper(pdf)
    return "\n".join([paper.title, paper.text, *paper.links])


def _tags(found: Any) -> Iterator[str]:  # noqa: ANN401  # the library's objects are untyped
    node = found.get_object() if found is not None else None
    if isinstance(node, list):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node and not isinstance(node["/K"], int):
            yield from _tags(node["/K"])


def _links(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        for one in page.get("/Annots") or ():
            action = one.get_object().get("/A")
            if action is not None and "/URI" in action:
                yield str(action["/URI"])
