"""Damage to what lies on the disk takes nothing from a download, and no turn from the next one."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from credit_site.web.streams import AT_ONCE
from tests.support.entries import penalty
from tests.web.conftest import Publish
from tests.web.data.asking import Act
from tests.web.invented import listed


@pytest.mark.parametrize("name", ["penalty-2.places.json", "manifest.json", "penalty-2.csv"])
def test_damage_to_what_is_kept_takes_no_turn_and_nothing_from_the_download(
    client: FlaskClient, publish: Publish, snapshot: Act, tmp_path: Path, name: str
) -> None:
    publish(penalty(1), listed(2))
    with client.get("/data/penalty.csv") as answer:
        whole = answer.data
    snapshot()
    (tmp_path / "data" / "2026-06-01" / name).write_bytes(b"")
    for _ in range(AT_ONCE + 1):
        with client.get("/data/penalty.csv") as answer:
            assert answer.data == whole
