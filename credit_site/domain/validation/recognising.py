"""Which layout a file is in, told by the titles of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from credit_site.domain.errors import UnusableFile
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.rulebook import Layout
from credit_site.domain.validation.header import match_header

_SHOWN, _LONGEST_TITLE = 300, 40
_CODE_OR_FIGURE = re.compile(
    r"[0-9A-Z]{15,18}|[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?.*|[0-9.,]+"
)


def recognise(layouts: Iterable[Layout], titles: Sequence[str]) -> Layout:
    """The layout that reads most of the titles, among those that lack nothing.

    Raises UnusableFile: what the likest layout says of the titles.
    """
    refusals: list[tuple[int, Layout, UnusableFile]] = []
    fitting: list[tuple[int, int, Layout]] = []
    for layout in layouts:
        try:
            match = match_header(layout, titles)
        except UnusableFile as refusal:
            refusals.append((_known(layout, titles), layout, refusal))
        else:
            spare = len(layout.columns) - len(match.columns)
            fitting.append((len(match.columns), -spare, layout))
    if fitting:
        return max(fitting, key=lambda item: item[:2])[2]
    most = max(known for known, _, _ in refusals)
    if not most:
        raise _of_no_kind(titles)
    raise _of_a_kind([(layout, refusal) for known, layout, refusal in refusals if known == most])


def _of_a_kind(likest: Sequence[tuple[Layout, UnusableFile]]) -> UnusableFile:
    """What the first of the likest layouts says; others that are just as like are named."""
    (_, refusal), *others = likest
    if not others:
        return refusal
    names = "、".join(f"「{layout.title}」" for layout, _ in others)
    also = f"认得的列名在{names}的模板里也有：报送的是那一种的，请照那个模板补齐。"
    return UnusableFile(refusal.code, f"{refusal.message}{also}")


def _of_no_kind(titles: Sequence[str]) -> UnusableFile:
    """Not one title is known: most often the titles were deleted, and the first row is content."""
    if any(map(_is_content, titles)):
        return UnusableFile(
            "no_titles",
            "最上面一行像是内容，不是列名。请在最上面加一行列名（从对应的模板里复制），再上传。",
        )
    shown = mask_personal_numbers("、".join(title.strip() for title in titles if title.strip()))
    return UnusableFile(
        "unknown_titles",
        f"认不出这是哪一种表格：没有一个列名是模板里的。文件的列名是：{shown[:_SHOWN]}。"
        "请下载对应的模板，照它的列名改好，再上传。",
    )


def _is_content(title: str) -> bool:
    """A code, a date, an amount or a long text is no title."""
    text = title.strip()
    return bool(_CODE_OR_FIGURE.fullmatch(text)) or len(text) > _LONGEST_TITLE


def _known(layout: Layout, titles: Sequence[str]) -> int:
    """How many of a layout's own titles a file has, plainly."""
    own = {column.title for column in layout.columns}
    return sum(title.strip().lstrip("*") in own for title in titles)
