"""Files that went wrong on the way: cells, structure, encoding, archive. None does any harm."""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from credit_site.extensions import db
from credit_site.models import Job, StagedRow, Submission
from tests.support.people import Person
from tests.support.uploads import decision, number_of, table, upload, work, workbook

FILES = 120
_ROUNDS = 4
Mutation = Callable[[random.Random, bytes], bytes]


def flipped(chance: random.Random, content: bytes) -> bytes:
    """Some bytes are others."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def cut(chance: random.Random, content: bytes) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(1, len(content))]


def doubled(chance: random.Random, content: bytes) -> bytes:
    """A piece stands there twice."""
    place = chance.randrange(len(content))
    return content[:place] + content[place // 2 : place] + content[place:]


def recoded(chance: random.Random, content: bytes) -> bytes:
    """Another encoding, where it is text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content[::-1]
    return text.encode(chance.choice(["gb18030", "utf-16", "utf-7", "big5"]), "replace")


def moved(chance: random.Random, content: bytes) -> bytes:
    """Separators and quotes come and go, where it is text."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 30)):
        made.insert(chance.randrange(len(made)), chance.choice(b',;"\t\r\n\0='))
    return bytes(made)


MUTATIONS: Sequence[Mutation] = (flipped, cut, doubled, recoded, moved)


def test_ruined_files_end_in_words_and_never_in_an_error(
    app: Flask, clerk: Person, id_number: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(20261124)  # the same files every time
    secret = id_number()
    rows = [
        decision(1),
        decision(2, legal_basis=""),
        decision(3, violation_facts=f"身份证号{secret}的人"),
    ]
    originals = (("六月.csv", table(rows)), ("六月.xlsx", workbook(rows)))
    caplog.set_level(logging.DEBUG)
    for _ in range(_ROUNDS):
        numbers = set()
        for _ in range(FILES // _ROUNDS):
            name, content = chance.choice(originals)
            ruined = chance.choice(MUTATIONS)(chance, content)
            numbers.add(number_of(upload(clerk, ruined, name)))
        work(app)
        for number in numbers:
            page = clerk.get(f"/bureau/submissions/{number}")
            assert page.status_code == 200
            assert secret not in page.text
            assert "正在检查" not in page.text
    with app.app_context():
        assert {job.state for job in db.session().query(Job)} == {"done"}
        for one in db.session().query(Submission).filter_by(state="read"):
            kept = db.session().query(StagedRow).filter_by(submission_id=one.id).count()
            assert kept == one.accepted + one.rejected, "no row is lost"
            assert one.rows == one.accepted + one.rejected + one.unchanged
    assert secret not in caplog.text
    assert not re.search("Traceback", caplog.text)
