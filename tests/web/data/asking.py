"""Asking for open data in tests."""

from __future__ import annotations

import json
from collections.abc import Callable

from flask.testing import FlaskClient

SITE = "https://credit.example"
Act = Callable[[], None]


def read(client: FlaskClient, path: str, status: int = 200) -> bytes:
    with client.get(path) as response:
        assert response.status_code == status, path
        return response.get_data()


def manifest(client: FlaskClient) -> dict[str, object]:
    found: dict[str, object] = json.loads(read(client, "/data/manifest.json"))
    return found


def snapshot_paths(client: FlaskClient) -> list[str]:
    registers = manifest(client)["registers"]
    assert isinstance(registers, list)
    return [file["url"].removeprefix(SITE) for part in registers for file in part["files"]]
