"""Which column of a file is which column of the layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from credit_site.domain.errors import UnusableFile
from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Column, Layout
from credit_site.domain.titles import title_key

_SHOWN_TITLE, _SHOWN_TITLES = 60, 600
_BRACKETED = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
# What stands in brackets behind a title without naming anything: 必填, 元, 格式, 如 2026-03-05.
_REMARK = re.compile(r"^(?:单位[:为]?)?(?:人民币)?万?元$|填|可选|格式|日期|例|如|最多|长度|字符|位")
_IN_WAN_YUAN, _IN_YUAN = re.compile("万元?"), re.compile("元")


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """A column of the file: its place, its title as it stands there, and what it is.

    ``column.unit`` is the one the file's own title names, if it names one.
    """

    index: int
    title: str
    column: Column


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """The columns found, titles nobody knows, and what is worth saying about them."""

    columns: tuple[MatchedColumn, ...]
    unknown: tuple[str, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A title that may stand for a column; the lower the rank the surer."""

    rank: int
    index: int
    title: str
    column: Column


def match_header(layout: Layout, titles: Sequence[str]) -> HeaderMatch:
    """Matches by title, official code or alias, in any order; the surest match of each goes.

    Never by number alone: 代码_2 of 2016 is another code than 代码_2 of 2018. Raises UnusableFile
    that names the missing required columns, or titles that stand twice.
    """
    candidates = list(_candidates(layout, titles))
    chosen = _chosen(layout, candidates)
    _refuse_missing(layout, titles, chosen)
    columns = tuple(_with_unit(item) for item in sorted(chosen, key=lambda item: item.index))
    places = {item.index for item in columns}
    unknown = tuple(t for place, t in enumerate(titles) if t.strip() and place not in places)
    issues = (*map(_unknown_title, unknown), *_unit_notes(chosen))
    return HeaderMatch(columns, unknown, issues)


def _candidates(layout: Layout, titles: Sequence[str]) -> Iterable[_Candidate]:
    names = _known(layout, lambda column: (column.title, column.code))
    aliases = _known(layout, lambda column: column.aliases)
    for index, title in enumerate(titles):
        for rank, (known, key) in enumerate(_ways_to_read(title, names, aliases)):
            column = known.get(key)
            if key and column is not None:
                yield _Candidate(rank, index, title, column)
                break


def _known(layout: Layout, names: Callable[[Column], Iterable[str]]) -> dict[str, Column]:
    return {
        title_key(name): column
        for column in reversed(layout.columns)
        for name in names(column)
        if name
    }


def _ways_to_read(
    title: str, names: Mapping[str, Column], aliases: Mapping[str, Column]
) -> Iterable[tuple[Mapping[str, Column], str]]:
    """The title as it stands, without remarks in brackets, and only what the brackets hold."""
    folded = unicodedata.normalize("NFKC", title)
    bare = _BRACKETED.sub(lambda m: "" if _REMARK.search(m[1]) else m[0], folded)
    inner = [found for found in _BRACKETED.findall(folded) if not _REMARK.search(found)]
    for text in (folded, bare, *inner):
        yield names, title_key(text)
        yield aliases, title_key(text)


def _chosen(layout: Layout, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    chosen = []
    for column in layout.columns:
        found = [item for item in candidates if item.column is column]
        best = min((item.rank for item in found), default=0)
        surest = [item for item in found if item.rank == best]
        if len(surest) > 1:
            _refuse_twice(surest)
        chosen += surest
    return chosen


def _refuse_missing(layout: Layout, titles: Sequence[str], chosen: Sequence[_Candidate]) -> None:
    found = [item.column for item in chosen]
    missing = [c.title for c in layout.columns if c.required and c not in found]
    if not missing:
        return
    places = {item.index for item in chosen}
    unknown = [t.strip() for place, t in enumerate(titles) if t.strip() and place not in places]
    hint = (
        f"文件里认不出的列：{_quoted('、'.join(unknown), _SHOWN_TITLES)}。"
        "如果就是上面缺的，请把列名改成上面的写法。"
        if unknown
        else ""
    )
    raise UnusableFile(
        "missing_columns",
        f"文件缺少必需的列：{'、'.join(missing)}。{hint}"
        f"请按「{layout.title}」模板补齐这些列（列的先后不限），再上传。",
    )


def _refuse_twice(items: Sequence[_Candidate]) -> None:
    named = "、".join(f"第 {item.index + 1} 列「{item.title.strip()}」" for item in items)
    raise UnusableFile(
        "repeated_columns",
        f"这些列指的是同一项内容：{named}。请只保留一列，删去其余的，再上传。",
    )


def _with_unit(item: _Candidate) -> MatchedColumn:
    column, unit = item.column, _unit_named(item.title)
    if column.unit and unit and column.unit != unit:
        column = replace(column, unit=unit)
    return MatchedColumn(item.index, mask_personal_numbers(item.title), column)


def _unit_named(title: str) -> str:
    if _IN_WAN_YUAN.search(title):
        return "wan_yuan"
    return "yuan" if _IN_YUAN.search(title) else ""


def _unit_notes(chosen: Iterable[_Candidate]) -> Iterable[Issue]:
    for item in chosen:
        unit = _unit_named(item.title)
        is_code = title_key(item.title) == title_key(item.column.code)
        if item.column.unit and not unit and not is_code:
            assumed = "万元" if item.column.unit == "wan_yuan" else "元"
            message = f"列名没有写明单位，按{assumed}读取；如果不是，请在列名后写明单位，再上传。"
            yield Issue(None, item.title, "unit_assumed", Level.WARNING, message)


def _unknown_title(title: str) -> Issue:
    shown = _quoted(title, _SHOWN_TITLE)
    message = f"「{shown}」不在模板里，这一列没有读取；如需报送请改用模板中的列名。"
    return Issue(None, mask_personal_numbers(title), "unknown_column", Level.WARNING, message)


def _quoted(text: str, longest: int) -> str:
    return mask_personal_numbers(" ".join(text.split()))[:longest]
