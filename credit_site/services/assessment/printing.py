"""A report as PDF: typeset from the template with the fonts of this machine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import orjson
import typst

from credit_site.domain.public_form import JsonValue

TEMPLATE = Path(__file__).parents[3] / "templates/assessment/report.typ"
_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "AR PL UMing CN",
)


class NoChineseFont(Exception):
    """No font of this machine has Chinese characters; the text says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "服务器上没有中文字体，暂时不能生成 PDF。请管理员安装：apt-get install fonts-noto-cjk"
            "（或者 fonts-wqy-zenhei），再重启网站。现在可以下载 Excel、CSV，或者直接打印网页。"
        )


def printed(content: Mapping[str, JsonValue], moment: datetime) -> bytes:
    """The PDF; the same content and moment (of publication) give the same bytes.

    Raises NoChineseFont.
    """
    family = chinese_font(_fonts().families())
    inputs = {"data": orjson.dumps(content).decode(), "font": family}
    stamp = int(moment.timestamp())
    made = typst.compile(TEMPLATE, font_paths=_fonts(), sys_inputs=inputs, timestamp=stamp)
    assert isinstance(made, bytes), "one document is asked for"
    return made


def chinese_font(installed: Collection[str]) -> str:
    """The first of the known families that is there. Raises NoChineseFont."""
    for family in _FAMILIES:
        if family in installed:
            return family
    raise NoChineseFont


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of this machine, looked for once."""
    return typst.Fonts(include_embedded_fonts=False)
