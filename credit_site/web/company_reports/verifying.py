"""What ``/verify/<number>`` says of a credit report, and of a file that is held beside it."""

from __future__ import annotations

import hashlib

from flask import render_template, request

from credit_site.extensions import clock, db, vault
from credit_site.services.company_reports.verifying import verified
from credit_site.web.bodies import allow_upload, upload
from credit_site.web.frame import words

MOST_MEBIBYTES = 20
MOST_LINES = 50
"""Records that are named one by one; the company's page has all."""


def verified_report(number: str) -> str | None:
    """The page of a report; None where none was made under that number."""
    found = verified(db.session(), vault(), number, clock.today())
    if found is None:
        return None
    say, every = words(), (found.fresh, found.changed, found.committed)
    sent = _sha256_of_file() if request.method == "POST" else None
    return render_template(
        "verify/report.html",
        one=found,
        fresh=[say.line(record) for record in found.fresh[:MOST_LINES]],
        changed=[say.line(record) for record in found.changed[:MOST_LINES]],
        committed=[say.line(record) for record in found.committed[:MOST_LINES]],
        more=sum(max(len(one) - MOST_LINES, 0) for one in every),
        file="" if sent is None else _answer(sent, found.sha256),
        most=MOST_MEBIBYTES,
    )


def _answer(sent: str, kept: str) -> str:
    """What the page says of a file: none, same, other."""
    if not sent:
        return "none"
    return "same" if sent == kept else "other"


def _sha256_of_file() -> str:
    """SHA-256 in hex of the file that was sent, which is not kept; "" where none was."""
    allow_upload(MOST_MEBIBYTES << 20)
    sent = upload("file")
    if sent is None:
        return ""
    digest = hashlib.sha256()
    while block := sent.stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()
