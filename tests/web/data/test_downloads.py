"""``/data/``: everything that is public, in every form, and nothing that has ended."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from flask import Flask
from flask.testing import FlaskClient

from credit_site.domain.rulebook import load_rulebook
from credit_site.extensions import db, vault
from credit_site.services.open_data.follower import tidy
from credit_site.services.open_data.forms import FORMS
from credit_site.services.open_data.shelf import Shelf
from credit_site.services.open_data.snapshot import Source
from credit_site.services.publication import EndReason, end_record
from credit_site.web.streams import AT_ONCE
from tests.support.entries import penalty, saying
from tests.support.sites import StandingClock
from tests.web.conftest import Publish
from tests.web.data.asking import SITE, Act, manifest, read, snapshot_paths
from tests.web.invented import SEALED, full_penalty, listed, person
from tests.web.pages import CheckingClient

pytestmark = pytest.mark.both_databases

SECRET = "这条后来终止了"


def every_path(client: FlaskClient) -> list[str]:
    """Every address below /data/ that can hold a record."""
    names = load_rulebook().registers
    days = ("2026-06-01", "2026-06-02")
    return [
        *(f"/data/{name}.{ending}" for name in names for ending in FORMS),
        *(f"/data/{n}/deltas/{d}.{e}" for n in names for d in days for e in ("csv", "jsonl")),
        *snapshot_paths(client),
        "/data/",
        "/data/manifest.json",
        "/search.csv",
        "/search.xlsx",
        "/search.jsonl",
    ]


def everything(client: FlaskClient, paths: list[str]) -> bytes:
    """All that these addresses give, workbooks unpacked; what is withdrawn gives its notice."""
    found = b""
    for path in paths:
        with client.get(path) as response:
            body = response.get_data()
        found += body
        if path.endswith(".xlsx") and response.status_code == 200:
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                found += b"".join(map(archive.read, archive.namelist()))
        if path.endswith(".parquet") and response.status_code == 200:
            found += str(pq.read_table(io.BytesIO(body)).to_pylist()).encode()
    return found


def test_every_form_is_a_download_that_names_the_state_it_shows(
    client: FlaskClient, publish: Publish
) -> None:
    publish(full_penalty(1), person(2), listed(3))
    for ending, form in FORMS.items():
        with client.get(f"/data/penalty.{ending}") as response:
            assert response.status_code == 200
            assert response.mimetype == form.media_type
            named = f'attachment; filename="penalty-2026-06-01-3.{ending}"'
            assert response.headers["Content-Disposition"] == named
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert "ETag" in response.headers["Access-Control-Expose-Headers"]
            assert response.get_data()
    asked = client.options("/data/penalty.csv")
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    rows = list(csv.DictReader(io.StringIO(read(client, "/data/penalty.plain.csv").decode())))
    assert [row["公示编号"] for row in rows] == ["1", "2"]
    lines = read(client, "/data/serious_dishonesty.jsonl").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [3]


def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    with client.get("/data/penalty.csv") as response:
        tag = response.headers["ETag"]
        response.get_data()
    for _ in range(AT_ONCE + 1):
        with client.get("/data/penalty.csv", headers={"If-None-Match": tag}) as response:
            assert (response.status_code, response.get_data()) == (304, b"")
    publish(penalty(2))
    with client.get("/data/penalty.csv", headers={"If-None-Match": tag}) as response:
        assert response.status_code == 200
        response.get_data()


@pytest.mark.parametrize("ended", ["end", "amend", "expire"])
@pytest.mark.parametrize("noticed", [True, False])
def test_of_a_record_that_has_ended_no_byte_is_left_in_anything(
    app: Flask,
    client: FlaskClient,
    publish: Publish,
    snapshot: Act,
    clock: StandingClock,
    tmp_path: Path,
    *,
    ended: str,
    noticed: bool,
) -> None:
    publish(saying(penalty(1, publication_end=clock.today()), violation_facts=SECRET), listed(2))
    publish(saying(penalty(3), violation_facts=SECRET))
    snapshot()
    paths = every_path(client)
    assert len(paths) == 33
    assert everything(client, paths).count(SECRET.encode()) >= 20
    with app.app_context():
        for number in (1, 3) if ended == "end" else ():
            end_record(db.session(), vault(), number, EndReason.REPAIRED, "t", clock.now())
        if noticed and ended != "expire":
            tidy(
                db.session(), Source(load_rulebook(), SITE, Shelf(tmp_path / "data")), clock.today()
            )
        db.session.remove()
    if ended == "amend":
        publish(
            saying(penalty(1), violation_facts="更正"), saying(penalty(3), violation_facts="更正")
        )
    if ended == "expire":
        clock.move(days=1)
        with app.app_context():
            end_record(db.session(), vault(), 3, EndReason.REPAIRED, "t", clock.now())
            db.session.remove()
    assert SECRET.encode() not in everything(client, paths)
    assert manifest(client)["status"] == "withdrawn"
    for path in snapshot_paths(client):
        assert "快照已经撤下" in read(client, path, 410).decode()


def test_what_was_withdrawn_stays_so_after_the_day_s_next_snapshot(
    app: Flask, client: FlaskClient, publish: Publish, snapshot: Act, clock: StandingClock
) -> None:
    publish(penalty(1), penalty(2))
    snapshot()
    earlier = snapshot_paths(client)
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.REPAIRED, "t", clock.now())
        db.session.remove()
    snapshot()
    assert manifest(client)["status"] == "available"
    assert not set(earlier) & set(snapshot_paths(client))
    for path in earlier:
        assert "快照已经撤下" in read(client, path, 410).decode()
    for name in ("penalty-9.csv", "penalty-2.pdf", "nobody-2.csv", "penalty-.csv"):
        read(client, f"/data/snapshots/2026-06-01/{name}", 404)


def test_files_of_a_snapshot_are_what_the_manifest_vouches_for(
    client: FlaskClient, publish: Publish, snapshot: Act
) -> None:
    publish(full_penalty(1), listed(2))
    assert manifest(client)["status"] == "none"
    snapshot()
    found = manifest(client)
    assert found["status"] == "available"
    assert found["day"] == "2026-06-01"
    assert isinstance(found["ledger"], dict)
    assert (found["ledger"]["since"], found["ledger"]["until"]) == (0, 2)
    assert isinstance(found["licence"], dict)
    assert found["licence"]["name"] == "CC-BY-4.0"
    for path in snapshot_paths(client):
        with client.get(path, headers={"Range": "bytes=0-3"}) as part:
            assert part.status_code == 206
            beginning = part.get_data()
        whole = read(client, path)
        assert whole.startswith(beginning)
        live = path.rpartition("/")[2].replace("-2.", ".")
        assert read(client, f"/data/{live}") == whole
    dated = json.loads(read(client, "/data/snapshots/2026-06-01/manifest.json"))
    assert dated["registers"] == found["registers"]


def test_neither_sealed_values_nor_other_files_are_handed_out(
    client: FlaskClient, publish: Publish, snapshot: Act
) -> None:
    publish(full_penalty(1), person(2))
    snapshot()
    found = everything(client, every_path(client)).decode(errors="replace")
    assert not any(value in found for value in (*SEALED.values(), "欧阳某某"))
    for name in (".lock", "manifest.json.draft", "..%2f..%2fsecret_key", "penalty-9.csv"):
        read(client, f"/data/snapshots/2026-06-01/{name}", 404)


@pytest.mark.parametrize(
    "path",
    [
        "/data/nobody.csv",
        "/data/penalty.pdf",
        "/data/penalty/deltas/2026-06-02.csv",
        "/data/penalty/deltas/20260601.csv",
        "/data/penalty/deltas/gestern.jsonl",
        "/data/nobody/deltas/2026-06-01.csv",
        "/data/nobody/schema.json",
        "/data/snapshots/2026-05-01/manifest.json",
        "/data/snapshots/2026-13-01/penalty-1.csv",
    ],
)
def test_what_is_not_there_is_said_in_chinese(
    pages: CheckingClient, client: FlaskClient, path: str
) -> None:
    if path.endswith((".json", ".jsonl")):
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert "没有" in answer.get_json()["title"]
    else:
        assert pages.get(path, 404).heading == "没有找到这一页"


def test_a_day_s_changes_come_as_table_and_as_lines(
    app: Flask, client: FlaskClient, publish: Publish, clock: StandingClock
) -> None:
    publish(penalty(1), saying(penalty(2), violation_facts="=1+2"))
    clock.move(days=1)
    with app.app_context():
        end_record(db.session(), vault(), 1, EndReason.REPAIRED, "t", clock.now())
        db.session.remove()
    lines = read(client, "/data/penalty/deltas/2026-06-01.jsonl").splitlines()
    ended, added = (json.loads(line) for line in lines)
    assert ended == {
        "operation": "end",
        "seq": 1,
        "at": "2026-06-01T02:00:00+00:00",
        "id": 1,
        "ended_on": "2026-06-02",
        "reason": "repaired",
    }
    assert (added["operation"], added["record"]["content"]["violation_facts"]) == ("add", "=1+2")
    text = read(client, "/data/penalty/deltas/2026-06-02.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["变动"], row["公示编号"], row["终止原因"]) == ("终止", "1", "信用修复")
    assert row["主体名称"] == ""


def test_only_so_many_large_answers_go_out_at_a_time(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1))
    waiting = [client.get("/data/penalty.csv") for _ in range(AT_ONCE)]
    busy = client.get("/search.csv")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "30")
    assert "下载的人较多" in busy.text
    assert "下载的人较多" in json.loads(client.get("/search.jsonl").text)["title"]
    for response in waiting:
        response.close()
    for _ in range(AT_ONCE + 1):
        read(client, "/data/penalty.csv")
        read(client, "/search.xlsx")
        read(client, "/data/nobody.csv", 404)
        read(client, "/data/penalty/deltas/2026-06-01.csv")


def test_a_search_can_be_taken_home_as_a_workbook(client: FlaskClient, publish: Publish) -> None:
    publish(penalty(1), saying(penalty(2), violation_facts="销售过期食品"), listed(3))
    with zipfile.ZipFile(io.BytesIO(read(client, "/search.xlsx?q=过期"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "销售过期食品" in sheet
    assert sheet.count("<row>") == 2
