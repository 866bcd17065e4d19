"""What a name or the beginning of one means: suggestions, pinyin, near names, former names.

The directory of names answers, and the database has the last word: only names that stand in a
record visible today are ever shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from credit_site.domain.identifiers import is_uscc, normalise_code
from credit_site.services.subject_facts import counted
from search_index import SearchUnavailable, fold
from search_index.directory import KnownName, NameDirectory, NearName

MOST_SOUNDING = 500
_LETTERS = re.compile(r"[A-Za-züÜ][A-Za-z0-9üÜ' ]*")
_LEAST_LETTERS = 2
_LEAST_NAME = 2
_MORE = 3


@dataclass(frozen=True, slots=True)
class Sounding:
    """Names that letters are the pinyin of; ``more``: there are more than could be taken."""

    names: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class VisibleName:
    """A name that stands in visible records: how many, its code, and the name used since.

    ``present`` is "" where the name is the latest of its code.
    """

    name: str
    uscc: str
    records: int
    present: str = ""


@dataclass(frozen=True, slots=True)
class OfferedName:
    """A name that may have been meant: how near it is (0 to 1) and why, in Chinese."""

    name: str
    uscc: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A code: the name used last in visible records ("" without any), and the other names."""

    uscc: str
    name: str
    others: tuple[str, ...]


def sounding(directory: NameDirectory, text: str) -> Sounding:
    """The names that a text of nothing but letters is the pinyin of, in full or as initials."""
    letters = "".join(text.split()).replace("'", "")
    if len(letters) < _LEAST_LETTERS or not _LETTERS.fullmatch(text.strip()):
        return Sounding()
    try:
        found = directory.sounding(letters.replace("ü", "v"), MOST_SOUNDING + 1)
    except SearchUnavailable:
        return Sounding()
    names = tuple(dict.fromkeys(known.name for known in found))
    return Sounding(names[:MOST_SOUNDING], len(names) > MOST_SOUNDING)


def beginning_with(
    session: Session, directory: NameDirectory, text: str, today: date, limit: int
) -> list[VisibleName]:
    """Visible names that begin with a text or its pinyin, those with most records first."""
    try:
        found = directory.starting(text, limit * _MORE)
        if len(found) < limit and _LETTERS.fullmatch(text.strip()):
            found += directory.sounding("".join(text.split()), limit * _MORE)
        return _first_visible(session, directory, found, today, limit)
    except SearchUnavailable:
        return []


def _first_visible(
    session: Session,
    directory: NameDirectory,
    found: Sequence[KnownName],
    today: date,
    limit: int,
) -> list[VisibleName]:
    """As many as wanted; nearly all names are visible, so the others are seldom looked at."""
    shown: list[VisibleName] = []
    for begin in range(0, len(found), limit or 1):
        if len(shown) >= limit:
            break
        part = found[begin : begin + limit]
        shown += with_present_names(session, directory, part, today)
    return shown[:limit]


def near_names(
    session: Session, directory: NameDirectory, text: str, today: date, limit: int = 5
) -> list[OfferedName]:
    """Visible names that a text nobody bears may have been meant for, the likest first.

    Names like it, then names that begin like it: people type half a name.
    """
    if len(text) < _LEAST_NAME:
        return []
    try:
        found = directory.near(text, limit * _MORE)
        if len(found) < limit:
            names = {one.known for one in found}
            found += [o for o in directory.begun(text, limit * _MORE) if o.known not in names]
    except SearchUnavailable:
        return []
    shown = counted(session, [one.known.name for one in found], today)
    return [offered(one) for one in found if one.known.name in shown][:limit]


def company_meant(
    session: Session, directory: NameDirectory, text: str, today: date
) -> FoundCompany | None:
    """The one company whose whole name, present or former, or whose code the text is."""
    code = normalise_code(text)
    try:
        codes = {code} if is_uscc(code) else _codes_of(directory, text)
        known = directory.of_codes(codes) if len(codes) == 1 else {}
    except SearchUnavailable:
        codes, known = {code} if is_uscc(code) else set(), {}
    if len(codes) != 1:
        return None
    (uscc,) = codes
    found = [one.name for one in known.get(uscc, [])]
    shown = counted(session, found, today)
    names = list(dict.fromkeys(name for name in found if name in shown))
    if not names:
        return FoundCompany(code, "", ()) if uscc == code else None
    return FoundCompany(uscc, names[0], tuple(names[1:]))


def _codes_of(directory: NameDirectory, name: str) -> set[str]:
    found = directory.exactly([name]).get(fold(name), []) if name else []
    return {known.uscc for known in found if known.uscc}


def offered(near: NearName) -> OfferedName:
    """A near name as it is offered."""
    known, alike = near.known, near.likeness
    return OfferedName(known.name, known.uscc, round(alike.score, 2), alike.reason)


def with_present_names(
    session: Session, directory: NameDirectory, found: Sequence[KnownName], today: date
) -> list[VisibleName]:
    """The visible ones of some names in their order, each with the name its bearer uses now."""
    shown = counted(session, [known.name for known in found], today)
    latest = directory.of_codes({known.uscc for known in found})
    made: dict[tuple[str, str], VisibleName] = {}
    for known in found:
        if known.name in shown:
            present = latest[known.uscc][0].name if known.uscc in latest else known.name
            present = "" if present == known.name else present
            made.setdefault(
                (known.name, known.uscc),
                VisibleName(known.name, known.uscc, shown[known.name], present),
            )
    return list(made.values())
