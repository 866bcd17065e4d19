"""Which column of a file is which column of the layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from credit_site.domain.errors import UnusableFile
from credit_site.domain.issues import Issue, Level
from credit_site.domain.rulebook import Column, Layout
from credit_site.domain.titles import title_key


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """A column of the file: its place, its title as it stands there, and what it is."""

    index: int
    title: str
    column: Column


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """The columns found, titles nobody knows, and what is worth saying about them."""

    columns: tuple[MatchedColumn, ...]
    unknown: tuple[str, ...]
    issues: tuple[Issue, ...]


def match_header(layout: Layout, titles: Sequence[str]) -> HeaderMatch:
    """Matches by title, official code or alias, in any order.

    Raises UnusableFile that names the missing required columns, or titles that stand twice.
    """
    known = _known_titles(layout)
    matched: list[MatchedColumn] = []
    unknown: list[str] = []
    for index, title in enumerate(titles):
        column = known.get(title_key(title))
        if column is not None:
            matched.append(MatchedColumn(index, title, column))
        elif title.strip():
            unknown.append(title)
    _refuse_missing(layout, titles, [item.column for item in matched])
    _refuse_twice(matched)
    return HeaderMatch(tuple(matched), tuple(unknown), tuple(map(_unknown_title, unknown)))


def _known_titles(layout: Layout) -> dict[str, Column]:
    """Titles go before codes and aliases, where one column's alias is another's title."""
    known: dict[str, Column] = {}
    for names in (lambda c: (c.title, c.code), lambda c: c.aliases):
        for column in layout.columns:
            for name in names(column):
                if name:
                    known.setdefault(title_key(name), column)
    return known


def _refuse_missing(layout: Layout, titles: Sequence[str], found: Sequence[Column]) -> None:
    missing = [c.title for c in layout.columns if c.required and c not in found]
    if not missing:
        return
    has = "、".join(title for title in titles if title.strip()) or "没有表头"
    raise UnusableFile(
        "missing_columns",
        f"文件缺少必需的列：{'、'.join(missing)}。文件现有的列：{has[:600]}。"
        f"请按「{layout.title}」模板补上这些列（列的先后不限），再上传。",
    )


def _refuse_twice(matched: Sequence[MatchedColumn]) -> None:
    columns = [item.column for item in matched]
    twice = [item.title for item in matched if columns.count(item.column) > 1]
    if twice:
        raise UnusableFile(
            "repeated_columns",
            f"这些列指的是同一项内容：{'、'.join(twice)}。请只保留一列，删去其余的，再上传。",
        )


def _unknown_title(title: str) -> Issue:
    message = f"「{title[:60]}」不在模板里，这一列没有读取；如需报送请改用模板中的列名。"
    return Issue(None, title, "unknown_column", Level.WARNING, message)
