"""What a spreadsheet shows where a formula failed."""

from __future__ import annotations

import re

ANY_ERROR = "#ERROR!"
"""Of a kind that is not known here."""
_ENGLISH = (
    *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"),
    *("#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!"),
    *("#GETTING_DATA", "#EXTERNAL!", "#PYTHON!", "#N/A!", ANY_ERROR),
)
# As Excel, WPS and LibreOffice say some of them in Chinese.
_CHINESE = (
    *("#名称?", "#名称？", "#值!", "#数值!", "#数字!", "#引用!", "#空!", "#空值!", "#除数为零!"),
    *("#溢出!", "#计算!", "#字段!", "#已屏蔽!", "#阻止!", "#连接!", "#忙!", "#繁忙!", "#未知!"),
    *("#正在获取数据", "#获取数据"),
)
_NUMBERED = tuple(f"{word}:{number}" for word in ("Err", "错误") for number in range(501, 541))
ERROR_VALUES = frozenset((*_ENGLISH, *_CHINESE, *_NUMBERED))
SIGNS = ("#", "Err:", "错误:")
"""Without any of them there is no error value in a text."""
_TOO_NARROW = re.compile("#{2,}")


def is_error_value(text: str) -> bool:
    """Whether a cell's text is one, in small letters too: programs differ in that."""
    return text in ERROR_VALUES or (text[:1] == "#" and text.upper() in ERROR_VALUES)


def was_too_narrow(text: str) -> bool:
    """Whether a column was too narrow for its value: CSV keeps the marks that were shown for it."""
    return _TOO_NARROW.fullmatch(text) is not None
