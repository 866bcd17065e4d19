"""Holding answers to the description of the API: status, headers, kind of content, schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.test import TestResponse

Node = dict[str, Any]


@dataclass
class Described:
    """The description as it is published, with every object closed: no key goes unmentioned."""

    document: Node
    seen: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, client: FlaskClient) -> Described:
        """Fetches it."""
        found = client.get("/api/v1/openapi.json").get_json()
        assert isinstance(found, dict)
        return cls(found)

    def operations(self) -> Iterator[tuple[str, str, Node]]:
        """Path, method and description of every call."""
        for path, methods in self.document["paths"].items():
            yield from ((path, method, node) for method, node in methods.items())

    def promised(self) -> set[tuple[str, str]]:
        """Every call (by its id) with every status it says it may answer with."""
        return {
            (node["operationId"], status)
            for _, _, node in self.operations()
            for status in node["responses"]
        }

    def check(self, operation: str, answer: TestResponse) -> None:
        """Asserts that an answer is one that the call promises."""
        (node,) = [one for _, _, one in self.operations() if one["operationId"] == operation]
        status = str(answer.status_code)
        assert status in node["responses"], f"{operation} answers {status}"
        self.seen.add((operation, status))
        said = self._resolved(node["responses"][status])
        for name in said.get("headers", {}):
            assert name in answer.headers, f"{operation} {status} lacks {name}"
        content = said.get("content", {})
        if not content:
            assert not answer.data, f"{operation} {status} has a body"
            return
        assert answer.content_type in content, f"{operation} {status}: {answer.content_type}"
        self.validate(content[answer.content_type]["schema"], answer.get_json(force=True))

    def validate(self, schema: Node, value: object) -> None:
        """Asserts that a value fits a schema of the document."""
        components = {"schemas": closed(self.document["components"]["schemas"])}
        whole = {**schema, "components": components}
        checker = Draft202012Validator(whole, format_checker=FormatChecker())
        faults = [f"{error.json_path}: {error.message}" for error in checker.iter_errors(value)]
        assert not faults, "\n".join(faults)

    def _resolved(self, node: Node) -> Node:
        if "$ref" not in node:
            return node
        name = node["$ref"].rpartition("/")[2]
        found: Node = self.document["components"]["responses"][name]
        return found


def closed(node: Any) -> Any:  # noqa: ANN401  # any part of a JSON document
    """A schema in which objects have no other keys than those that are described."""
    if isinstance(node, list):
        return [closed(one) for one in node]
    if not isinstance(node, Mapping):
        return deepcopy(node)
    found = {name: closed(value) for name, value in node.items()}
    if isinstance(found.get("properties"), dict) and found.get("type") == "object":
        found.setdefault("additionalProperties", False)
    return found
