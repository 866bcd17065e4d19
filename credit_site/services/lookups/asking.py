"""A department asks: the answers and their receipt, in one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from credit_site.domain.cells import has_forbidden_characters
from credit_site.domain.identifiers import find_personal_numbers
from credit_site.domain.lookup_lines import in_fields, problem_with
from credit_site.domain.lookups import RECEIPTS, Purpose
from credit_site.domain.rulebook import Rulebook
from credit_site.models import Lookup, LookupGround, LookupLine
from credit_site.services.audit import note
from credit_site.services.ledger import Head, steady_head
from credit_site.services.lookups.answering import Answer, Answerer, Sought
from credit_site.services.lookups.sealing import Signed, asked_just_now, beside, digest_of
from credit_site.services.matching import Asked
from credit_site.services.public_records import PublicRecord
from credit_site.services.reviewing import NotPossible
from credit_site.services.transactions import write_transaction
from credit_site.vault import Vault
from search_index.directory import NameDirectory

MOST_SUBJECTS = 1_000
_LONGEST_MATTER = 100
_LONGEST_NAME = 200
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks about whom, and why; ``agency`` "" is the credit office.

    ``reading`` says how a file was read, "" for none.
    """

    agency: str
    actor: str
    purpose: str
    matter_number: str
    lines: Sequence[Asked]
    reading: str = ""


@dataclass(frozen=True, slots=True)
class LookupTools:
    """What it takes to answer."""

    session: Session
    vault: Vault
    rulebook: Rulebook
    directory: NameDirectory


def ask(tools: LookupTools, question: Question, now: datetime) -> str:
    """Answers and keeps the receipt; returns its number.

    Where nobody can be looked up it is refused; of several, a line says why it was not. A form
    sent twice leaves one receipt. Raises
    NotPossible, SearchUnavailable (names only: codes are answered without the directory).
    """
    _check(question)
    sought = [_sought(line) for line in question.lines]
    _refuse_where_nobody_is_left(sought)
    answerer = Answerer(tools.session, tools.directory, tools.rulebook, now.date())
    known = answerer.identities(sought)
    _refuse_where_nobody_is_left(known)
    with write_transaction(tools.session) as session:
        newest = steady_head(session)
        answers = answerer.answers(known)
        signed = _signed(question, newest, answers, now)
        if before := asked_just_now(session, tools.vault, signed):
            return before
        made = _receipt(tools.vault, signed)
        session.add(made)
        session.flush()
        session.add_all(_kept(made.id, answers))
        _note(session, question, made.number, now)
        return made.number


def _note(session: Session, question: Question, number: str, now: datetime) -> None:
    note(
        session,
        now,
        question.actor,
        "look_up",
        f"lookup/{number}",
        agency=question.agency,
        purpose=question.purpose,
        subjects=len(question.lines),
    )


def _check(question: Question) -> None:
    if question.purpose not in set(Purpose):
        raise NotPossible("请选择查询用途。")
    matter = question.matter_number.strip()
    if not matter or len(matter) > _LONGEST_MATTER:
        raise NotPossible(
            f"请填写办理事项的编号（受理号、项目编号等），最多 {_LONGEST_MATTER} 个字。"
        )
    if find_personal_numbers(matter):
        raise NotPossible("事项编号里像是有个人证件号码：会留在回执里，请换成受理号。")
    if has_forbidden_characters(matter):
        raise NotPossible("事项编号里有看不见的控制字符，请删去。")
    if not question.lines:
        raise NotPossible("请填写要查的名称或者统一社会信用代码。")
    if len(question.lines) > MOST_SUBJECTS:
        raise NotPossible(
            f"一次最多查 {MOST_SUBJECTS:,} 个，收到了 {len(question.lines):,} 个，请分几次查。"
        )


def _refuse_where_nobody_is_left(lines: Sequence[Sought]) -> None:
    if any(not line.problem for line in lines):
        return
    if len(lines) == 1:
        raise NotPossible(f"{lines[0].problem}。")
    said = "；".join(f"第 {line.row} 行：{line.problem}" for line in lines[:_SHOWN])
    more = f"；等 {len(lines):,} 行" if len(lines) > _SHOWN else ""
    raise NotPossible(f"没有一行能查，没有留下回执。{said}{more}。")


def _sought(line: Asked) -> Sought:
    name, code = in_fields(line.name[:_LONGEST_NAME], line.code)
    return Sought(line.row, name, code, problem_with(name, code), role=line.role)


def _signed(question: Question, newest: Head, answers: Sequence[Answer], now: datetime) -> Signed:
    return Signed(
        number=RECEIPTS.number(now.date(), secrets.token_bytes(10)),
        agency=question.agency,
        actor=question.actor,
        at=now,
        purpose=question.purpose,
        matter_number=question.matter_number.strip(),
        head_seq=newest.seq,
        head_hash=newest.own_hash,
        lines=tuple(_signed_line(answer) for answer in answers),
        reading=question.reading,
        beside=beside((answer.row, answer.role) for answer in answers),
    )


def _receipt(vault: Vault, signed: Signed) -> Lookup:
    return Lookup(
        number=signed.number,
        agency=signed.agency,
        actor=signed.actor,
        at=signed.at,
        asked_on=signed.at.date(),
        purpose=signed.purpose,
        matter_number=signed.matter_number,
        head_seq=signed.head_seq,
        head_hash=signed.head_hash,
        reading=signed.reading,
        digest=digest_of(vault, signed),
    )


def _signed_line(answer: Answer) -> tuple[str, str, str, tuple[tuple[int, int], ...]]:
    return answer.name, answer.code, answer.result.value, tuple(map(_ground, answer.records))


def _ground(record: PublicRecord) -> tuple[int, int]:
    return record.id, record.revision


def _kept(lookup_id: int, answers: Sequence[Answer]) -> Iterator[LookupLine | LookupGround]:
    for position, answer in enumerate(answers, 1):
        yield LookupLine(
            lookup_id=lookup_id,
            position=position,
            row=answer.row,
            name=answer.name,
            code=answer.code,
            role=answer.role,
            result=answer.result.value,
            offered=answer.offered,
            note=answer.note,
            outcome="",
            measures="",
            words="",
            told_by="",
        )
        for record_id, revision in map(_ground, answer.records):
            yield LookupGround(
                lookup_id=lookup_id, position=position, record_id=record_id, revision=revision
            )
