"""The records of each register, as its TOML file says."""

from __future__ import annotations

from credit_site.domain.public_form import JsonValue
from credit_site.domain.rulebook import Field, FieldType, Register, Rulebook
from credit_site.domain.severity import SEVERITY_WORDS
from credit_site.web.api.description.shapes import (
    Schema,
    day,
    moment,
    or_null,
    ref,
    shape,
    truth,
    whole,
    words,
)

_MONEY = r"^[0-9]+\.[0-9]{2}$"


def record_name(register: str) -> str:
    """Name of the schema of a register's records: penalty → PenaltyRecord."""
    return "".join(part.title() for part in register.split("_")) + "Record"


def content_name(register: str) -> str:
    """Name of the schema of what is a register's own."""
    return "".join(part.title() for part in register.split("_")) + "Content"


def register_schemas(rulebook: Rulebook) -> dict[str, Schema]:
    """Record and content of each register, and ``Record``, which is any of them."""
    found: dict[str, Schema] = {}
    for register in rulebook.registers.values():
        found[record_name(register.name)] = _record(register, rulebook)
        found[content_name(register.name)] = _content(register, rulebook)
    names = {name: f"#/components/schemas/{record_name(name)}" for name in rulebook.registers}
    any_of: list[JsonValue] = [ref(record_name(name)) for name in rulebook.registers]
    found["Proof"] = _proof()
    found["Record"] = {
        "description": "一条公示信息；register 说明是哪一类，content 随之不同。",
        "oneOf": any_of,
        "discriminator": {"propertyName": "register", "mapping": dict(names)},
    }
    return found


def _record(register: Register, rulebook: Rulebook) -> Schema:
    lists: list[JsonValue] = ["", *rulebook.lists]
    return shape(
        f"一条{register.title}信息。",
        {
            "id": whole("公示编号，永久不变，不会再给别的信息用。", 1),
            "register": words("信息类别。", const=register.name),
            "subject_name": words("主体名称；自然人隐去名字。"),
            "uscc": words("统一社会信用代码；没有则为空。", maxLength=18),
            "document_number": words("文号，照决定书的写法。"),
            "agency": words("报送部门的标识。", enum=list(rulebook.agencies)),
            "division": words("区县的行政区划代码；不明则为空。", pattern="^([0-9]{6})?$"),
            "list": words("名单的标识；不是名单信息则为空。", enum=lists),
            "decided_on": or_null(day("作出决定或者列入的日期；原文没有则为 null。")),
            "amount_yuan": or_null(
                words("罚款与没收金额合计，元，两位小数，是文字；没有则为 null。", pattern=_MONEY)
            ),
            "severity": words("失信严重程度；不是失信名单的为空。", enum=["", *SEVERITY_WORDS]),
            "disputed": truth("是否有异议正在处理。"),
            "publication_start": day("开始公示的日期。"),
            "publication_end": or_null(day("公示的最后一天；没有期限则为 null。")),
            "revision": whole("第几稿；更正一次加一。", 1),
            "ledger_seq": whole("最近一次变动的账本号。", 1),
            "updated_at": moment("最近一次变动的时间。"),
            "url": words("网页的永久地址。", format="uri"),
            "content": ref(content_name(register.name)),
            "proof": ref("Proof"),
        },
    )


def _proof() -> Schema:
    return shape(
        "账本还散列了什么：凭它和这一条的其他内容，谁都能算出账本上的 content_hash。",
        {
            "salt": words("盐值，十六进制；停止公示时销毁。", pattern="^[0-9a-f]{32}$"),
            "rule": words("确定公示期限的规则版本。"),
            "subject_kind": words("主体的种类。"),
        },
    )


def _content(register: Register, rulebook: Rulebook) -> Schema:
    fields = {field.name: _field(field, rulebook, register) for field in register.public_fields}
    return shape(f"{register.title}登记的公开内容；没有填的不出现。", fields, optional=fields)


def _field(field: Field, rulebook: Rulebook, register: Register) -> Schema:
    described: Schema = {"title": field.title, "description": field.help}
    match field.type:
        case FieldType.DATE:
            return {"type": "string", "format": "date", **described}
        case FieldType.YUAN:
            return {"type": "string", "pattern": _MONEY, **described}
        case FieldType.CHOICES:
            return {"type": "array", "items": {"type": "string"}, **described}
        case FieldType.CHOICE if field.choices:
            return {"type": "string", "enum": list(field.choices), **described}
    longest = _longest(field, rulebook, register)
    return {"type": "string", **({"maxLength": longest} if longest else {}), **described}


def _longest(field: Field, rulebook: Rulebook, register: Register) -> int | None:
    """Most characters that any layout lets into a field; None where one sets no bound."""
    columns = [
        column.max_length or field.max_length
        for layout in rulebook.layouts.values()
        if layout.register == register.name
        for column in layout.columns
        if column.field == field.name
    ]
    bounds = [*columns, *([field.max_length] if field.max_length else [])]
    return None if not bounds or None in bounds else max(filter(None, bounds))
