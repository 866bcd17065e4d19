"""What tantivy keeps of a document: tokens with their places, and numbers to filter and sort by.

No text is stored: hits are ids, and the words stand in the database. Texts that stand in many
records alike (bureaus, articles of law, kinds) are kept as whole lines, each a term: a run is
looked for in the list of the lines. The kinds of a record are one value to count by, because a
column of single values counts ten times faster; so every column is filled, if only with "".
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson
import tantivy

from search_index.chinese_text import spaced_tokens
from search_index.documents import TEXT_FIELDS, SearchDocument
from search_index.folded import (
    all_exact_keys,
    day_number,
    largest_first,
    month_of,
    newest_first,
)
from search_index.folding import fold
from search_index.known import NO_END
from search_index.language import LONGEST
from search_index.queries import COUNTED

SCHEMA_VERSION = "4"
_NUMBERS = ("position", "newest", "largest", "day", "amount", "starts", "ends")
_AMOUNT_BITS = 46
_LONGEST_LINE = 20_000
"""Characters; a term of the index has at most 65,530 bytes."""
Held = dict[str, str | list[str]]
"""By text field its tokens with spaces between, or its lines."""
SHARED = frozenset({"agency", "basis", "category"})
"""Text fields that are kept as whole lines."""
TEXT = {name: f"{'lines' if name in SHARED else 'text'}_{name}" for name in TEXT_FIELDS}
"""The index's field of each text field."""
SEVERAL = "categories"
"""The column that the facet ``category`` is counted by: all of a record's, SEAM between them."""
SEAM = "\x03"
_OWN = tuple(name for name in TEXT_FIELDS if name not in SHARED)
_MOST_REMEMBERED = 4_096
_remembered: dict[str, list[str]] = {}


def schema() -> tantivy.Schema:
    """The schema; raise SCHEMA_VERSION with every change of it."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    for name in _NUMBERS:
        builder.add_unsigned_field(name, indexed=name in ("starts", "ends"), fast=True)
    for name in COUNTED:
        fast = name != "category"
        builder.add_text_field(name, fast=fast, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("branch", tokenizer_name="raw", index_option="basic")
    builder.add_text_field(SEVERAL, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("exact", tokenizer_name="raw", index_option="basic")
    for name, field in TEXT.items():
        if name in SHARED:
            builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
        else:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    return builder.build()


def json_documents(documents: Sequence[SearchDocument]) -> list[str]:
    """The documents as tantivy takes them in; many at a time is fastest."""
    keys = all_exact_keys(documents)
    own = spaced_tokens([d.texts.get(name, "") for d in documents for name in _OWN])
    shared = _shared_lines(documents)
    width, made = len(_OWN), []
    for at, document in enumerate(documents):
        held: Held = dict(zip(_OWN, own[at * width : (at + 1) * width], strict=True))
        texts = document.texts
        held |= {name: shared[texts[name]] for name in SHARED if name in texts}
        made.append(_json_document(document, keys[at], held))
    return made


def _shared_lines(documents: Sequence[SearchDocument]) -> dict[str, list[str]]:
    """The folded lines of the shared texts."""
    texts = {d.texts[name] for d in documents for name in SHARED if name in d.texts}
    if len(_remembered) > _MOST_REMEMBERED:
        _remembered.clear()
    for text in texts - _remembered.keys():
        lines = dict.fromkeys(part for line in text.split("\n") for part in _parts(fold(line)))
        _remembered[text] = list(lines)
    return _remembered


def _parts(line: str) -> list[str]:
    """The line; one too long for a term in parts that overlap by the longest query."""
    step = _LONGEST_LINE - LONGEST
    return [line[begin : begin + _LONGEST_LINE] for begin in range(0, len(line), step)]


def _json_document(document: SearchDocument, keys: list[str], held: Held) -> str:
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
        "category": document.categories,
        SEVERAL: SEAM.join(document.categories),
        "division": document.division,
        "violation_type": document.violation_type,
        "campaign": document.campaign,
        "list_name": document.list_name,
        "severity": document.severity,
        "month": month_of(document.decided_on),
        "product_field": document.product_field,
        "amount_band": document.amount_band,
        "branch": document.branch,
    }
    for name, words in held.items():
        if words:
            fields[TEXT[name]] = words
    return orjson.dumps(fields).decode()
