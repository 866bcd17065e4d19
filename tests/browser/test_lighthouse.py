"""Lighthouse, as on a phone, on the six pages people come for: access, good practice, being found.

How fast a page is, is measured by ``scripts/lighthouse`` and never by a test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.entries import CODE

pytestmark = pytest.mark.browser
LIGHTHOUSE = Path(sys.prefix, "lighthouse", "node_modules", ".bin", "lighthouse")
PAGES = (
    "/",
    "/search",
    "/records/1",
    f"/companies/{CODE}",
    "/lists/serious-dishonesty",
    "/statistics/",
)
STEADY = "accessibility,best-practices,seo"
LEAST = 0.95


@pytest.mark.skipif(not LIGHTHOUSE.exists(), reason="no Lighthouse here")
@pytest.mark.parametrize("path", PAGES)
def test_lighthouse_gives_at_least_95(
    live_site: str, chromium_path: str, path: str, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    command = [
        *(str(LIGHTHOUSE), f"{live_site}{path}", "--quiet", "--output=json"),
        *(f"--output-path={report}", f"--only-categories={STEADY}"),
        *("--throttling-method=provided", "--chrome-flags=--headless=new --no-sandbox"),
        "--disable-full-page-screenshot",  # no score is made from it
    ]
    # Sockets of the browser lie in this folder, and their paths must not be long.
    with TemporaryDirectory() as short:
        environ = os.environ | {"CHROME_PATH": chromium_path, "TMPDIR": short}
        ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(report.read_text(encoding="utf-8"))
    scores = {name: part["score"] for name, part in found["categories"].items()}
    wrong = {name: one["title"] for name, one in found["audits"].items() if one.get("score") == 0}
    assert set(scores) == set(STEADY.split(","))
    assert min(scores.values()) >= LEAST, (scores, wrong)
