"""What tantivy keeps of a document: tokens with their places, and numbers to filter and sort by.

No text is stored: hits are ids, and the words stand in the database.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson
import tantivy

from search_index.chinese_text import spaced_tokens
from search_index.documents import TEXT_FIELDS, SearchDocument
from search_index.folded import all_exact_keys, day_number, largest_first, newest_first
from search_index.known import NO_END
from search_index.queries import FACETS

SCHEMA_VERSION = "1"
_NUMBERS = ("position", "newest", "largest", "day", "amount", "starts", "ends")
_AMOUNT_BITS = 46


def schema() -> tantivy.Schema:
    """The schema; raise SCHEMA_VERSION with every change of it."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    for name in _NUMBERS:
        builder.add_unsigned_field(name, indexed=name in ("starts", "ends"), fast=True)
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(f"text_{name}", tokenizer_name="whitespace", index_option="position")
    return builder.build()


def json_documents(documents: Sequence[SearchDocument]) -> list[str]:
    """The documents as tantivy takes them in; many at a time is fastest."""
    texts = [document.texts.get(name, "") for document in documents for name in TEXT_FIELDS]
    tokens, width = spaced_tokens(texts), len(TEXT_FIELDS)
    return [
        _json_document(document, keys, tokens[at * width : (at + 1) * width])
        for at, (document, keys) in enumerate(
            zip(documents, all_exact_keys(documents), strict=True)
        )
    ]


def _json_document(document: SearchDocument, keys: list[str], tokens: list[str]) -> str:
    last = document.publication_end
    fields: dict[str, object] = {
        "id": document.id,
        "position": document.position,
        "newest": newest_first(document),
        "largest": largest_first(document),
        "day": day_number(document.decided_on),
        "amount": min(document.amount_fen, 1 << _AMOUNT_BITS),
        "starts": day_number(document.publication_start),
        "ends": day_number(last) if last else NO_END,
        "register": document.register,
        "agency": document.agency,
        "year": str(document.decided_on.year) if document.decided_on else "",
        "exact": keys,
        "category": list(document.categories),
    }
    for name in ("division", "violation_type", "campaign", "list_name", "severity"):
        if value := getattr(document, name):
            fields[name] = value
    for name, spaced in zip(TEXT_FIELDS, tokens, strict=True):
        if spaced:
            fields[f"text_{name}"] = spaced
    return orjson.dumps(fields).decode()
