"""The description of the API (OpenAPI 3.1), generated from the rulebook's register files."""

from __future__ import annotations

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Rulebook
from credit_site.settings import Settings
from credit_site.web.api.description.operations import OPERATIONS, Operation
from credit_site.web.api.description.responses import COMMON_RESPONSES, responses
from credit_site.web.api.description.schemas import schemas
from credit_site.web.api.reading import Parameter

__all__ = ["OPERATIONS", "Operation", "document"]

VERSION = "1.0"
DIALECT = "https://spec.openapis.org/oas/3.1/dialect/base"
_SAYS = (
    "行政处罚和失信名单的公开数据。不用登记，不用密钥，只限制次数；任何网页都可以直接调用（CORS）。"
    "日期写作 YYYY-MM-DD，时间带时区，金额是以元为单位、两位小数的文字。"
    "将来可能增加新的键，请忽略不认识的；已有的键不会改变含义。"
    "停止公示的信息，请在您的副本里一并删除。"
)
_SCHEMES: dict[str, JsonValue] = {
    "readerKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "可以不带。用得多的单位向信用管理部门申请，次数按倍数放宽。",
    },
    "bureauKey": {
        "type": "http",
        "scheme": "bearer",
        "description": "各部门报送用的密钥，在工作台建立。",
    },
}


def document(settings: Settings, rulebook: Rulebook) -> dict[str, JsonValue]:
    """The whole description as JSON has it."""
    paths: dict[str, dict[str, JsonValue]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": DIALECT,
        "info": {"title": f"{settings.name}数据接口", "version": VERSION, "description": _SAYS},
        "servers": [{"url": settings.url}],
        "externalDocs": {"description": "接口文档", "url": f"{settings.url}/api/docs"},
        "paths": dict(paths),
        "components": {
            "schemas": dict(schemas(rulebook)),
            "responses": dict(COMMON_RESPONSES),
            "securitySchemes": _SCHEMES,
        },
    }


def _operation(operation: Operation) -> JsonValue:
    found: dict[str, JsonValue] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "description": operation.says,
        "security": [{"bureauKey": []}] if operation.for_bureaus else [{}, {"readerKey": []}],
        "responses": responses(operation),
    }
    parameters = [*_in_path(operation), *map(_in_query, operation.parameters)]
    if operation.idempotent:
        parameters.append(_IDEMPOTENCY_KEY)
    if parameters:
        found["parameters"] = parameters
    if operation.body:
        content = {kind: {"schema": schema} for kind, schema in operation.body.items()}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _in_path(operation: Operation) -> list[JsonValue]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": schema["description"],
            "schema": schema,
            "example": example,
        }
        for name, (schema, example) in operation.in_path.items()
    ]


def _in_query(parameter: Parameter) -> JsonValue:
    found: dict[str, JsonValue] = {
        "name": parameter.name,
        "in": "query",
        "description": parameter.says,
        "schema": dict(parameter.schema),
    }
    if parameter.example is not None:
        found["example"] = parameter.example
    return found


_IDEMPOTENCY_KEY: JsonValue = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "自己定的编号，同一份内容重发时不变，不会重复报送。",
    "schema": {"type": "string", "maxLength": 100},
    "example": "2026-06-01-0001",
}
