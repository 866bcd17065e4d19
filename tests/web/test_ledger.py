"""The ledger in public: pages, downloads, and the script with which anybody checks them."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from credit_site.cli.context import import_tools
from credit_site.demonstration import batches, write_csv
from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import vault
from credit_site.models import Record
from credit_site.services.imports import ImportOrder, Mode, import_file
from credit_site.services.ledger import GENESIS
from credit_site.services.publication import EndReason, end_record
from credit_site.services.record_forms import form_of
from tests.support.entries import penalty, saying
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.invented import full_penalty, listed, person
from tests.web.pages import CheckingClient
from tests.web.tampering import SPOILT, Downloads

TRICKY = "“引号”\"双\"'单'\\反斜杠/斜杠\t制表\n换行\r\x08\x0c\x1f\x7f\x85\u2028𠮷😀é ½"


@pytest.fixture
def downloads(tmp_path: Path, client: FlaskClient) -> Downloads:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return Downloads(folder, client)


@pytest.fixture
def some(
    publish: Publish, session: Session, clock: StandingClock, downloads: Downloads
) -> Downloads:
    """Five records, of which one was corrected, one ended and one runs out today; downloaded."""
    publish(full_penalty(1), saying(penalty(2), violation_facts=TRICKY), listed(3), person(4))
    publish(replace(penalty(5), publication_end=clock.today()))
    publish(saying(penalty(2), violation_facts=TRICKY + "（更正）"))
    end_record(session, vault(), 1, EndReason.REPAIRED, "clerk", clock.now())
    session.rollback()
    downloads.fetch()
    return downloads


def test_what_was_downloaded_proves_itself_and_is_told(some: Downloads) -> None:
    for name in some.names.values():
        code, told = some.verify("entries.jsonl", name)
        assert (code, "核验通过" in told) == (0, True), told
        assert "账本共 7 笔" in told
        assert f"核对的数据共 {len(some.lines(name))} 条" in told
    assert some.verify("entries.jsonl")[0] == 0


def test_the_demonstration_s_records_prove_themselves(
    downloads: Downloads, session: Session, clock: StandingClock
) -> None:
    book, path = load_rulebook(), downloads.folder / "batch.csv"
    for batch in batches(book, 150, 7, clock.today()):
        write_csv(path, batch.titles, batch.rows)
        order = ImportOrder(batch.layout, book.agencies[batch.agency], "demo", Mode.PUBLISH)
        import_file(import_tools(), path, order)
    session.rollback()
    downloads.fetch()
    for name in downloads.names.values():
        code, told = downloads.verify("entries.jsonl", name)
        assert code == 0, told
        assert downloads.lines(name)
    assert any(line["amount_yuan"] for line in downloads.lines(downloads.penalties))


@pytest.mark.parametrize(("spoil", "told"), SPOILT.values(), ids=SPOILT.keys())
def test_whatever_was_tampered_with_is_found(
    some: Downloads, spoil: Callable[[Downloads], None], told: str
) -> None:
    spoil(some)
    code, output = some.verify("entries.jsonl", some.penalties)
    assert code == 1
    assert told in output


def test_what_ran_out_is_told_apart_from_what_is_missing(
    some: Downloads, clock: StandingClock, session: Session
) -> None:
    clock.move(days=1)
    some.fetch()
    code, told = some.verify("entries.jsonl", some.penalties)
    assert code == 1
    assert "第 5 号应在数据里，却没有" in told
    end_record(session, vault(), 5, EndReason.EXPIRED, "system", clock.now())
    session.rollback()
    with some.client.get("/ledger/entries.jsonl") as answer:
        (some.folder / "entries.jsonl").write_bytes(answer.data)
    code, told = some.verify("entries.jsonl", some.penalties)
    assert code == 0, told


def test_every_register_s_file_can_be_checked(downloads: Downloads) -> None:
    downloads.fetch()
    for register in load_rulebook().registers:
        for name in (f"{register}-2026-06-01-0.jsonl", f"{register}-2026-06-01-0 (1).jsonl"):
            (downloads.folder / name).touch()
            code, told = downloads.verify("entries.jsonl", name)
            assert code == 0, told


def test_the_script_has_forty_lines_and_says_how_it_is_used(downloads: Downloads) -> None:
    downloads.fetch()
    script = (downloads.folder / "verify.py").read_text(encoding="utf-8")
    code = re.sub(r'"""[^"]*"""', "", script).splitlines()
    assert len([line for line in code if line.strip() and not line.lstrip().startswith("#")]) <= 40
    ended, told = downloads.verify()
    assert (ended, "python3 verify.py entries.jsonl" in told) == (1, True)


def test_an_empty_ledger_proves_itself_too(downloads: Downloads) -> None:
    downloads.fetch()
    code, told = downloads.verify("entries.jsonl", downloads.penalties)
    assert code == 0
    assert GENESIS.hex() in told


def test_a_record_s_proof_is_served_while_it_is_shown(
    some: Downloads, client: FlaskClient, session: Session
) -> None:
    answer = client.get("/records/2/proof.json")
    proof = answer.get_json()
    record = session.get_one(Record, 2)
    assert proof["form"] == json.loads(form_of(record).canonical())
    hashed = hashlib.sha256(bytes.fromhex(proof["salt"]) + form_of(record).canonical())
    (entry,) = [line for line in some.lines("entries.jsonl") if line["seq"] == record.ledger_seq]
    assert hashed.hexdigest() == entry["content_hash"]
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/records/2/proof.json", headers=tag).status_code == 304
    ended = client.get("/records/1/proof.json")
    assert (ended.status_code, "原因：信用修复" in ended.get_json()["detail"]) == (410, True)
    assert client.get("/records/99/proof.json").status_code == 404
    assert client.get(f"/records/{10**30}/proof.json").status_code == 404


def test_no_sealed_value_is_in_what_is_downloaded(some: Downloads) -> None:
    for name in ("entries.jsonl", *some.names.values()):
        text = (some.folder / name).read_text(encoding="utf-8")
        assert not {word for word in ("欧阳某某", "封存") if word in text}


def test_the_ledger_comes_from_any_position_and_as_a_table(
    some: Downloads, client: FlaskClient
) -> None:
    every = some.lines("entries.jsonl")
    with client.get("/ledger/entries.jsonl?since=5") as answer:
        told = answer.get_data(as_text=True).splitlines()
        assert [json.loads(line) for line in told] == every[5:]
        assert answer.mimetype == "application/x-ndjson"
    with client.get("/ledger/entries.csv") as answer:
        rows = list(csv.DictReader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert rows == [{name: str(value) for name, value in line.items()} for line in every]
    with client.get("/ledger/entries.csv?since=99") as answer:
        assert answer.get_data(as_text=True).removeprefix("\ufeff").strip() == ",".join(every[0])


def test_an_entry_says_its_line_and_what_it_means(pages: CheckingClient, some: Downloads) -> None:
    entry = some.lines("entries.jsonl")[5]
    page = pages.get("/ledger/6")
    text = page.texts("code")
    assert entry["own_hash"] in text
    (line,) = [one for one in text if one.startswith("6|")]
    assert hashlib.sha256(line.encode()).hexdigest() == entry["own_hash"]
    assert "行政处罚第 2 号：更新" in page.main
    assert "/records/2" in set(page.links())
    ended = pages.get("/ledger/7")
    assert "终止公示（信用修复）" in ended.main
    assert "这一号现在不在公示" in ended.main
    assert "/records/1" not in set(ended.links())
    pages.get("/ledger/8", status=404)
    pages.get(f"/ledger/{10**30}", status=404)
    pages.get("/ledger/0", status=404)
