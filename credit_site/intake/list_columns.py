"""Columns of a list of names: which hold the names, the codes, the partners of a consortium."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from credit_site.domain.identifiers import mask_personal_numbers
from credit_site.domain.lookup_parts import is_plain, names_in, parts_of, together, without_numbers
from credit_site.domain.titles import title_key, title_keys

_LONGEST_TITLE, _MOST_TITLES = 20, 20
_NUMBERED = re.compile(r"[0-9]{1,2}|(?<!统)[一二三四五六七八九十]{1,2}")
_LABEL = re.compile(r"[（(]([^（()）]+)[)）]$|^([^:：]{2,12})[:：]")
_IF_ANY = re.compile(r"[（(【\[]?(?:如果?有|若有|选填|可选)[)）】\]]?")
_NUMBER = "序号"
_BESIDE = "并列单位"
"""Role of a second name in the cell of names that says of itself no other."""


@dataclass(frozen=True, slots=True)
class ListTitles:
    """What the columns may be called, the surest titles first.

    ``general`` are words that may mean other things, ``leader`` is the leading member of a
    consortium: read as names where there is nothing surer. ``no_partner`` and ``total`` are words
    in cells that name nobody.
    """

    name: Sequence[str]
    general: Sequence[str]
    code: Sequence[str]
    leader: Sequence[str]
    partner: Sequence[str]
    partner_code: Sequence[str]
    no_partner: Sequence[str]
    total: Sequence[str]

    @property
    def all(self) -> tuple[str, ...]:
        """Those of all columns."""
        own = (*self.name, *self.general, *self.code)
        return (*own, *self.leader, *self.partner, *self.partner_code)


class NamedLine(NamedTuple):
    """Real row number, name, code; what is not there is empty. As what it stands in that row."""

    row: int
    name: str
    code: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class PartnerColumn:
    """A column of partners with that of their codes; one of both may be missing."""

    title: str
    name: int | None
    code: int | None


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table are read, and as what."""

    titles: tuple[str, ...]
    name: int | None
    code: int | None
    partners: tuple[PartnerColumn, ...]
    known: ListTitles

    @property
    def of_partners(self) -> list[int]:
        """The columns of partners and of their codes, from the left."""
        both = (at for one in self.partners for at in (one.name, one.code))
        return sorted(at for at in both if at is not None)

    def has(self, at: int) -> bool:
        """Whether a column has a title."""
        return at < len(self.titles) and bool(self.titles[at])

    def said(self) -> str:
        """Which columns were read as what, and which were not, in Chinese."""
        named = f"名称读{self._quoted(self.name)}列" if self.name is not None else "没有名称列"
        coded = "没有代码列，只按名称查"
        if self.code is not None:
            coded = f"代码读{self._quoted(self.code)}列"
        read = {self.name, self.code, *self.of_partners}
        others = [t for at, t in enumerate(self.titles) if at not in read and t]
        left = f"，没有读{listed(others)}" if others else ""
        return f"{named}，{coded}{self.said_of_partners()}{left}"

    def said_of_partners(self) -> str:
        """Which columns were read as partners, in Chinese; "" for none."""
        beside = listed([self.titles[at] for at in self.of_partners])
        return f"，{beside}列里的每一个另作一行" if beside else ""

    def beside(self, row: int, cells: Sequence[str]) -> Iterator[NamedLine]:
        """The partners that a row names."""
        nobody = title_keys(self.known.no_partner) if self.partners else frozenset()
        for one in self.partners:
            names, codes = (parts_of(cell_at(cells, at)) for at in (one.name, one.code))
            somebody = [part for part in names if title_key(part) not in nobody]
            for name, code in together(somebody, codes):
                yield NamedLine(row, *self._labelled(name, one.title, code))

    def own(self, row: int, name: str, code: str) -> Iterator[NamedLine]:
        """The row's own name, or each of several in its cell."""
        name = without_numbers(name)
        if is_plain(name):
            yield NamedLine(row, name, code)
            return
        parts = [self._labelled(part, "") for part in parts_of(name)]
        bare = [part for part, _, _ in parts]
        if not names_in("；".join(bare)) or (len(parts) == 1 and not parts[0][2]):
            yield NamedLine(row, name, code)
            return
        roles = {part: role or (_BESIDE if at else "") for at, (part, _, role) in enumerate(parts)}
        codes = [code] if len(parts) == 1 else parts_of(code)
        for one, number in together(bare, list(filter(None, codes))):
            yield NamedLine(row, one, number, roles.get(one, _BESIDE))

    def _labelled(self, part: str, role: str, code: str = "") -> tuple[str, str, str]:
        """A name without what it says of its role, its code, and the role."""
        found = _LABEL.search(part)
        label = (found[1] or found[2]) if found else ""
        if found and unnumbered(label)[0] in title_keys((*self.known.leader, *self.known.partner)):
            return part.replace(found[0], "").strip(), code, short(label)
        return part, code, short(role) if role else ""

    def _quoted(self, at: int) -> str:
        return f"“{short(self.titles[at])}”"


