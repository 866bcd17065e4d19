"""Reads PDF files as people and their programs do."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class ReadPaper:
    """A PDF file: its text, blanks and line ends left out, and what it says of itself."""

    title: str
    language: str
    pages: int
    text: str
    tags: Counter[str]
    links: frozenset[str]


def read_paper(pdf: bytes) -> ReadPaper:
    """Everything of a file."""
    reader = PdfReader(io.BytesIO(pdf))
    catalogue = reader.root_object
    texts = [page.extract_text() for page in reader.pages]
    return ReadPaper(
        title=str(reader.metadata.title if reader.metadata else ""),
        language=str(catalogue.get("/Lang")),
        pages=len(reader.pages),
        text="".join("".join(texts).split()),
        tags=Counter(_tags(catalogue.get("/StructTreeRoot"))),
        links=frozenset(_links(reader)),
    )


def text_of_paper(pdf: bytes) -> str:
    """The text alone, and where links lead."""
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
