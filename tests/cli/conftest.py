from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from credit_site.app import create_app
from credit_site.cli import main
from credit_site.settings import PREFIX, Settings

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on this test's site."""
    for name in ("data_dir", "database_url", "search_url", "secret_key", "url"):
        monkeypatch.setenv(PREFIX + name.upper(), getattr(settings, name))

    def command(*arguments: object) -> Result:
        return CliRunner().invoke(
            main, [str(a) for a in arguments], obj=create_app, catch_exceptions=False
        )

    return command
