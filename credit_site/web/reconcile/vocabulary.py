"""Types, properties and identifiers of the reconciliation service."""

from __future__ import annotations

from dataclasses import dataclass

from credit_site.domain.identifiers import is_uscc
from credit_site.domain.public_form import JsonValue

NAME_PREFIX = "name:"
"""Begins the identifier of a subject that has no code."""
TYPE: dict[str, JsonValue] = {"id": "organisation", "name": "市场主体"}


@dataclass(frozen=True, slots=True)
class Property:
    """Something that is known of a subject."""

    id: str
    name: str

    @property
    def said(self) -> dict[str, JsonValue]:
        """As the service says it."""
        return {"id": self.id, "name": self.name}


PROPERTIES = (
    Property("uscc", "统一社会信用代码"),
    Property("names", "用过的名称"),
    Property("penalties", "正在公示的行政处罚（条）"),
    Property("lists", "所在名单"),
    Property("latest_decision", "最近的决定日期"),
    Property("amount_yuan", "罚没金额合计（元）"),
    Property("url", "网页"),
)


def entity_id(uscc: str, name: str) -> str:
    """The lasting identifier of a subject: its code, else its name."""
    return uscc or NAME_PREFIX + name


def code_and_name(entity: str) -> tuple[str, str]:
    """The code or the name of an identifier; both empty for what is none."""
    if entity.startswith(NAME_PREFIX):
        return "", entity.removeprefix(NAME_PREFIX)
    return (entity, "") if is_uscc(entity) else ("", "")