def columns_of(titles: Sequence[str], known: ListTitles) -> Columns:
    """The surest column of names, of codes, and all of partners."""
    bare = list(map(_without_if_any, titles))
    name = _surest(bare, (*known.name, *known.leader, *known.general))
    code = _surest(bare, known.code)
    free = [(at, title) for at, title in enumerate(bare) if at not in (name, code)]
    beside = (*known.leader, *known.partner)
    names = _of_kind(free, _joined(beside, ("", *known.name, *known.general)))
    codes = _of_kind(free, {*title_keys(known.partner_code), *_joined(beside, known.code)})
    partners = []
    for at, number in names:
        own = next((one for one in codes if one[1] == number), None)
        if own:
            codes.remove(own)
        partners.append(PartnerColumn(bare[at], at, own[0] if own else None))
    partners += [PartnerColumn(bare[at], None, at) for at, _ in codes]
    return Columns(tuple(titles), name, code, tuple(partners), known)


def under_titles(
    above: Sequence[str], below: Sequence[str], known: ListTitles
) -> tuple[str, ...] | None:
    """The titles of two rows made one, where the upper one has cells merged over columns.

    None where the lower row does not hold titles alone.
    """
    width = max(len(above), len(below))
    upper, lower = (tuple(row) + ("",) * (width - len(row)) for row in (above, below))
    own = [at for at, title in enumerate(lower) if title]
    named = columns_called(lower, (*known.all, _NUMBER))
    if len(own) < 2 or len(named) < len(own) or all(upper[at] for at in own):
        return None
    over, titles = "", []
    for one, under in zip(upper, lower, strict=True):
        over = _without_if_any(one) or over
        titles.append(_under(over, under, known) if under else one)
    return tuple(titles)


def _under(over: str, under: str, known: ListTitles) -> str:
    """Of partners their own title, else the lower one, which says more."""
    beside = title_keys((*known.leader, *known.partner))
    return over + under if unnumbered(over)[0] in beside else under


def columns_called(titles: Sequence[str], known: Sequence[str]) -> list[str]:
    """All titles of a table that are among the known ones."""
    keys = title_keys(known)
    return [title for title in titles if title_key(_without_if_any(title)) in keys]


def _without_if_any(title: str) -> str:
    """A title without the remark that its cells may be empty: 联合体成员（如有）."""
    return _IF_ANY.sub("", title).strip()


def unnumbered(title: str) -> tuple[str, str]:
    """The key of a title without the number in it, and that number: 成员2, 成员二."""
    key = title_key(title)
    return _NUMBERED.sub("", key), "".join(_NUMBERED.findall(key))


def listed(titles: Sequence[str]) -> str:
    """Titles of a file in quotes."""
    return "、".join(f"“{short(title)}”" for title in titles[:_MOST_TITLES] if title)


def short(title: str) -> str:
    """What a file says, as it may be repeated."""
    plain = mask_personal_numbers(" ".join(title.split()))
    return plain if len(plain) <= _LONGEST_TITLE else f"{plain[:_LONGEST_TITLE]}…"


def cell_at(cells: Sequence[str], column: int | None) -> str:
    """The text of a column; "" where there is none."""
    return "" if column is None or column >= len(cells) else cells[column]


def _surest(titles: Sequence[str], known: Sequence[str]) -> int | None:
    """The surest of the known titles that the table has."""
    keys = [title_key(title) for title in titles]
    return next((keys.index(key) for key in map(title_key, known) if key in keys), None)


def _joined(beside: Sequence[str], kinds: Sequence[str]) -> set[str]:
    """Keys such as 联合体成员名称."""
    return {title_key(one) + title_key(kind) for one in beside for kind in kinds}


def _of_kind(titles: Sequence[tuple[int, str]], keys: Collection[str]) -> list[tuple[int, str]]:
    numbered = ((at, *unnumbered(title)) for at, title in titles)
    return [(at, number) for at, key, number in numbered if key in keys]
