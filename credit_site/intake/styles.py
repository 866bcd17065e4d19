"""The look of the workbooks that go back to a bureau."""

from __future__ import annotations

from enum import StrEnum

from credit_site.intake.xlsx_types import Book, Format

TEXT, DATE, MOMENT, CLOCK = "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss"
GENERAL, YUAN = "General", "#,##0.00####"
MOST_CHARACTERS = 32_767
"""Of one cell; Excel calls a workbook with more damaged."""


class Tone(StrEnum):
    """What a cell says besides its value."""

    PLAIN = "plain"
    ERROR = "error"
    WARNING = "warning"
    TITLE = "title"
    REQUIRED = "required"
    EXAMPLE = "example"
    GUIDE = "guide"


_LOOKS: dict[Tone, dict[str, object]] = {
    Tone.PLAIN: {},
    Tone.ERROR: {"bg_color": "#F6C7C3", "font_color": "#7A1710"},
    Tone.WARNING: {"bg_color": "#F8E3B4", "font_color": "#5C3C00"},
    Tone.TITLE: {"bold": True, "bg_color": "#E3EBEF", "border": 1, "text_wrap": True},
    Tone.REQUIRED: {"bold": True, "bg_color": "#0B4F6C", "font_color": "#FFFFFF", "border": 1,
                    "text_wrap": True},
    Tone.EXAMPLE: {"italic": True, "font_color": "#6B7280"},
    Tone.GUIDE: {"text_wrap": True, "valign": "top"},
}  # fmt: skip


class Styles:
    """Formats of one workbook, made once each."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[Tone, str, str], Format] = {}

    def of(self, tone: Tone, number_format: str = TEXT) -> Format:
        """The format of a tone and a number format."""
        return self._get(tone, number_format, "")

    def guarded(self, tone: Tone) -> Format:
        """For text that begins like a formula: shown as it is, and stays text when edited."""
        return self._get(tone, TEXT, "guarded")

    def _get(self, tone: Tone, number_format: str, guard: str) -> Format:
        key = (tone, number_format, guard)
        if key not in self._made:
            made = self._book.add_format({"num_format": number_format, **_LOOKS[tone]})
            if guard:
                made.set_quote_prefix()
            self._made[key] = made
        return self._made[key]
