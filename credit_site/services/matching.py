"""Which of many names and codes have visible records: screening, the API, reconciliation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from sqlalchemy.orm import Session

from credit_site.domain.identifiers import find_personal_numbers, is_uscc, normalise_code
from credit_site.domain.lookup_lines import in_fields, problem_with_code, several_in
from credit_site.services.names import OfferedName, offered
from credit_site.services.subject_facts import facts_of
from search_index import fold
from search_index.directory import KnownName, NameDirectory

MOST_ASKED = 10_000
LONGEST = 200
_BATCH = 400
_NEAR_EACH = 3
NOTHING_OUT = "没有正在公示的记录"
"""Said where nothing was found and nothing is wrong with what was asked."""
_CODE_LENGTH = 18


class MatchKind(StrEnum):
    """How what was asked for led to records; the surest first."""

    CODE = "code"
    EXACT_NAME = "exact_name"
    FORMER_NAME = "former_name"
    NEAR_NAME = "near_name"
    NONE = "none"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of what is asked: a name, a code, or both; ``row`` is where it stands.

    ``role`` says as what it stands there beside another one: 联合体成员; "" for the row's own.
    """

    row: int
    name: str = ""
    code: str = ""
    role: str = ""

    @property
    def text(self) -> str:
        """What was asked, as it is shown again; numbers of personal documents are not."""
        said = " ".join(part for part in (self.name, self.code) if part)
        return "（个人证件号码，未查）" if find_personal_numbers(said) else said


@dataclass(frozen=True, slots=True)
class Subject:
    """Who was found: code or "", present name, visible penalties, the lists it stands on."""

    uscc: str
    name: str
    penalties: int
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for a line. ``score`` 1 for all but near names; ``reason`` in Chinese."""

    asked: Asked
    kind: MatchKind
    subjects: tuple[Subject, ...] = ()
    score: float = 0.0
    reason: str = ""


class Matcher:
    """Answers lists of names and codes; what it is asked is neither kept nor logged."""

    def __init__(self, session: Session, directory: NameDirectory, today: date) -> None:
        self._session, self._directory, self._today = session, directory, today

    def match(self, asked: Iterable[Asked]) -> Iterator[Match]:
        """A match for each line, in their order. Raises SearchUnavailable."""
        lines = iter(asked)
        while batch := list(islice(lines, _BATCH)):
            yield from _Batch(self._session, self._directory, self._today, batch).matches()

    def candidates(self, line: Asked, limit: int) -> list[Match]:
        """Who a line may mean: the sure match, else near ones. Raises SearchUnavailable."""
        batch, line = _Batch(self._session, self._directory, self._today, [line]), placed(line)
        sure = batch.sure(line)
        return [sure] if sure else list(islice(batch.near(line), limit))


class _Batch:
    """Some lines, looked up together."""

    def __init__(
        self, session: Session, directory: NameDirectory, today: date, lines: Sequence[Asked]
    ) -> None:
        self._session, self._directory, self._today = session, directory, today
        self._asked, self._lines = lines, [placed(line) for line in lines]
        self._named = directory.exactly(line.name for line in self._lines if line.name)
        codes = {code for line in self._lines if (code := _code(line))}
        codes |= {known.uscc for names in self._named.values() for known in names}
        self._coded = directory.of_codes(codes)
        names = {known.name for found in self._named.values() for known in found}
        self._subjects = _Subjects(session, today, codes, names)

    def matches(self) -> Iterator[Match]:
        for asked, line in zip(self._asked, self._lines, strict=True):
            yield replace(self._match(line), asked=asked)

    def _match(self, line: Asked) -> Match:
        if find_personal_numbers(line.name) or find_personal_numbers(line.code):
            return Match(line, MatchKind.NOT_ASKED, reason="像是个人证件号码，本站不查询")
        if not (line.name or line.code):
            return Match(line, MatchKind.NOT_ASKED, reason="没有写名称，也没有写代码")
        if said := several_in(line.name):
            return Match(line, MatchKind.NOT_ASKED, reason=said)
        return self.sure(line) or next(self.near(line), None) or _nothing(line)

    def sure(self, line: Asked) -> Match | None:
        """By code, by whole name, by a name its bearer no longer uses."""
        code = _code(line)
        if code and (subject := self._of_code(code)):
            return Match(line, MatchKind.CODE, (subject,), 1.0, "统一社会信用代码相同")
        known = self._named.get(fold(line.name), []) if line.name else []
        found = [(one, subject) for one in known if (subject := self._of_name(one))]
        if not found:
            return None
        subjects = tuple(dict.fromkeys(subject for _, subject in found))
        former = [subject.name for one, subject in found if fold(subject.name) != fold(one.name)]
        if len(former) == len(found):
            reason = f"曾用名，现用名：{former[0]}"
            return Match(line, MatchKind.FORMER_NAME, subjects, 1.0, reason)
        return Match(line, MatchKind.EXACT_NAME, subjects, 1.0, "名称相同")

    def near(self, line: Asked) -> Iterator[Match]:
        """By likeness, the likest first."""
        if not line.name:
            return
        for one in self._directory.near(line.name, _NEAR_EACH):
            subject = self._looked_up(one.known)
            if subject:
                offer: OfferedName = offered(one)
                yield Match(line, MatchKind.NEAR_NAME, (subject,), offer.score, offer.reason)

    def _of_code(self, code: str) -> Subject | None:
        return self._subjects.of_code(code, self._coded.get(code, []))

    def _of_name(self, known: KnownName) -> Subject | None:
        return self._of_code(known.uscc) if known.uscc else self._subjects.of_name(known.name)

    def _looked_up(self, known: KnownName) -> Subject | None:
        """A subject found by likeness: the batch knows nothing of it yet."""
        subjects = _Subjects(self._session, self._today, {known.uscc}, {known.name})
        if not known.uscc:
            return subjects.of_name(known.name)
        return subjects.of_code(known.uscc, self._directory.of_codes([known.uscc])[known.uscc])


def placed(line: Asked) -> Asked:
    """A line with name and code each in its place, wherever they were written."""
    name, code = in_fields(line.name, line.code)
    return replace(line, name=name, code=code)


class _Subjects:
    """What is visible of some codes and names."""

    def __init__(self, session: Session, today: date, codes: set[str], names: set[str]) -> None:
        self._facts = facts_of(session, codes, names, today)

    def of_code(self, code: str, known: Sequence[KnownName]) -> Subject | None:
        """Everything visible under a code; the name is the latest that is still to be seen."""
        facts = self._facts.get(code)
        if facts is None:
            return None
        present = next((one.name for one in known if one.name in facts.names), facts.names[0])
        return Subject(code, present, facts.penalties, facts.lists)

    def of_name(self, name: str) -> Subject | None:
        """Everything visible under a name without a code."""
        facts = self._facts.get(name)
        return Subject("", name, facts.penalties, facts.lists) if facts else None


def _code(line: Asked) -> str:
    """The code of a line, wherever it was written; "" for none that can be one."""
    for text in (line.code, line.name):
        code = normalise_code(text) if text else ""
        if is_uscc(code):
            return code
    return ""


def _nothing(line: Asked) -> Match:
    written = normalise_code(line.code or line.name)
    looks_like_code = len(written) == _CODE_LENGTH and written.isascii() and written.isalnum()
    if looks_like_code and not is_uscc(written) and not line.name.strip().isalpha():
        return Match(line, MatchKind.NONE, reason="代码校验位不对，请核对")
    wrong = problem_with_code(line.code) if line.code else ""
    return Match(line, MatchKind.NONE, reason=wrong or NOTHING_OUT)
