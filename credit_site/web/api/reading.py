"""Parameters of the API: described once, for the documentation and for those who slip.

Pages take a mistyped parameter for its default; a program is told which one it is: a filter that
is misspelt must not widen a search unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from flask import Response

from credit_site.domain.public_form import JsonValue
from credit_site.web.api.answers import problem
from credit_site.web.parameters import LONGEST_TEXT, given, read

T = TypeVar("T")
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
HIGHEST = 2**53 - 1
"""The highest whole number that every reader of JSON gets right (RFC 8259, 6)."""


class BadParameter(Exception):
    """A parameter nobody knows, or one that does not fit; the text says in Chinese what to do."""

    def __init__(self, name: str, advice: str) -> None:
        super().__init__(advice)
        self.name, self.advice = name, advice


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter behind the question mark; ``says`` what it is, ``advice`` what it must be."""

    name: str
    says: str
    schema: Mapping[str, JsonValue]
    advice: str
    pattern: re.Pattern[str] | None = None
    span: tuple[int, int] | None = None
    example: JsonValue = None
    longest: int = field(default=LONGEST_TEXT)

    def fits(self, text: str) -> bool:
        """Whether a value is one that the schema allows."""
        if self.span is not None:
            low, high = self.span
            return _NUMBER.fullmatch(text) is not None and low <= int(text) <= high
        fitting = self.pattern is None or self.pattern.fullmatch(text) is not None
        return fitting and len(text) <= self.longest


def text(
    name: str,
    says: str,
    pattern: str = "",
    advice: str = "",
    example: JsonValue = None,
    longest: int = LONGEST_TEXT,
) -> Parameter:
    """A text; ``pattern`` is a regular expression for the whole of it."""
    schema: dict[str, JsonValue] = {"type": "string", "maxLength": longest}
    if pattern:
        schema["pattern"] = f"^({pattern})$"
    return Parameter(
        name,
        says,
        schema,
        advice or f"最多 {longest} 个字。",
        re.compile(pattern) if pattern else None,
        example=example,
        longest=longest,
    )


def choice(name: str, says: str, choices: Iterable[str], example: JsonValue = None) -> Parameter:
    """One of a few words, or nothing."""
    known = tuple(choices)
    advice = f"可以是：{'、'.join(known)}。"
    return text(name, f"{says}{advice}", "|".join((*known, "")), advice, example)


def number(name: str, says: str, default: int, low: int, high: int = HIGHEST) -> Parameter:
    """A whole number within a span."""
    schema: dict[str, JsonValue] = {
        "type": "integer",
        "minimum": low,
        "maximum": high,
        "default": default,
    }
    span = f"{low:,} 到 {high:,} " if high != HIGHEST else f"不小于 {low} "
    advice = f"应为{span}的整数。"
    return Parameter(name, says, schema, advice, span=(low, high))


def check(known: Iterable[Parameter]) -> None:
    """Looks through the request's parameters. Raises BadParameter for the first that is wrong."""
    by_name, seen = {one.name: one for one in known}, set[str]()
    for name, value in given():
        if name not in by_name:
            raise BadParameter(name[:60], f"没有这个参数，可用的有：{'、'.join(by_name) or '无'}。")
        if name in seen:
            raise BadParameter(name, "这个参数只能写一次。")
        if not by_name[name].fits(value):
            raise BadParameter(name, f"这个参数{by_name[name].advice}")
        seen.add(name)


def read_strictly(declared: type[T], known: Iterable[Parameter]) -> T:
    """The parameters as declared, after they were looked through. Raises BadParameter."""
    check(known)
    return read(declared)


def bad_parameter(error: Exception) -> Response:
    """400 that names the parameter."""
    assert isinstance(error, BadParameter)
    return problem(400, "参数有误", f"{error.name}：{error.advice}", {"parameter": error.name})
