"""The catalogue in Turtle (W3C RDF 1.1): the same statements as its JSON-LD.

It knows what the catalogue uses: prefixes, named and nameless nodes, plain, typed and Chinese
values. The library that reads and writes all of RDF is used to test it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from credit_site.domain.public_form import JsonValue

Node = Mapping[str, JsonValue]


def turtle(document: Node) -> str:
    """A JSON-LD document of our own as Turtle."""
    prefixes = document["@context"]
    assert isinstance(prefixes, Mapping)
    lines = [f"@prefix {name}: <{address}> ." for name, address in prefixes.items()]
    return "\n".join([*lines, "", *_statements(document, set())]) + "\n"


def _statements(node: Node, told: set[str]) -> Iterator[str]:
    """What is said of a named node, then of the named nodes that it speaks of."""
    name = str(node["@id"])
    if name in told or len(node) == 1:
        return
    told.add(name)
    yield f"<{name}> {_pairs(node)} ."
    for value in _values(node):
        if isinstance(value, Mapping) and "@id" in value:
            yield from _statements(value, told)


def _values(node: Node) -> Iterator[JsonValue]:
    for key, value in node.items():
        if not key.startswith("@"):
            yield from value if isinstance(value, list) else [value]


def _pairs(node: Node) -> str:
    said = [f"a {node['@type']}"] if "@type" in node else []
    for key, value in node.items():
        if not key.startswith("@"):
            objects = value if isinstance(value, list) else [value]
            said.append(f"{key} {', '.join(map(_object, objects))}")
    return " ;\n    ".join(said)


def _object(value: JsonValue) -> str:
    if not isinstance(value, Mapping):
        return _quoted(str(value))
    if "@value" in value:
        return _literal(value)
    if "@id" in value:
        return _named(str(value["@id"]))
    return f"[ {_pairs(value)} ]"


def _literal(value: Node) -> str:
    text = _quoted(str(value["@value"]))
    if "@language" in value:
        return f"{text}@{value['@language']}"
    return f"{text}^^{value['@type']}"


def _named(name: str) -> str:
    return f"<{name}>" if "://" in name else name


def _quoted(text: str) -> str:
    """Turtle escapes in strings what JSON escapes, in the same way."""
    return json.dumps(text, ensure_ascii=False)
