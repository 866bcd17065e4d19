from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from credit_site.domain.rulebook import load_rulebook
from credit_site.services.exports import export_records
from credit_site.services.publication import EndReason, end_record
from tests.support.entries import penalty, saying
from tests.support.publishing import Desk

TODAY = date(2026, 6, 1)
LEGAL = load_rulebook().layouts["penalty_2018_legal"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_an_export_holds_the_visible_records_under_the_layouts_titles(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    desk.publish(penalty(1), penalty(2, publication_end=date(2026, 5, 31)))
    manifest = export_records(session, LEGAL, tmp_path, TODAY)
    (row,) = rows_of(tmp_path / manifest.files[0].name)
    assert row["行政处罚决定书文号"] == "郑市监处罚〔2026〕1号"
    assert row["罚款金额（万元）"] == "1"
    assert row["处罚类别"] == "罚款"


def test_sealed_values_are_not_in_it(desk: Desk, session: Session, tmp_path: Path) -> None:
    desk.publish(penalty(1, sealed={"legal_representative_document_number": "秘密内容"}))
    export_records(session, LEGAL, tmp_path / "out", TODAY)
    assert not any("秘密内容" in p.read_text("utf-8") for p in (tmp_path / "out").iterdir())


def test_since_gives_changes_and_endings_alone(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    desk.publish(penalty(1), penalty(2), penalty(3))
    desk.publish(saying(penalty(1), violation_facts="更正"), penalty(4))
    end_record(session, desk.vault, 2, EndReason.REPAIRED, "reviewer", desk.now)
    manifest = export_records(session, LEGAL, tmp_path, TODAY, since=3)
    changed, ended = (rows_of(tmp_path / file.name) for file in manifest.files)
    assert [row["违法事实"] for row in changed] == ["更正", "销售侵犯注册商标专用权的商品"]
    assert [(row["公示编号"], row["终止原因"]) for row in ended] == [("2", "repaired")]
    assert (manifest.since, manifest.until) == (3, 6)


def test_the_manifest_vouches_for_every_byte_and_repeats_to_the_byte(
    desk: Desk, session: Session, tmp_path: Path
) -> None:
    desk.publish(penalty(1), penalty(2))
    first = export_records(session, LEGAL, tmp_path / "a", TODAY)
    assert first == export_records(session, LEGAL, tmp_path / "b", TODAY)
    told = json.loads((tmp_path / "a" / "penalty_2018_legal-0-2.json").read_text("utf-8"))
    (file,) = told["files"]
    body = (tmp_path / "a" / file["name"]).read_bytes()
    assert (hashlib.sha256(body).hexdigest(), len(body)) == (file["sha256"], file["bytes"])
