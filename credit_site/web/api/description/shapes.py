"""Short words for JSON Schema (2020-12, the dialect of OpenAPI 3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from credit_site.domain.public_form import JsonValue

Schema = dict[str, JsonValue]


def shape(says: str, properties: Mapping[str, Schema], optional: Iterable[str] = ()) -> Schema:
    """An object; every property is there unless it is called optional."""
    left_out = set(optional)
    return {
        "type": "object",
        "description": says,
        "properties": dict(properties),
        "required": [name for name in properties if name not in left_out],
    }


def words(says: str, **more: JsonValue) -> Schema:
    """A text."""
    return {"type": "string", "description": says, **more}


def whole(says: str, low: int = 0, **more: JsonValue) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": low, "description": says, **more}


def truth(says: str) -> Schema:
    """True or false."""
    return {"type": "boolean", "description": says}


def day(says: str) -> Schema:
    """A day, YYYY-MM-DD."""
    return words(says, format="date")


def moment(says: str) -> Schema:
    """A moment with its offset from UTC."""
    return words(says, format="date-time")


def several(says: str, each: Schema) -> Schema:
    """A list."""
    return {"type": "array", "description": says, "items": each}


def counts(says: str) -> Schema:
    """Numbers by slug."""
    each: Schema = {"type": "integer", "minimum": 0}
    return {"type": "object", "description": says, "additionalProperties": each}


def or_null(schema: Schema) -> Schema:
    """The same, or null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    kind = schema["type"]
    return {**schema, "type": [kind, "null"]}


def ref(name: str) -> Schema:
    """A schema described elsewhere in the document."""
    return {"$ref": f"#/components/schemas/{name}"}
