"""Who is meant by a line, and what the lists say of them.

A code decides alone; a name only where exactly one subject bears it today. Near and former names
are offered, never answered, and a name that nobody bears on record is no answer either: whoever
writes a name a little otherwise is not thereby off the lists. Penalties do not count
(河南省社会信用条例 第20条), natural persons are not answered about: a masked name is nobody's
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from credit_site.domain.lookups import GRAVEST, Result, is_called_like_an_organisation
from credit_site.domain.redaction import NATURAL_PERSON
from credit_site.domain.rulebook import Rulebook
from credit_site.services.lookups.appeals import appeals_running
from credit_site.services.matching import Asked, Match, Matcher, MatchKind
from credit_site.services.public_records import PublicRecord, listed
from search_index import fold
from search_index.directory import NameDirectory

Identity = tuple[str, str]
"""Code, or "" and the name under which a subject without a code stands."""
_SEVERAL = "同名的不止一个，没有作答，请用统一社会信用代码查"
_FORMER = "这是曾用名，没有作答，请用现用名或者统一社会信用代码查"
_NEAR = "没有哪个主体正好叫这个名称，没有作答；有相近的，请核对以后用统一社会信用代码查"
_NOBODY = "公示信息里没有哪个主体正好叫这个名称，没有作答，请用统一社会信用代码查"
_ANOTHERS = "名单上有叫这个名称的主体，登记的不是这个代码，没有作答；代码无误的，请只填代码再查"
_APPEALABLE = (
    "列入所依据的行政处罚，复议、诉讼期未满（到 {until}）：处罚还可能改变，"
    "采取措施以前请向认定机关核实"
)
_ANOTHER_NAME = "代码名下的公示名称与所填名称不同，按代码作答，请核对"
_PERSON = "像是自然人的姓名，不查询；单位和个体工商户请填统一社会信用代码"


@dataclass(frozen=True, slots=True)
class Sought:
    """A line in its spelling; ``problem`` says why it is not looked up."""

    row: int
    name: str
    code: str
    problem: str = ""
    bearers: frozenset[Identity] = frozenset()
    match: MatchKind = MatchKind.NONE
    role: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept of a line, and the records that the result rests upon."""

    row: int
    name: str
    code: str
    result: Result
    note: str = ""
    offered: bool = False
    records: tuple[PublicRecord, ...] = ()
    role: str = ""


class Answerer:
    """Answers the lines of one question."""

    def __init__(
        self, session: Session, directory: NameDirectory, rulebook: Rulebook, today: date
    ) -> None:
        self._session, self._book, self._today = session, rulebook, today
        self._appeals: Mapping[int, date] = {}
        self._tones = {slug: one.tone for slug, one in rulebook.lists.items()}
        self._matcher = Matcher(session, directory, today)

    def identities(self, lines: Sequence[Sought]) -> list[Sought]:
        """The lines with who bears their names. Raises SearchUnavailable where names are asked."""
        named = [
            Asked(at, name=line.name)
            for at, line in enumerate(lines)
            if not (line.problem or line.code)
        ]
        found = {match.asked.row: match for match in self._matcher.match(named)} if named else {}
        return [
            _with_bearers(line, found[at]) if at in found else line for at, line in enumerate(lines)
        ]

    def answers(self, lines: Sequence[Sought]) -> list[Answer]:
        """The answers, from what is visible now: to be asked in the transaction of the receipt."""
        asked = [line for line in lines if not line.problem]
        codes = {line.code for line in asked} | {code for line in lines for code, _ in line.bearers}
        names = {line.name for line in asked} | {name for line in lines for _, name in line.bearers}
        records = [
            record
            for record in listed(self._session, codes, names, self._today)
            if record.subject_kind != NATURAL_PERSON
        ]
        ids = [record.id for record in records]
        self._appeals = appeals_running(self._session, self._book, ids, self._today)
        return [self._answer(line) for line in _Shelf(records).sorted_out(lines)]

    def _answer(self, line: _Found) -> Answer:
        sought = line.sought
        if sought.problem:
            unasked = Answer(sought.row, "", "", Result.NOT_ASKED, sought.problem)
            return replace(unasked, role=sought.role)
        answer = replace(
            Answer(sought.row, sought.name, sought.code, self._gravest(line.records)),
            role=sought.role,
        )
        if why := _unclear(line):
            near = why not in (_NOBODY, _ANOTHERS)
            return replace(answer, result=Result.UNCLEAR, note=why, offered=near)
        other = sought.code and sought.name and _called_otherwise(sought.name, line.records)
        notes = (_ANOTHER_NAME if other else "", self._appealable(line.records))
        return replace(answer, note="；".join(filter(None, notes)), records=line.records)

    def _appealable(self, records: Iterable[PublicRecord]) -> str:
        """Whether a penalty behind the entries may still fall, in Chinese; "" where none may."""
        days = [self._appeals[one.id] for one in records if one.id in self._appeals]
        return _APPEALABLE.format(until=max(days).isoformat()) if days else ""

    def _gravest(self, records: Iterable[PublicRecord]) -> Result:
        tones = {self._tones.get(record.list_name) for record in records}
        return next((result for result in GRAVEST if result.value in tones), Result.NONE)


@dataclass(frozen=True, slots=True)
class _Found:
    """A line with its records, and how many bear its name; beside a code, how many others do."""

    sought: Sought
    records: tuple[PublicRecord, ...] = ()
    bearers: int = 0


class _Shelf:
    """Records by code and by name."""

    def __init__(self, records: Iterable[PublicRecord]) -> None:
        self._of: dict[Identity, list[PublicRecord]] = {}
        self._bearers: dict[str, set[Identity]] = {}
        for record in records:
            identity = (record.uscc, "") if record.uscc else ("", record.subject_name)
            self._of.setdefault(identity, []).append(record)
            self._bearers.setdefault(record.subject_name, set()).add(identity)

    def sorted_out(self, lines: Iterable[Sought]) -> list[_Found]:
        """Each line with what it means; a listing not yet in the directory is found here."""
        return [self._found(line) for line in lines]

    def _found(self, line: Sought) -> _Found:
        if line.problem:
            return _Found(line)
        listed_so = self._bearers.get(line.name, set())
        if line.code:
            own = (line.code, "")
            return _Found(line, tuple(self._of.get(own, ())), len(listed_so - {own}))
        bearers = line.bearers | listed_so
        if len(bearers) != 1:
            return _Found(line, bearers=len(bearers))
        (bearer,) = bearers
        return _Found(line, tuple(self._of.get(bearer, ())), 1)


def _unclear(line: _Found) -> str:
    """Why a line is not answered, in Chinese; "" where it is."""
    if line.sought.code:
        return _ANOTHERS if line.bearers and not line.records else ""
    if line.bearers > 1:
        return _SEVERAL
    if line.bearers == 1:
        return ""
    return {MatchKind.FORMER_NAME: _FORMER, MatchKind.NEAR_NAME: _NEAR}.get(
        line.sought.match, _NOBODY
    )


def _with_bearers(line: Sought, match: Match) -> Sought:
    exact = match.subjects if match.kind is MatchKind.EXACT_NAME else ()
    have_codes = bool(exact) and all(one.uscc for one in exact)
    if not (have_codes or is_called_like_an_organisation(line.name)):
        return replace(line, problem=_PERSON)
    bearers = frozenset((one.uscc, "" if one.uscc else one.name) for one in exact)
    return replace(line, bearers=bearers, match=match.kind)


def _called_otherwise(name: str, records: Sequence[PublicRecord]) -> bool:
    return bool(records) and fold(name) not in {fold(one.subject_name) for one in records}
