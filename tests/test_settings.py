from __future__ import annotations

import stat
from pathlib import Path

from credit_site.settings import load_settings, setting_table


def test_everything_defaults_to_the_data_folder(tmp_path: Path) -> None:
    settings = load_settings({"CREDIT_SITE_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path}/credit_site.sqlite3"
    assert settings.search_url == f"tantivy:{tmp_path}/index"


def test_an_engine_without_a_path_gets_the_data_folder(tmp_path: Path) -> None:
    environment = {"CREDIT_SITE_DATA_DIR": str(tmp_path), "CREDIT_SITE_SEARCH_URL": "whoosh:"}
    assert load_settings(environment).search_url == f"whoosh:{tmp_path}/index"


def test_a_secret_is_made_once_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    first = load_settings({"CREDIT_SITE_DATA_DIR": str(tmp_path)}).secret_key
    assert load_settings({"CREDIT_SITE_DATA_DIR": str(tmp_path)}).secret_key == first
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_from_the_environment_leaves_no_file(tmp_path: Path) -> None:
    environment = {"CREDIT_SITE_DATA_DIR": str(tmp_path), "CREDIT_SITE_SECRET_KEY": "given"}
    assert load_settings(environment).secret_key == "given"
    assert not (tmp_path / "secret_key").exists()


def test_the_address_of_the_site_never_ends_with_a_slash(tmp_path: Path) -> None:
    environment = {"CREDIT_SITE_DATA_DIR": str(tmp_path), "CREDIT_SITE_URL": "https://a.example/"}
    assert load_settings(environment).url == "https://a.example"


def test_every_setting_says_what_it_is_for() -> None:
    assert all(row.help and row.environment.startswith("CREDIT_SITE_") for row in setting_table())
