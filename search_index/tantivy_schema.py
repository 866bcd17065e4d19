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
_TEXT = {name: f"text_{name}" for name in TEXT_FIELDS}
_SHARED = ("agency", "basis", "category")
_OWN = tuple(name for name in TEXT_FIELDS if name not in _SHARED)
_MOST_REMEMBERED = 4_096
_remembered: dict[str, str] = {}


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
        builder.add_text_field(_TEXT[name], tokenizer_name="whitespace", index_option="position")
    return builder.build()


def json_documents(documents: Sequence[SearchDocument]) -> list[str]:
    """The documents as tantivy takes them in; many at a time is fastest."""
    keys = all_exact_keys(documents)
    own = spaced_tokens([d.texts.get(name, "") for d in documents for name in _OWN])
    shared = _shared_tokens(documents)
    width, made = len(_OWN), []
    for at, document in enumerate(documents):
        tokens = dict(zip(_OWN, own[at * width : (at + 1) * width], strict=True))
        texts = document.texts
        tokens |= {name: shared[texts[name]] for name in _SHARED if name in texts}
        made.append(_json_document(document, keys[at], tokens))
    return made


def _shared_tokens(documents: Sequence[SearchDocument]) -> dict[str, str]:
    """Tokens of the texts that stand in many records alike: bureaus, articles of law, kinds."""
    texts = {d.texts[name] for d in documents for name in _SHARED if name in d.texts}
    if len(_remembered) > _MOST_REMEMBERED:
        _remembered.clear()
    new = [text for text in texts if text not in _remembered]
    _remembered.update(zip(new, spaced_tokens(new), strict=True))
    return _remembered


def _json_document(document: SearchDocument, keys: list[str], tokens: dict[str, str]) -> str:
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
    for name, spaced in tokens.items():
        if spaced:
            fields[_TEXT[name]] = spaced
    return orjson.dumps(fields).decode()
