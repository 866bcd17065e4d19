"""The description of the API (OpenAPI 3.1) as plain rows for the page that people read."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

Node = Mapping[str, Any]
_SCHEMA = "#/components/schemas/"
_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "小数",
    "boolean": "真假",
    "array": "列表",
    "object": "对象",
    "null": "null",
}
_GENERAL = ("400", "401", "429", "500")
_FORMATS = {"date": "日期", "date-time": "时间", "uri": "网址", "binary": "文件"}


class Exemplary(Protocol):
    """A call with something to try it with."""

    @property
    def id(self) -> str: ...
    @property
    def example(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A parameter or a key: of which type, where it leads (anchor or ""), what it is."""

    name: str
    type: str
    leads_to: str
    says: str
    note: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A status with its words; ``leads_to`` is the anchor of its schema or its problem."""

    status: str
    reason: str
    says: str
    leads_to: str
    name: str


@dataclass(frozen=True, slots=True)
class OperationView:
    """A call: where, what for, what it takes and answers, and how to try it."""

    anchor: str
    method: str
    path: str
    summary: str
    says: str
    parameters: tuple[FieldLine, ...]
    bodies: tuple[tuple[str, str, str], ...]
    answers: tuple[AnswerLine, ...]
    general: tuple[str, ...]
    """Statuses that every call may answer with."""
    curl: str


@dataclass(frozen=True, slots=True)
class SchemaView:
    """An object of the answers, key by key; ``kinds`` are its forms where it has several."""

    anchor: str
    name: str
    says: str
    fields: tuple[FieldLine, ...]
    kinds: tuple[str, ...]


class Docs:
    """Everything on the page, worked out once."""

    def __init__(self, document: Node, examples: Sequence[Exemplary], site: str) -> None:
        self.title: str = document["info"]["title"]
        self.says: str = document["info"]["description"]
        self.version: str = document["info"]["version"]
        self._document, self._site = document, site
        self._examples = {one.id: one.example for one in examples}
        self.operations = tuple(self._operations())
        self.schemas = tuple(
            _schema(name, node) for name, node in document["components"]["schemas"].items()
        )

    def _operations(self) -> Iterator[OperationView]:
        for path, methods in self._document["paths"].items():
            for method, node in methods.items():
                yield self._operation(path, method, node)

    def _operation(self, path: str, method: str, node: Node) -> OperationView:
        return OperationView(
            node["operationId"],
            method.upper(),
            path,
            node["summary"],
            node["description"],
            tuple(_parameter(one) for one in node.get("parameters", ())),
            tuple(_bodies(node)),
            tuple(one for one in self._answers(node) if one.status not in _GENERAL),
            tuple(status for status in node["responses"] if status in _GENERAL),
            self._curl(path, method, node),
        )

    def _answers(self, node: Node) -> Iterator[AnswerLine]:
        for status, said in node["responses"].items():
            reason = HTTPStatus(int(status)).phrase
            if "$ref" in said:
                kind = said["$ref"].rpartition("/")[2]
                says = self._document["components"]["responses"][kind]["description"]
                yield AnswerLine(status, reason, says, f"problem-{status}", "")
                continue
            content = said.get("content", {}).get("application/json", {}).get("schema", {})
            name = content.get("$ref", "").removeprefix(_SCHEMA)
            anchor = f"schema-{name}" if name else ""
            yield AnswerLine(status, reason, said["description"], anchor, name)

    def _curl(self, path: str, method: str, node: Node) -> str:
        example = self._examples[node["operationId"]]
        key = ' -H "Authorization: Bearer $KEY"' if {"bureauKey": []} in node["security"] else ""
        if method == "post":
            kind = "-H 'Content-Type: application/json'"
            for one in (one for one in node.get("parameters", ()) if one["in"] == "path"):
                path = path.replace(f"{{{one['name']}}}", str(one["example"]))
            return f"curl{key} {kind} \\\n  -d {shlex.quote(example)} \\\n  {self._site}{path}"
        address = path.partition("{")[0] + example
        return f"curl{key} {shlex.quote(self._site + address)}"


def _parameter(node: Node) -> FieldLine:
    kind, leads_to = _type(node["schema"])
    where = {"path": "写在地址里", "header": "写在请求头里", "query": ""}[node["in"]]
    default = node["schema"].get("default")
    note = where or (f"默认 {default}" if default is not None else "")
    return FieldLine(node["name"], kind, leads_to, node["description"], note)


def _bodies(node: Node) -> Iterator[tuple[str, str, str]]:
    for kind, said in node.get("requestBody", {}).get("content", {}).items():
        text, leads_to = _type(said["schema"])
        yield kind, text, leads_to


def _schema(name: str, node: Node) -> SchemaView:
    kinds = tuple(one["$ref"].removeprefix(_SCHEMA) for one in node.get("oneOf", ()))
    fields = tuple(_fields(node))
    return SchemaView(f"schema-{name}", name, node.get("description", ""), fields, kinds)


def _fields(node: Node, before: str = "") -> Iterator[FieldLine]:
    required = set(node.get("required", ()))
    for name, each in node.get("properties", {}).items():
        kind, leads_to = _type(each)
        says = "：".join(filter(None, (each.get("title"), each.get("description"))))
        note = "" if name in required else "可能没有"
        yield FieldLine(before + name, kind, leads_to, says, note)
        yield from _fields(each, f"{before}{name}.")


def _type(node: Node) -> tuple[str, str]:
    """A schema's type in words, and the anchor of the schema it speaks of."""
    if "$ref" in node:
        name = node["$ref"].removeprefix(_SCHEMA)
        return name, f"schema-{name}"
    if "anyOf" in node and "type" not in node:
        parts = [_type(one) for one in node["anyOf"]]
        return " 或 ".join(text for text, _ in parts), next((a for _, a in parts if a), "")
    if node.get("type") == "array":
        text, leads_to = _type(node["items"])
        return f"列表：{text}", leads_to
    return _plain(node), ""


def _plain(node: Node) -> str:
    given = node.get("type", "string")
    if given == "null":
        return "null"
    kinds = [given] if isinstance(given, str) else list(given)
    said = [_FORMATS.get(node.get("format", ""), _TYPES[kind]) for kind in kinds if kind != "null"]
    text = said[0] + _bounds(node)
    if "const" in node:
        text = f"“{node['const']}”"
    if 0 < len(shown := [value for value in node.get("enum", ()) if value]) <= 8:
        text = "、".join(map(str, shown))
    return f"{text} 或 null" if "null" in kinds else text


def _bounds(node: Node) -> str:
    if "maxLength" in node:
        least, most = node.get("minLength"), node["maxLength"]
        return f"，{most} 个字" if least == most else f"，最多 {most} 个字"
    if node.get("maximum", 2**53) < 10**6:
        return f"，{node['minimum']} 到 {node['maximum']:,}"
    return ""
