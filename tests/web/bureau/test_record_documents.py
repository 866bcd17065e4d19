"""Documents of a record: kept sealed, handed out to whom it concerns."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from flask import Flask

from credit_site.domain.permissions import Role
from credit_site.extensions import db
from credit_site.models import AuditEvent
from credit_site.settings import Settings
from credit_site.web.bureau import record_documents
from tests.support.people import Person, signed_in
from tests.support.uploads import decision, published

GROUND = {"reason": "笔误", "document": "更正通知书〔2026〕1号", "day": "2026-05-29"}


def test_a_document_is_kept_sealed_and_only_of_kinds_that_are_safe(
    app: Flask,
    settings: Settings,
    reviewer: Person,
    record: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = (BytesIO(b"MZ program"), "x.pdf")
    assert "只收 PDF、JPG、PNG" in reviewer.post(f"{record}/dispute", **GROUND, file=bad).text
    large = (BytesIO(b"%PDF-1.7" + bytes(100_000)), "x.pdf")
    with monkeypatch.context() as changed:
        changed.setattr(record_documents, "MOST_BYTES", 100_000)
        assert "请扫描得小一些" in reviewer.post(f"{record}/dispute", **GROUND, file=large).text
    good = (BytesIO(b"%PDF-1.7 document"), "x.html")
    reviewer.post(f"{record}/dispute", **GROUND, file=good)
    with app.app_context():
        event = db.session().query(AuditEvent).filter_by(action="dispute").one()
        assert re.search('"file":"[0-9a-f]{64}"', event.details)
    kept = list((settings.data_path / "files").rglob("*.sealed"))
    assert kept
    assert not any(b"%PDF" in path.read_bytes() for path in kept)


def test_a_document_is_handed_out_to_whom_it_concerns_as_a_file(
    app: Flask, clerk: Person, reviewer: Person, stranger: Person, record: str
) -> None:
    content = b"%PDF-1.7 document"
    reviewer.post(f"{record}/dispute", **GROUND, file=(BytesIO(content), "x.pdf"))
    found = re.search(f'href="({record}/documents/[0-9a-f]+)"', reviewer.get(record).text)
    assert found
    for person in (clerk, reviewer, signed_in(app, Role.AUDITOR)):
        answer = person.get(found[1])
        assert answer.data == content
        assert answer.content_type == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
    assert stranger.get(found[1]).status_code == 404
    assert signed_in(app, Role.ADMINISTRATOR).get(found[1]).status_code == 403
    assert app.test_client().get(found[1]).status_code == 302
    other = published(app, clerk, reviewer, decision(2))
    digest = found[1].rpartition("/")[2]
    assert reviewer.get(f"{other}/documents/{digest}").status_code == 404
    assert reviewer.get(f"{record}/documents/..%2f..%2fsecret_key").status_code == 404
    assert reviewer.get(f"{record}/documents/{'0' * 64}").status_code == 404
